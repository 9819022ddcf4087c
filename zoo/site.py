"""Building a site: nothing where nothing has changed, else a new one that takes the place of the old one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from zoo import HOUSE, tree
from zoo.errors import ZooError
from zoo.keys import site_key
from zoo.options import Built, Options
from zoo.workshop import staging, take_place, workshop

RECORD = "record.json"


@dataclass(frozen=True)
class Record:
    """What the last build noted: the keys it built from, the digest of the manifest it wrote, and its counts.

    key is that of the whole, keys are those of its parts by folder.
    """

    key: str = ""
    manifest: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=dict)


def silent(*_counts: int) -> None:
    """Take news of a build and keep them."""


def build(
    options: Options, progress: Callable[[int, int], None] = silent, waiting: Callable[[], None] = silent
) -> Built:
    """Build the site; ContentError for mistakes in the content, ZooError where the output is not ours to replace.

    Calls waiting when another build of the same output has to end first.
    """
    output = options.output
    key = _key(options)
    _check_output(options)
    with workshop(output, waiting) as folder:
        record = _read_record(folder / RECORD, output)
        if not options.force and record.key == key and tree.intact(output, tree.made(output)):
            return Built(**record.counts)
        return _rebuild(options, folder, key, record, progress)


def _key(options: Options) -> str:
    return site_key(options.content, options.templates, options.golden, options.deciding)


def _rebuild(options: Options, folder: Path, key: str, record: Record, progress: Callable[[int, int], None]) -> Built:
    from zoo.making import make, read  # noqa: PLC0415 a build with nothing to do need not wait for NumPy

    zoo = read(options)
    with staging(folder, options.output) as new:
        made = make(zoo, options, new, {} if options.force else record.keys, progress)
        files = {file.name: file.digest for file in made.files}
        size = sum(os.stat(f"{new.folder}/{name}").st_size for name in files)  # noqa: PTH116
        counts: dict[str, Any] = {
            "exhibits": len(zoo.exhibits),
            "galleries": made.galleries,
            "files": len(files),
            "size": size,
        }
        counts |= {"notes": made.notes}
        manifest = new.put(tree.MANIFEST, tree.manifest(files))
        written = sum(file.written for file in made.files)
        if written or manifest.written:
            take_place(new, options.output, force=options.force)
    if key == _key(options):  # nothing was edited meanwhile
        noted = "" if made.warnings else key  # so that warnings are said again
        _write_record(folder / RECORD, Record(noted, manifest.digest, made.keys, counts))
    return Built(**counts, written=written, warnings=made.warnings)


def _check_output(options: Options) -> None:
    output = options.output
    if output.exists() and not output.is_dir():
        raise ZooError(f"{output} is a file, expected a folder to write the site to")
    if any(place.resolve().is_relative_to(output) for place in (options.content, options.templates, HOUSE)):
        raise ZooError(f"{output} holds what the site is built from, expected a folder of its own")
    strange = output.is_dir() and any(output.iterdir()) and not (output / tree.MANIFEST).is_file()
    if strange and not options.force:
        raise ZooError(f"{output} holds files that no build made; name another folder or say --force to build into it")


def _read_record(path: Path, output: Path) -> Record:
    """Give what the last build noted, or an empty record where it noted nothing of the site that is there now."""
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        manifest = sha256((output / tree.MANIFEST).read_bytes()).hexdigest()
        record = Record(**found)
    except (OSError, ValueError, TypeError):
        return Record()
    return record if record.manifest == manifest else Record()


def _write_record(path: Path, record: Record) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(record)) + "\n", encoding="utf-8")
    new.replace(path)
