"""The digests of what a site is built from; a file that did not change since the last build need not be read again.

A file is known by its stamp: times of modification and of change, size, inode. subtle: two writes within one tick of a
file system's clock leave one stamp. So a stamp is noted only where it is older, by the longest tick there is, than the
moment at which the build that read the file began; a file changed after that has another stamp.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

TICK = 2_000_000_000  # ns: the coarsest clock in use, FAT's
Noted = tuple[int, int, int, int, str]  # a stamp, and the digest


class Inputs:
    """The digests of files, each read at most once by a build."""

    def __init__(self, noted: Mapping[str, Noted] | None = None, since: int = 0) -> None:
        """Take what the last build noted, and the moment this one began, in ns by the file system's clock."""
        self._noted = noted or {}
        self._since = since
        self._seen: dict[str, Noted] = {}
        self._places: dict[Path, dict[str, str]] = {}

    def of(self, place: Path) -> dict[str, str]:
        """Give the files below a folder, or the one file, with their digests; hidden and compiled ones do not count."""
        if place not in self._places:
            self._places[place] = dict(self._found(place))
        return self._places[place]

    def again(self) -> Inputs:
        """Give the inputs as they are now, for a second look."""
        return Inputs({**self._noted, **self.noted}, self._since)

    @property
    def noted(self) -> dict[str, Noted]:
        """What the next build may rely on."""
        return {path: own for path, own in self._seen.items() if max(own[0], own[1]) < self._since - TICK}

    def _found(self, place: Path) -> Iterator[tuple[str, str]]:
        top = os.path.abspath(place)  # noqa: PTH100 a name to note, not a place to resolve
        if place.is_file():
            yield place.name, self._digest(top, place.stat())
        elif place.is_dir():
            yield from ((path[len(top) + 1 :], self._digest(path, found)) for path, found in _files(top))

    def _digest(self, path: str, found: os.stat_result) -> str:
        stamp = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        noted = self._noted.get(path)
        digest = noted[4] if noted and tuple(noted[:4]) == stamp else sha256(Path(path).read_bytes()).hexdigest()
        self._seen[path] = (*stamp, digest)
        return digest


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Give the plain files below a folder, and what links lead to; in order of name, a folder's own files first."""
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_file():
            yield entry.path, entry.stat()
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("__pycache__"):
            yield from _files(entry.path)
