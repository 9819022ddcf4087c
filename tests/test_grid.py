"""Expressions for seeds and stops mean what they say, and nothing else is taken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import generators
from zoo import grid
from zoo.errors import ZooError


@pytest.mark.parametrize(
    ("expression", "seeds"),
    [
        ("1337", (1337,)),
        ("1337, 0:4", (1337, 0, 1, 2, 3)),
        ("3,1,3,0:2", (3, 1, 0)),
        (" 4294967295 ", (4294967295,)),
        ("4294967294:4294967296", (4294967294, 4294967295)),
        ("007", (7,)),
    ],
)
def test_seeds_come_in_the_order_given(expression: str, seeds: tuple[int, ...]) -> None:
    """Ranges leave their end out; a seed given twice counts once."""
    assert grid.seeds(expression) == seeds


@pytest.mark.parametrize(
    "wrong", ["", ",", "1,", "a", "-1", "1.5", "1:2:3", "5:5", "5:4", "4294967296", "١", "1_0", "0x1", ":", "1 2"]
)
def test_what_is_no_seed_is_refused(wrong: str) -> None:
    """Each refusal names what was given."""
    with pytest.raises(ZooError, match="seed"):
        grid.seeds(wrong)


@pytest.mark.parametrize(
    "wrong",
    ["", "a", "nan", "inf", "1e3", "0.125", "1:2", "1:2:0", "2:1:0.1", "1:2:3:4", "0:999999:0.01", "٠.5"],
)
def test_what_is_no_stop_is_refused(wrong: str) -> None:
    """Exponents, infinities and thousandths are not stops."""
    with pytest.raises(ZooError, match=r"number|range|decimals|stops"):
        grid.stops(wrong)


def test_a_range_of_stops_does_not_drift() -> None:
    """The range of every knob gives the knob's own stops, to the last digit and with its end."""
    for species in generators().values():
        knob = species.knob
        assert grid.stops(f"{knob.minimum}:{knob.maximum}:{knob.step}") == knob.stops()
        assert knob.stops()[-1] == knob.maximum


@given(st.integers(0, 2**32 - 1), st.integers(1, 50))
def test_a_range_is_its_seeds(first: int, count: int) -> None:
    """A range equals the list of the seeds in it."""
    end = min(first + count, 2**32)
    assert grid.seeds(f"{first}:{end}") == grid.seeds(",".join(map(str, range(first, end))))


@given(st.text(max_size=20))
def test_any_expression_is_read_or_refused(text: str) -> None:
    """Nothing but a ZooError comes of a wrong expression."""
    for read in (grid.seeds, grid.stops, grid.seed, grid.finite):
        try:
            read(text)
        except ZooError as error:
            assert str(error)  # noqa: PT017 most texts are refused


def test_the_start_is_published() -> None:
    """Where the controls start at what is not published, the page shows the nearest there is."""
    own = grid.Grid((3, 4), (Decimal("0.50"), Decimal("1.00")), seed=1337, stop=Decimal("0.80"))
    assert own.start == (3, Decimal("1.00"))
    assert own.labels == ("0.50", "1.00")
