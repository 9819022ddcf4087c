"""Making everything a site holds, from its content: galleries, grids, pages and assets, into a new tree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from generator.model import generators
from zoo import gallery, grid
from zoo.conformance import placing, results
from zoo.conformance.texts import FOLDER
from zoo.content import read_zoo
from zoo.drawing import PARALLEL_FROM, draw
from zoo.errors import ContentError, Mistake, UsageError, ZooError, nearest
from zoo.exhibit import Exhibit, Front, Overrides, Zoo
from zoo.keys import conformance_key, gallery_key
from zoo.links import doubtful, links_of, reached
from zoo.options import Options
from zoo.page import Digests, Site, pages
from zoo.tree import Placed, Staging

Progress = Callable[[int, int], None]  # galleries done, galleries in all


@dataclass(frozen=True)
class Made:
    """What was made: the files placed, the keys of the parts by folder, what is doubtful, and what is left out."""

    zoo: Zoo
    files: list[Placed]
    keys: Mapping[str, str]
    warnings: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def galleries(self) -> int:
        """The number of galleries."""
        return sum(exhibit.grid.galleries for exhibit in self.zoo.exhibits)


def read(options: Options) -> Zoo:
    """Read the content as the options ask; UsageError for a wrong option, ContentError for mistakes in the content."""
    overrides = _overrides(options)
    zoo = read_zoo(options.content, generators(), drafts=options.drafts, strict=options.strict)
    try:
        zoo = replace(zoo, exhibits=tuple(overrides.apply(exhibit) for exhibit in zoo.exhibits))
    except ZooError as error:
        raise UsageError(str(error)) from error
    if not options.yes:
        _refuse_absurd_grids(zoo)
    return zoo


def _overrides(options: Options) -> Overrides:
    knobs = {species.knob.plural: species.knob.name for species in generators().values()}
    for plural in options.stops:
        if plural not in knobs:
            raise UsageError(f"unknown argument --{plural}{nearest(plural, knobs)}")
    try:
        seeds = None if options.seeds is None else grid.seeds(options.seeds)
        return Overrides(seeds, {knobs[plural]: grid.stops(text) for plural, text in options.stops.items()})
    except ZooError as error:
        raise UsageError(str(error)) from error


def _refuse_absurd_grids(zoo: Zoo) -> None:
    absurd = [exhibit for exhibit in zoo.exhibits if exhibit.grid.galleries > grid.MOST_GALLERIES]
    if absurd:
        expected = f"expected at most {grid.MOST_GALLERIES:,} galleries, or --yes"
        raise ContentError(
            Mistake(exhibit.source, 1, f"seeds: {grid.estimate(exhibit.grid, exhibit.generator)}; {expected}")
            for exhibit in absurd
        )


def make(zoo: Zoo, options: Options, staging: Staging, old_keys: Mapping[str, str], progress: Progress) -> Made:
    """Fill a new tree; parts whose key is the old one are kept where their files are whole."""
    keys = _keys(zoo, options)
    unchanged = {folder for folder, key in keys.items() if old_keys.get(folder) == key}
    files, digests = _draw(zoo, options, staging, unchanged, progress)
    texts = placing.place(zoo, options, staging, unchanged=FOLDER in unchanged)
    scripts = dict(_assets(options))
    grids = ((f"{exhibit.slug}/grid.json", _grid_json(exhibit, digests[exhibit.slug])) for exhibit in zoo.exhibits)
    others = sorted(file.name for file in texts if file.name.endswith(".html"))
    site = Site(zoo, digests, options.base_url, options.golden, results.states(options.golden), others)
    rendered = dict(pages(site, options.templates, scripts))
    files += texts
    files += (staging.put(name, data) for name, data in chain(scripts.items(), grids, rendered.items()))
    doubts = list(_doubts(zoo, {file.name for file in files}, rendered, staging, partial=options.partial))
    if any(options.strict or not doubt.warning for doubt in doubts):
        raise ContentError(doubts)
    warnings = tuple(sorted({*zoo.warnings, *doubts}))
    return Made(zoo, files, keys, warnings, tuple(results.notes(options.golden)))


def _keys(zoo: Zoo, options: Options) -> dict[str, str]:
    """Give the key of each part of the site that may be kept: every exhibit's galleries, and the conformance pages."""
    keys = {exhibit.slug: gallery_key(exhibit.id, exhibit.generator.name, generators()) for exhibit in zoo.exhibits}
    told = placing.told(zoo, options.base_url)
    return keys | {FOLDER: conformance_key(options.templates, options.golden, told)}


def _draw(
    zoo: Zoo, options: Options, staging: Staging, unchanged: Collection[str], progress: Progress
) -> tuple[list[Placed], dict[str, Digests]]:
    """Place every exhibit's galleries; give the files, and each exhibit's digests."""
    files: list[Placed] = []
    digests: dict[str, Digests] = {}
    total = sum(exhibit.grid.galleries for exhibit in zoo.exhibits)
    jobs = options.jobs if total >= PARALLEL_FROM else 1
    done = 0
    for exhibit in zoo.exhibits:
        rows = digests[exhibit.slug] = []
        for drawn in draw(exhibit, staging, jobs, unchanged=exhibit.slug in unchanged):
            files += drawn.files
            rows += drawn.digests
            done += sum(map(len, drawn.digests))
            progress(done, total)
    return files, digests


def _doubts(
    zoo: Zoo, names: Collection[str], rendered: Mapping[str, bytes], staging: Staging, *, partial: bool
) -> Iterator[Mistake]:
    """Give what authors link to and is not there, and the ids that a page bears twice.

    In a page with a layout, which was written for another site, and in a part of a zoo such links may pass.
    """
    sources: dict[str, Front | Exhibit] = {"index.html": zoo.front}
    sources |= {f"{exhibit.slug}/index.html": exhibit for exhibit in zoo.exhibits}
    html = {name: links_of(data.decode()) for name, data in rendered.items() if name.endswith(".html")}
    targets = {target for name, page in sources.items() for target in reached(name, page.body.links)}
    for name in targets.intersection(names) - html.keys():
        if name.endswith(".html"):
            html[name] = links_of(Path(staging.folder, name).read_text(encoding="utf-8"))
    files = {name: html.get(name) for name in names}
    for name, page in sources.items():
        own = replace(html[name], targets=page.body.links)
        for line, what, may_pass in doubtful(name, own, files):
            yield Mistake(page.source, line, what, warning=may_pass or page.body.has_layout or partial)
        for key, line in page.body.ids.items():
            if own.ids.get(key, 0) > 1:
                yield Mistake(page.source, line, f"the id {key!r} is given twice")


def _grid_json(exhibit: Exhibit, digests: Digests) -> bytes:
    return gallery.grid_json(exhibit.generator, exhibit.grid, digests)


def _assets(options: Options) -> Iterator[tuple[str, bytes]]:
    """Give the templates' stylesheet and scripts, and everything in the content folder that is no page."""
    found = [path for path in options.templates.iterdir() if path.suffix != ".html"]
    found += (path for path in options.content.iterdir() if path.suffix != ".md")
    for path in sorted(found, key=lambda path: path.name):
        if path.is_file() and not path.name.startswith("."):
            yield f"assets/{path.name}", path.read_bytes()
