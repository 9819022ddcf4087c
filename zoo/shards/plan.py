"""What is asked for: seeds in ascending order and values of the knob, cut into shards at every 256th seed.

The cuts stand at multiples of 256, so a shard whose seeds are all there is the same in every archive that has it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any

from generator.model import Generator, generators
from zoo import grid
from zoo.errors import ZooError

SEEDS_A_SHARD = 256


@dataclass(frozen=True)
class Galleries:
    """Galleries of one species: each of the seeds with each value of the knob, as texts the command line takes."""

    generator: str
    exhibit: str
    seeds: str
    values: tuple[str, ...]

    @cached_property
    def ranges(self) -> tuple[range, ...]:
        """The seeds as ranges, in ascending order, which neither meet nor touch."""
        return joined(grid.ranges(self.seeds))

    @property
    def seed_count(self) -> int:
        """The number of seeds."""
        return sum(map(len, self.ranges))

    @property
    def galleries(self) -> int:
        """The number of galleries."""
        return self.seed_count * len(self.values)

    @property
    def species(self) -> Generator:
        """The generator, or ZooError where there is none of that name."""
        if self.generator not in generators():
            raise ZooError(f"no generator {self.generator!r} here")
        return generators()[self.generator]

    def record(self) -> dict[str, Any]:
        """Give what shards and manifests say of their galleries."""
        values = [float(value) for value in self.values]
        plural = self.species.knob.plural
        return {"generator": self.generator, "exhibit": self.exhibit, "seeds": self.seeds, plural: values}


def asked(generator: Generator, seeds: str, stops: Iterable[Decimal]) -> Plan:
    """Give the plan for what was asked; ZooError for seeds that are none and for values out of bounds."""
    values = tuple(dict.fromkeys(stops))
    for stop in values:
        grid.check_stop(stop, generator.knob)
    text = told(joined(grid.ranges(seeds)))
    return Plan(Galleries(generator.name, generator.exhibit, text, tuple(f"{stop:.2f}" for stop in values)))


@dataclass(frozen=True)
class Plan:
    """Galleries as a sequence of shards, made as they are looked at."""

    whole: Galleries

    def __len__(self) -> int:
        """Give the number of shards."""
        return self._ends[-1]

    def __getitem__(self, number: int) -> Galleries:
        """Give the galleries of a shard, counted from 0."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        at = bisect_right(self._ends, number)
        block = self._blocks[at][number - (self._ends[at - 1] if at else 0)]
        whole = range(block * SEEDS_A_SHARD, (block + 1) * SEEDS_A_SHARD)
        own = (range(max(part.start, whole.start), min(part.stop, whole.stop)) for part in self.whole.ranges)
        seeds = told([part for part in own if part])
        return Galleries(self.whole.generator, self.whole.exhibit, seeds, self.whole.values)

    def __iter__(self) -> Iterator[Galleries]:
        """Give shard after shard."""
        return (self[number] for number in range(len(self)))

    @cached_property
    def _blocks(self) -> tuple[range, ...]:
        """The blocks of 256 that hold a seed."""
        parts = (range(own.start // SEEDS_A_SHARD, (own.stop - 1) // SEEDS_A_SHARD + 1) for own in self.whole.ranges)
        return joined(parts)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(accumulate(map(len, self._blocks)))


def joined(ranges: Iterable[range]) -> tuple[range, ...]:
    """Give ranges in ascending order, those that overlap or touch as one."""
    found: list[range] = []
    for part in sorted(ranges, key=lambda part: part.start):
        if found and part.start <= found[-1].stop:
            found[-1] = range(found[-1].start, max(part.stop, found[-1].stop))
        else:
            found.append(part)
    return tuple(found)


def told(ranges: Sequence[range]) -> str:
    """Write ranges as the command line takes them: 0:256,1337."""
    return ",".join(f"{own.start}:{own.stop}" if len(own) > 1 else str(own.start) for own in ranges)
