"""Reads the one kind of PNG the suite ships: 8-bit grey, not interlaced."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def chunks(data: bytes) -> dict[bytes, bytes]:
    """Give the chunks by type, IDATs joined."""
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + data[at + 8 : at + 8 + length]
        at += length + 12
    return found


def paeth(left: int, up: int, corner: int) -> int:
    """Give the neighbour nearest to left + up − corner."""
    p = left + up - corner
    return min((left, up, corner), key=lambda near: abs(p - near))


def read_grey(path: Path) -> list[bytes]:
    """Give the rows of the picture, top first."""
    parts = chunks(path.read_bytes())
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if (depth, colour, interlace) != (8, 0, 0):
        raise ValueError(f"{path.name}: not 8-bit grey")
    raw = zlib.decompress(parts[b"IDAT"])
    rows: list[bytes] = []
    above = bytes(width)
    for y in range(height):
        line = raw[y * (width + 1) : (y + 1) * (width + 1)]
        above = unfilter(line[0], line[1:], above)
        rows.append(above)
    return rows


def unfilter(kind: int, line: bytes, above: bytes) -> bytes:
    """One row with its filter undone."""
    row = bytearray(line)
    for x in range(len(row)):
        left, corner = (row[x - 1], above[x - 1]) if x else (0, 0)
        guess = (0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[kind]
        row[x] = (row[x] + guess) & 255
    return bytes(row)
