"""The press: it publishes all exhibits side by side, small ones as they are read and large ones in stretches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from zoo.body import Body
from zoo.desk import Desk, Manuscript, Proof
from zoo.drawing import PARALLEL_FROM
from zoo.exhibit import Exhibit, Overrides
from zoo.means import Means
from zoo.page import Site
from zoo.publishing import Order, Published, galleries, publish, publish_each
from zoo.tree import Staging


@dataclass
class Counter:
    """Counts galleries, and tells of them as they are done."""

    means: Means
    done: int = 0
    coming: int = 0

    def tell(self, galleries: int) -> None:
        """Count galleries that are done."""
        self.done += galleries
        self.means.progress(self.done, max(self.done, self.coming))


@dataclass(frozen=True)
class Press:
    """What publishes exhibits into a new tree; known holds the names of the files of the old one by folder."""

    site: Site
    staging: Staging
    known: Mapping[str, Sequence[str]]
    means: Means
    counter: Counter = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        object.__setattr__(self, "counter", Counter(self.means))

    def proofs(self, paths: Sequence[Path], overrides: Overrides) -> Iterator[Proof]:
        """Read pages and publish what may be published at once; all have begun when this returns."""
        desk = Desk(self._plain, self._alone, overrides, self.means.options.drafts)
        keys = self.means.last.keys
        manuscripts = [Manuscript(path, self._known(path.stem), keys.get(path.stem)) for path in paths]
        self.counter.coming = len(paths)  # or more, but that is not known yet
        return map(self._counted, self.means.workers.map(desk.proofs, manuscripts))

    def publish(self, exhibits: Sequence[Exhibit], unchanged: Collection[str]) -> Iterator[tuple[str, Published]]:
        """Place exhibits, and give what was placed by slug: large grids a stretch at a time, others side by side.

        All have begun when this returns, and end while what it gives is taken.
        """
        workers = self.means.workers
        self.counter.coming = self.counter.done + sum(own.grid.galleries for own in exhibits)

        def order(own: Exhibit) -> Order:
            return Order(own, self._known(own.slug), own.slug in unchanged)

        def told(own: Exhibit, published: Published) -> tuple[str, Published]:
            self.counter.tell(own.grid.galleries)
            return own.slug, published

        least = PARALLEL_FROM if workers.jobs > 1 else float("inf")
        large = [own for own in exhibits if own.grid.galleries >= least]
        small = [own for own in exhibits if own.grid.galleries < least]
        if small:  # pages to be made elsewhere: else it can be done while others draw
            workers.prepare()
        drawn = [(own, galleries(self.staging, order(own), workers)) for own in large]
        if drawn:
            workers.prepare()
        enough = sum(own.grid.galleries for own in small) >= PARALLEL_FROM
        work = partial(publish_each, self._plain, self._alone)
        others = workers.map(work, [order(own) for own in small], enough=enough)
        tell = self.counter.tell
        found = ((own.slug, publish(self._plain, self._alone, order(own), coming, tell)) for own, coming in drawn)
        return chain(found, map(told, small, others))

    def _counted(self, proof: Proof) -> Proof:
        if proof.published and proof.read.exhibit:
            self.counter.tell(proof.read.exhibit.grid.galleries)
        return proof

    def _known(self, slug: str) -> dict[str, str]:
        return {name: self.staging.known[name] for name in self.known.get(slug, ())}

    @property
    def _alone(self) -> Staging:
        return replace(self.staging, known={})

    @property
    def _plain(self) -> Site:
        """The site without what the front page says, which goes on no other page."""
        return replace(self.site, front=replace(self.site.front, body=Body("")))
