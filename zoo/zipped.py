"""A ZIP whose every byte follows from the names and bytes of its files: nothing in it is a matter of taste.

Files are stored, not compressed, in order of their names in UTF-8; each is dated 1 January 1980, the first day ZIP
knows, and readable by all. Folders have no entries, files no comments and no extra fields but ZIP64's, which stand
only where a number is too large without. So whoever has read the files can tell what the rest must be.

Source: APPNOTE.TXT 6.3.10, PKWARE.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END_64, LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
UNIX, PLAIN_FILE = 3, 0o100644
DATE, TIME = 0x0021, 0
VERSION, VERSION_64 = 20, 45
UTF_8 = 0x0800  # the flag of a name beyond ASCII
MOST_32, MOST_16 = 0xFFFFFFFF, 0xFFFF  # what stands where the number itself is in the ZIP64 part
CHUNK = 2**20  # bytes read at a time
HEADER = struct.Struct("<4s5H3L2H")


class Entry(NamedTuple):
    """A file of the ZIP: its name, the size and CRC-32 of its bytes, and where its header begins."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def start(self) -> int:
        """Where its bytes begin."""
        return self.offset + len(local_header(self))


def _head(entry: Entry, large: bool) -> tuple[int, ...]:  # noqa: FBT001 of one file alone
    flags = 0 if entry.name.isascii() else UTF_8
    return (VERSION_64 if large else VERSION, flags, 0, TIME, DATE, entry.crc)


def local_header(entry: Entry) -> bytes:
    """Give what stands before the bytes of a file."""
    name, large = entry.name.encode(), entry.size >= MOST_32
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.size) if large else b""
    size = min(entry.size, MOST_32)
    return HEADER.pack(LOCAL, *_head(entry, large), size, size, len(name), len(extra)) + name + extra


def central_header(entry: Entry) -> bytes:
    """Give what stands in the directory for a file."""
    name = entry.name.encode()
    large = [number for number in (entry.size, entry.size, entry.offset) if number >= MOST_32]
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    head = _head(entry, bool(large))
    size, offset = min(entry.size, MOST_32), min(entry.offset, MOST_32)
    numbers = (size, size, len(name), len(extra), 0, 0, 0, PLAIN_FILE << 16, offset)
    return struct.pack("<4s2B5H3L5H2L", CENTRAL, head[0], UNIX, *head, *numbers) + name + extra


def ending(count: int, start: int, size: int) -> bytes:
    """Give what stands behind a directory of so many files, which begins at start and has a size in bytes."""
    numbers = (min(count, MOST_16), min(count, MOST_16), min(size, MOST_32), min(start, MOST_32))
    end = struct.pack("<4s4H2LH", END, 0, 0, *numbers, 0)
    if count < MOST_16 and start < MOST_32 and size < MOST_32:
        return end
    version = (VERSION_64, UNIX, VERSION_64)
    whole = struct.pack("<4sQ2BH2L4Q", END_64, 44, *version, 0, 0, count, count, size, start)
    return whole + struct.pack("<4sLQL", LOCATOR_64, 0, start + size, 1) + end


def directory(entries: Iterable[Entry], start: int) -> Iterator[tuple[str, bytes]]:
    """Give everything behind the last file in parts, each with what it is."""
    count, size = 0, 0
    for entry in entries:
        part = central_header(entry)
        count, size = count + 1, size + len(part)
        yield f"{entry.name}: its entry in the directory", part
    yield "the end of the directory", ending(count, start, size)


def fault_of(name: str) -> str | None:
    """Tell what makes a name unfit for files on some system or lead out of the folder, or give None."""
    parts = name.split("/")
    if "" in parts or "." in parts or ".." in parts or PurePosixPath(name).is_absolute():
        return "leads elsewhere, expected a path below the archive's folder"
    if not name.isprintable() or "\\" in name or "%" in name:
        return "holds a character that not every system or manifest can, expected letters, digits, hyphens and dots"
    return None


class Writer:
    """Writes a ZIP into an empty file, entry by entry in order of name, then its directory."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin at the file's beginning."""
        self.entries: list[Entry] = []
        self._file = file

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """Add a file of a known size; ValueError if its name is out of order or its size is another."""
        if self.entries and name.encode() <= self.entries[-1].name.encode():
            raise ValueError(f"{name} comes before {self.entries[-1].name}")
        blank = Entry(name, size, 0, self._file.tell())
        self._file.write(local_header(blank))
        crc, written = 0, 0
        for chunk in chunks:
            crc, written = zlib.crc32(chunk, crc), written + len(chunk)
            self._file.write(chunk)
        if written != size:
            raise ValueError(f"{name} changed while it was packed")
        self.entries.append(blank._replace(crc=crc))
        end = self._file.tell()
        self._file.seek(blank.offset)
        self._file.write(local_header(self.entries[-1]))
        self._file.seek(end)

    def close(self) -> None:
        """Write the directory."""
        for _, part in directory(self.entries, self._file.tell()):
            self._file.write(part)
