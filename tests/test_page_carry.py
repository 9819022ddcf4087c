"""What a visitor can look into, reach by keys and carry away."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import Visit, drawn, published
from PIL import Image

from bench.browsers import Page
from generator.model import Generator
from zoo import gallery

SAMPLES = "[data-gallery] [role=radio]"


@pytest.fixture
def page(visit: Visit, address: str, species: Generator) -> Page:
    """Give a species' page, wide enough for the loupe."""
    opened = visit(f"{address}{species.name}/index.html", width=1440, height=900)
    opened.wait("[data-mark=same]")
    return opened


def test_the_json_is_the_builds_byte_for_byte(page: Page, species: Generator, tmp_path: Path) -> None:
    """For a published gallery, and for seeds and values that never were."""
    start = page.url.split("#")[0]
    for seed, value in ((species.seed, str(species.knob.default)), (4294967295, "0.61"), (3, "1.0000001")):
        page.goto(f"{start}#seed={seed}&{species.knob.name}={value}")
        page.until("(seed) => document.querySelector('[data-seed]').value === seed", str(seed))
        got = page.download("[data-json]", tmp_path)
        assert got.name.startswith(f"{species.name}-{seed}-")
        assert got.read_bytes() == gallery.one(species, seed, float(value)).json


@pytest.mark.parametrize("times", [1, 8])
def test_the_png_is_the_published_one_pixel_for_pixel(
    page: Page, site: Path, species: Generator, tmp_path: Path, times: int
) -> None:
    """Also enlarged, each pixel a square of its own, in grey where the species is grey."""
    path = page.download(f"[data-png='{times}']", tmp_path)
    sheet = site / species.name / "gallery" / str(species.seed) / f"{species.knob.default:.2f}.png"
    assert np.array_equal(published(path, species, times), published(sheet, species))
    with Image.open(path) as picture:
        assert picture.mode == ("L" if species.channels == 1 else "RGB")
        square = np.asarray(picture)[:times, :times].reshape(times * times, -1)
    assert (square == square[0]).all()


def test_the_link_leads_back_here(page: Page, species: Generator) -> None:
    """Copied, and pasted where a visitor would, it is the address with the state in it."""
    page.click("[data-refresh]")
    page.click("[data-copy]")
    page.until("() => document.querySelector('[data-copy]').textContent === 'Copied'")
    page.focus("[data-seed]")
    page.press("Control+a")
    page.press("Control+v")
    expected = f"#seed={species.seed + species.seed_step}&{species.knob.name}={species.knob.default:.2f}"
    assert page.value("[data-seed]") == page.url.split("#")[0] + expected


def test_samples_are_one_tab_stop_and_the_arrows_walk_them(page: Page, species: Generator) -> None:
    """Right and down move in reading order, the inspector follows, and each sample has its words."""
    assert page.each(SAMPLES, "own.tabIndex").count(0) == 1
    page.focus(SAMPLES)
    page.press("ArrowRight")
    page.press("ArrowDown")
    chosen = species.columns + 1
    assert page.each(SAMPLES, "own.getAttribute('aria-checked')").index("true") == chosen
    assert page.each(SAMPLES, "own === document.activeElement").index(True) == chosen
    page.until("(n) => document.querySelector('[data-inside-number]').textContent === n", str(chosen + 1))
    assert all("mostly" in label for label in page.each(SAMPLES, "own.getAttribute('aria-label')"))


def test_words_name_the_two_strongest_parts(visit: Visit, address: str) -> None:
    """As the specification's own example has them: sample 1 of seed 1337 at 0.75."""
    page = visit(f"{address}mini-digits/index.html")
    page.wait("[data-mark=same]")
    assert page.attribute(SAMPLES, "aria-label") == "Sample 1 of 9: mostly 2 at 28 %, then 3 at 17 %"


def test_the_inspector_shows_every_number_in_full(page: Page, site: Path, species: Generator) -> None:
    """Latent and coefficients are the published JSON's, to the last digit."""
    path = site / species.name / "gallery" / str(species.seed) / f"{species.knob.default:.2f}.json"
    sample = json.loads(path.read_text(encoding="utf-8"))["samples"][0]
    page.wait("[data-inside] .stage")
    for row, key in (("first", "latent"), ("last", "coefficients")):
        cells = f"[data-inside] .stage:{row}-child [role=gridcell]"
        assert [float(title.split(": ")[1]) for title in page.each(cells, "own.title")] == sample[key]
        page.focus(cells, 2)
        assert float(page.text("[data-exact]").split(" = ")[1]) == sample[key][2]


def test_pointing_at_a_sample_shows_its_inside(page: Page, species: Generator) -> None:
    """For as long as the pointer is on it."""
    page.wait("[data-inside] .stage")
    page.point(SAMPLES, species.samples - 1)
    page.until("(n) => document.querySelector('[data-inside-number]').textContent === n", str(species.samples))
    page.point("h1")
    page.until("() => document.querySelector('[data-inside-number]').textContent === '1'")


def test_the_strip_shows_every_stop_and_sets_it(page: Page, site: Path, species: Generator) -> None:
    """Each picture is the first sample of the published gallery at that stop."""
    stops = [f"{stop:.2f}" for stop in species.knob.stops()]
    buttons = "[data-strip] button"
    page.until("(b, n) => document.querySelectorAll(`${b}[aria-label]`).length === n", buttons, len(stops))
    pictures = drawn(page, species, "[data-strip] canvas")
    assert len(pictures) == len(stops)
    for i, stop in enumerate(stops):
        sheet = site / species.name / "gallery" / str(species.seed) / f"{stop}.png"
        assert np.array_equal(pictures[i], published(sheet, species)[0])
    page.click(buttons, 3)
    assert page.text(f"[data-{species.knob.name}-value]") == stops[3]


def test_the_grid_looks_where_one_points_and_goes_where_one_presses(page: Page, site: Path, species: Generator) -> None:
    """The loupe follows the arrow keys with links to the files; Enter brings the gallery into the panel."""
    stops = [f"{stop:.2f}" for stop in species.knob.stops()]
    page.focus(f"[data-map] a[href='gallery/0/{stops[0]}.png']")
    page.wait("[data-map].drawn")
    page.press("ArrowRight")
    page.press("ArrowDown")
    links = page.each("[data-loupe] a", "own.getAttribute('href')")
    assert links == [f"gallery/1/{stops[1]}.png", f"gallery/1/{stops[1]}.json"]
    page.press("Enter")
    assert page.value("[data-seed]") == "1"
    sheet = site / species.name / "gallery" / "1" / f"{stops[1]}.png"
    assert np.array_equal(drawn(page, species), published(sheet, species))
    page.wait("[data-map] a[aria-current]")
    assert page.count("[data-map] a[aria-current]") == 1


def test_the_quiet_line_does_not_chatter(page: Page, species: Generator) -> None:
    """Five steps of the slider are one announcement, made when the hand rests."""
    page.evaluate(
        "() => { globalThis.said = []; new MutationObserver(() => globalThis.said.push("
        "document.querySelector('[data-say]').textContent))"
        ".observe(document.querySelector('[data-say]'), { childList: true }); }"
    )
    page.focus(f"[data-{species.knob.name}]")
    for _ in range(5):
        page.press("ArrowRight")
    page.until("() => globalThis.said.length > 0")
    time.sleep(0.8)
    said: Any = page.evaluate("() => globalThis.said")
    assert len(said) == 1
    assert said[0].startswith(f"Seed {species.seed}, {species.knob.name} ")
    assert page.count("[aria-live], [role=status], output") == 2  # it, and the verdict
