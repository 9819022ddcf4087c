"""The grid of an exhibit: which seeds, which stops of the knob, and where its controls start."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from generator.ecmascript import WORD, parse_seed
from generator.model import Generator, Knob
from zoo.errors import ZooError
from zoo.frontmatter import Page

_SEED = re.compile(r"\d{1,10}")
DEFAULT_SEEDS = range(16)  # beside the one the controls start at
MOST_SEEDS = 10_000_000  # a range beyond this is a slip of the hand
CENTS = Decimal("0.01")  # a stop is part of a file name, with two decimals

Panel = Mapping[str, Mapping[str, str]]  # a page's own controls: attributes by handle

Item = TypeVar("Item")


@dataclass(frozen=True)
class Grid:
    """The galleries of an exhibit: every seed with every stop, and the seed and stop its controls start at."""

    seeds: tuple[int, ...]
    stops: tuple[Decimal, ...]
    seed: int
    stop: Decimal

    @property
    def labels(self) -> tuple[str, ...]:
        """The stops as they stand in file names and links, with two decimals."""
        return tuple(f"{stop:.2f}" for stop in self.stops)

    @property
    def start(self) -> tuple[int, Decimal]:
        """The published gallery to show first: where the controls start, or the nearest there is."""
        seed = self.seed if self.seed in self.seeds else self.seeds[0]
        return seed, min(self.stops, key=lambda stop: abs(stop - self.stop))


def seeds(expression: str) -> tuple[int, ...]:
    """Give the seeds of an expression such as `1337, 0:16`: single seeds and ranges that leave their end out.

    A seed given twice counts once, where it came first. Raises ZooError for anything else.
    """
    parts = [_seed_range(part.strip()) for part in expression.split(",")]
    return tuple(dict.fromkeys(seed for part in parts for seed in part))


def _seed_range(part: str) -> range:
    ends = part.split(":")
    if len(ends) > 2 or not all(_SEED.fullmatch(end) for end in ends):
        raise ZooError(f"{part!r} is not a seed, expected one such as 1337 or a range such as 0:16")
    first, end = int(ends[0]), int(ends[-1]) if len(ends) == 2 else int(ends[0]) + 1
    if first >= WORD or end > WORD:
        raise ZooError(f"{part!r} goes beyond the last seed, 4294967295")
    if end <= first:
        raise ZooError(f"{part!r} holds no seed, expected a range that ends after it begins")
    if end - first > MOST_SEEDS:
        raise ZooError(f"{part!r} holds {end - first:,} seeds, expected at most {MOST_SEEDS:,}")
    return range(first, end)


def seed(text: str) -> int:
    """Give one seed, or raise ZooError."""
    found = _seed_range(text.strip())
    if len(found) != 1:
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
    count = int((ends[1] - ends[0]) / ends[2])
    return [ends[0] + i * ends[2] for i in range(count + 1)]


def decimal(text: str) -> Decimal:
    """Give a number of at most two decimals as written, or raise ZooError."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ZooError(f"{text.strip()!r} is not a number") from None
    if not value.is_finite() or abs(value) >= 10**6:
        raise ZooError(f"{text.strip()!r} is not a number of a reasonable size")
    if value != value.quantize(CENTS):
        raise ZooError(f"{text.strip()!r} has more than two decimals")
    return value.quantize(CENTS)


def check_stop(stop: Decimal, knob: Knob) -> None:
    """Raise ZooError for a stop outside the knob's bounds."""
    if not knob.minimum <= stop <= knob.maximum:
        raise ZooError(f"{knob.name} {stop} lies outside {knob.minimum} to {knob.maximum}")


def read_grid(page: Page, generator: Generator, panel: Panel) -> Grid:
    """Give the grid a page asks for; what it leaves open comes from its own panel, then from the species."""
    seed = _default_seed(panel.get("seed"), generator, page)
    return Grid(
        seeds=_noted(page, "seeds", seeds) or tuple(dict.fromkeys((seed, *DEFAULT_SEEDS))),
        stops=_stops(page, generator.knob, panel),
        seed=seed,
        stop=_default_stop(page, generator.knob, panel),
    )


def _stops(page: Page, knob: Knob, panel: Panel) -> tuple[Decimal, ...]:
    def checked(expression: str) -> tuple[Decimal, ...]:
        found = stops(expression)
        for stop in found:
            check_stop(stop, knob)
        return found

    named = _noted(page, knob.plural, checked)
    if named or knob.name not in panel:
        return named or knob.stops()
    control = {"min": str(knob.minimum), "max": str(knob.maximum), "step": str(knob.step), **panel[knob.name]}
    return _of_panel(page, knob.name, checked, f"{control['min']}:{control['max']}:{control['step']}") or knob.stops()


def _default_seed(control: Mapping[str, str] | None, generator: Generator, page: Page) -> int:
    if control is None or "value" not in control:
        return generator.seed
    seed = parse_seed(control["value"])
    if seed is None:
        page.mistake(page.body_line, f"data-seed: {control['value']!r} is not a seed, expected one such as 1337")
    return generator.seed if seed is None else seed


def _default_stop(page: Page, knob: Knob, panel: Panel) -> Decimal:
    given = panel.get(knob.name, {}).get("value")
    return (given and _of_panel(page, knob.name, decimal, given)) or knob.default


def _noted(page: Page, key: str, read: Callable[[str], Item]) -> Item | None:
    value = page.values.get(key)
    if value is None:
        return None
    try:
        return read(value.text)
    except ZooError as error:
        page.mistake(value.line, f"{key}: {error}")
        return None


def _of_panel(page: Page, name: str, read: Callable[[str], Item], text: str) -> Item | None:
    try:
        return read(text)
    except ZooError as error:
        page.mistake(page.body_line, f"data-{name}: {error}")
        return None
