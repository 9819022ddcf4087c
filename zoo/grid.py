"""The grid of an exhibit: which seeds, which stops of the knob, and where its controls start."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.ecmascript import WORD
from generator.model import Generator, Knob
from zoo.errors import ZooError

_SEED = re.compile(r"[0-9]{1,10}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,6}(?:\.[0-9]*)?|\.[0-9]+)")
MOST_SEEDS = 10_000_000  # a range beyond this is a slip of the hand
MOST_STOPS = 10_000
CENTS = Decimal("0.01")  # a stop is part of a file name, with two decimals
MOST_GALLERIES = 100_000  # a larger grid wants a word of consent
SECONDS_A_GALLERY = 4e-4  # for the estimate: one core, drawn and written


@dataclass(frozen=True)
class Grid:
    """The galleries of an exhibit: every seed with every stop, and the seed and stop its controls start at."""

    seeds: tuple[int, ...]
    stops: tuple[Decimal, ...]
    seed: int
    stop: Decimal

    @property
    def galleries(self) -> int:
        """The number of galleries."""
        return len(self.seeds) * len(self.stops)

    @property
    def labels(self) -> tuple[str, ...]:
        """The stops as they stand in file names and links, with two decimals."""
        return tuple(f"{stop:.2f}" for stop in self.stops)

    @property
    def start(self) -> tuple[int, Decimal]:
        """The published gallery to show first: where the controls start, or the nearest there is."""
        seed = self.seed if self.seed in self.seeds else self.seeds[0]
        return seed, min(self.stops, key=lambda stop: abs(stop - self.stop))


def estimate(grid: Grid, generator: Generator) -> str:
    """Say what a grid would cost: galleries, files, bytes and minutes, each roughly."""
    size = grid.galleries * generator.samples * (math.prod(generator.sample_shape) // 2 + 600)
    minutes = grid.galleries * SECONDS_A_GALLERY / 60
    return (
        f"{grid.galleries:,} galleries: {2 * grid.galleries:,} files, about {size / 1e9:.1f} GB and {minutes:.0f} min"
    )


def seeds(expression: str) -> tuple[int, ...]:
    """Give the seeds of an expression such as `1337, 0:16`: single seeds and ranges that leave their end out.

    A seed given twice counts once, where it came first. Raises ZooError for anything else.
    """
    parts = ranges(expression)
    if sum(map(len, parts)) > MOST_SEEDS:
        raise ZooError(f"{sum(map(len, parts)):,} seeds, expected at most {MOST_SEEDS:,}")
    return tuple(dict.fromkeys(seed for part in parts for seed in part))


def ranges(expression: str) -> list[range]:
    """Give the seeds of such an expression as ranges, in the order they stand there."""
    return [_seed_range(part.strip()) for part in expression.split(",")]


def _seed_range(part: str) -> range:
    ends = part.split(":")
    if len(ends) > 2 or not all(_SEED.fullmatch(end) for end in ends):
        raise ZooError(f"{part!r} is not a seed, expected one such as 1337 or a range such as 0:16")
    first, end = int(ends[0]), int(ends[-1]) if len(ends) == 2 else int(ends[0]) + 1
    if first >= WORD or end > WORD:
        raise ZooError(f"{part!r} goes beyond the last seed, 4294967295")
    if end <= first:
        raise ZooError(f"{part!r} holds no seed, expected a range that ends after it begins")
    return range(first, end)


def seed(text: str) -> int:
    """Give one seed, or raise ZooError."""
    found = _seed_range(text.strip())
    if ":" in text:
        raise ZooError(f"{text!r} is a range, expected one seed")
    return found[0]


def finite(text: str) -> float:
    """Give a finite number, or raise ZooError."""
    try:
        value = float(text)
    except ValueError:
        raise ZooError(f"{text!r} is not a number") from None
    if not math.isfinite(value):
        raise ZooError(f"{text!r} is not a finite number")
    return value


def stops(expression: str) -> tuple[Decimal, ...]:
    """Give the stops of an expression such as `0.5, 0.35:1.5:0.05`: decimals, and ranges that keep their end."""
    parts = [_stop_range(part.strip()) for part in expression.split(",")]
    return tuple(dict.fromkeys(stop for part in parts for stop in part))


def _stop_range(part: str) -> Iterable[Decimal]:
    ends = [decimal(end) for end in part.split(":")]
    if len(ends) == 1:
        return ends
    if len(ends) != 3 or ends[2] <= 0 or ends[1] < ends[0]:
        raise ZooError(f"{part!r} is not a range, expected first:last:step such as 0.35:1.5:0.05")
    count = int((ends[1] - ends[0]) / ends[2]) + 1
    if count > MOST_STOPS:
        raise ZooError(f"{part!r} holds {count:,} stops, expected at most {MOST_STOPS:,}")
    return [ends[0] + i * ends[2] for i in range(count)]


def decimal(text: str) -> Decimal:
    """Give a number of at most two decimals as written, or raise ZooError."""
    given = text.strip()
    if not _NUMBER.fullmatch(given):
        raise ZooError(f"{given!r} is not a number, expected one such as 0.75")
    value = Decimal(given)
    if value != value.quantize(CENTS):
        raise ZooError(f"{given!r} has more than two decimals")
    return value.quantize(CENTS)


def check_stop(stop: Decimal, knob: Knob) -> None:
    """Raise ZooError for a stop outside the knob's bounds."""
    if not knob.minimum <= stop <= knob.maximum:
        raise ZooError(f"{knob.name} {stop} lies outside {knob.minimum} to {knob.maximum}")
