"""Reading a stage's packed inputs; what is not as the stage says is refused (ZOO-PROTO-6, ZOO-NUM-3)."""

from __future__ import annotations

import math

from reference.binary import unpack
from reference.species import Refused


def numbers(text: object, tag: str, count: int | None = None) -> list[float]:
    """Give the numbers of a packed input; Refused unless type and count are as the stage says."""
    if not isinstance(text, str) or not text.startswith(tag + ":"):
        raise Refused(f"{tag} wanted")
    try:
        found = list(unpack(text))
    except ValueError as error:
        raise Refused(str(error)) from error
    if count is not None and len(found) != count:
        raise Refused(f"{count} elements wanted, {len(found)} given")
    if not all(map(math.isfinite, found)):
        raise Refused("numbers must be finite")
    return found


def typed(text: object) -> str:
    """Give a text; Refused if it is none."""
    if not isinstance(text, str):
        raise Refused("a text wanted")
    return text


def whole(number: object) -> int:
    """Give a plain count of the protocol: an integer in [0, 2^53)."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**53:
        raise Refused("an integer below 2^53 wanted")
    return number


def within(number: object, count: int) -> int:
    """Give the index of one of so many."""
    if whole(number) >= count:
        raise Refused(f"{number} is not below {count}")
    return whole(number)
