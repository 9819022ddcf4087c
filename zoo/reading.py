"""Reading the content as a build's options ask, but for pages that did not change since the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model import generators
from zoo import grid
from zoo.content import Read, gather
from zoo.desk import Proof, proofs_without
from zoo.errors import ContentError, Mistake, UsageError, ZooError, nearest
from zoo.exhibit import Front, Overrides, Zoo
from zoo.inputs import Inputs
from zoo.keys import page_key, pages_key
from zoo.notes import Note
from zoo.options import Options
from zoo.publishing import Published

Desks = Callable[[Front | None, Sequence[Path]], Iterator[Proof]]  # give what each page holds, in order


@dataclass(frozen=True)
class Reading:
    """A zoo as it was read: its pages' keys and the lines of their ids by slug, and notes of those that may be kept.

    published holds by slug what was published at once.
    """

    zoo: Zoo
    keys: Mapping[str, str]
    id_lines: Mapping[str, int]
    kept: Mapping[str, Note]
    published: Mapping[str, Published]


def read(options: Options) -> Zoo:
    """Read the content as the options ask; UsageError for a wrong option, ContentError for mistakes in the content."""
    return reading(options, Inputs(), {}, proofs_without).zoo


def reading(options: Options, inputs: Inputs, notes: Mapping[str, Note], desks: Desks) -> Reading:
    """Read the content as read does, but for pages whose key is that of a note."""
    own_overrides = overrides(options)
    keys: dict[str, str] = {}
    published: dict[str, Published] = {}
    lines: dict[str, int] = {}
    kept: dict[str, Note] = {}

    def pages(front: Front | None, paths: Sequence[Path]) -> Iterable[Read]:
        keys.update(_page_keys(front, paths, options, inputs))
        slugs = [path.stem for path in paths]
        kept.update({slug: notes[slug] for slug in slugs if slug in notes and notes[slug].key == keys.get(slug)})
        proofs = desks(front, [path for slug, path in zip(slugs, paths, strict=True) if slug not in kept])
        found = []
        for slug in slugs:
            proof = Proof(_as_read(kept[slug])) if slug in kept else next(proofs)
            found.append(proof.read)
            lines[slug] = proof.read.id_line
            if proof.published:
                published[slug] = proof.published
        return found

    zoo = gather(options.content, pages, drafts=options.drafts, strict=options.strict)
    try:
        zoo = replace(zoo, exhibits=tuple(own_overrides.apply(exhibit) for exhibit in zoo.exhibits))
    except ZooError as error:
        raise UsageError(str(error)) from error
    if not options.yes:
        _refuse_absurd_grids(zoo)
    shown = {exhibit.slug for exhibit in zoo.exhibits}
    kept = {slug: note for slug, note in kept.items() if slug in shown}
    return Reading(zoo, keys, lines, kept, published)


def _page_keys(front: Front | None, paths: Iterable[Path], options: Options, inputs: Inputs) -> dict[str, str]:
    """Give the key of each page that is a file, by slug."""
    if front is None:
        return {}
    shared = pages_key(options, [front.title, front.description, front.base], inputs)
    digests = inputs.of(options.content)
    return {path.stem: page_key(shared, digest) for path in paths if (digest := digests.get(path.name))}


def _as_read(note: Note) -> Read:
    return Read(note.exhibit, note.id_line, note.warnings)


def overrides(options: Options) -> Overrides:
    """Give the grids that the options ask for; UsageError where they ask for none that can be."""
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
