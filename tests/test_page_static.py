"""The site without a script, with scripts of an author's own, and the index with its filter."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from browser import ROOT, drawn, published, see

from generator.model import Generator, generators
from zoo.options import Options
from zoo.policy import integrity, policy
from zoo.site import build

OWN_PAGE = """\
---
layout: ../../../../layouts/Layout.astro
title: Digits with a panel of their own
description: An author's page, as it was written.
---
<a href="../">Back</a>

# Digits, the author's way

Exhibit ID: GAN-001 · Output resolution: 28×28 · Latent width: 10

<section class="gan-panel">
  <input data-seed value="1337">
  <input type="range" data-temperature min="0.35" max="1.5" step="0.05" value="0.75">
  <span data-temperature-value>0.75</span>
  <button data-refresh>Generate batch</button>
  <div data-gallery aria-live="polite"></div>
</section>

<script type="module">
  const gallery = document.querySelector("[data-gallery]");

  for (let i = 0; i < 9; i++) gallery.append(document.createElement("canvas"));
  gallery.querySelector("img")?.remove();
  document.title = `ran ${1 < 2}`;
</script>
"""


def visible(page: Any, selector: str) -> int:
    """Count the elements of a selector that can be seen."""
    return sum(element.is_visible() for element in page.query_selector_all(selector))


def test_without_a_script_the_exhibit_is_whole(browser: Any, site: Path, address: str, species: Generator) -> None:
    """The first gallery is a picture, every published gallery is a link, and no dead control is in sight."""
    page = see(browser, f"{address}{species.name}/index.html", java_script_enabled=False)
    picture = page.locator("[data-gallery] img")
    assert picture.is_visible()
    assert picture.get_attribute("src") == f"gallery/{species.seed}/{species.knob.default:.2f}.png"
    grid = json.loads((site / species.name / "grid.json").read_text(encoding="utf-8"))
    links = {link.get_attribute("href") for link in page.query_selector_all("table a")}
    assert links >= {f"gallery/{seed}/{stop:.2f}.png" for seed in grid["seeds"] for stop in grid[species.knob.plural]}
    assert visible(page, "button, input, select, progress, canvas") == 0
    assert page.locator("h1").count() == 1
    page.close()


def test_with_a_script_missing_the_static_page_comes_back(browser: Any, address: str) -> None:
    """A twin that cannot be loaded leaves the page as it is without scripts."""
    page = browser.new_page()
    page.route("**/mini-digits.js", lambda route: route.abort())
    page.goto(f"{address}mini-digits/index.html")
    page.wait_for_selector(".static:visible")
    assert page.locator("[data-gallery] img").is_visible()
    assert visible(page, "button") == 0
    page.close()


def test_nothing_moves_while_the_page_comes_alive(browser: Any, address: str, species: Generator) -> None:
    """The layout shift that Chromium counts is none, on a telephone and on a desk."""
    for width, height in ((360, 640), (1440, 900)):
        page = see(browser, f"{address}{species.name}/index.html", viewport={"width": width, "height": height})
        page.wait_for_selector("[data-mark=same]")
        page.wait_for_timeout(300)
        shifts = page.evaluate(
            "() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {"
            " for (const entry of list.getEntries()) sum += entry.value; })"
            ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 200); })"
        )
        assert shifts < 0.01, (width, shifts)
        page.close()


def test_gallery_and_controls_are_seen_first(browser: Any, address: str, species: Generator) -> None:
    """Without scrolling, at 360 × 640 and at 1440 × 900; and nothing is wider than the screen."""
    for width, height in ((320, 640), (360, 640), (768, 900), (1440, 900)):
        page = see(browser, f"{address}{species.name}/index.html", viewport={"width": width, "height": height})
        page.wait_for_selector("[data-mark=same]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width in (360, 1440):
            for handle in ("gallery", "seed", species.knob.name):
                box = page.locator(f"[data-{handle}]").bounding_box()
                assert box["y"] >= 0, handle
                assert box["y"] + box["height"] <= height, (width, handle, box)
        page.close()


def test_specimens_are_drawn_at_whole_multiples(browser: Any, address: str) -> None:
    """Where a species asks for crisp pixels, each of them is a square of whole screen pixels."""
    for width in (320, 360, 414, 768, 1100, 1440):
        page = see(browser, f"{address}mini-digits/index.html", viewport={"width": width, "height": 800})
        page.wait_for_selector("[data-gallery] canvas")
        sizes = {box["width"] for box in (c.bounding_box() for c in page.query_selector_all("[data-gallery] canvas"))}
        assert len(sizes) == 1
        assert sizes.pop() % 28 == 0, width
        page.close()


def test_the_filter_narrows_as_one_types(browser: Any, address: str) -> None:
    """Over title, tags and description, in any case and order; the address keeps it; nothing found is said."""
    page = see(browser, f"{address}index.html")
    total = page.locator("[data-card]").count()
    assert page.text_content("[data-count]") == f"{total} exhibits"
    page.fill("[data-filter]", "SOFTmax digi")
    assert visible(page, "[data-card]") == 1
    assert page.text_content("[data-count]") == f"1 of {total} exhibits"
    assert page.url.endswith("#q=SOFTmax%20digi")
    other = see(browser, page.url)
    assert visible(other, "[data-card]") == 1
    other.close()
    page.fill("[data-filter]", "axolotl")
    assert visible(page, "[data-card]") == 0
    assert page.locator("[data-empty]").is_visible()
    page.click("[data-clear]")
    assert visible(page, "[data-card]") == total
    assert page.url.endswith("index.html")
    assert page.complaints == []
    page.close()


def test_without_a_script_the_index_lists_everything(browser: Any, address: str) -> None:
    """All cards with their previews, and no filter that would do nothing."""
    page = see(browser, f"{address}index.html", java_script_enabled=False)
    assert visible(page, "[data-card]") == len(generators())
    assert visible(page, "[data-card] img") == 6 * len(generators())
    assert visible(page, "input") == 0
    page.close()


def test_an_injected_script_does_not_run(browser: Any, site: Path, tmp_path: Path) -> None:
    """The page's policy names its own scripts alone, and no address but the site's own."""
    html = (site / "mini-digits" / "index.html").read_text(encoding="utf-8")
    spoilt = html.replace(
        "</main>", '<script>document.title = "spoilt"</script><img src="x" onerror="document.title=1">'
    )
    (tmp_path / "index.html").write_text(spoilt, encoding="utf-8")
    page = see(browser, (tmp_path / "index.html").as_uri())
    assert page.title() == "Mini Digits · GAN-001 · AI Zoo"
    assert any("Content Security Policy" in complaint for complaint in page.complaints)
    assert "unsafe-inline" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    page.close()


def test_a_policy_names_what_stands_in_the_page() -> None:
    """Scripts and styles, as elements and as attributes, but no data."""
    html = (
        '<style>p{}</style><p style="color:red">x</p><script>1 < 2</script>'
        '<script type="application/ld+json">{}</script><a onclick="go()">y</a>'
    )
    found = policy(html)
    assert f"style-src 'self' 'unsafe-hashes' {' '.join(sorted(quoted('p{}', 'color:red')))}" in found
    assert f"script-src 'self' 'unsafe-hashes' {' '.join(sorted(quoted('1 < 2', 'go()')))}" in found


def quoted(*texts: str) -> list[str]:
    """Give texts as a policy names them."""
    return [f"'{integrity(text.encode())}'" for text in texts]


def test_an_authors_page_keeps_its_panel_its_heading_and_its_script(browser: Any, tmp_path: Path) -> None:
    """The script arrives as written and runs; the zoo adds no panel, no twin, no second h1, but the published grid."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "index.md").write_text("---\ntitle: Z\ndescription: Y.\n---\n", encoding="utf-8")
    (content / "own.md").write_text(OWN_PAGE, encoding="utf-8")
    for name in ("pinned.js", "mini-digits.js"):
        (content / name).write_bytes((ROOT / "content" / name).read_bytes())
    build(Options(content, ROOT / "templates", tmp_path / "site"))
    html = (tmp_path / "site" / "own" / "index.html").read_text(encoding="utf-8")
    assert OWN_PAGE[OWN_PAGE.index("<script") :].strip() in html
    page = see(browser, (tmp_path / "site" / "own" / "index.html").as_uri())
    assert page.title() == "ran true"
    assert page.locator("h1").count() == 1
    assert page.locator("[data-gallery]").count() == 1
    assert page.locator("[data-gallery] canvas").count() == 9
    assert page.locator("table a").count() > 400
    assert page.complaints == []
    page.close()
    still = see(browser, (tmp_path / "site" / "own" / "index.html").as_uri(), java_script_enabled=False)
    assert still.locator("[data-gallery] img").is_visible()
    still.close()


def test_sheets_and_canvases_agree_about_the_reading_order(browser: Any, site: Path, species: Generator) -> None:
    """The first sample is at the top left, the last at the bottom right, in the picture and on the page."""
    page = see(browser, f"{site.as_uri()}/{species.name}/index.html#seed=3")
    page.wait_for_selector("[data-gallery] canvas")
    boxes = [canvas.bounding_box() for canvas in page.query_selector_all("[data-gallery] canvas")]
    assert boxes == sorted(boxes, key=lambda box: (round(box["y"]), box["x"]))
    sheet = site / species.name / "gallery" / "3" / f"{species.knob.default:.2f}.png"
    assert np.array_equal(drawn(page, species)[-1], published(sheet, species)[-1])
    page.close()
