"""What authors link to and is not there, and the ids that a page bears twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from zoo.errors import Mistake
from zoo.exhibit import Exhibit, Front, Zoo
from zoo.links import Links, doubtful, links_of, reached
from zoo.tree import Staging


def doubts(
    zoo: Zoo, names: Collection[str], pages: Mapping[str, Mapping[str, int]], staging: Staging, *, partial: bool
) -> Iterator[Mistake]:
    """Give what authors link to and is not there, and the ids that a page bears twice; pages holds each page's ids.

    In a page with a layout, which was written for another site, and in a part of a zoo such links may pass.
    """
    sources: dict[str, Front | Exhibit] = {"index.html": zoo.front}
    sources |= {f"{exhibit.slug}/index.html": exhibit for exhibit in zoo.exhibits}
    files: dict[str, Links | None] = dict.fromkeys(names)
    files |= {name: Links((), ids) for name, ids in pages.items()}
    targets = {target for name, page in sources.items() for target in reached(name, page.body.links)}
    for name in targets.intersection(names) - pages.keys():
        if name.endswith(".html"):
            files[name] = links_of(Path(staging.folder, name).read_text(encoding="utf-8"))
    for name, page in sources.items():
        own = Links(page.body.links, pages[name])
        for line, what, may_pass in doubtful(name, own, files):
            yield Mistake(page.source, line, what, warning=may_pass or page.body.has_layout or partial)
        for key, line in page.body.ids.items():
            if own.ids.get(key, 0) > 1:
                yield Mistake(page.source, line, f"the id {key!r} is given twice")
