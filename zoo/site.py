"""Building a site: nothing where nothing has changed, else a new one that takes the place of the old one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo import HOUSE, manifest
from zoo.errors import ZooError
from zoo.inputs import Inputs, Noted
from zoo.keys import site_key, templates_key
from zoo.options import Built, Options
from zoo.placed import Stamp
from zoo.tree import Staging
from zoo.workshop import moment, staging, take_place, workshop

if TYPE_CHECKING:
    from zoo.making import Made
    from zoo.means import Last

RECORD, NOTES = "record.json", "notes.jsonl"


@dataclass(frozen=True)
class Record:
    """What the last build noted: the keys it built from, the digest of the manifest it wrote, and its counts.

    key is that of the whole, keys are those of its parts by folder. inputs and stamps tell files that did not change
    since, of those it read and of those it made.
    """

    key: str = ""
    manifest: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Noted] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """Write the record as JSON."""
        return json.dumps(vars(self)).encode() + b"\n"


def silent(*_counts: int) -> None:
    """Take news of a build and keep them."""


def build(
    options: Options, progress: Callable[[int, int], None] = silent, waiting: Callable[[], None] = silent
) -> Built:
    """Build the site; ContentError for mistakes in the content, ZooError where the output is not ours to replace.

    Calls waiting when another build of the same output has to end first.
    """
    output = options.output
    _check_output(options)
    with workshop(output, waiting) as folder:
        begun = moment(folder)
        record = _read_record(folder / RECORD, output)
        inputs, files = Inputs(record.inputs, begun), manifest.made(output)
        key = _key(options, inputs)
        whole = manifest.whole(output, files, {} if options.force else record.stamps)
        if options.force or record.key != key or len(whole) != len(files):
            return _rebuild(options, _Start(folder, begun, key, inputs, files, whole), record, progress)
        known = replace(record, inputs=inputs.noted, stamps=_settled(whole, begun))
        if known != record:
            _write(folder / RECORD, known.encoded())
        return Built(**record.counts)


def _key(options: Options, inputs: Inputs) -> str:
    return site_key(options.content, options.templates, options.golden, options.deciding, inputs)


@dataclass(frozen=True)
class _Start:
    """What a build begins from: its workshop, its moment, key and inputs, and the old site's files, all and whole."""

    folder: Path
    begun: int
    key: str
    inputs: Inputs
    files: Mapping[str, str]
    whole: Mapping[str, Stamp]

    def known(self) -> dict[str, str]:
        """Give the digests of the whole files."""
        return {name: self.files[name] for name in self.whole}


def _rebuild(options: Options, start: _Start, record: Record, progress: Callable[[int, int], None]) -> Built:
    from zoo.making import make  # noqa: PLC0415 a build with nothing to do need not wait for NumPy
    from zoo.means import Means  # noqa: PLC0415
    from zoo.rendering import warm  # noqa: PLC0415
    from zoo.workers import Workers  # noqa: PLC0415

    prepare = partial(warm, options.templates, templates_key(options.templates, start.inputs))
    with Workers(options.jobs, prepare) as workers:
        means = Means(options, start.inputs, _last(options, start, record), workers, progress)
        with staging(start.folder, options.output, start.known(), force=options.force) as new:
            made = make(new, means)
            workers.end()
            return _finish(options, start, made, new)


def _last(options: Options, start: _Start, record: Record) -> Last:
    from zoo.means import Last  # noqa: PLC0415
    from zoo.notes import read  # noqa: PLC0415

    notes = start.folder / NOTES
    if options.force or not record.manifest or not notes.is_file():
        return Last({} if options.force else record.keys)
    damaged = {name.partition("/")[0] for name in start.files.keys() - start.whole.keys()}
    found = read(notes.read_bytes(), options.content)
    return Last(record.keys, {slug: note for slug, note in found.items() if slug not in damaged}, damaged)


def _finish(options: Options, start: _Start, made: Made, new: Staging) -> Built:
    """Put the new tree in the old one's place where they differ, and note what the next build may rely on."""
    from zoo.notes import write  # noqa: PLC0415

    files, fresh = made.files.digests, made.files.fresh
    for name in new.known.keys() - files.keys() - {manifest.MANIFEST}:
        new.remove(name)
    own = new.put(manifest.MANIFEST, manifest.encoded(files))
    kept = {name: start.whole[name] for name in files.keys() - fresh.keys()}
    settled = take_place(new, options.output) if fresh or own.written else start.begun
    size = sum(size for _, size, _ in (*kept.values(), *fresh.values()))
    galleries = sum(note.exhibit.grid.galleries for note in made.noted)
    counts: dict[str, Any] = {"exhibits": len(made.noted), "galleries": galleries, "files": len(files), "size": size}
    counts["notes"] = made.notes
    if start.key == _key(options, start.inputs.again()):  # nothing was edited meanwhile
        stamps = _settled(kept, start.begun) | _settled(fresh, settled)
        key = "" if made.warnings else start.key  # so that warnings are said again
        record = Record(key, own.digest, made.keys, counts, start.inputs.noted, stamps)
        _write(start.folder / NOTES, write(made.noted))
        _write(start.folder / RECORD, record.encoded())
    return Built(**counts, written=len(fresh), warnings=made.warnings)


def _settled(stamps: Mapping[str, Stamp], since: int) -> dict[str, Stamp]:
    """Give the stamps that tell a file from any later one of its name: those older than a moment it was whole at.

    subtle: a file that is written twice within one tick of the file system's clock has one stamp for both.
    """
    return {name: own for name, own in stamps.items() if own[0] < since}


def _check_output(options: Options) -> None:
    output = options.output
    if output.exists() and not output.is_dir():
        raise ZooError(f"{output} is a file, expected a folder to write the site to")
    if any(place.resolve().is_relative_to(output) for place in (options.content, options.templates, HOUSE)):
        raise ZooError(f"{output} holds what the site is built from, expected a folder of its own")
    strange = output.is_dir() and any(output.iterdir()) and not (output / manifest.MANIFEST).is_file()
    if strange and not options.force:
        raise ZooError(f"{output} holds files that no build made; name another folder or say --force to build into it")


def _read_record(path: Path, output: Path) -> Record:
    """Give what the last build noted, or an empty record where it noted nothing of the site that is there now."""
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        digest = sha256((output / manifest.MANIFEST).read_bytes()).hexdigest()
        stamps = {name: (time, size, inode) for name, (time, size, inode) in found.pop("stamps").items()}
        record = Record(**found, stamps=stamps)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Record()
    return record if record.manifest == digest else Record()


def _write(path: Path, data: bytes) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(data)
    new.replace(path)
