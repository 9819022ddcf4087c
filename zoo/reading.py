"""Reading the content as a build's options ask, but for pages that did not change since the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.model import Generator, generators
from zoo import grid
from zoo.content import Read, gather, read_each
from zoo.errors import ContentError, Mistake, UsageError, ZooError, nearest
from zoo.exhibit import Front, Overrides, Zoo
from zoo.inputs import Inputs
from zoo.keys import page_key, pages_key
from zoo.notes import Note
from zoo.options import Options
from zoo.workers import Workers


@dataclass(frozen=True)
class Reading:
    """A zoo as it was read: its pages' keys and the lines of their ids by slug, and notes of those that may be kept."""

    zoo: Zoo
    keys: Mapping[str, str]
    id_lines: Mapping[str, int]
    kept: Mapping[str, Note]


def read(options: Options) -> Zoo:
    """Read the content as the options ask; UsageError for a wrong option, ContentError for mistakes in the content."""
    return reading(options, Inputs(), {}, Workers(1)).zoo


def reading(options: Options, inputs: Inputs, notes: Mapping[str, Note], workers: Workers) -> Reading:
    """Read the content as read does, but for pages whose key is that of a note."""
    overrides = _overrides(options)
    keys: dict[str, str] = {}
    lines: dict[str, int] = {}
    kept: dict[str, Note] = {}

    def pages(front: Front | None, paths: Sequence[Path]) -> Iterable[Read]:
        keys.update(_page_keys(front, paths, options, inputs))
        slugs = [path.stem for path in paths]
        kept.update({slug: notes[slug] for slug in slugs if slug in notes and notes[slug].key == keys.get(slug)})
        fresh = [path for slug, path in zip(slugs, paths, strict=True) if slug not in kept]
        read = workers.map(_reader(front), fresh)
        found = [_as_read(kept[slug]) if slug in kept else next(read) for slug in slugs]
        lines.update({slug: own.id_line for slug, own in zip(slugs, found, strict=True)})
        return found

    zoo = gather(options.content, pages, drafts=options.drafts, strict=options.strict)
    try:
        zoo = replace(zoo, exhibits=tuple(overrides.apply(exhibit) for exhibit in zoo.exhibits))
    except ZooError as error:
        raise UsageError(str(error)) from error
    if not options.yes:
        _refuse_absurd_grids(zoo)
    shown = {exhibit.slug for exhibit in zoo.exhibits}
    return Reading(zoo, keys, lines, {slug: note for slug, note in kept.items() if slug in shown})


def _reader(front: Front | None) -> Callable[[Sequence[Path]], list[Read]]:
    return partial(_read_lightly, generators(), front.base if front else None)


def _read_lightly(generators: Mapping[str, Generator], base: str | None, paths: Sequence[Path]) -> list[Read]:
    """Read exhibits' pages without what only their reading needs to know, since they may go to another process."""
    return [_lightened(own) for own in read_each(generators, base, paths)]


def _lightened(own: Read) -> Read:
    if own.exhibit is None:
        return own
    return replace(own, exhibit=replace(own.exhibit, body=replace(own.exhibit.body, facts={}, panel={})))


def _page_keys(front: Front | None, paths: Iterable[Path], options: Options, inputs: Inputs) -> dict[str, str]:
    """Give the key of each page that is a file, by slug."""
    if front is None:
        return {}
    shared = pages_key(options, [front.title, front.description, front.base], inputs)
    digests = inputs.of(options.content)
    return {path.stem: page_key(shared, digest) for path in paths if (digest := digests.get(path.name))}


def _as_read(note: Note) -> Read:
    return Read(note.exhibit, note.id_line, note.warnings)


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
