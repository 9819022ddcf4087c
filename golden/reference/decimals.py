"""ECMAScript's Math.round and toFixed, decided exactly (ZOO-RND, ZOO-FIX)."""

from __future__ import annotations

import math
from fractions import Fraction


def math_round(q: float) -> int:
    """Give the nearest integer, of two equally near the larger: 0.5 → 1, 2.5 → 3, 0.49999999999999994 → 0."""
    floor = math.floor(q)
    return floor + 1 if q - floor >= 0.5 else floor


def to_fixed(x: float, places: int) -> str:
    """Write x with so many decimals; the exact binary value decides, an exact tie goes up: 0.125 → 0.13."""
    scaled = math.floor(Fraction(abs(x)) * 10**places + Fraction(1, 2))
    digits = str(scaled).rjust(places + 1, "0")
    return ("-" if x < 0 else "") + digits[:-places] + "." + digits[-places:]
