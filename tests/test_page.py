"""The pages in real browsers: what is drawn is what was published, and what the controls do is what they should."""

import json
import os
import shutil
import time
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import ROOT, Visit, drawn, published

from bench.browsers import Page
from generator.model import Generator, generators

DIGITS = generators()["mini-digits"]
CAPTURED = json.loads((ROOT / "golden" / DIGITS.name / "original.json").read_text(encoding="utf-8"))["galleries"]


@pytest.fixture
def digits(visit: Visit, address: str) -> Page:
    """Give the page of GAN-001."""
    page = visit(f"{address}mini-digits/index.html")
    page.wait("[data-mark=same]")
    return page


def shown(page: Page) -> tuple[int, str]:
    """Give the seed and the knob's value as the page states them."""
    return int(page.value("[data-seed]")), page.text("[data-temperature-value]")


def entered(page: Page, field: str, text: str, key: str = "Tab") -> None:
    """Put a text into a field and leave it."""
    page.fill(field, text)
    page.press(key)


@pytest.mark.parametrize("place", ["served", "file"])
def test_the_page_draws_the_published_pixels(
    visit: Visit, site: Path, address: str, species: Generator, place: str
) -> None:
    """By itself, from a link and at an edit of the address; served below a path and from a double click."""
    start = f"{address if place == 'served' else site.as_uri() + '/'}{species.name}/index.html"
    stops = species.knob.stops()

    def holds(page: Page, seed: int, stop: Any) -> None:
        page.wait("[data-mark=same]")
        sheet = site / species.name / "gallery" / str(seed) / f"{stop:.2f}.png"
        assert np.array_equal(drawn(page, species), published(sheet, species)), (seed, stop)

    def state(seed: int, stop: Any) -> str:
        return f"{start}#seed={seed}&{species.knob.name}={stop:.2f}"

    holds(visit(start), species.seed, species.knob.default)
    page = visit(state(0, stops[0]))
    holds(page, 0, stops[0])
    for seed, stop in ((7, stops[5]), (15, stops[-1])):
        page.goto(state(seed, stop))
        page.until("(seed) => document.querySelector('[data-seed]').value === seed", str(seed))
        holds(page, seed, stop)


def test_the_page_draws_what_the_original_drew(digits: Page) -> None:
    """Any seed and any typed temperature, beyond the clamps too, give the pixels and readout captured there."""
    for case in CAPTURED:
        entered(digits, "[data-seed]", str(case["seed"]))
        entered(digits, "[data-knob-typed]", str(case["temperature"]))
        where = (case["seed"], case["temperature"])
        assert sha256(drawn(digits, DIGITS).tobytes()).hexdigest() == case["pixels_sha256"], where
        assert digits.text("[data-coeffs]") == "\n".join(sample["readout"] for sample in case["samples"]), where


def test_a_typed_seed_is_read_as_the_specification_says(digits: Page) -> None:
    """ToUint32(parseInt(text, 10)); a text without a finite number is ignored."""
    cases = {"42": 42, "12abc": 12, "1e3": 1, "-5": 4294967291, "4294967296": 0, "\u00a0+7": 7}
    for typed, seed in cases.items():
        entered(digits, "[data-seed]", typed, "Enter")
        assert shown(digits) == (seed, "0.75"), typed
    for typed in ("", "Infinity", "9" * 400, "\u200b8"):
        entered(digits, "[data-seed]", typed, "Enter")
        assert shown(digits) == (7, "0.75"), typed


def test_the_slider_is_clamped_and_shown_with_two_decimals(digits: Page) -> None:
    """On input, at every event, without waiting for the change."""
    for given, expected in (("0.4", "0.40"), ("1.5", "1.50"), ("9", "1.50"), ("0.1", "0.35")):
        digits.evaluate(
            "(text) => { const s = document.querySelector('[data-temperature]');"
            " s.value = text; s.dispatchEvent(new Event('input')); }",
            given,
        )
        assert shown(digits)[1] == expected


def test_all_controls_work_by_keys_alone(digits: Page) -> None:
    """From the top by Tab: the skip link, the samples, the seed typed, the slider stepped, the buttons pressed."""
    reached = []
    for _ in range(30):
        digits.press("Tab")
        here = digits.evaluate("() => document.activeElement.outerHTML.split('>')[0]")
        reached.append(here)
        if "data-seed=" in here:
            digits.press("Control+a")
            digits.type("2048")
        elif "data-temperature=" in here:
            digits.press("ArrowRight")
        elif "data-refresh" in here:
            digits.press("Enter")
            break
    assert 'class="skip"' in reached[0]
    assert sum('role="radio"' in here for here in reached) == 1
    assert shown(digits) == (2049, "0.80")


def test_batch_wraps_and_reset_returns(digits: Page) -> None:
    """Generate batch adds one modulo 2^32; a random seed is some 32-bit word; reset is where the page began."""
    digits.click("[data-refresh]")
    assert shown(digits) == (1338, "0.75")
    entered(digits, "[data-seed]", "4294967295")
    digits.click("[data-refresh]")
    assert shown(digits)[0] == 0
    seeds = set()
    for _ in range(3):
        digits.click("[data-randomize]")
        seeds.add(shown(digits)[0])
    assert len(seeds) > 1
    assert all(0 <= seed < 2**32 for seed in seeds)
    digits.click("[data-reset]")
    assert shown(digits) == (1337, "0.75")


def test_the_address_holds_the_state_and_gives_it_back(digits: Page, visit: Visit) -> None:
    """A seed that was never published travels in the link as well."""
    entered(digits, "[data-seed]", "123456789")
    digits.click("[data-knob-step='1']")
    digits.until("() => location.href.endsWith('/index.html#seed=123456789&temperature=0.80')")
    digits.wait("[data-mark=none]")
    other = visit(digits.url)
    other.wait("[data-gallery] canvas")
    assert np.array_equal(drawn(other, DIGITS), drawn(digits, DIGITS))


