"""Seeds and the word stream: ToUint32, parseInt, Mulberry32 (ZOO-SEED, ZOO-PRNG)."""

from __future__ import annotations

import math
import re

from reference.binary import f32

MASK = 0xFFFFFFFF
STEP = 0x6D2B79F5
# ECMAScript's WhiteSpace and LineTerminator; Python's own str.strip and \s know others (ZOO-SEED-2).
WHITE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"  # noqa: E501
INTEGER = re.compile(r"([+-]?)([0-9]+)")


def to_uint32(number: float) -> int:
    """Give the number truncated toward zero, modulo 2^32: -1 → 4294967295, 1.9 → 1."""
    return int(number) & MASK


def parse_seed(text: str) -> int | None:
    """Give the seed a visitor typed, or None where the text is ignored: "12abc" → 12, "" → None."""
    match = INTEGER.match(text.lstrip(WHITE))
    if not match:
        return None
    value = float(match[2])  # the nearest binary64, all digits counted; inf beyond its range
    if math.isinf(value):
        return None
    return to_uint32(-value if match[1] == "-" else value)


def word(seed: int, n: int) -> int:
    """Output n of the stream, counted from 1; seed and n alone decide it."""
    t = (seed + n * STEP) & MASK
    r = ((t ^ (t >> 15)) * (1 | t)) & MASK
    r ^= (r + (((r ^ (r >> 7)) * (61 | r)) & MASK)) & MASK
    return r ^ (r >> 14)


def words(seed: int, skip: int, count: int) -> list[int]:
    """Give outputs skip+1 … skip+count."""
    return [word(seed, skip + i) for i in range(1, count + 1)]


def latent(drawn: list[int]) -> list[float]:
    """One number in [−1, 1] a word, rounded to binary32 once, at the end (ZOO-LAT-1)."""
    return [f32(w / 4294967296 * 2 - 1) for w in drawn]
