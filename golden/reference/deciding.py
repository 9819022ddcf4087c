"""Proof that the arguments a search found decide what they are said to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from reference.binary import bits, double

Constants = TypeVar("Constants")


def moved(pinned: Constants, name: str, ulps: int) -> Constants:
    """Give the constants with one that many units in the last place off, or so much more where it is an integer."""
    value = getattr(pinned, name)
    return replace(pinned, **{name: value + ulps if isinstance(value, int) else double(bits(value) + ulps)})  # type: ignore[type-var]


def check_deciding(
    deciding: Iterable[tuple[str, int, str]], function: Callable[[float, Constants], float], pinned: Constants
) -> None:
    """Raise AssertionError unless every argument listed gives another result once its constant is moved."""
    for name, ulps, found in deciding:
        other = moved(pinned, name, ulps)
        for x in map(double, found.split()):
            assert function(x, other) != function(x, pinned), (name, ulps, x)
