"""Drawing the galleries of an exhibit into a new tree, in this process or in several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from generator.model import bearing, generators
from zoo.exhibit import Exhibit
from zoo.gallery import Gallery, galleries, path_of
from zoo.placed import Files
from zoo.tree import Staging

PARALLEL_FROM = 4000  # galleries below which starting processes costs more than it saves
GALLERIES_A_TASK = 384  # about as many as a process draws in a twentieth of a second
FEW = 64  # galleries of a grid that is drawn together with others
ENDINGS = (".png", ".json")
_PIXELS = re.compile(rb'"pixels_sha256":"([0-9a-f]{64})"')  # the first of a gallery's JSON is that of the whole sheet

Ahead = Mapping[tuple[str, int, float], Gallery]  # by species, seed and value, drawn already


@dataclass(frozen=True)
class Task:
    """A stretch of an exhibit's grid for one process: small to send, since the pixels stay where they are computed."""

    generator: str
    exhibit: str
    seeds: Sequence[int]
    values: tuple[float, ...]
    slug: str
    staging: Staging
    unchanged: bool
    ahead: Ahead


@dataclass(frozen=True)
class Drawn:
    """The digests of a task's pixels, a row a seed, and the files placed."""

    digests: list[list[str]]
    files: Files


def draw_ahead(exhibits: Sequence[Exhibit]) -> dict[tuple[str, int, float], Gallery]:
    """Draw the galleries of several small grids in one go, each once: a few at a time cost ten times as much.

    A gallery is that of its species, seed and value; whose exhibit's it is only its JSON says.
    """
    wanted: dict[tuple[str, tuple[float, ...]], dict[int, None]] = {}
    for exhibit in exhibits if len(exhibits) > 1 else ():
        own = (exhibit.generator.name, tuple(map(float, exhibit.grid.stops)))
        if exhibit.grid.galleries <= FEW:
            wanted.setdefault(own, {}).update(dict.fromkeys(exhibit.grid.seeds))
    return {
        (name, drawn.seed, drawn.value): drawn
        for (name, values), seeds in wanted.items()
        for drawn in galleries(generators()[name], list(seeds), values)
    }


def tasks(exhibit: Exhibit, staging: Staging, *, unchanged: bool, ahead: Ahead) -> Iterator[Task]:
    """Cut the work on an exhibit's galleries into tasks; where its key is unchanged, those there are kept."""
    values = tuple(map(float, exhibit.grid.stops))
    step = max(1, GALLERIES_A_TASK // len(values))
    for start in range(0, len(exhibit.grid.seeds), step):
        seeds = exhibit.grid.seeds[start : start + step]
        names = (name for seed in seeds for name in _names(exhibit.slug, seed, values))
        known = {name: staging.known[name] for name in names if name in staging.known} if staging.known else {}
        own = replace(staging, known=known)
        yield Task(exhibit.generator.name, exhibit.id, seeds, values, exhibit.slug, own, unchanged, ahead)


def _names(slug: str, seed: int, values: Sequence[float]) -> list[str]:
    return [f"{slug}/{path_of(seed, value)}{ending}" for value in values for ending in ENDINGS]


def draw(task: Task) -> Drawn:
    """Place a task's galleries: a seed whose files are all there is kept, the others are drawn in one go."""
    found = {seed: _keep(task, seed) for seed in task.seeds if task.unchanged}
    kept = {seed: row for seed, row in found.items() if row is not None}
    missing = [seed for seed in task.seeds if seed not in kept]
    drawn = dict(zip(missing, _draw(task, missing), strict=True))
    rows = [kept.get(seed) or drawn[seed] for seed in task.seeds]
    files = Files()
    for _, own in rows:
        files += own
    return Drawn([digests for digests, _ in rows], files)


Row = tuple[list[str], Files]


def _keep(task: Task, seed: int) -> Row | None:
    """Keep a seed's galleries, or give None where one of their files is missing or not as it was made."""
    names = _names(task.slug, seed, task.values)
    found: list[bytes] = []
    for name in names:
        data = task.staging.recall(name)
        if data is None:
            return None
        found.append(data)
    digests = [match[1].decode() for data in found[1::2] if (match := _PIXELS.search(data))]
    return digests, Files(task.staging.keep(name) for name in names)


def _draw(task: Task, seeds: Sequence[int]) -> Iterator[Row]:
    places = [(task.generator, seed, value) for seed in seeds for value in task.values]
    drawn: Iterator[Gallery]
    if all(place in task.ahead for place in places):
        drawn = (task.ahead[place].of(generators()[task.generator].exhibit, task.exhibit) for place in places)
    else:
        drawn = galleries(bearing(task.generator, task.exhibit), seeds, task.values)
    for seed in seeds:
        row = list(islice(drawn, len(task.values)))
        files = chain.from_iterable((gallery.png, gallery.json) for gallery in row)
        placed = task.staging.put_all(zip(_names(task.slug, seed, task.values), files, strict=True))
        yield [gallery.pixels_sha256 for gallery in row], placed
