"""Proving shards: that every byte is what its name says, and that the generator at hand draws the same file again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from zoo.errors import ZooError
from zoo.shards.drawing import HEADER, files, render_shard
from zoo.shards.plan import Galleries
from zoo.shards.store import MANIFEST, Listing, digest_of, galleries_of, path_of, read, root_of

UNREADABLE = (OSError, BadZipFile, KeyError, NotImplementedError, ValueError, TypeError, ZooError)


def concerns(path: Path) -> bool:
    """Tell whether a path is a folder, or the file of a shard."""
    if path.is_dir():
        return True
    try:
        with ZipFile(path) as file:
            return HEADER in file.namelist()
    except UNREADABLE:
        return False


def all_of(path: Path, again: int | None, jobs: int) -> Iterator[str]:
    """Prove a shard or an archive of them, a line for each thing that holds; ZooError tells all that does not.

    Of an archive as many shards as asked for, spread evenly, are drawn again; all where none is named.
    """
    yield from _archive(path, again, jobs) if path.is_dir() else _shard(path)


def _shard(path: Path) -> Iterator[str]:
    digest = digest_of(path)
    if path.stem != digest:
        raise ZooError(f"{path}: its SHA-256 is {digest}, expected its name")
    yield "1 shard, whose SHA-256 is its name"
    galleries = _galleries_in(path)
    if drawn(galleries) != digest:
        raise ZooError("\n".join(_differences(path, galleries)))
    yield f"{galleries.galleries:,} galleries drawn again, with every byte the same"


def _galleries_in(path: Path) -> Galleries:
    try:
        with ZipFile(path) as file:
            return galleries_of(json.loads(file.read(HEADER)))
    except UNREADABLE as error:
        raise ZooError(f"{path}: not a shard that can be read ({type(error).__name__}: {error})") from error


def drawn(galleries: Galleries) -> str:
    """Give the SHA-256 of a shard as it is drawn here and now."""
    digest = sha256()
    for part in render_shard(galleries):
        digest.update(part)
    return digest.hexdigest()


def _differences(path: Path, galleries: Galleries) -> Iterator[str]:
    """Tell in what a shard is another than the one drawn: in which of its files, or in what is around them."""
    with ZipFile(path) as file:
        there = {entry.filename: partial(file.read, entry) for entry in file.infolist()}
        wrong = [name for name, data in files(galleries) if there.pop(name, bytes)() != data]
    wrong += there
    yield from (f"{path}: {name} is not what the generator draws" for name in wrong)
    if not wrong:
        yield f"{path}: its files are those that the generator draws, but the ZIP around them is another"


def _archive(folder: Path, again: int | None, jobs: int) -> Iterator[str]:
    listing = read(folder / MANIFEST)
    wrong = list(_untrue(folder / MANIFEST, listing))
    if not wrong:
        yield f"{listing.plan.whole.galleries:,} galleries in {len(listing.shards):,} shards, none missing"
        yield f"Merkle root {_root(listing)}"
    damaged = list(_damaged(folder, listing, jobs))
    if not damaged:
        size = sum(shard.size for shard in listing.shards)
        yield f"{len(listing.shards):,} shards, {size:,} bytes, each with the SHA-256 of its name"
    others = [] if wrong or damaged else list(_unlike(folder, listing, _spread(len(listing.shards), again), jobs))
    if wrong or damaged or others:
        raise ZooError("\n".join([*wrong, *damaged, *others]))
    count = len(_spread(len(listing.shards), again))
    yield f"{count:,} of {len(listing.shards):,} shards drawn again, with every byte the same"


def _untrue(path: Path, listing: Listing) -> Iterator[str]:
    """Tell what in a manifest does not agree with the rest of it."""
    plan, told = listing.plan, listing.told
    if [shard.seeds for shard in listing.shards] != [own.seeds for own in plan]:
        yield f"{path}: its shards are not those of its seeds"
    expected = {
        "merkle_root": _root(listing),
        "galleries": plan.whole.galleries,
        "bytes": sum(shard.size for shard in listing.shards),
    }
    yield from (
        f"{path}: {name} is {told.get(name)}, expected {own}" for name, own in expected.items() if told.get(name) != own
    )


def _root(listing: Listing) -> str:
    return root_of(shard.sha256 for shard in listing.shards)


def _damaged(folder: Path, listing: Listing, jobs: int) -> Iterator[str]:
    names = [shard.sha256 for shard in listing.shards]
    with ThreadPoolExecutor(jobs) as readers:
        for name, digest in zip(names, readers.map(lambda name: digest_of(path_of(folder, name)), names), strict=True):
            if digest != name:
                yield f"{path_of(folder, name)}: {'missing' if digest is None else 'damaged'}"


def _spread(count: int, wanted: int | None) -> Sequence[int]:
    """Give so many of the numbers below count, from the first to the last, or all."""
    if wanted is None or wanted >= count:
        return range(count)
    return [i * (count - 1) // max(wanted - 1, 1) for i in range(wanted)]


def _unlike(folder: Path, listing: Listing, numbers: Sequence[int], jobs: int) -> Iterator[str]:
    """Draw shards again, and tell which are others than those there."""
    own: Mapping[int, Galleries] = {number: listing.plan[number] for number in numbers}
    with ProcessPoolExecutor(jobs) as pool:
        for number, digest in zip(numbers, pool.map(drawn, own.values()), strict=True):
            if digest != (name := listing.shards[number].sha256):
                yield from _differences(path_of(folder, name), own[number])
