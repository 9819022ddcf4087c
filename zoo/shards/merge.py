"""Merging: the shards of parts, drawn by jobs that knew nothing of each other, in one folder with one manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from zoo.errors import ZooError
from zoo.shards.plan import Plan
from zoo.shards.store import UNFINISHED, Shard, digest_of, finish, path_of, read

NOTES = "part-*-of-*.json"
Noted = Mapping[int, tuple[Shard, Path]]  # by number: a shard that a part says it has, and the part's folder


def merge(folder: Path, parts: Sequence[Path]) -> tuple[dict[int, Shard], str]:
    """Gather what the parts noted, there and in the folder; give the shards and the Merkle root.

    ZooError says all that is missing, or that the parts are not of one archive; then there is no manifest.
    """
    notes = [path for place in dict.fromkeys((folder, *parts)) for path in sorted(place.glob(NOTES))]
    plan, noted = _noted(notes, folder)
    wrong = [what for number in sorted(noted) for what in _gather(*noted[number], folder)]
    if wrong:
        raise ZooError("\n".join(wrong))
    found = {number: shard for number, (shard, _) in noted.items()}
    root = finish(plan, folder, found)
    for path in folder.glob(NOTES):
        path.unlink()
    return found, root


def _noted(notes: Sequence[Path], folder: Path) -> tuple[Plan, Noted]:
    """Read the notes of all parts; ZooError where they disagree or one is missing."""
    if not notes:
        raise ZooError(
            f"{folder}: no parts to merge, expected such as `shards --shard 1/5` leaves there or in the others"
        )
    listings = {path: read(path) for path in notes}
    plan, counts = listings[notes[0]].plan, set[int]()
    noted: dict[int, tuple[Shard, Path]] = {}
    present: set[int] = set()
    for path, listing in listings.items():
        number, count = _place_of(path)
        own = range(number - 1, len(plan), count)
        counts.add(count)
        present.add(number)
        seeds = [plan[k].seeds for k in own]
        if listing.plan != plan or len(counts) > 1 or seeds != [shard.seeds for shard in listing.shards]:
            raise ZooError(f"{path}: a part of another archive than {notes[0]}")
        noted |= {k: (shard, path.parent) for k, shard in zip(own, listing.shards, strict=True)}
    if missing := sorted(set(range(1, counts.pop() + 1)) - present):
        raise ZooError(f"{folder}: part {', '.join(map(str, missing))} of {count} is missing")
    return plan, noted


def _place_of(path: Path) -> tuple[int, int]:
    _, number, _, count = path.stem.split("-")
    return int(number), int(count)


def _gather(shard: Shard, place: Path, folder: Path) -> Iterator[str]:
    """Have a shard of a part in the folder, or tell that it is not whole anywhere."""
    source, target = path_of(place, shard.sha256), path_of(folder, shard.sha256)
    if digest_of(target) == shard.sha256:
        return
    if source == target or digest_of(source) != shard.sha256:
        yield f"{source}: missing or damaged, seeds {shard.seeds}; run its part again"
        return
    unfinished = folder / UNFINISHED / source.name
    for path in (unfinished, target):
        path.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    try:
        os.link(source, unfinished)
    except OSError:  # another file system
        shutil.copyfile(source, unfinished)
    unfinished.replace(target)
