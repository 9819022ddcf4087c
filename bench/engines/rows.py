"""One engine, one row: who it is, the twins' differing bits by stage, and its own mathematics' differing results."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.browsers import Browser

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]


def _run(node: str, script: str, scripts: list[Path]) -> Row:
    done = subprocess.run([node, str(HERE / script), *map(str, scripts)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def node_row(node: str, scripts: list[Path]) -> Row:
    """Run the scripts in this Node.js."""
    return _run(node, "node.cjs", scripts)


def quickjs_row(node: str, scripts: list[Path]) -> Row:
    """Run the scripts in QuickJS, which npm's quickjs-emscripten brings."""
    return _run(node, "quickjs.cjs", scripts)


def browser_row(browser: Browser, scripts: list[Path]) -> Row:
    """Run the scripts in a browser, from the page beside them."""
    page = browser.see((scripts[0].parent / "index.html").as_uri())
    found = json.loads(page.evaluate("() => globalThis.probe()"))
    page.close()
    return {"engine": browser.name, "version": browser.version, "javascript": browser.javascript, **found}
