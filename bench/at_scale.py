"""Measure what the zoo costs where it is large: python -m bench.at_scale prints a table and writes bench/scale.json.

With `--history FILE` one more line of JSON is put at the end of a file: the commit, the machine and every figure. A CI
job keeps that file as an artefact, takes it up again in its next run, and so has the figures of every commit.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import exhibits, scale

HERE = Path(__file__).resolve().parent
PARTS = {"scale": scale, "exhibits": exhibits}


def main() -> int:
    """Measure the parts asked for, and keep what was measured of the others."""
    asked = _parser().parse_args()
    if shutil.which("node") is None:
        print("bench: node is missing: install Node.js 20 or newer", file=sys.stderr)
        return 1
    path = HERE / "scale.json"
    results: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    results["machine"] = _machine()
    for part in asked.parts or PARTS:
        results[part] = PARTS[part].measure(asked.rounds)
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if asked.history:
        with asked.history.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"commit": _commit(), **results}) + "\n")
    print("\n".join(PARTS[part].table(results[part]) for part in asked.parts or PARTS))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.at_scale")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: all)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often to measure what is compared")
    parser.add_argument("--history", type=Path, metavar="FILE", help="a file of JSON lines to add the figures to")
    return parser


def _machine() -> dict[str, str]:
    return {"python": platform.python_version(), "processor": platform.machine(), "system": platform.system()}


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
