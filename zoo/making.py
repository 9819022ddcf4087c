"""Making everything a site holds, from its content: galleries, grids, pages and assets, into a new tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from generator.model import generators
from zoo import frontpage
from zoo.conformance import placing, results
from zoo.conformance.texts import FOLDER
from zoo.desk import Proof, proofs_without
from zoo.doubts import doubts
from zoo.errors import ContentError, Mistake
from zoo.exhibit import Exhibit, Front, Zoo
from zoo.inputs import Inputs
from zoo.keys import conformance_key, gallery_key, templates_key
from zoo.links import links_of
from zoo.means import Means
from zoo.notes import Note
from zoo.options import Options
from zoo.page import Site
from zoo.placed import Files, Placed
from zoo.policy import integrity
from zoo.press import Press
from zoo.publishing import Published
from zoo.reading import Reading, overrides, reading
from zoo.system import begin_to_settle
from zoo.tree import Staging

MANY = 100  # exhibits whose files take the disk a while


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


def make(staging: Staging, means: Means) -> Made:
    """Read the content and fill a new tree; parts whose key is the old one are kept where their files are whole.

    Raises ContentError with every mistake in the content.
    """
    making = _Making(staging, means, _by_folder(staging.known), dict(_assets(means.options)))
    asked = overrides(means.options)

    def proofs(front: Front | None, paths: Sequence[Path]) -> Iterator[Proof]:
        return making.press(front).proofs(paths, asked) if front else proofs_without(front, paths)

    read = reading(means.options, means.inputs, means.last.notes, proofs)
    keys = _keys(read.zoo, means.options, means.inputs)
    unchanged = {folder for folder, key in keys.items() if means.last.keys.get(folder) == key}
    texts = making.texts(read.zoo, keep=FOLDER in unchanged)
    published = making.published(read, unchanged, texts)
    if len(published) > MANY:
        begin_to_settle(Path(staging.folder))
    noted = {own.slug: read.kept.get(own.slug) or _note(own, published[own.slug], read) for own in read.zoo.exhibits}
    files, ids = making.frontpage(read.zoo, noted, texts)
    for own in published.values():
        files += own.files
    files += (staging.keep(name) for slug in read.kept for name in making.known[slug])
    files += texts()
    files += (staging.put(f"assets/{name}", data) for name, data in making.assets.items())
    pages = {f"{slug}/index.html": note.ids for slug, note in noted.items()} | {"index.html": ids}
    found = list(doubts(read.zoo, set(files.names), pages, staging, partial=means.options.partial))
    if any(means.options.strict or not doubt.warning for doubt in found):
        raise ContentError(found)
    warnings = tuple(sorted({*read.zoo.warnings, *found}))
    return Made(files, keys, list(noted.values()), warnings, tuple(results.notes(means.options.golden)))


Texts = Callable[[], list[Placed]]  # gives the conformance pages' files, once they are there


@dataclass(frozen=True)
class _Making:
    """A new tree being filled; known holds the names of the files of the old one by folder."""

    staging: Staging
    means: Means
    known: Mapping[str, Sequence[str]]
    assets: Mapping[str, bytes]

    @cached_property
    def version(self) -> str:
        """The key of the templates."""
        return templates_key(self.means.options.templates, self.means.inputs)

    def site(self, front: Front) -> Site:
        """Give what every page is told."""
        options = self.means.options
        return Site(
            front=front,
            base_url=options.base_url,
            templates=options.templates,
            version=self.version,
            golden=options.golden,
            states=results.states(options.golden),
            conformance=placing.has_pages(options.golden),
            integrity={name: integrity(data) for name, data in self.assets.items()},
        )

    def press(self, front: Front) -> Press:
        """Give what publishes exhibits."""
        return Press(self.site(front), self.staging, self.known, self.means)

    def texts(self, zoo: Zoo, *, keep: bool) -> Texts:
        """Have the conformance pages placed, or keep those that are there."""
        if keep and FOLDER not in self.means.last.damaged:
            return lambda: [self.staging.keep(name) for name in self.known[FOLDER]]
        own = replace(self.staging, known={name: self.staging.known[name] for name in self.known.get(FOLDER, ())})
        order = placing.Placing(zoo.front, placing.shown(zoo), self.means.options, own, self.version)
        return cache(self.means.workers.aside(order.place))

    def published(self, read: Reading, unchanged: Collection[str], texts: Texts) -> dict[str, Published]:
        """Publish what was not published as it was read; this process places the conformance pages meanwhile."""
        done = {own.slug for own in read.zoo.exhibits} & read.published.keys()
        rest = [own for own in read.zoo.exhibits if own.slug not in read.kept and own.slug not in done]
        coming = self.press(read.zoo.front).publish(rest, unchanged)
        if rest:
            texts()
        return {slug: read.published[slug] for slug in done} | dict(coming)

    def frontpage(self, zoo: Zoo, noted: Mapping[str, Note], texts: Texts) -> tuple[Files, Mapping[str, int]]:
        """Place what shows the zoo as a whole; give it with the ids of its page."""
        site = self.site(zoo.front)
        catalogue = frontpage.cards(zoo, {slug: note.card for slug, note in noted.items()}, site)

        def others() -> list[str]:
            return sorted(file.name for file in texts() if file.name.endswith(".html"))

        made = dict(frontpage.files(zoo, catalogue, others, site))
        ids = links_of(made["index.html"].decode().replace(catalogue, "", 1)).ids
        return Files(self.staging.put(name, data) for name, data in made.items()), ids


def _by_folder(names: Iterable[str]) -> defaultdict[str, list[str]]:
    """Give names by the folder at the top of the site that they stand in."""
    found = defaultdict(list)
    for name in names:
        found[name.partition("/")[0]].append(name)
    return found


def _keys(zoo: Zoo, options: Options, inputs: Inputs) -> dict[str, str]:
    """Give the key of each part of the site that may be kept: every exhibit's galleries, and the conformance pages."""
    keys = {exhibit.slug: gallery_key(exhibit.id, exhibit.generator.name, generators()) for exhibit in zoo.exhibits}
    told = placing.told(zoo, options.base_url)
    return keys | {FOLDER: conformance_key(options.templates, options.golden, told, inputs)}


def _note(exhibit: Exhibit, published: Published, read: Reading) -> Note:
    warnings = tuple(mistake for mistake in read.zoo.warnings if mistake.path == exhibit.source)
    key, line = read.keys.get(exhibit.slug, ""), read.id_lines[exhibit.slug]
    return Note(key, exhibit, line, published.ids, published.card, warnings)


def _assets(options: Options) -> Iterator[tuple[str, bytes]]:
    """Give the templates' stylesheet and scripts, and everything in the content folder that is no page."""
    found = [path for path in options.templates.iterdir() if path.suffix != ".html"]
    content = options.content.iterdir() if options.content.is_dir() else ()  # reading tells where there is none
    found += (path for path in content if path.suffix != ".md")
    for path in sorted(found, key=lambda path: path.name):
        if path.is_file() and not path.name.startswith("."):
            yield path.name, path.read_bytes()
