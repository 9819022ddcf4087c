"""The files of a site: those a build made, known by their digests, and those that are somebody else's.

A new tree is filled beside the old one, whose files it has already, by other names of the same inodes: so what did not
change keeps its modification time, and nothing is ever written into a file that the old tree shares.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from zoo.errors import ZooError
from zoo.manifest import FILE_MODE, stamp_of
from zoo.placed import Files, Placed, Stamp

FOLDER_MODE = 0o755
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True)
class Staging:
    """A tree in the making, and the old one it will replace.

    known holds the files of the old tree that are as a build made them, with their digests; they are in the new tree
    already. strangers are files there that no build made, whose place is taken by force alone.
    """

    folder: str
    old: str
    known: Mapping[str, str] = field(default_factory=dict)
    strangers: frozenset[str] = frozenset()
    force: bool = False

    def put(self, name: str, data: bytes) -> Placed:
        """Place a file; nothing is written where it is there with the same bytes."""
        digest = sha256(data).hexdigest()
        known = self.known.get(name)
        if known == digest:
            return Placed(name, digest)
        if known is not None:
            os.unlink(f"{self.folder}/{name}")  # noqa: PTH108 a Path a file costs as much as the write
        elif self.strangers:
            self._make_room(name)
        try:
            written = _write(f"{self.folder}/{name}", data)
        except FileExistsError:  # an empty folder of somebody else's
            self._make_room(name)
            written = _write(f"{self.folder}/{name}", data)
        return Placed(name, digest, written)

    def put_all(self, files: Iterable[tuple[str, bytes]]) -> Files:
        """Place many files, as put does each, but of a tree that is all new without a look at an old one."""
        placed = Files()
        if self.known or self.strangers:
            placed += (self.put(name, data) for name, data in files)
            return placed
        for name, data in files:
            try:
                placed.add(name, sha256(data).digest(), _write(f"{self.folder}/{name}", data))
            except FileExistsError:
                placed += [self.put(name, data)]
        return placed

    def recall(self, name: str) -> bytes | None:
        """Give the bytes of a file that is as the last build made it, or None where it is not."""
        return Path(self.folder, name).read_bytes() if name in self.known else None

    def keep(self, name: str) -> Placed:
        """Leave a file of the old tree that is as the last build made it."""
        return Placed(name, self.known[name])

    def remove(self, name: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        os.unlink(f"{self.folder}/{name}")  # noqa: PTH108
        while "/" in name:
            name = name.rpartition("/")[0]
            try:
                os.rmdir(f"{self.folder}/{name}")  # noqa: PTH106
            except OSError:
                return

    def _make_room(self, name: str) -> None:
        """Take a stranger's place by force, or raise ZooError."""
        above = (own for own in accumulate(name.split("/"), "{}/{}".format) if own in self.strangers)
        place = next((own for own in above if not _is_folder(f"{self.folder}/{own}")), name)
        if not os.path.lexists(f"{self.folder}/{place}"):
            return
        if not self.force:
            where = f"{self.old}/{place}"
            raise ZooError(f"{where} was made by no build, and the site needs its place: move it, or say --force")
        _discard(f"{self.folder}/{place}")


def _write(path: str, data: bytes) -> Stamp:
    """Write a new file, and give its stamp."""
    try:
        descriptor = os.open(path, NEW, FILE_MODE)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        descriptor = os.open(path, NEW, FILE_MODE)
    try:
        written = os.write(descriptor, data)
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
        return stamp_of(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def mirror(source: str, target: str, top: str = "") -> Iterator[str]:
    """Make a folder hold what another holds, its files as further links and its folders, and nothing else.

    Gives the name of each file. Costs a look at both folders, and changes only where they differ; what a killed build
    left half made in the target does no harm.
    """
    here, there = _contents(target), _contents(source)
    same = {name for name in here.keys() & there.keys() if _same(here[name], there[name])}
    for name in here.keys() - same:
        _discard(here[name].path)
    for name, own in there.items():
        if own.is_dir(follow_symlinks=False):
            if name not in same:
                os.mkdir(f"{target}/{name}", FOLDER_MODE)  # noqa: PTH102
            yield from mirror(own.path, f"{target}/{name}", f"{top}{name}/")
        else:
            if name not in same:
                _link(own.path, f"{target}/{name}")
            yield f"{top}{name}"


def _contents(folder: str) -> dict[str, os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return {entry.name: entry for entry in found}


def _same(one: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Tell whether both are folders, or names of one file."""
    folders = one.is_dir(follow_symlinks=False), other.is_dir(follow_symlinks=False)
    if any(folders):
        return all(folders)
    return os.path.samestat(one.stat(follow_symlinks=False), other.stat(follow_symlinks=False))


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)  # noqa: PTH112, PTH114


def _discard(path: str) -> None:
    if _is_folder(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)  # noqa: PTH108


def _link(source: str, target: str) -> None:
    """Give a file a second name; a copy where there are no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # not every file system has links
        shutil.copy2(source, target, follow_symlinks=False)
