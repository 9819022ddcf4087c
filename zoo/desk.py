"""The desk: pages are read and published in one go, in any process, and what nobody needs any more stays there.

A page whose grid is large is only read, since its galleries are better drawn by several processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.model import generators
from zoo.body import Body
from zoo.content import Read, read_each
from zoo.drawing import FEW, draw_ahead
from zoo.errors import ZooError
from zoo.exhibit import Front, Overrides
from zoo.keys import gallery_key
from zoo.page import Site
from zoo.publishing import Order, Published, publish
from zoo.tree import Staging


class Manuscript(NamedTuple):
    """A page to read and publish: its file, what its exhibit has in the old tree, and the key of its galleries."""

    path: Path
    known: Mapping[str, str]
    key: str | None


class Proof(NamedTuple):
    """A page as it was read, and what was published of it, if that was done at once."""

    read: Read
    published: Published | None = None


@dataclass(frozen=True)
class Desk:
    """What pages are read and published with; drafts and overrides are what the options ask for."""

    site: Site
    staging: Staging
    overrides: Overrides
    drafts: bool

    def proofs(self, manuscripts: Sequence[Manuscript]) -> list[Proof]:
        """Read pages, and publish what may be: what is read lightly, since it may go to another process."""
        read = read_each(generators(), self.site.front.base, [own.path for own in manuscripts])
        orders = [self._order(*both) for both in zip(read, manuscripts, strict=True)]
        ahead = draw_ahead([order.exhibit for order in orders if order and not order.unchanged])
        done = [publish(self.site, self.staging, replace(own, ahead=ahead)) if own else None for own in orders]
        return [Proof(_lightened(own, done=bool(its)), its) for own, its in zip(read, done, strict=True)]

    def _order(self, read: Read, manuscript: Manuscript) -> Order | None:
        """Give what is to be published of a page: nothing where it may not be, or is better done by several."""
        if read.exhibit is None or not all(mistake.warning for mistake in read.mistakes):
            return None
        try:
            exhibit = self.overrides.apply(read.exhibit)
        except ZooError:
            return None
        if exhibit.grid.galleries > FEW or (exhibit.draft and not self.drafts):
            return None
        key = gallery_key(exhibit.id, exhibit.generator.name, generators())
        return Order(exhibit, manuscript.known, key == manuscript.key)


def proofs_without(front: Front | None, paths: Iterable[Path]) -> Iterator[Proof]:
    """Read pages and publish none."""
    return map(Proof, read_each(generators(), front.base if front else None, paths))


def _lightened(read: Read, *, done: bool) -> Read:
    """Leave out what only the reading of a page needs to know, and where it was published its HTML."""
    if read.exhibit is None:
        return read
    body = read.exhibit.body
    light = Body("", links=body.links, ids=body.ids, has_layout=body.has_layout) if done else body
    return replace(read, exhibit=replace(read.exhibit, body=replace(light, facts={}, panel={})))
