"""Making everything a site holds, from its content: galleries, grids, pages and assets, into a new tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator.model import generators
from zoo import frontpage
from zoo.body import Body
from zoo.conformance import placing, results
from zoo.conformance.texts import FOLDER
from zoo.drawing import PARALLEL_FROM
from zoo.errors import ContentError, Mistake
from zoo.exhibit import Exhibit, Front, Zoo
from zoo.inputs import Inputs
from zoo.keys import conformance_key, gallery_key, templates_key
from zoo.links import Links, doubtful, links_of, reached
from zoo.notes import Note
from zoo.options import Options
from zoo.page import Site
from zoo.placed import Files
from zoo.policy import integrity
from zoo.publishing import Order, Published, galleries, publish, publish_all
from zoo.reading import Reading
from zoo.tree import Staging
from zoo.workers import Workers

Progress = Callable[[int, int], None]  # galleries done, galleries in all


@dataclass(frozen=True)
class Last:
    """What the last build left: the keys of the site's parts by folder, its notes of exhibits by slug.

    damaged names the folders that hold files which are not as that build made them; of those there are no notes.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    damaged: Collection[str] = ()


@dataclass(frozen=True)
class Means:
    """What a build works with: what is asked for, what it is made from, what the last build left, and who helps."""

    options: Options
    inputs: Inputs
    last: Last
    workers: Workers
    progress: Progress


@dataclass(frozen=True)
class Made:
    """What was made: the files placed, the keys of the parts by folder, what is doubtful, and what is left out.

    noted is what the next build shall know of each exhibit.
    """

    files: Files
    keys: Mapping[str, str]
    noted: Sequence[Note]
    warnings: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()


def make(read: Reading, staging: Staging, means: Means) -> Made:
    """Fill a new tree; parts whose key is the old one are kept where their files are whole."""
    zoo, options, inputs = read.zoo, means.options, means.inputs
    keys = _keys(zoo, options, inputs)
    unchanged = {folder for folder, key in keys.items() if means.last.keys.get(folder) == key}
    known = _by_folder(staging.known)
    version = templates_key(options.templates, inputs)
    assets = dict(_assets(options))
    site = _site(zoo.front, options, version, assets)
    fresh = {own.slug: own for own in zoo.exhibits if own.slug not in read.kept}
    coming = _publish(list(fresh.values()), site, staging, unchanged, means)
    if FOLDER in unchanged and FOLDER not in means.last.damaged:
        texts = [staging.keep(name) for name in known[FOLDER]]
    else:
        texts = placing.place(zoo, options, staging, version)
    others = sorted(file.name for file in texts if file.name.endswith(".html"))
    published = dict(coming)
    noted = {**read.kept, **{slug: _note(own, published[slug], read) for slug, own in fresh.items()}}
    catalogue = frontpage.cards(zoo, {slug: note.card for slug, note in noted.items()}, site)
    rendered = dict(frontpage.files(zoo, catalogue, others, site))
    files = Files(texts)
    for own in published.values():
        files += own.files
    files += (staging.keep(name) for slug in read.kept for name in known[slug])
    files += (staging.put(f"assets/{name}", data) for name, data in assets.items())
    files += (staging.put(name, data) for name, data in rendered.items())
    pages = {f"{slug}/index.html": note.ids for slug, note in noted.items()}
    pages["index.html"] = links_of(rendered["index.html"].decode().replace(catalogue, "", 1)).ids
    doubts = list(_doubts(zoo, set(files.names), pages, staging, partial=options.partial))
    if any(options.strict or not doubt.warning for doubt in doubts):
        raise ContentError(doubts)
    warnings = tuple(sorted({*zoo.warnings, *doubts}))
    return Made(files, keys, list(noted.values()), warnings, tuple(results.notes(options.golden)))


def _by_folder(names: Iterable[str]) -> defaultdict[str, list[str]]:
    """Give names by the folder at the top of the site that they stand in."""
    found = defaultdict(list)
    for name in names:
        found[name.partition("/")[0]].append(name)
    return found


def _site(front: Front, options: Options, version: str, assets: Mapping[str, bytes]) -> Site:
    return Site(
        front=front,
        base_url=options.base_url,
        templates=options.templates,
        version=version,
        golden=options.golden,
        states=results.states(options.golden),
        conformance=placing.has_pages(options.golden),
        integrity={name: integrity(data) for name, data in assets.items()},
    )


def _keys(zoo: Zoo, options: Options, inputs: Inputs) -> dict[str, str]:
    """Give the key of each part of the site that may be kept: every exhibit's galleries, and the conformance pages."""
    keys = {exhibit.slug: gallery_key(exhibit.id, exhibit.generator.name, generators()) for exhibit in zoo.exhibits}
    told = placing.told(zoo, options.base_url)
    return keys | {FOLDER: conformance_key(options.templates, options.golden, told, inputs)}


def _publish(
    exhibits: Sequence[Exhibit], site: Site, staging: Staging, unchanged: Collection[str], means: Means
) -> Iterator[tuple[str, Published]]:
    """Place exhibits, and give what was placed by slug: large grids a stretch at a time, all others side by side.

    All have begun when this returns, and end while what it gives is taken.
    """
    known, workers = _by_folder(staging.known), means.workers
    total, done = sum(own.grid.galleries for own in exhibits), 0
    plain = replace(site, front=replace(site.front, body=Body("")))  # what the front page says goes on no other page
    alone = replace(staging, known={})

    def tell(galleries: int) -> None:
        nonlocal done
        done += galleries
        means.progress(done, total)

    def order(own: Exhibit) -> Order:
        return Order(own, {name: staging.known[name] for name in known[own.slug]}, own.slug in unchanged)

    def told(own: Exhibit, published: Published) -> tuple[str, Published]:
        tell(own.grid.galleries)
        return own.slug, published

    least = PARALLEL_FROM if workers.jobs > 1 else float("inf")
    large = [own for own in exhibits if own.grid.galleries >= least]
    small = [own for own in exhibits if own.grid.galleries < least]
    if small:  # pages to be made elsewhere: else it can be done while others draw
        workers.prepare()
    drawn = [(own, galleries(staging, order(own), workers)) for own in large]
    if drawn:
        workers.prepare()
    enough = sum(own.grid.galleries for own in small) >= PARALLEL_FROM
    others = workers.map(partial(publish_all, plain, alone), [order(own) for own in small], enough=enough)
    found = ((own.slug, publish(plain, alone, order(own), coming, tell)) for own, coming in drawn)
    return chain(found, map(told, small, others))


def _note(exhibit: Exhibit, published: Published, read: Reading) -> Note:
    warnings = tuple(mistake for mistake in read.zoo.warnings if mistake.path == exhibit.source)
    key, line = read.keys.get(exhibit.slug, ""), read.id_lines[exhibit.slug]
    return Note(key, exhibit, line, published.ids, published.card, warnings)


def _doubts(
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


def _assets(options: Options) -> Iterator[tuple[str, bytes]]:
    """Give the templates' stylesheet and scripts, and everything in the content folder that is no page."""
    found = [path for path in options.templates.iterdir() if path.suffix != ".html"]
    found += (path for path in options.content.iterdir() if path.suffix != ".md")
    for path in sorted(found, key=lambda path: path.name):
        if path.is_file() and not path.name.startswith("."):
            yield path.name, path.read_bytes()
