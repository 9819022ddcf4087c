"""Latents, dense layers and softmax, held to exact rationals and to the specification's own loops in Python."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from twin import Twin

from generator.layers import F32, F64, checked_batch, dense, finite, knob_column, latents_from_words, softmax

U = Fraction(1, 2**53)  # half a unit in the last place of 1, binary64
BINARY32 = st.floats(-4, 4, width=32)


def is_nearest(value: np.float32, exact: Fraction) -> bool:
    """Tell whether no binary32 number is nearer to exact, and that of two equally near the even one was taken."""
    error = abs(Fraction(float(value)) - exact)
    for towards in (-np.inf, np.inf):
        neighbour = np.nextafter(value, np.float32(towards))
        distance = abs(Fraction(float(neighbour)) - exact)
        if distance < error or (distance == error and value.view(np.uint32) % 2):
            return False
    return True


@given(arrays(np.uint32, array_shapes(max_dims=3)))
@example(np.array([0, 1, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 1], np.uint32))
@example(np.array([0x7FFFFF40, 0x7FFFFFC0, 0x800000C0, 0x2F359D26], np.uint32))
def test_latents(twin: Twin, words: npt.NDArray[np.uint32]) -> None:
    """A latent is word/2^31 − 1, rounded once to the nearest binary32, in the shape of its words."""
    latents = latents_from_words(words)
    assert latents.shape == words.shape
    assert latents.dtype == np.float32
    exact = (Fraction(int(word), 2**31) - 1 for word in words.flat)
    assert all(map(is_nearest, latents.flat, exact))
    assert latents.tobytes() == twin("pinned.latents", words).tobytes()


def dense_loop(inputs: Sequence[float], weights: F32, biases: F32) -> list[float]:
    """Give a dense layer a step at a time: Python's floats are binary64 and fuse nothing."""
    results = []
    for row, bias in zip(weights.tolist(), biases.tolist(), strict=True):
        total = bias
        for weight, value in zip(row, inputs, strict=True):
            total = total + weight * value
        results.append(total)
    return results


@given(st.data(), st.integers(1, 12), st.integers(1, 12), st.integers(0, 5))
def test_dense(data: st.DataObject, inputs: int, outputs: int, samples: int) -> None:
    """Sums start at the bias and go from left to right, whatever the batch."""
    weights = data.draw(arrays(np.float32, (outputs, inputs), elements=BINARY32))
    biases = data.draw(arrays(np.float32, outputs, elements=BINARY32))
    batch = data.draw(arrays(np.float64, (samples, inputs), elements=st.floats(-4, 4)))
    expected = [dense_loop(row, weights, biases) for row in batch.tolist()]
    assert dense(batch, weights, biases).tolist() == expected


def test_dense_in_order() -> None:
    """Another order of the sum, or one from zero with the bias at the end, gives another result here."""
    weights = np.array([[2.0**60, 1.0, -(2.0**60)], [1.0, 2.0, 3.0]], np.float32)
    assert dense(np.ones((1, 3)), weights, np.array([0.5, 0.25], np.float32)).tolist() == [[0.0, 6.25]]


LOGITS = arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(2, 12)), elements=st.floats(-12, 12))


@given(LOGITS)
def test_softmax_sums_to_one(logits: F64) -> None:
    """The n coefficients, added exactly, differ from one by less than (n + 1)·2⁻⁵³.

    With powers e[i], exact sum E and computed sum s = E·(1 + θ), |θ| ≤ (n−1)·u/(1 − (n−1)·u), since adding to 0 is
    exact and n−1 additions round (Higham, §3.1). Each coefficient is e[i]/s·(1 + δ), |δ| ≤ u = 2⁻⁵³, so the exact
    sum of the coefficients lies within (1 ± u)/(1 + θ), which differs from one by n·u and terms in u² that are
    far below another u. (Coefficients here are above e⁻²⁴/12, hence no subnormals.)
    """
    for row in softmax(logits):
        assert abs(Fraction(sum(map(Fraction, row.tolist()))) - 1) < (len(row) + 1) * U


@given(LOGITS)
def test_softmax_lies_between_nothing_and_all(logits: F64) -> None:
    """While logits are within 24 of each other every coefficient is positive and below one."""
    coefficients = softmax(logits)
    assert (coefficients > 0).all()
    assert (coefficients < 1).all()


@given(LOGITS)
def test_softmax_of_the_live_twin(twin: Twin, logits: F64) -> None:
    """Bits are the twin's, and close to what the mathematics says."""
    coefficients = softmax(logits)
    for row, own in zip(logits, coefficients, strict=True):
        assert own.tobytes() == twin("pinned.softmax", row).tobytes()
        powers = [math.exp(x - max(row)) for x in row]
        assert own.tolist() == pytest.approx([power / math.fsum(powers) for power in powers], rel=1e-14)


def test_softmax_of_far_logits() -> None:
    """Where exp underflows a coefficient is zero, or subnormal, and equal logits share."""
    assert softmax(np.array([[5.0, 5.0, -900.0]])).tolist() == [[0.5, 0.5, 0.0]]
    assert softmax(np.array([[0.0, -745.0]])).tolist() == [[1.0, 5e-324]]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.zeros(3, np.float32), r"thing: expected shape \[N, 3\], got \[3\]"),
        (np.zeros((2, 4), np.float32), r"thing: expected shape \[N, 3\], got \[2, 4\]"),
        (np.zeros((2, 3), np.float64), "thing: expected dtype float32, got float64"),
        (np.zeros((2, 3), np.int32), "thing: expected dtype float32, got int32"),
        (np.array([[0, np.inf, np.nan]], np.float32), "thing: inf is not a finite number"),
    ],
)
def test_mistaken_batches(values: npt.NDArray[np.generic], message: str) -> None:
    """A batch of another shape or dtype, or with a stray in it, is a ValueError that shows which."""
    with pytest.raises(ValueError, match=message):
        checked_batch("thing", values, 3, np.float32)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.zeros(3), r"heat: expected float64 \[2\], got float64 \[3\]"),
        (np.zeros((2, 1)), r"heat: expected float64 \[2\], got float64 \[2, 1\]"),
        (np.zeros(2, np.float32), r"heat: expected float64 \[2\], got float32 \[2\]"),
        (np.array([0.5, -np.inf]), "heat: -inf is not a finite number"),
    ],
)
def test_mistaken_knobs(values: F64, message: str) -> None:
    """The knob has one finite binary64 value a sample."""
    with pytest.raises(ValueError, match=message):
        knob_column("heat", values, 2)


def test_finite_names_the_first_stray() -> None:
    """The first of several strays is shown."""
    with pytest.raises(ValueError, match="x: nan is not"):
        finite("x", np.array([0.0, np.nan, np.inf]))
