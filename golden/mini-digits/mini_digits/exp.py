"""The pinned exp of GAN-001 (MDG-EXP), for x ≤ 0."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reference.binary import bits, double


@dataclass(frozen=True)
class Constants:
    """fdlibm's constants; the search for deciding vectors swaps single ones."""

    ln2_hi: float = double("3fe62e42fee00000")
    ln2_lo: float = double("3dea39ef35793c76")
    inv_ln2: float = double("3ff71547652b82fe")
    p1: float = double("3fc555555555553e")
    p2: float = double("bf66c16c16bebd93")
    p3: float = double("3f11566aaf25de2c")
    p4: float = double("bebbbd41c5d26bf1")
    p5: float = double("3e66376972bea4d0")
    half_ln2: int = 0x3FD62E42  # high words of |x|
    three_half_ln2: int = 0x3FF0A2B2
    tiny: int = 0x3E300000


PINNED = Constants()
UNDERFLOW = double("c0874910d52d3051")


def exp(x: float, c: Constants = PINNED) -> float:
    """e^x for x ≤ 0, every operation in the order MDG-EXP gives."""
    if x < UNDERFLOW:
        return 0.0
    high = (bits(x) >> 32) & 0x7FFFFFFF
    k, hi, lo = 0, 0.0, 0.0
    if high > c.half_ln2:
        k = -1 if high < c.three_half_ln2 else int(c.inv_ln2 * x - 0.5)
        hi, lo = x - k * c.ln2_hi, k * c.ln2_lo
        x = hi - lo
    elif high < c.tiny:
        return 1.0 + x
    t = x * x
    p = x - t * (c.p1 + t * (c.p2 + t * (c.p3 + t * (c.p4 + t * c.p5))))
    if k == 0:
        return 1.0 - ((x * p) / (p - 2.0) - x)
    return scale(1.0 - ((lo - (x * p) / (2.0 - p)) - hi), k)


def scale(y: float, k: int) -> float:
    """y·2^k, rounded once even where the result is subnormal (MDG-EXP-6)."""
    if k >= -1021:
        return math.ldexp(y, k)
    return math.ldexp(y, k + 1000) * 2.0**-1000
