"""Orders: what was typed for a run of shards, as a plan, a part of it, and an engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.model import generators
from zoo import gallery, grid
from zoo.errors import UsageError, ZooError, nearest
from zoo.shards import engines
from zoo.shards.engines import Engine
from zoo.shards.plan import Plan, asked

_PART = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
Part = tuple[int, int]  # the i-th of n


class Order(NamedTuple):
    """A plan, and the part of it to draw, where it is not all."""

    plan: Plan
    part: Part | None


def order(name: str, seeds: str, knobs: Mapping[str, str], part: str | None) -> Order:
    """Give the order for what was typed, values of the knob by its plural; UsageError for what makes no sense."""
    species = gallery.generator_named(name, generators())
    if unknown := sorted(knobs.keys() - {species.knob.plural}):
        raise UsageError(f"unknown argument --{unknown[0]}{nearest(unknown[0], [species.knob.plural])}")
    try:
        stops = grid.stops(knobs[species.knob.plural]) if knobs else species.knob.stops()
        plan = asked(species, seeds, stops)
    except ZooError as error:
        raise UsageError(str(error)) from error
    return Order(plan, None if part is None else _part(part, len(plan)))


def _part(text: str, most: int) -> Part:
    found = _PART.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise UsageError(f"--shard: {text!r} is no part, expected such as 1/5, the first of five")
    if int(found[2]) > most:
        raise UsageError(f"--shard: {text!r} is one of more parts than there are shards, which is {most:,}")
    return int(found[1]), int(found[2])


def engine(scheduler: str | None, jobs: int) -> Engine:
    """Give the engine: a scheduler's where one is named, else processes, or this process alone."""
    if scheduler is not None:
        return engines.dask(scheduler)
    return engines.processes(jobs) if jobs > 1 else engines.serial()
