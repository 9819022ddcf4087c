"""Time the builds that somebody waits for while writing: from nothing, with nothing to do, after an edit of prose.

The three are run in turn, round by round, each as a whole process, so that the ratios hold on a busy machine too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def measure(rounds: int) -> dict[str, float]:
    """Give the medians in seconds, the ratios to a build from nothing, and how many files each had to write."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(shutil.copytree(ROOT / "content", Path(folder, "content")))
        path = next(own for own in sorted(content.glob("*.md")) if own.name != "index.md")
        found = []
        for number in range(rounds):
            for place in (Path(folder, "site"), Path(folder, ".site.zoo")):
                shutil.rmtree(place, ignore_errors=True)
            cold, nothing = _build(folder), _build(folder)
            with path.open("a", encoding="utf-8") as page:
                page.write(f"\nEdit {number}.\n")
            found.append({"cold": cold, "nothing": nothing, "prose": _build(folder)})
    seconds = {f"{name}_seconds": median(own[name][0] for own in found) for name in found[0]}
    ratios = {f"{name}_ratio": median(own[name][0] / own["cold"][0] for own in found) for name in ("nothing", "prose")}
    return seconds | ratios | {f"{name}_written": max(own[name][1] for own in found) for name in found[0]}


def _build(folder: str) -> tuple[float, int]:
    """Give the seconds of a build and the number of files it wrote."""
    where = ["--content", f"{folder}/content", "--output", f"{folder}/site", "--format", "json"]
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "build.py", *where], cwd=ROOT, check=True, capture_output=True, text=True)
    return time.perf_counter() - begun, int(json.loads(done.stdout)["written"])


def lines(found: dict[str, Any]) -> list[str]:
    """Give the figures as text."""
    return [
        f"{what}: {found[f'{name}_seconds']:.2f} s, {found[f'{name}_ratio']:.0%} of a cold build; "
        f"files written: {found[f'{name}_written']}"
        for name, what in (("nothing", "a build with nothing to do"), ("prose", "a build after an edit of prose"))
    ]