def test_a_bad_address_falls_back_with_a_notice(visit: Visit, address: str) -> None:
    """What the link asks for and cannot have is said; the other part counts."""
    page = visit(f"{address}mini-digits/index.html#seed=abc&temperature=0.5")
    page.wait("[data-notice]")
    assert "abc" in page.text("[data-notice]")
    assert shown(page) == (1337, "0.50")


def test_autoplay_waits_for_the_visitor_and_steps_as_its_record_says(visit: Visit, address: str) -> None:
    """Pressed, it adds 97 every 1.4 seconds, and only then; hidden, it stops by itself."""
    page = visit(f"{address}chromatic-orbit/index.html")
    page.wait("[data-mark=same]")
    page.evaluate(
        "() => { globalThis.steps = []; const field = document.querySelector('[data-seed]');"
        " const button = document.querySelector('[data-autoplay]');"
        " button.addEventListener('click', () => steps.push([field.value, performance.now()]));"
        " new MutationObserver(() => steps.push([field.value, performance.now()]))"
        ".observe(document.querySelector('[data-seed-value]'), { childList: true }); }"
    )
    time.sleep(1.6)
    assert page.evaluate("() => steps.length") == 0
    page.click("[data-autoplay]")
    assert page.attribute("[data-autoplay]", "aria-pressed") == "true"
    page.until("() => steps.length === 3")
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    assert page.text("[data-autoplay]") == "Start autoplay"
    time.sleep(1.6)
    seeds, times = zip(*page.evaluate("() => steps"), strict=True)
    assert seeds == tuple(str(4242 + step * 97) for step in range(3))
    assert all(1.2 < (later - earlier) / 1000 < 2.5 for earlier, later in pairwise(times))


def test_verify_finds_every_gallery_identical(visit: Visit, site: Path, species: Generator) -> None:
    """From a double click too; the counts are those of grid.json."""
    grid = json.loads((site / species.name / "grid.json").read_text(encoding="utf-8"))
    galleries = sum(map(len, grid["pixels_sha256"]))
    page = visit(f"{site.as_uri()}/{species.name}/index.html")
    page.wait("[data-mark=same]")
    page.click("[data-verify]")
    page.wait("[data-verdict]", patience=120)
    expected = (
        f"{galleries} of {galleries} galleries, {galleries * grid['samples']:,} samples: identical in this browser"
    )
    assert page.text("[data-verify-result]") == expected
    page.wait("[data-verify-engine]:not(:empty)", patience=60)
    suite = [
        json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "golden" / species.name).glob("vectors/*")
    ]
    answers = sum("out" in vector for stage in suite for vector in stage["vectors"])
    assert page.text("[data-verify-vectors]").startswith(f"All {answers} vectors of the reference suite")


def borrowed(site: Path, folder: Path, but: str) -> Path:
    """Give a site of hard links to another's files but one, whose path is free; Firefox sees through soft ones."""
    shutil.copytree(site, folder, copy_function=os.link)
    (folder / but).unlink()
    return folder


def test_a_stage_vector_that_differs_is_named(visit: Visit, site: Path, tmp_path: Path) -> None:
    """One expectation changed by hand in the script is found, by its id."""
    folder = borrowed(site, tmp_path / "site", "mini-digits/vectors.js")
    head, text = (site / "mini-digits" / "vectors.js").read_text(encoding="utf-8").split(" = ", 1)
    vectors = json.loads(text.rstrip(";\n"))
    vector = next(own for own in vectors if own[0] == "exp")
    vector[3]["y"] = "f64:0000000000000000"
    (folder / "mini-digits" / "vectors.js").write_text(f"{head} = {json.dumps(vectors)};\n", encoding="utf-8")
    page = visit(f"{folder.as_uri()}/mini-digits/index.html")
    page.wait("[data-mark=same]")
    page.click("[data-verify]")
    page.wait("[data-verify-vectors]:not(:empty)", patience=60)
    expected = f"1 of {len(vectors)} stage vectors differ in this browser: {vector[1]}"
    assert page.text("[data-verify-vectors]") == expected


def test_verify_names_what_differs(visit: Visit, site: Path, tmp_path: Path) -> None:
    """One false digest among all is found and named."""
    grid = json.loads((site / "mini-digits" / "grid.json").read_text(encoding="utf-8"))
    folder = borrowed(site, tmp_path / "site", "mini-digits/grid.js")
    script = (site / "mini-digits" / "grid.js").read_text(encoding="utf-8")
    false = script.replace(grid["pixels_sha256"][3][5], "0" * 64)
    (folder / "mini-digits" / "grid.js").write_text(false, encoding="utf-8")
    page = visit(f"{folder.as_uri()}/mini-digits/index.html")
    page.wait("[data-mark=same]")
    page.click("[data-verify]")
    page.wait("[data-verdict=differs]", patience=60)
    seed, stop = grid["seeds"][3], grid["temperatures"][5]
    assert page.text("[data-verify-result]").endswith(f"1 differ in this browser: {seed}/{stop:.2f}")


def test_with_a_script_missing_the_static_page_comes_back(visit: Visit, site: Path, tmp_path: Path) -> None:
    """A twin that cannot be loaded leaves the page as it is without scripts."""
    folder = borrowed(site, tmp_path / "site", "assets/mini-digits.js")
    page = visit(f"{folder.as_uri()}/mini-digits/index.html", quiet=False)
    page.wait(".static")
    assert page.visible("[data-gallery] img") == 1
    assert page.visible("button") == 0
