"""Reading a ZIP that has to be as `zipped` writes it: any other byte between the files is told, with its place."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from zoo.zipped import CENTRAL, CHUNK, END, END_64, HEADER, LOCAL, MOST_32, Entry, directory, fault_of, local_header

_FIELDS = (
    *("signature", "version", "flags", "method", "time", "date", "CRC-32"),
    *("packed size", "size", "length of the name", "length of the extra field"),
)


class Broken(Exception):  # noqa: N818 what it says of a file
    """What is wrong at a byte of the ZIP."""

    def __init__(self, at: int, what: str) -> None:
        """Say where, and what."""
        super().__init__(f"byte {at:,}: {what}")


def read(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Give the bytes of a file in pieces."""
    at, left = entry.start, entry.size
    while left:
        file.seek(at)
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise Broken(at, f"the ZIP ends inside {entry.name}")
        at, left = at + len(chunk), left - len(chunk)
        yield chunk


def walk(file: BinaryIO, seen: Callable[[Entry], object]) -> None:
    """Hand every file of a ZIP to seen, in order; Broken at the first byte between files that Writer would not write.

    The bytes of files, and whether the CRC-32 of an entry is theirs, are left to seen.
    """
    entries: list[Entry] = []
    at = 0
    while (entry := _entry(file, at)) is not None:
        if entries and entry.name.encode() <= entries[-1].name.encode():
            raise Broken(at, f"{entry.name} comes after {entries[-1].name}, expected each name once and in order")
        seen(entry)
        entries.append(entry)
        at = entry.start + entry.size
    for what, part in directory(entries, at):
        found = _at(file, at, len(part))
        if found != part:
            raise Broken(at + _first_difference(found, part), f"{what} is not as `archive` writes it")
        at += len(part)
    if _at(file, at, 1):
        raise Broken(at, "there are bytes behind the end")


def _at(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _entry(file: BinaryIO, at: int) -> Entry | None:
    """Read the header at a byte, or give None where the directory begins."""
    head = _at(file, at, HEADER.size)
    if head[:4] in (CENTRAL, END, END_64):
        return None
    if head[:4] != LOCAL or len(head) < HEADER.size:
        raise Broken(at, "neither the header of a file nor the directory stands here")
    _, _, flags, method, _, _, crc, _, size, name_length, extra_length = HEADER.unpack(head)
    rest = _at(file, at + HEADER.size, name_length + extra_length)
    name = _name(rest[:name_length], at + HEADER.size)
    if flags & 1 or method:
        raise Broken(at, f"{name}: {'encrypted' if flags & 1 else 'compressed'}, expected a file as it is")
    if size == MOST_32 and extra_length == 20:
        size = int(struct.unpack("<Q", rest[-8:])[0])
    entry = Entry(name, size, crc, at)
    expected, found = local_header(entry), head + rest
    if found != expected:
        where = _first_difference(found, expected)
        raise Broken(at + where, f"{name}: the {_field(where)} in its header is not as `archive` writes it")
    return entry


def _name(raw: bytes, at: int) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise Broken(at, f"the name {raw!r} is not UTF-8") from None
    if fault := fault_of(name):
        raise Broken(at, f"the name {name!r} {fault}")
    return name


def _field(offset: int) -> str:
    ends = [struct.calcsize(f"<{'4sHHHHHLLLHH'[: i + 2]}") for i in range(len(_FIELDS))]
    return next((name for name, end in zip(_FIELDS, ends, strict=True) if offset < end), "name or extra field")
