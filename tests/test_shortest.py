"""Numbers written many at once are those that `ecmascript.number` writes one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generator import ecmascript
from generator.model import Generator
from zoo import shortest

SOURCE = np.random.default_rng(20_261_124)
SHARES = st.floats(shortest.LEAST, shortest.END)


def expected(numbers: NDArray[np.float64]) -> list[str]:
    """Write rows number by number."""
    return [",".join(map(ecmascript.number, row)) for row in numbers.tolist()]


def beside(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give numbers with their neighbours on both sides, in rows of three."""
    return np.stack([np.nextafter(numbers, -np.inf), numbers, np.nextafter(numbers, np.inf)], axis=1)


CROWDS = {
    "shares": SOURCE.random((20_000, 10)),
    "small": 10.0 ** -(8 * SOURCE.random((5_000, 4))),
    "signed": SOURCE.random((5_000, 7)) * 2 - 1,
    "binary32": (SOURCE.random((5_000, 10)).astype(np.float32) * 2 - 1).astype(np.float64),
    "three digits": np.round(SOURCE.random((5_000, 3)), 3),
    "fourteen digits": np.round(SOURCE.random((5_000, 3)), 14),
    "fifteen digits": np.round(SOURCE.random((5_000, 3)), 15),
    "sixteen digits": np.round(SOURCE.random((5_000, 3)), 16),
    "powers of ten": beside(np.array([10.0**-n for n in range(9)])),
    "powers of two": beside(np.array([2.0**-n for n in range(30)])),
    "thousandths": beside(np.arange(1, 1000) / 1000),
    "others": np.array([[0.0, -0.0, 1.0, -1.0, 5e-324, 1.7976931348623157e308, 123.25, 1e21, 1e-7]]),
}


@pytest.mark.parametrize("name", CROWDS)
def test_rows(name: str) -> None:
    """Every kind of number, many of each."""
    assert shortest.rows(CROWDS[name]) == expected(CROWDS[name])


@given(st.lists(SHARES | SHARES.map(lambda x: -x) | st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_any_numbers(numbers: list[float]) -> None:
    """Any finite numbers, in a row and in a column."""
    for shape in ((1, -1), (-1, 1)):
        own = np.array(numbers).reshape(shape)
        assert shortest.rows(own) == expected(own)


@given(st.lists(st.integers(1, 10**17 - 1), min_size=1), st.integers(17, 21))
def test_decimals_come_back(digits: list[int], places: int) -> None:
    """A number read from a decimal of 15 digits is written as that decimal."""
    texts = [f"{digit // 100}e{2 - places}" for digit in digits]
    numbers = np.array([[float(text)] for text in texts])
    assert [float(text) for text in shortest.rows(numbers)] == numbers[:, 0].tolist()
    assert shortest.rows(numbers) == expected(numbers)


def test_what_the_arithmetic_decides() -> None:
    """Of a million shares nearly none is left to the slow way, so that the speed is what it is said to be."""
    left = [row for row in SOURCE.random((250, 4000)) * 0.9 + 0.1 if shortest._decimals(row).is_doubtful.any()]
    assert len(left) <= 25


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows longer than a block, and blocks of one row, give the same texts."""
    numbers = CROWDS["signed"][:50]
    for block in (1, 7, 20, 10**6):
        monkeypatch.setattr(shortest, "BLOCK", block)
        assert shortest.rows(numbers) == expected(numbers)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_number(value: float) -> None:
    """JSON has no infinities."""
    with pytest.raises(ValueError, match=str(value)):
        shortest.rows(np.array([[0.5, value]]))


def test_what_the_species_draw(species: Generator) -> None:
    """Latents and coefficients of every species, binary32 ones too."""
    latents = species.latents(range(100))
    coefficients = species.route(latents, np.full(len(latents), float(species.knob.minimum)))
    for own in (latents, coefficients):
        assert shortest.rows(own) == expected(own.astype(np.float64))
