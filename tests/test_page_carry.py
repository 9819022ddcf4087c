"""What a visitor can look into, reach by keys and carry away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import drawn, published, see

from generator.model import Generator
from zoo import gallery


@pytest.fixture
def page(browser: Any, address: str, species: Generator) -> Iterator[Any]:
    """Give a species' page, wide enough for the loupe, which must not have complained by the end of the test."""
    opened = see(browser, f"{address}{species.name}/index.html", viewport={"width": 1440, "height": 900})
    opened.wait_for_selector("[data-mark=same]")
    yield opened
    assert opened.complaints == []
    opened.close()


def carried(page: Any, selector: str, folder: Path) -> Path:
    """Press a button that downloads, and give the file."""
    with page.expect_download() as waiting:
        page.click(selector)
    path = folder / str(waiting.value.suggested_filename)
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize("state", [(None, None), (4294967295, "0.61"), (3, "1.0000001")])
def test_the_json_is_the_builds_byte_for_byte(
    page: Any, species: Generator, tmp_path: Path, state: tuple[int | None, str | None]
) -> None:
    """For a published gallery, and for a seed and a value that never were."""
    seed, value = state[0] or species.seed, float(state[1] or species.knob.default)
    page.goto(f"{page.url.split('#')[0]}#seed={seed}&{species.knob.name}={state[1] or species.knob.default}")
    page.wait_for_selector("[data-gallery] canvas")
    assert carried(page, "[data-json]", tmp_path).read_bytes() == gallery.one(species, seed, value).json


@pytest.mark.parametrize("times", [1, 8])
def test_the_png_is_the_published_one_pixel_for_pixel(
    page: Any, site: Path, species: Generator, tmp_path: Path, times: int
) -> None:
    """Also enlarged, each pixel a square of its own, in grey where the species is grey."""
    path = carried(page, f"[data-png='{times}']", tmp_path)
    sheet = site / species.name / "gallery" / str(species.seed) / f"{species.knob.default:.2f}.png"
    assert np.array_equal(published(path, species, times), published(sheet, species))
    square = np.asarray(read(path))[:times, :times].reshape(times * times, -1)
    assert (square == square[0]).all()


def read(path: Path) -> Any:
    """Open a picture and check that it has as many channels as it says."""
    from PIL import Image  # noqa: PLC0415

    picture = Image.open(path)
    assert picture.mode in ("L", "RGB")
    return picture


def test_the_link_leads_back_here(page: Any, species: Generator) -> None:
    """Copied, it is the address with the state in it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-refresh]")
    page.click("[data-copy]")
    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    expected = f"#seed={species.seed + species.seed_step}&{species.knob.name}={species.knob.default:.2f}"
    assert copied == page.url.split("#")[0] + expected


def test_samples_are_one_tab_stop_and_the_arrows_walk_them(page: Any, species: Generator) -> None:
    """Right and down move in reading order, the inspector follows, and each sample has its words."""
    tiles = page.locator("[data-gallery] [role=radio]")
    assert [tiles.nth(k).get_attribute("tabindex") for k in range(species.samples)].count("0") == 1
    tiles.nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    chosen = species.columns + 1
    assert tiles.nth(chosen).get_attribute("aria-checked") == "true"
    assert tiles.nth(chosen).evaluate("tile => tile === document.activeElement")
    page.wait_for_selector(f"[data-inside-number]:text-is('{chosen + 1}')")
    assert "mostly" in tiles.nth(chosen).get_attribute("aria-label")


def test_words_name_the_two_strongest_parts(browser: Any, address: str) -> None:
    """As the specification's own example has them: sample 1 of seed 1337 at 0.75."""
    page = see(browser, f"{address}mini-digits/index.html")
    page.wait_for_selector("[data-mark=same]")
    label = page.get_attribute("[data-gallery] [role=radio]", "aria-label")
    assert label == "Sample 1 of 9: mostly 2 at 28 %, then 3 at 17 %"
    page.close()


def test_the_inspector_shows_every_number_in_full(page: Any, site: Path, species: Generator) -> None:
    """Latent and coefficients are the published JSON's, to the last digit."""
    path = site / species.name / "gallery" / str(species.seed) / f"{species.knob.default:.2f}.json"
    sample = json.loads(path.read_text(encoding="utf-8"))["samples"][0]
    rows = page.query_selector_all("[data-inside] .stage")
    for row, key in ((rows[0], "latent"), (rows[-1], "coefficients")):
        cells = row.query_selector_all("[role=gridcell]")
        assert [float(cell.get_attribute("title").split(": ")[1]) for cell in cells] == sample[key]
        cells[2].focus()
        assert float(page.text_content("[data-exact]").split(" = ")[1]) == sample[key][2]


def test_the_strip_shows_every_stop_and_sets_it(page: Any, site: Path, species: Generator) -> None:
    """Each picture is the first sample of the published gallery at that stop."""
    stops = [f"{stop:.2f}" for stop in species.knob.stops()]
    canvases = page.query_selector_all("[data-strip] canvas")
    assert len(canvases) == len(stops)
    for i in (0, len(stops) // 2, len(stops) - 1):
        script = "c => Array.from(c.getContext('2d').getImageData(0, 0, c.width, c.height).data)"
        levels = np.array(canvases[i].evaluate(script)).reshape(species.height, species.width, 4)
        sheet = site / species.name / "gallery" / str(species.seed) / f"{stops[i]}.png"
        assert np.array_equal(levels[..., : species.channels], published(sheet, species)[0])
    page.click(f"[data-strip] button:has-text('{stops[3]}')")
    assert page.text_content(f"[data-{species.knob.name}-value]") == stops[3]


def test_the_grid_looks_where_one_points_and_goes_where_one_presses(page: Any, site: Path, species: Generator) -> None:
    """The loupe follows the arrow keys with links to the files; Enter brings the gallery into the panel."""
    stops = [f"{stop:.2f}" for stop in species.knob.stops()]
    page.locator(f"[data-map] a[href='gallery/0/{stops[0]}.png']").focus()
    page.wait_for_selector("[data-map].drawn")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    links = [link.get_attribute("href") for link in page.query_selector_all("[data-loupe] a")]
    assert links == [f"gallery/1/{stops[1]}.png", f"gallery/1/{stops[1]}.json"]
    page.keyboard.press("Enter")
    assert page.input_value("[data-seed]") == "1"
    sheet = site / species.name / "gallery" / "1" / f"{stops[1]}.png"
    assert np.array_equal(drawn(page, species), published(sheet, species))
    assert page.locator("[data-map] a[aria-current]").count() == 1


def test_the_quiet_line_does_not_chatter(page: Any, species: Generator) -> None:
    """Five steps of the slider are one announcement, made when the hand rests."""
    page.evaluate(
        "() => { globalThis.said = []; new MutationObserver(() => globalThis.said.push("
        "document.querySelector('[data-say]').textContent))"
        ".observe(document.querySelector('[data-say]'), { childList: true }); }"
    )
    slider = page.locator(f"[data-{species.knob.name}]")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1100)
    assert len(page.evaluate("globalThis.said")) == 1
    assert page.locator("[aria-live], [role=status], output").count() == 2  # it, and the verdict
