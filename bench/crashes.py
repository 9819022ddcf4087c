"""Kill builds and let their steps fail: python -m bench.crashes prints what was found and writes bench/crashes.json.

The tests of tests/test_workshop.py do it, here with 200 kills where a test run has time for a dozen. Each looks at the
site after the blow: it has to be the old one or the new one, byte for byte, and the next build has to need no help.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
KILLS = 200
TESTS = ("tests/test_workshop.py", "-k", "killed or fails")


def main() -> int:
    """Run the tests and note how often the old site was found, and how often the new one."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", *TESTS, f"--junit-xml={report}", "-o", "junit_family=xunit1"]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"KILLS": str(KILLS)}, check=False)
        if done.returncode:
            return done.returncode
        found = _figures(report)
    (HERE / "crashes.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, sites in found.items():
        print(
            f"{name}: {sum(sites.values())}, then the old site {sites['old']} times, the new one {sites['new']} times"
        )
    return 0


def _figures(report: Path) -> dict[str, Any]:
    told = ET.parse(report).iter("property")  # noqa: S314 written by the command above
    sites = {own.attrib["name"]: json.loads(own.attrib["value"]) for own in told}
    return {name: {"old": own.get("old", 0), "new": own.get("new", 0)} for name, own in sorted(sites.items())}


if __name__ == "__main__":
    sys.exit(main())
