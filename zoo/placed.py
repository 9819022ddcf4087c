"""What was placed in a new tree: files with the digests of their bytes, and what tells them from any later ones."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

Stamp = tuple[int, int, int]  # of a file: modification time in ns, size, inode


class Placed(NamedTuple):
    """A file of the new tree: its name, the SHA-256 of its bytes, and its stamp if it had to be written."""

    name: str
    digest: str
    fresh: Stamp | None = None

    @property
    def written(self) -> bool:
        """Whether it had to be written."""
        return self.fresh is not None


class Files:
    """Files of the new tree in columns, which take a third of the room, and half the time from process to process."""

    def __init__(self, files: Iterable[Placed] = ()) -> None:
        """Begin with some."""
        self.names: list[str] = []
        self._digests = bytearray()
        self._fresh = array("Q")  # three numbers a file, all 0 for one that is not
        self += files

    def __iadd__(self, files: Iterable[Placed]) -> Self:
        """Add more."""
        if isinstance(files, Files):
            self.names += files.names
            self._digests += files._digests
            self._fresh += files._fresh
            return self
        for name, digest, fresh in files:
            self.names.append(name)
            self._digests += bytes.fromhex(digest)
            self._fresh.extend(fresh or (0, 0, 0))
        return self

    def __iter__(self) -> Iterator[Placed]:
        """Give each file."""
        for i, name in enumerate(self.names):
            time, size, inode = self._fresh[3 * i : 3 * i + 3]
            yield Placed(name, self._digests[32 * i : 32 * i + 32].hex(), (time, size, inode) if inode else None)
