"""Audit the site: write bench/audit.json and bench/audit.md, and fail where anything is less than perfect."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.audit import access, lighthouse, markup
from bench.audit.serving import served
from bench.browsers import Chromium, Missing
from generator.model import generators
from zoo.options import Options
from zoo.site import build

HERE = Path(__file__).resolve().parents[1]
ROOT = HERE.parent
FIGURES = ("largest_paint_ms", "blocked_ms", "layout_shift", "requests", "bytes")
COLUMNS = (*lighthouse.CATEGORIES, *FIGURES)


def main() -> int:
    """Build a site that knows its address, serve it, and have it judged."""
    try:
        with tempfile.TemporaryDirectory() as folder, served(Path(folder, "site")) as address:
            site = Path(folder, "site")
            build(Options(ROOT / "content", ROOT / "templates", site, base_url=address))
            found = {"lighthouse": _lighthouse(address), "axe": _axe(site), "vnu": _vnu(site)}
    except Missing as missing:
        print(f"audit: {missing}", file=sys.stderr)
        return 1
    (HERE / "audit.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (HERE / "audit.md").write_text(table(found), encoding="utf-8")
    print(table(found))
    perfect = all(run[name] == 100 for run in _runs(found) for name in lighthouse.CATEGORIES)
    return 0 if perfect and not found["axe"]["violations"] and not found["vnu"]["errors"] else 1


def _lighthouse(address: str) -> dict[str, Any]:
    paths = ["index.html", *(f"{name}/index.html" for name in generators())]
    pages = {}
    for path in paths:
        pages[path] = {form: lighthouse.best(f"{address}/{path}", form) for form in lighthouse.FORMS}
        print(path, json.dumps(pages[path]), flush=True)
    return {"version": lighthouse.VERSION, "pages": pages}


def _axe(site: Path) -> dict[str, Any]:
    pages = sorted(site.rglob("*.html"))
    with Chromium() as chromium:
        found = [wrong for page in pages for wrong in access.violations(chromium, page.as_uri())]
    views = len(pages) * len(access.SCHEMES) * len(access.WIDTHS)
    return {"version": access.version(), "pages": len(pages), "views": views, "violations": found}


def _vnu(site: Path) -> dict[str, Any]:
    return {"version": markup.version(), "files": len(markup.checked(site)), "errors": markup.errors(site)}


def _runs(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [run for forms in found["lighthouse"]["pages"].values() for run in forms.values()]


def table(found: dict[str, Any]) -> str:
    """Give the findings as Markdown."""
    heads = ["page", "", *(name.replace("_ms", ", ms").replace("_", " ") for name in COLUMNS)]
    lines = [
        f"Lighthouse {found['lighthouse']['version']}, served compressed; the best of at most {lighthouse.TRIES} runs.",
        "",
    ]
    lines += [f"| {' | '.join(heads)} |", f"|{' --- |' * 2}{' ---: |' * len(COLUMNS)}"]
    for page, forms in found["lighthouse"]["pages"].items():
        for form, run in forms.items():
            lines.append(f"| {page} | {form} | {' | '.join(f'{float(run[name]):,g}' for name in COLUMNS)} |")
    axe, vnu = found["axe"], found["vnu"]
    views = f"{axe['views']} views of {axe['pages']} pages (light and dark, 360 and 1440 px wide)"
    lines += ["", f"axe-core {axe['version']}: {len(axe['violations'])} violations in {views}."]
    lines += [f"vnu {vnu['version']}: {len(vnu['errors'])} errors in {vnu['files']} pages, stylesheets and pictures."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
