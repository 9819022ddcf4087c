"""A grid of more seeds than the page lists can be walked through from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Visit, served
from sites import EXHIBIT, content, run

from bench.browsers import Page

PAGE = EXHIBIT.replace("seeds: 7, 1:3", "seeds: 1000:1150")


@pytest.fixture
def page(tmp_path: Path, visit: Visit) -> object:
    """Give the page of an exhibit with 150 seeds."""
    content(tmp_path / "content", digits=PAGE)
    for name in ("pinned.js", "mini-digits.js"):
        source = Path(__file__).parent.parent / "content" / name
        (tmp_path / "content" / name).write_bytes(source.read_bytes())
    assert run(tmp_path) == 0
    with served(tmp_path / "site") as address:
        yield visit(f"{address}digits/index.html")


def listed(page: Page) -> list[str]:
    """Give the seeds of the table's rows, which its links must lead to."""
    rows = page.evaluate(
        """() => Array.from(document.querySelectorAll("[data-map] tbody tr"), (row) => [
             row.querySelector("th").textContent,
             ...Array.from(row.querySelectorAll("a"), (link) => link.getAttribute("href"))])"""
    )
    for seed, *links in rows:
        assert links == [f"gallery/{seed}/0.50.png", f"gallery/{seed}/0.75.png"]
    return [seed for seed, *_ in rows]


def seeds(start: int) -> list[str]:
    """Give what 64 rows show from a seed on."""
    return [str(seed) for seed in range(start, start + 64)]


def test_turning_the_grid(page: Page) -> None:
    """Buttons lead to later seeds and back, the last rows are full, and a seed that is typed is turned to."""
    page.wait("[data-map].drawn")
    assert listed(page) == seeds(1000)
    later, earlier = "[data-turn] button:last-child", "[data-turn] button:first-child"
    for button, start, told in (
        (later, 1064, "seeds 65 to 128 of 150"),
        (later, 1086, "seeds 87 to 150 of 150"),
        (earlier, 1022, "seeds 23 to 86 of 150"),
        (earlier, 1000, "seeds 1 to 64 of 150"),
    ):
        page.click(button)
        assert listed(page) == seeds(start)
        assert page.text("[data-turn] output") == told
    page.fill("[data-seed]", "1140")
    page.press("Tab")
    page.wait('[data-map] a[aria-current="true"][href="gallery/1140/0.75.png"]')
    assert listed(page) == seeds(1086)
