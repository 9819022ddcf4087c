"""What was placed in a new tree: files with the digests of their bytes, and what tells them from any later ones."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
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
        names, digests, fresh = tuple(zip(*files, strict=True)) or ((), (), ())
        self.names += names
        self._digests += bytes.fromhex("".join(digests))
        self._fresh.extend(chain.from_iterable(own or (0, 0, 0) for own in fresh))
        return self

    def add(self, name: str, digest: bytes, fresh: Stamp) -> None:
        """Add one that had to be written."""
        self.names.append(name)
        self._digests += digest
        self._fresh.extend(fresh)

    def __iter__(self) -> Iterator[Placed]:
        """Give each file."""
        fresh = self.fresh
        for name, digest in self.digests.items():
            yield Placed(name, digest, fresh.get(name))

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file's bytes, by name."""
        text = self._digests.hex()
        return dict(zip(self.names, (text[at : at + 64] for at in range(0, len(text), 64)), strict=True))

    @property
    def fresh(self) -> dict[str, Stamp]:
        """The stamps of those that had to be written, by name."""
        stamps = zip(self._fresh[::3], self._fresh[1::3], self._fresh[2::3], strict=True)
        return {name: stamp for name, stamp in zip(self.names, stamps, strict=True) if stamp[2]}
