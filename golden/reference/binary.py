"""Binary numbers and the packed strings in which they travel (PROTOCOL.md, Numbers)."""

from __future__ import annotations

import math
import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = {"u8": "B", "u32": "I", "f32": "f", "f64": "d"}
DIGITS = {"u8": 2, "u32": 8, "f32": 8, "f64": 16}
HEX = re.compile("[0-9a-fA-F]*")
ULP = 2.0**-52  # of numbers in [1, 2)


def f32(x: float) -> float:
    """X rounded to binary32, half to even, and widened again (ZOO-NUM-2)."""
    return float(struct.unpack("f", struct.pack("f", x))[0])


def pack(tag: str, numbers: Iterable[float]) -> str:
    """Write numbers as a packed string: `u8` and 1, 255 make `u8:01ff`."""
    code = FORMATS[tag]
    return tag + ":" + b"".join(struct.pack(">" + code, number) for number in numbers).hex()


def unpack(text: str) -> tuple[float, ...]:
    """Give the numbers of a packed string, ints for u8 and u32; ValueError if it is none."""
    tag, colon, digits = text.partition(":")
    if not colon or tag not in FORMATS or len(digits) % DIGITS[tag] or not HEX.fullmatch(digits):
        raise ValueError(f"{text[:40]!r} is no packed string")
    raw = bytes.fromhex(digits)
    return struct.unpack(f">{len(raw) // struct.calcsize(FORMATS[tag])}{FORMATS[tag]}", raw)


def u32(number: int) -> str:
    """One word, packed."""
    return pack("u32", [number])


def f64(*numbers: float) -> str:
    """Binary64 numbers, packed."""
    return pack("f64", numbers)


def double(bits: int | str) -> float:
    """Give the binary64 number with these bits, given as an int or in hex."""
    word = int(bits, 16) if isinstance(bits, str) else bits
    return float(struct.unpack(">d", struct.pack(">Q", word))[0])


def bits(x: float) -> int:
    """Give the 64 bits of a binary64 number."""
    return int(struct.unpack(">Q", struct.pack(">d", x))[0])


def below(x: float) -> float:
    """Give the neighbour toward −∞."""
    return math.nextafter(x, -math.inf)


def above(x: float) -> float:
    """Give the neighbour toward +∞."""
    return math.nextafter(x, math.inf)
