"""The built site before its judges, and what bench/audit.json says of those that take too long for a test."""

import json
from pathlib import Path
from typing import cast

import pytest
from browser import ROOT

from bench.audit import errors, violations
from bench.audit.lighthouse import CATEGORIES, FORMS
from bench.browsers import Browser, Chromium, Missing
from generator.model import generators

AUDIT = json.loads((ROOT / "bench" / "audit.json").read_text(encoding="utf-8"))
PAGES = ("index.html", "404.html", *(f"{name}/index.html" for name in generators()))


def test_everybody_can_use_every_page(chromium: Browser, site: Path) -> None:
    """No rule of axe is violated: light and dark, narrow and wide, all unfolded."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert set(PAGES) <= set(pages)
    try:
        assert [wrong for page in pages for wrong in violations(cast(Chromium, chromium), (site / page).as_uri())] == []
    except Missing as missing:
        pytest.skip(str(missing))


def test_axe_finds_what_is_wrong(chromium: Browser, site: Path, tmp_path: Path) -> None:
    """A picture without words, on a page whose policy lets no stranger's script run."""
    page = (site / "index.html").read_text(encoding="utf-8").replace("</main>", '<img src="x.png"></main>')
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    try:
        found = violations(cast(Chromium, chromium), (tmp_path / "index.html").as_uri())
    except Missing as missing:
        pytest.skip(str(missing))
    assert sum("image-alt" in wrong for wrong in found) == 4


def test_every_page_and_stylesheet_is_valid(site: Path, tmp_path: Path) -> None:
    """By the W3C's checker, which does find fault with a page that is not."""
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><ul><li></p>", encoding="utf-8")
    try:
        assert errors(site) == []
        assert errors(tmp_path) != []
    except Missing as missing:
        pytest.skip(str(missing))


def test_the_published_audit_is_perfect() -> None:
    """Lighthouse gave 100 in all four; an exhibit's page weighs less than 100 KB with its first gallery."""
    pages = AUDIT["lighthouse"]["pages"]
    assert set(pages) == {"index.html", *(f"{name}/index.html" for name in generators())}
    for page, forms in pages.items():
        assert set(forms) == set(FORMS)
        for run in forms.values():
            assert [run[name] for name in CATEGORIES] == [100] * 4
            assert page == "index.html" or run["bytes"] < 100_000
            assert run["layout_shift"] < 0.01
    assert AUDIT["axe"]["violations"] == AUDIT["vnu"]["errors"] == []
