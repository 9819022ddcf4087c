"""Pack the zoo with each Python there is: python -m bench.pythons prints digests and writes bench/pythons.json.

Each version from 3.11 on that is on the machine gets a venv with the locked packages, builds the whole zoo from
nothing and packs it. All archives have to be one. This needs the package index, so it is no test; what packs is
tested with every Python there is by tests/test_archive.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VERSIONS = "import sys, zlib, numpy; print(sys.version.split()[0], zlib.ZLIB_RUNTIME_VERSION, numpy.__version__)"


def main() -> int:
    """Pack with every Python; give 1 where two archives differ."""
    sys.path.insert(0, str(ROOT / "tests"))
    from archives import pythons  # noqa: PLC0415 where the tests keep it

    found = [_packed(python) for python in pythons()]
    digests = {own["sha256"] for own in found}
    for own in found:
        print(f"Python {own['python']}, zlib {own['zlib']}, NumPy {own['numpy']}: {own.pop('sha256')}")
    results = {"pythons": found, "different_archives": len(digests)}
    (HERE / "pythons.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return int(len(digests) != 1)


def _packed(python: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        own = f"{folder}/venv/bin/python"
        _run(python, "-m", "venv", f"{folder}/venv")
        _run(own, "-m", "pip", "install", "-q", "--require-hashes", "-r", "requirements.txt")
        _run(own, "build.py", "archive", "--output", f"{folder}/site", "-o", f"{folder}/zoo.zip")
        version, zlib, numpy = _run(own, "-c", VERSIONS).split()
        digest = sha256(Path(folder, "zoo.zip").read_bytes()).hexdigest()
    return {"python": version, "zlib": zlib, "numpy": numpy, "sha256": digest}


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
