"""The site without a script, with scripts of an author's own, and the index with its filter."""

import json
import time
from pathlib import Path

import numpy as np
from browser import ROOT, Visit, drawn, published

from bench.browsers import Browser
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


def test_without_a_script_the_exhibit_is_whole(visit: Visit, site: Path, address: str, species: Generator) -> None:
    """The first gallery is a picture, every published gallery is a link, and no dead control is in sight."""
    page = visit(f"{address}{species.name}/index.html", script=False)
    picture = "[data-gallery] img"
    assert page.visible(picture) == 1
    assert page.attribute(picture, "src") == f"gallery/{species.seed}/{species.knob.default:.2f}.png"
    assert page.one(picture, "own.naturalWidth") == species.width * species.columns
    grid = json.loads((site / species.name / "grid.json").read_text(encoding="utf-8"))
    links = set(page.each("table a", "own.getAttribute('href')"))
    assert links >= {f"gallery/{seed}/{stop:.2f}.png" for seed in grid["seeds"] for stop in grid[species.knob.plural]}
    assert page.visible("button, input, select, progress, canvas") == 0
    assert page.count("h1") == 1
    assert page.visible(".static") == 1


def test_nothing_moves_while_the_page_comes_alive(chromium: Browser, address: str, species: Generator) -> None:
    """The layout shift is none, on a telephone and on a desk; Chromium alone can count it."""
    visit = Visit(chromium)
    for width, height in ((360, 640), (1440, 900)):
        page = visit(f"{address}{species.name}/index.html", width=width, height=height)
        page.wait("[data-mark=same]")
        time.sleep(0.3)
        shifts = page.evaluate(
            "() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {"
            " for (const entry of list.getEntries()) sum += entry.value; })"
            ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 200); })"
        )
        assert shifts < 0.01, (width, shifts)
    visit.end()


def test_gallery_and_controls_are_seen_first(visit: Visit, address: str, species: Generator) -> None:
    """Without scrolling, at 360 × 640 and at 1440 × 900; and nothing is wider than the screen."""
    page = visit(f"{address}{species.name}/index.html", width=360, height=640)
    page.wait("[data-mark=same]")
    for width, height in ((360, 640), (320, 640), (768, 900), (1440, 900)):
        page.resize(width, height)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        if width in (360, 1440):
            for handle in ("gallery", "seed", species.knob.name):
                (box,) = page.boxes(f"[data-{handle}]")
                assert box["y"] >= 0, handle
                assert box["y"] + box["height"] <= height, (width, handle, box)


def test_specimens_are_drawn_at_whole_multiples(visit: Visit, address: str) -> None:
    """Where a species asks for crisp pixels, each of them is a square of whole screen pixels."""
    page = visit(f"{address}mini-digits/index.html")
    page.wait("[data-gallery] canvas")
    for width in (320, 360, 414, 768, 1100, 1440):
        page.resize(width, 800)
        sizes = {box["width"] for box in page.boxes("[data-gallery] canvas")}
        assert len(sizes) == 1, (width, sizes)
        assert sizes.pop() % 28 == 0, width


def test_the_filter_narrows_as_one_types(visit: Visit, address: str) -> None:
    """Over title, tags and description, in any case and order; the address keeps it; nothing found is said."""
    page = visit(f"{address}index.html")
    total = page.count("[data-card]")
    assert page.text("[data-count]") == f"{total} exhibits"
    page.focus("[data-filter]")
    page.type("SOFTmax digi")
    assert page.visible("[data-card]") == 1
    assert page.text("[data-count]") == f"1 of {total} exhibits"
    assert page.url.endswith("#q=SOFTmax%20digi")
    other = visit(page.url)
    assert other.visible("[data-card]") == 1
    page.fill("[data-filter]", "axolotl")
    assert page.visible("[data-card]") == 0
    assert page.visible("[data-empty]") == 1
    page.click("[data-clear]")
    assert page.visible("[data-card]") == total
    assert page.url.endswith("index.html")


def test_without_a_script_the_index_lists_everything(visit: Visit, address: str) -> None:
    """All cards with their previews, and no filter that would do nothing."""
    page = visit(f"{address}index.html", script=False)
    assert page.visible("[data-card]") == len(generators())
    assert page.visible("[data-card] img") == 6 * len(generators())
    assert page.visible("input") == 0


def test_no_page_complains_and_an_injected_script_does_not_run(
    browser: Browser, visit: Visit, site: Path, address: str, tmp_path: Path
) -> None:
    """The page's policy names its own scripts alone, and no address but the site's own; what it refuses is heard."""
    pages = ["index.html", *(f"{name}/index.html" for name in generators())]
    assert browser.console(*(address + page for page in pages), *((site / page).as_uri() for page in pages)) == []
    html = (site / "mini-digits" / "index.html").read_text(encoding="utf-8")
    spoilt = html.replace(
        "</main>", '<script>document.title = "spoilt"</script><img src="x" onerror="document.title=1">'
    )
    assert spoilt != html
    (tmp_path / "index.html").write_text(spoilt, encoding="utf-8")
    injected = (tmp_path / "index.html").as_uri()
    assert visit(injected, quiet=False).title == "Mini Digits · GAN-001 · AI Zoo"
    assert any("Content Security Policy" in complaint for complaint in browser.console(injected))
    assert "unsafe-inline" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")


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


def test_an_authors_page_keeps_its_panel_its_heading_and_its_script(visit: Visit, tmp_path: Path) -> None:
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
    page = visit((tmp_path / "site" / "own" / "index.html").as_uri())
    page.until("() => document.title === 'ran true'")
    assert page.count("h1") == 1
    assert page.count("[data-gallery]") == 1
    assert page.count("[data-gallery] canvas") == 9
    assert page.count("table a") > 400
    still = visit((tmp_path / "site" / "own" / "index.html").as_uri(), script=False)
    assert still.visible("[data-gallery] img") == 1


def test_sheets_and_canvases_agree_about_the_reading_order(visit: Visit, site: Path, species: Generator) -> None:
    """The first sample is at the top left, the last at the bottom right, in the picture and on the page."""
    page = visit(f"{site.as_uri()}/{species.name}/index.html#seed=3")
    page.wait("[data-gallery] canvas")
    boxes = page.boxes("[data-gallery] canvas")
    assert boxes == sorted(boxes, key=lambda box: (round(box["y"]), box["x"]))
    sheet = site / species.name / "gallery" / "3" / f"{species.knob.default:.2f}.png"
    assert np.array_equal(drawn(page, species)[-1], published(sheet, species)[-1])
