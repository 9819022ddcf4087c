"""Lighthouse on a page: the four scores, the figures behind the first, and what was transferred."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.browsers.page import program

VERSION = "12.8.2"  # the last that runs under Node.js 20
TOOLS = Path(__file__).resolve().parents[2] / ".tools" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FORMS: dict[str, tuple[str, ...]] = {"mobile": (), "desktop": ("--preset=desktop",)}
FIGURES = {
    "first-contentful-paint": "first_paint_ms",
    "largest-contentful-paint": "largest_paint_ms",
    "total-blocking-time": "blocked_ms",
    "cumulative-layout-shift": "layout_shift",
}
TRIES = 5  # whatever else the machine does can only lower the first score, so the best of these counts


def installed() -> Path:
    """Install Lighthouse into the tools' folder, if it is not there, and give its script."""
    script = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not script.exists():
        npm = program("npm", "install Node.js 20 or newer, with npm")
        TOOLS.mkdir(parents=True, exist_ok=True)
        (TOOLS / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([npm, "install", *options, f"lighthouse@{VERSION}"], cwd=TOOLS, check=True)
    return script


def best(address: str, form: str) -> dict[str, Any]:
    """Give the best of a few runs; the first that is perfect ends them."""
    found: list[dict[str, Any]] = []
    while len(found) < TRIES and not (found and found[-1]["performance"] == 100):
        found.append(_run(address, form))
    return max(found, key=lambda run: float(run["performance"]))


def _run(address: str, form: str) -> dict[str, Any]:
    node = program("node", "install Node.js 20 or newer")
    chromium = program("chromium", "install it, for instance with apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [node, str(installed()), address, "--quiet", "--output=json", f"--output-path={report}"]
        command += ["--chrome-flags=--headless=new --no-sandbox", f"--only-categories={','.join(CATEGORIES)}"]
        subprocess.run([*command, *FORMS[form]], env=os.environ | {"CHROME_PATH": chromium}, check=True)
        return _summary(json.loads(report.read_text(encoding="utf-8")))


def _summary(report: dict[str, Any]) -> dict[str, Any]:
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    scores = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
    figures = {
        short: round(audits[name]["numericValue"], 3 if "shift" in short else 0) for name, short in FIGURES.items()
    }
    wrong = [
        reference["id"]
        for name in CATEGORIES
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] and (audits[reference["id"]]["score"] or 0) < 0.9
        and audits[reference["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]  # fmt: skip
    return {
        **scores,
        **figures,
        "requests": len(requests),
        "bytes": sum(own["transferSize"] for own in requests),
        "below": wrong,
    }
