"""Write golden/results/engines.json, the engine matrix, and show it as a table."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.browsers import BROWSERS, Missing
from bench.browsers.page import program
from bench.engines import browser_row, node_row, quickjs_row, sources, written
from bench.engines.rows import Row
from bench.engines.scripts import ROOT

RESULTS = ROOT / "golden" / "results" / "engines.json"
TOOLS = ROOT / ".tools" / "engines"
NODES = ("16.20.2", "18.20.8", "20.20.2", "22.23.3", "24.21.0", "25.9.0", "26.10.0")  # a version a major


def main() -> int:
    """Run every engine; one that is missing fails the run."""
    try:
        node, npm = (program(name, "install Node.js 20 or newer, with npm") for name in ("node", "npm"))
        with tempfile.TemporaryDirectory() as folder:
            rows = list(_rows(node, npm, written(Path(folder))))
    except Missing as missing:
        print(f"engines: {missing}", file=sys.stderr)
        return 1
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text(rows), encoding="utf-8")
    return 1 if any(differing(row) for row in rows) else 0


def _rows(node: str, npm: str, scripts: list[Path]) -> Iterator[Row]:
    for path in _nodes(npm):
        yield _said(node_row(str(path), scripts))
    for browser in BROWSERS.values():
        with browser() as running:
            yield _said(browser_row(running, scripts))
    yield _said(quickjs_row(node, scripts))


def _nodes(npm: str) -> list[Path]:
    """Install the Node.js versions, which npm has for each platform, and give their paths."""
    machine = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    packages = [f"node-{version}@npm:node-{sys.platform}-{machine}@{version}" for version in NODES]
    TOOLS.mkdir(parents=True, exist_ok=True)
    (TOOLS / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([npm, "install", *options, *packages], cwd=TOOLS, check=True, stdout=subprocess.DEVNULL)
    return [TOOLS / "node_modules" / f"node-{version}" / "bin" / "node" for version in NODES]


def _said(row: Row) -> Row:
    own = "  ".join(f"{name} {found['differing']:>6,}" for name, found in row["native"].items())
    who = f"{row['engine']} {row['version']}"
    print(f"{who:<24} {row['javascript']:<24} twins {differing(row)} bits   own Math: {own}", flush=True)
    return row


def differing(row: Row) -> int:
    """Give the number of bits in which the twins' answers differ from the suites'."""
    return sum(stage["differing"] for stages in row["species"].values() for stage in stages.values())


def text(rows: list[Row]) -> str:
    """Give the table as JSON, an engine a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"sources": "{sources()}", "engines": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    sys.exit(main())
