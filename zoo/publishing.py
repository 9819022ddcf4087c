"""Publishing one exhibit into a new tree: its galleries, its page and what goes with them, in any process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zoo import page
from zoo.body import Body
from zoo.drawing import Ahead, Drawn, draw, tasks
from zoo.exhibit import Exhibit
from zoo.links import ids_of
from zoo.manners import page_of
from zoo.page import Site
from zoo.placed import Files
from zoo.tree import Staging
from zoo.workers import Workers


@dataclass(frozen=True)
class Order:
    """An exhibit to publish, the files it has in the old tree, whether its galleries there may stay, others drawn."""

    exhibit: Exhibit
    known: Mapping[str, str]
    unchanged: bool
    ahead: Ahead = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """The files placed, how often each id is given in the page, and the card that leads to it."""

    files: Files
    ids: Mapping[str, int]
    card: str


def galleries(staging: Staging, order: Order, workers: Workers) -> Iterator[Drawn]:
    """Have an exhibit's galleries placed by workers: they have begun when this returns, and it gives what they did."""
    own = replace(staging, known=order.known)
    return workers.each(draw, tasks(order.exhibit, own, unchanged=order.unchanged, ahead={}))


def publish_each(site: Site, staging: Staging, orders: Sequence[Order]) -> list[Published]:
    """Place the files of several exhibits."""
    return [publish(site, staging, order) for order in orders]


def publish(
    site: Site,
    staging: Staging,
    order: Order,
    coming: Iterator[Drawn] | None = None,
    tell: Callable[[int], None] = lambda _count: None,
) -> Published:
    """Place an exhibit's files, and its galleries if they are not coming already; tell how many as they are done."""
    exhibit, own = order.exhibit, replace(staging, known=order.known)
    files = Files()
    digests: list[Sequence[str]] = []
    for drawn in coming or map(draw, tasks(exhibit, own, unchanged=order.unchanged, ahead=order.ahead)):
        files += drawn.files
        digests += drawn.digests
        tell(sum(map(len, drawn.digests)))
    made = dict(page.files(exhibit, digests, site))
    files += (own.put(name, data) for name, data in made.items())
    return Published(files, _ids(made[page_of(exhibit)].decode(), exhibit.body), page.card(exhibit, site, first=False))


def _ids(html: str, body: Body) -> Mapping[str, int]:
    """Give how often each id is given in a page; what is known of the author's part is not counted again."""
    before, after = body.around_gallery()
    start = html.find(before)
    if body.counts is None or start < 0:
        return ids_of(html)
    rest = html[start + len(before) :].replace(after, "", 1)
    return Counter(body.counts) + Counter(ids_of(html[:start] + rest))
