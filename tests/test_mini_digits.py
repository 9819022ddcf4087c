"""What is GAN-001's own: its weights, its glyphs, and what temperature does."""

import json
import struct
from hashlib import sha256

import numpy as np
import pytest
from goldens import GOLDEN
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from generator.layers import F32, F64, dense, latents_from_words
from generator.mini_digits import (
    BASIS,
    BIASES,
    GENERATOR,
    GLYPHS,
    SIDE,
    TEMPERATURE,
    WEIGHTS,
    WIDTH,
    logits,
    readout,
    route,
)

U = 2.0**-53
LATENTS = arrays(np.uint32, st.tuples(st.integers(1, 8), st.just(WIDTH))).map(latents_from_words)
STOPS = [float(stop) for stop in TEMPERATURE.stops()]


def f32(x: float) -> float:
    """Round to binary32."""
    rounded: float = struct.unpack("f", struct.pack("f", x))[0]
    return rounded


def test_weights() -> None:
    """Each row is the specification's, worked out entry by entry: f32 after every step, binary64 between."""
    for i, row in enumerate(WEIGHTS.tolist()):
        expected = [f32(-0.22)] * WIDTH
        expected[i] = f32(1.35)
        expected[(i + 3) % WIDTH] = f32(expected[(i + 3) % WIDTH] + 0.18)
        expected[(i + 7) % WIDTH] = f32(expected[(i + 7) % WIDTH] - 0.12)
        assert row == expected
    assert BIASES.tolist() == [f32(bias) for bias in (0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11)]


def test_glyphs() -> None:
    """The basis is the captured one: its digest, its picture, and how much ink and how many columns it has."""
    recorded = json.loads((GOLDEN / GENERATOR.name / "original.json").read_text())["basis_sha256"]
    assert sha256(GLYPHS).hexdigest() == recorded
    with Image.open(GOLDEN / GENERATOR.name / "glyph-basis.png") as picture:
        sheet = np.asarray(picture.convert("L")).reshape(SIDE, WIDTH, SIDE)
    assert sheet.swapaxes(0, 1).tobytes() == GLYPHS
    glyphs = np.frombuffer(GLYPHS, np.uint8).reshape(WIDTH, -1)
    assert (glyphs > 0).any(axis=0).sum() == 284
    assert BASIS.columns.shape == (WIDTH, 260)
    assert BASIS.fields.ravel().tolist() == [f32(byte / 255 * 2 - 1) for byte in GLYPHS]


@pytest.mark.parametrize("stray", [-5e-324, 1.0000000000000002, 2.0, -1.0])
def test_readout_of_no_share(stray: float) -> None:
    """A coefficient outside [0, 1] is no share of anything."""
    coefficients = np.array([[0.0, 1.0, 0.5, stray, 0, 0, 0, 0, 0, 0]])
    with pytest.raises(ValueError, match=rf"coefficients: {stray} lies outside \[0, 1\]"):
        readout(coefficients)


def test_stops_are_the_decimals() -> None:
    """The 24 stops are the nearest numbers to two decimals, not a sum of steps that drifts."""
    assert [float(f"{0.35 + 0.05 * i:.2f}") for i in range(24)] == STOPS
    assert 0.4 in STOPS
    assert 0.35 + 0.05 not in STOPS


@given(LATENTS)
def test_coefficients_lie_between_nothing_and_all(latents: F32) -> None:
    """At every stop each glyph takes part and none is alone."""
    for stop in STOPS:
        coefficients = route(latents, np.full(len(latents), stop))
        assert ((coefficients > 0) & (coefficients < 1)).all()


@given(LATENTS)
def test_temperature_keeps_the_winner(latents: F32) -> None:
    """The glyph with the largest sum has the largest coefficient at every stop.

    Division by a positive number is monotone even when rounded, and the largest logit's power is exp(0) = 1, which
    no other exceeds; so this holds to the bit (another coefficient may equal it, none is larger).
    """
    winner = dense(latents.astype(np.float64), WEIGHTS, BIASES).argmax(axis=1)
    for stop in STOPS:
        coefficients = route(latents, np.full(len(latents), stop))
        assert (coefficients[np.arange(len(latents)), winner] == coefficients.max(axis=1)).all()


@given(LATENTS, st.lists(st.floats(0.35, 1.5), min_size=2, max_size=2).map(sorted))
def test_lower_temperature_is_sharper(latents: F32, temperatures: list[float]) -> None:
    """The largest coefficient does not shrink when temperature falls, but for what rounding may take: 2⁻⁴⁶ of it.

    In exact arithmetic it is 1/Σ exp(−d[i]/t) with distances d[i] ≥ 0, which grows as t falls. A row's weights and
    bias add up to less than 3.5 in size, so logits stay below 10 and an argument of exp below 20; its absolute
    error (two logits and a difference) stays below 40·u with u = 2⁻⁵³, and so does the relative error of a power.
    With fdlibm's ulp, nine additions and the division it is below 64·u on either side.
    """
    low, high = (route(latents, np.full(len(latents), t)).max(axis=1) for t in temperatures)
    assert (low >= high * (1 - 128 * U)).all()


def test_sharper_to_the_eye() -> None:
    """From 1.5 down to 0.35 the mean largest coefficient of 900 samples grows at every stop."""
    latents = GENERATOR.latents(range(100))
    means = [route(latents, np.full(len(latents), stop)).max(axis=1).mean() for stop in STOPS]
    assert means == sorted(means, reverse=True)


@given(LATENTS, arrays(np.float64, 8, elements=st.floats(-1e300, 1e300)))
def test_logits_in_plain_steps(latents: F32, temperatures: F64) -> None:
    """A logit is a sum from the bias on, left to right in binary64, divided once by the clamped temperature."""
    found = logits(latents, temperatures[: len(latents)])
    for latent, temperature, row in zip(latents.tolist(), temperatures.tolist(), found.tolist(), strict=False):
        for weights, bias, logit in zip(WEIGHTS.tolist(), BIASES.tolist(), row, strict=True):
            total = bias
            for weight, value in zip(weights, latent, strict=True):
                total = total + weight * value
            assert logit == total / min(max(temperature, 0.35), 1.5)
