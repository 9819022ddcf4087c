"""The pages in a real browser: what is drawn is what was published, and what the controls do is what they should."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import ROOT, drawn, published, see

from generator.model import Generator, generators

DIGITS = generators()["mini-digits"]
CAPTURED = json.loads((ROOT / "golden" / DIGITS.name / "original.json").read_text(encoding="utf-8"))["galleries"]


@pytest.fixture
def digits(browser: Any, address: str) -> Iterator[Any]:
    """Give the page of GAN-001, which must not have complained by the end of the test."""
    page = see(browser, f"{address}mini-digits/index.html")
    page.wait_for_selector("[data-mark=same]")
    yield page
    assert page.complaints == []
    page.close()


def shown(page: Any) -> tuple[int, str]:
    """Give the seed and the knob's value as the page states them."""
    return int(page.input_value("[data-seed]")), page.text_content("[data-temperature-value]")


@pytest.mark.parametrize("place", ["served", "file"])
def test_the_page_draws_the_published_pixels(
    browser: Any, site: Path, address: str, species: Generator, place: str
) -> None:
    """For several seeds and stops, at once and from a link, served below a path and from a double click."""
    base = address if place == "served" else f"{site.as_uri()}/"
    stops = species.knob.stops()
    for seed, stop in ((species.seed, species.knob.default), (0, stops[0]), (7, stops[5]), (15, stops[-1])):
        state = f"seed={seed}&{species.knob.name}={stop:.2f}"
        page = see(browser, f"{base}{species.name}/index.html#{state}")
        page.wait_for_selector("[data-gallery] canvas")
        sheet = site / species.name / "gallery" / str(seed) / f"{stop:.2f}.png"
        assert np.array_equal(drawn(page, species), published(sheet, species)), state
        page.wait_for_selector("[data-mark=same]")
        assert page.complaints == []
        page.close()


@pytest.mark.parametrize("case", CAPTURED, ids=lambda case: f"{case['seed']}-{case['temperature']}")
def test_the_page_draws_what_the_original_drew(digits: Any, case: dict[str, Any]) -> None:
    """Any seed and any typed temperature, beyond the clamps too, give the pixels and readout captured there."""
    digits.fill("[data-seed]", str(case["seed"]))
    digits.press("[data-seed]", "Tab")
    digits.fill("[data-knob-typed]", str(case["temperature"]))
    digits.press("[data-knob-typed]", "Tab")
    samples = drawn(digits, DIGITS)
    assert sha256(samples.tobytes()).hexdigest() == case["pixels_sha256"]
    assert digits.text_content("[data-coeffs]") == "\n".join(sample["readout"] for sample in case["samples"])


@pytest.mark.parametrize(
    ("typed", "seed"),
    [
        ("42", 42),
        ("12abc", 12),
        ("1e3", 1),
        ("-5", 4294967291),
        ("4294967296", 0),
        ("\u00a0+7", 7),
        ("", 1337),
        ("Infinity", 1337),
        ("9" * 400, 1337),
        ("\u200b7", 1337),
    ],
)
def test_a_typed_seed_is_read_as_the_specification_says(digits: Any, typed: str, seed: int) -> None:
    """ToUint32(parseInt(text, 10)); a text without a finite number is ignored."""
    digits.fill("[data-seed]", typed)
    digits.press("[data-seed]", "Enter")
    assert shown(digits) == (seed, "0.75")


def test_the_slider_is_clamped_and_shown_with_two_decimals(digits: Any) -> None:
    """On input, at every event, without waiting for the change."""
    for given, expected in (("0.4", "0.40"), ("1.5", "1.50"), ("9", "1.50"), ("0.1", "0.35")):
        digits.evaluate(
            "([text]) => { const s = document.querySelector('[data-temperature]');"
            " s.value = text; s.dispatchEvent(new Event('input')); }",
            [given],
        )
        assert shown(digits)[1] == expected


def test_batch_wraps_and_reset_returns(digits: Any) -> None:
    """Generate batch adds one modulo 2^32; a random seed is some 32-bit word; reset is where the page began."""
    digits.click("[data-refresh]")
    assert shown(digits) == (1338, "0.75")
    digits.fill("[data-seed]", "4294967295")
    digits.press("[data-seed]", "Tab")
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


def test_the_address_holds_the_state_and_gives_it_back(digits: Any, browser: Any) -> None:
    """A seed that was never published travels in the link as well."""
    digits.fill("[data-seed]", "123456789")
    digits.press("[data-seed]", "Tab")
    digits.click("[data-knob-step='1']")
    digits.wait_for_url("**/index.html#seed=123456789&temperature=0.80")
    assert digits.get_attribute("[data-mark]", "data-mark") == "none"
    other = see(browser, digits.url)
    other.wait_for_selector("[data-gallery] canvas")
    assert np.array_equal(drawn(other, DIGITS), drawn(digits, DIGITS))
    other.close()


