"""What a page asks for: its grid, from its front matter, then its own panel's controls, then its species."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from generator.ecmascript import parse_seed
from generator.model import Generator, Knob
from zoo.body import Control
from zoo.errors import ZooError
from zoo.frontmatter import Page
from zoo.grid import Grid, check_stop, seeds, stops

DEFAULT_SEEDS = range(16)  # beside the one the controls start at

Panel = Mapping[str, Control]
Item = TypeVar("Item")


def read_grid(page: Page, generator: Generator, panel: Panel) -> Grid:
    """Give the grid a page asks for; what it leaves open comes from its own panel, then from the species."""
    seed = _default_seed(page, generator, panel.get("seed"))
    knob = generator.knob
    control = panel.get(knob.name)
    return Grid(
        seeds=_named(page, "seeds", seeds) or tuple(dict.fromkeys((seed, *DEFAULT_SEEDS))),
        stops=_named(page, knob.plural, _within(knob)) or _stops(page, knob, control) or knob.stops(),
        seed=seed,
        stop=_default_stop(page, knob, control) or knob.default,
    )


def _default_seed(page: Page, generator: Generator, control: Control | None) -> int:
    given = control.get("value") if control else None
    if control is None or given is None:
        return generator.seed
    seed = parse_seed(given)
    if seed is None:
        page.mistake(control.line, f"data-seed: {given!r} is not a seed, expected one such as 1337")
        return generator.seed
    return seed


def _stops(page: Page, knob: Knob, control: Control | None) -> tuple[Decimal, ...] | None:
    """Give the stops that a page's own control can reach."""
    if control is None:
        return None
    minimum, maximum, step = (
        control.get(name) or str(own)
        for name, own in (("min", knob.minimum), ("max", knob.maximum), ("step", knob.step))
    )
    return _noted(page, control.line, f"data-{knob.name}", _within(knob), f"{minimum}:{maximum}:{step}")


def _default_stop(page: Page, knob: Knob, control: Control | None) -> Decimal | None:
    given = control.get("value") if control else None
    if control is None or not given:
        return None
    found = _noted(page, control.line, f"data-{knob.name}", _within(knob), given)
    return found[0] if found else None


def _within(knob: Knob) -> Callable[[str], tuple[Decimal, ...]]:
    def read(expression: str) -> tuple[Decimal, ...]:
        found = stops(expression)
        for stop in found:
            check_stop(stop, knob)
        return found

    return read


def _named(page: Page, key: str, read: Callable[[str], Item]) -> Item | None:
    value = page.values.get(key)
    return _noted(page, value.line, key, read, value.text) if value else None


def _noted(page: Page, line: int, name: str, read: Callable[[str], Item], text: str) -> Item | None:
    try:
        return read(text)
    except ZooError as error:
        page.mistake(line, f"{name}: {error}")
        return None
