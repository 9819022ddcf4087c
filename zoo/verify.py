"""Proving an archive: that it is what was packed, byte for byte, and that the generator draws what it shows.

First the file itself. In a ZIP as `archive` writes it all but the bytes of the files follows from the files; those are
held against their CRC-32 and the manifests, and the manifests against the tag manifests. Then every gallery of every
grid.json is drawn by the generator at hand, so that a picture that was changed together with all its digests is found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from zoo import HOUSE, bag, crate
from zoo.contents import Contents, opened
from zoo.errors import ZooError
from zoo.redraw import exhibit, exhibits


def all_of(path: Path) -> Iterator[str]:
    """Prove an archive, a line for each thing that holds; at the end raise ZooError with all that does not."""
    with opened(path) as contents:
        wrong = list(contents.wrong)
        for looked_at, found in _checks(contents) if contents.whole else ():
            wrong += found
            if not found:
                yield looked_at
    if wrong:
        raise ZooError("\n".join(f"{path}: {what}" for what in wrong))


def _checks(contents: Contents) -> Iterator[tuple[str, list[str]]]:
    size = sum(found.entry.size for found in contents.files.values())
    if not contents.wrong:
        yield (
            f"{len(contents.files):,} files, {size:,} bytes of theirs, and every byte between as `archive` writes it",
            [],
        )
    yield (
        "2 manifests and 2 tag manifests agree with every file, nothing is missing and nothing is more",
        _bag(contents),
    )
    yield "the crate describes its files as they are", list(_crate(contents))
    for slug in exhibits(contents):
        yield exhibit(contents, slug)
    yield _source(contents), []


def _bag(contents: Contents) -> list[str]:
    missing = [f"{name} is missing" for name in bag.TAGS if name not in contents.files]
    strange = [name for name in contents.files if name not in bag.TAGS and not name.startswith(bag.PAYLOAD)]
    found = [*missing, *(f"{name} is no file of a bag" for name in strange)]
    return found or [*_tags(contents), *_manifests(contents)]


def _tags(contents: Contents) -> Iterator[str]:
    if contents.data("bagit.txt") != bag.DECLARATION:
        yield "bagit.txt is not the declaration of a BagIt 1.0 bag in UTF-8"
    payload = [found.entry for name, found in contents.files.items() if name.startswith(bag.PAYLOAD)]
    oxum = f"Payload-Oxum: {sum(own.size for own in payload)}.{len(payload)}"
    if oxum not in contents.data("bag-info.txt").decode(errors="replace").split("\n"):
        yield f"bag-info.txt does not say {oxum}"


def _manifests(contents: Contents) -> Iterator[str]:
    for algorithm in bag.ALGORITHMS:
        for kind in ("manifest", "tagmanifest"):
            name = f"{kind}-{algorithm}.txt"
            if contents.listing(kind, algorithm) != contents.files[name].sha256:
                yield from _unlike(contents, name, algorithm)


def _unlike(contents: Contents, name: str, algorithm: str) -> Iterator[str]:
    """Tell in what a manifest differs from what it ought to be."""
    lines = [text.partition("  ") for text in contents.data(name).decode(errors="replace").split("\n") if text]
    noted = {listed: digest for digest, _, listed in lines}
    kept = set(contents.listed(name.partition("-")[0]))
    differing = [own for own in sorted(kept & noted.keys()) if contents.digest(own, algorithm) != noted[own]]
    found = [
        *(f"{own}: its {algorithm.upper()} is not the one in {name}" for own in differing),
        *(f"{own} is not in {name}" for own in sorted(kept - noted.keys())),
        *(f"{own} is in {name}, but not in the archive" for own in sorted(noted.keys() - kept)),
    ]
    yield from found or [f"{name} is not written as `archive` writes it"]


def _crate(contents: Contents) -> Iterator[str]:
    name = bag.PAYLOAD + crate.METADATA
    try:
        graph = json.loads(contents.data(name))["@graph"]
        described = [own for own in graph if "File" in own["@type"] and not own["@id"].startswith("#")]
        told = {unquote(own["@id"]): (own["contentSize"], own["sha256"]) for own in described}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        yield f"{name}: not a description that `archive` wrote ({type(error).__name__}: {error})"
        return
    for path, known in told.items():
        found = contents.files.get(bag.PAYLOAD + path)
        if found is None or known != (str(found.entry.size), found.sha256):
            yield f"{name}: {path} is {'described otherwise' if found else 'described, but not there'}"


def _source(contents: Contents) -> str:
    """Say whether the generator at hand is the archive's own."""
    start = f"{bag.PAYLOAD}generator/"
    packed = {
        name.removeprefix(bag.PAYLOAD): own.sha256 for name, own in contents.files.items() if name.startswith(start)
    }
    other = [name for name, digest in packed.items() if _digest(HOUSE / name) != digest]
    if not other:
        return "the generator at hand is the one in the archive, byte for byte"
    return f"the generator at hand differs from the one in the archive: {', '.join(sorted(other))}"


def _digest(path: Path) -> str | None:
    return bag.source("", path).sha256 if path.is_file() else None
