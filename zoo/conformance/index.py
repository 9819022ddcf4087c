"""Which vectors test which demand, and which wrong ports those vectors catch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from zoo.conformance.suite import Suite, Vector
from zoo.conformance.texts import FOLDER, PROTOCOL, Demand, page_of

Piece = Mapping[str, Any]  # of the museum, as its result tells it
T = TypeVar("T")
RUN = 3  # neighbours from which on only the first and the last are named


@dataclass(frozen=True)
class Run:
    """Vectors that follow one another in their file: the first, and the last where there are several."""

    first: Vector
    last: Vector | None = None


@dataclass(frozen=True)
class Group:
    """The vectors of one stage that test a demand: the page they stand on, what their ids begin with, and runs."""

    page: str
    stem: str
    runs: tuple[Run, ...]
    count: int


@dataclass(frozen=True)
class Index:
    """The way from demands to vectors and to the museum's pieces, and from vectors to pieces.

    through says which demands lean on one, so that their vectors test it too.
    """

    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    caught: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    through: Mapping[str, tuple[Demand, ...]] = field(default_factory=dict)

    def count(self, demand: str) -> int:
        """Give the number of vectors that test a demand."""
        return sum(group.count for group in self.groups.get(demand, ()))


def page_of_vector(vector: Vector) -> str:
    """Give the page a vector stands on: its species', or the protocol's."""
    return f"{FOLDER}/{vector.species}/index.html" if vector.species else str(page_of(PROTOCOL))


def index(
    suites: Sequence[Suite], demands: Sequence[Demand], probes: Sequence[Vector], pieces: Sequence[Piece]
) -> Index:
    """Make the index of everything."""
    stages = [probes, *(stage.vectors for suite in suites for stage in suite.stages)]
    caught = _sorted((str(piece.get("vector")), piece) for piece in pieces)
    return Index(
        groups=_sorted(pair for vectors in stages for pair in _groups(vectors)),
        pieces=_sorted(
            (demand, piece)
            for vectors in stages
            for vector in vectors
            for piece in caught.get(vector.id, ())
            for demand in vector.requirements
        ),
        caught=caught,
        through=_sorted((other, demand) for demand in demands for other in demand.leans_on),
    )


def _sorted(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Give what belongs to each key, in order."""
    found: dict[str, list[T]] = {}
    for key, own in pairs:
        found.setdefault(key, []).append(own)
    return {key: tuple(own) for key, own in found.items()}


def _groups(vectors: Sequence[Vector]) -> Iterator[tuple[str, Group]]:
    """Give every demand that the vectors of one stage test, with those of them that do."""
    for demand in dict.fromkeys(demand for vector in vectors for demand in vector.requirements):
        yield demand, _group(demand, vectors)


def _group(demand: str, vectors: Sequence[Vector]) -> Group:
    """Give the vectors of one stage that test a demand."""
    found = [at for at, vector in enumerate(vectors) if demand in vector.requirements]
    first = vectors[found[0]]
    runs = tuple(_runs(found, vectors))
    return Group(page_of_vector(first), first.id.rpartition("-")[0], runs, len(found))


def _runs(found: Sequence[int], vectors: Sequence[Vector]) -> Iterator[Run]:
    """Cut places into runs of neighbours; a run too short to be worth it is named one by one."""
    start = 0
    for end in range(1, len(found) + 1):
        if end < len(found) and found[end] == found[end - 1] + 1:
            continue
        run = [vectors[at] for at in found[start:end]]
        start = end
        if len(run) < RUN:
            yield from map(Run, run)
        else:
            yield Run(run[0], run[-1])
