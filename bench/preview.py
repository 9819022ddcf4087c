"""Time an author's edits under `build.py serve`: python -m bench.preview prints them and writes bench/preview.json.

The clock runs from the moment a page's text is written until headless Chromium shows it: the change is noticed, the
site built anew, the browser told, the page fetched and drawn. A broken edit is timed until its mistake is shown, and
its mending until that is gone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROUNDS = 15
PAUSE = 0.7  # seconds between two edits: somebody is writing, and looks up


def main() -> int:
    """Time the edits of every kind."""
    if shutil.which("chromium") is None:
        print("bench: chromium is missing: install it, for instance with apt-get install chromium", file=sys.stderr)
        return 1
    found = measure(ROUNDS)
    (HERE / "preview.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, times in found["seconds"].items():
        figures = ", ".join(f"{which} {seconds:.2f} s" for which, seconds in times.items())
        print(f"{name:<8}{figures} of {ROUNDS}")
    return 0


def measure(rounds: int) -> dict[str, Any]:
    """Give for each kind of edit the best, the median and the worst of so many rounds, in seconds."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 a benchmark without it says what is missing

    times: dict[str, list[float]] = {"prose": [], "broken": [], "mended": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = Path(shutil.copytree(ROOT / "content", Path(folder, "content")))
        path = next(own for own in sorted(content.glob("*.md")) if own.name != "index.md")
        text = path.read_text(encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(content, Path(folder, "site")) as address:
            page = browser.new_page()
            page.goto(f"{address}{path.stem}/index.html")
            for number in range(rounds):
                shown, board = f"em:text-is('edit {number}')", "[role=alert]"
                mended = f"{text}\n*edit {number}*\n"
                times["prose"].append(_timed(lambda: page.wait_for_selector(shown), path, mended))  # noqa: B023
                broken = text.replace("title:", "titel:", 1)
                times["broken"].append(_timed(lambda: page.wait_for_selector(board), path, broken))  # noqa: B023
                gone = "() => !document.querySelector('[role=alert]')"
                times["mended"].append(_timed(lambda: page.wait_for_function(gone), path, mended))  # noqa: B023
        version = browser.version
        browser.close()
    seconds = {name: {"best": min(own), "median": median(own), "worst": max(own)} for name, own in times.items()}
    return {"chromium": version, "rounds": rounds, "load": os.getloadavg()[0], "seconds": seconds}


def _timed(seen: Callable[[], object], path: Path, text: str) -> float:
    time.sleep(PAUSE)
    begun = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    seen()
    return time.perf_counter() - begun


@contextmanager
def served(content: Path, output: Path) -> Iterator[str]:
    """Run `build.py serve` and give its address once the site is built."""
    where = ["--content", str(content), "--output", str(output), "--port", "0"]
    command = [sys.executable, str(ROOT / "build.py"), "serve", *where]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(2)]
        yield next(match[0] for line in told if (match := re.match(r"http://[\d.:]+/", line)))
        process.terminate()


if __name__ == "__main__":
    sys.exit(main())