def test_a_bad_address_falls_back_with_a_notice(browser: Any, address: str) -> None:
    """What the link asks for and cannot have is said; the other part counts."""
    page = see(browser, f"{address}mini-digits/index.html#seed=abc&temperature=0.5")
    page.wait_for_selector("[data-notice]:visible")
    assert "abc" in page.text_content("[data-notice]")
    assert shown(page) == (1337, "0.50")
    page.close()


def test_autoplay_waits_for_the_visitor_and_steps_as_its_record_says(browser: Any, address: str) -> None:
    """Pressed, it adds 97 every 1.4 seconds; pressed again, it stops; hidden, it stops by itself."""
    page = browser.new_page()
    page.clock.install()
    page.goto(f"{address}chromatic-orbit/index.html")
    page.wait_for_selector("[data-gallery] canvas")
    page.clock.run_for(5000)
    assert page.input_value("[data-seed]") == "4242"
    page.click("[data-autoplay]")
    assert page.get_attribute("[data-autoplay]", "aria-pressed") == "true"
    page.clock.run_for(2900)
    assert page.input_value("[data-seed]") == str(4242 + 2 * 97)
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    assert page.text_content("[data-autoplay]") == "Start autoplay"
    page.clock.run_for(5000)
    assert page.input_value("[data-seed]") == str(4242 + 2 * 97)
    page.close()


def test_verify_finds_every_gallery_identical(browser: Any, site: Path, species: Generator) -> None:
    """From a double click too; the counts are those of grid.json."""
    grid = json.loads((site / species.name / "grid.json").read_text(encoding="utf-8"))
    galleries = sum(map(len, grid["pixels_sha256"]))
    page = see(browser, f"{site.as_uri()}/{species.name}/index.html")
    page.click("[data-verify]")
    page.wait_for_selector("[data-verdict]", timeout=120_000)
    expected = (
        f"{galleries} of {galleries} galleries, {galleries * grid['samples']:,} samples: identical in this browser"
    )
    assert page.text_content("[data-verify-result]") == expected
    page.wait_for_selector("[data-verify-engine]:not(:empty)")
    suite = [
        json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "golden" / species.name).glob("vectors/*")
    ]
    answers = sum("out" in vector for stage in suite for vector in stage["vectors"])
    assert page.text_content("[data-verify-vectors]").startswith(f"All {answers} vectors of the reference suite")
    assert page.complaints == []
    page.close()


def test_a_stage_vector_that_differs_is_named(browser: Any, site: Path, tmp_path: Path) -> None:
    """One expectation changed by hand in the script is found, by its id."""
    folder = tmp_path / "site"
    (folder / "mini-digits").mkdir(parents=True)
    for name in ("assets", "mini-digits/index.html", "mini-digits/gallery", "mini-digits/grid.js"):
        (folder / name).symlink_to(site / name)
    head, text = (site / "mini-digits" / "vectors.js").read_text(encoding="utf-8").split(" = ", 1)
    vectors = json.loads(text.rstrip(";\n"))
    vector = next(own for own in vectors if own[0] == "exp")
    vector[3]["y"] = "f64:0000000000000000"
    (folder / "mini-digits" / "vectors.js").write_text(f"{head} = {json.dumps(vectors)};\n", encoding="utf-8")
    page = see(browser, f"{folder.as_uri()}/mini-digits/index.html")
    page.click("[data-verify]")
    page.wait_for_selector("[data-verify-vectors]:not(:empty)", timeout=60_000)
    expected = f"1 of {len(vectors)} stage vectors differ in this browser: {vector[1]}"
    assert page.text_content("[data-verify-vectors]") == expected
    page.close()


def test_verify_names_what_differs(browser: Any, site: Path, tmp_path: Path) -> None:
    """One false digest among all is found and named."""
    grid = json.loads((site / "mini-digits" / "grid.json").read_text(encoding="utf-8"))
    folder = tmp_path / "site"
    (folder / "mini-digits").mkdir(parents=True)
    for name in ("assets", "mini-digits/index.html", "mini-digits/gallery"):
        (folder / name).symlink_to(site / name)
    script = (site / "mini-digits" / "grid.js").read_text(encoding="utf-8")
    false = script.replace(grid["pixels_sha256"][3][5], "0" * 64)
    (folder / "mini-digits" / "grid.js").write_text(false, encoding="utf-8")
    page = see(browser, f"{folder.as_uri()}/mini-digits/index.html")
    page.click("[data-verify]")
    page.wait_for_selector("[data-verdict=differs]", timeout=60_000)
    seed, stop = grid["seeds"][3], grid["temperatures"][5]
    assert page.text_content("[data-verify-result]").endswith(f"1 differ in this browser: {seed}/{stop:.2f}")
    page.close()
