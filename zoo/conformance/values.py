"""A vector's values as a reader wants them: numbers instead of packed bits, and the first few of many.

Decimals are ECMAScript's shortest, so each is the very number; −0 stays −0.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import Any

from generator.ecmascript import number
from zoo.conformance.suite import Vector

FORMS = {"u8": "B", "u32": "I", "f32": "f", "f64": "d"}
SHOWN = 3  # elements of an array that are spelled out
_PACKED = re.compile(r"(u8|u32|f32|f64):([0-9a-f]*)")


def given(vector: Vector) -> str:
    """Write what goes in, `x 0, -0, 1 … 12 in all`."""
    return "; ".join(map(" ".join, pairs(vector.given, SHOWN))) or "nothing"


def wanted(vector: Vector) -> str:
    """Write what has to come out."""
    return "an error" if vector.out is None else "; ".join(map(" ".join, pairs(vector.out, SHOWN)))


def pairs(values: Mapping[str, Any], shown: int = 2 * SHOWN) -> list[tuple[str, str]]:
    """Give names and values, written."""
    return [(name, value(own, shown)) for name, own in values.items()]


def value(own: object, shown: int = SHOWN) -> str:
    """Write one value: a text in quotation marks, a number, or the first few of an array.

    >>> value("f64:3ff0000000000000"), value("f32:800000003f0000003f8000003e800000"), value("12abc"), value(None)
    ('1', '-0, 0.5, 1 … 4 in all', '“12abc”', 'none')
    """
    if own is None:
        return "none"
    if not isinstance(own, str):
        return str(own)
    packed = _PACKED.fullmatch(own)
    return _array(packed[1], packed[2], shown) if packed else f"“{_visible(own, 24 * shown)}”"


def _array(kind: str, digits: str, shown: int) -> str:
    form = FORMS[kind]
    width = 2 * struct.calcsize(f">{form}")
    count = len(digits) // width
    numbers = struct.unpack(f">{min(count, shown)}{form}", bytes.fromhex(digits[: width * min(count, shown)]))
    text = ", ".join(number(float(each)) for each in numbers)
    return f"{text} … {count:,} in all" if count > shown else text or "nothing"


def _visible(text: str, most: int) -> str:
    """Give a text on one line, what cannot be seen by its code point, and no more than so many characters."""
    seen = "".join(each if each.isprintable() else f"⟨U+{ord(each):04X}⟩" for each in text[:most])
    return f"{seen}…" if len(text) > most else seen
