"""What is in an archive: its files, read once from first byte to last, and what is wrong with the ZIP itself."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import new, sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from zoo import bag
from zoo.unzipped import Broken, read, walk
from zoo.zipped import Entry


class Found(NamedTuple):
    """A file of an archive: its place in the ZIP, and its SHA-256."""

    entry: Entry
    sha256: str


@dataclass
class Contents:
    """The files of an archive by their names below its one folder, and what is wrong.

    It is whole where the ZIP could be read to its end, so that what is missing is known to be.
    """

    file: BinaryIO
    top: str = ""
    whole: bool = False
    files: dict[str, Found] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def data(self, name: str) -> bytes:
        """Give the bytes of a file; KeyError where there is none of that name."""
        return b"".join(read(self.file, self.files[name].entry))

    def digest(self, name: str, algorithm: str) -> str:
        """Give a digest of a file."""
        if algorithm == "sha256":
            return self.files[name].sha256
        digest = new(algorithm)
        for chunk in read(self.file, self.files[name].entry):
            digest.update(chunk)
        return digest.hexdigest()

    def listed(self, kind: str) -> list[str]:
        """Give the files that manifests of a kind have to list, in order."""
        return [name for name in self.files if name.startswith(bag.PAYLOAD)] if kind == "manifest" else [*bag.LISTED]

    def listing(self, kind: str, algorithm: str) -> str:
        """Give the SHA-256 that a manifest has if it is right."""
        digest = sha256()
        for name in self.listed(kind):
            digest.update(bag.line(self.digest(name, algorithm), name))
        return digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[Contents]:
    """Read an archive; what is wrong with the ZIP is noted, and what could be read is there all the same."""
    with path.open("rb") as file:
        contents = Contents(file)
        try:
            walk(file, lambda entry: _note(contents, entry))
            contents.whole = True
        except Broken as broken:
            contents.wrong.append(str(broken))
        if not contents.files and not contents.wrong:
            contents.wrong.append("holds no file")
        yield contents


def _note(contents: Contents, entry: Entry) -> None:
    top, _, name = entry.name.partition("/")
    contents.top = contents.top or top
    if top != contents.top or not name:
        raise Broken(entry.offset, f"{entry.name} lies outside of {contents.top}/, expected one folder")
    crc, digest = 0, sha256()
    for chunk in read(contents.file, entry):
        crc = zlib.crc32(chunk, crc)
        digest.update(chunk)
    if crc != entry.crc:
        contents.wrong.append(f"{name}: its CRC-32 is {crc:08x}, the header says {entry.crc:08x}")
    contents.files[name] = Found(entry, digest.hexdigest())
