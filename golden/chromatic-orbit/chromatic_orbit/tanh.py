"""The pinned tanh of GAN-002 (ORB-TANH), through the pinned expm1 (ORB-EXPM)."""

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
    q1: float = double("bfa11111111110f4")
    q2: float = double("3f5a01a019fe5585")
    q3: float = double("bf14ce199eaadbb7")
    q4: float = double("3ed0cfca86e65239")
    q5: float = double("be8afdb76e09c32d")


PINNED = Constants()


def high(x: float) -> int:
    """Give the upper 32 bits of |x|."""
    return (bits(x) >> 32) & 0x7FFFFFFF


def reduced(x: float, c: Constants) -> tuple[float, float, int]:
    """Give r, what rounding it lost, and k, with x = k·ln 2 + r + lost (ORB-EXPM-2)."""
    if high(x) <= 0x3FD62E42:
        return x, 0.0, 0
    sign = math.copysign(1.0, x)
    k = int(sign) if high(x) < 0x3FF0A2B2 else int(c.inv_ln2 * x + 0.5 * sign)
    hi, lo = x - k * c.ln2_hi, k * c.ln2_lo
    r = hi - lo
    return r, (hi - r) - lo, k


def expm1(x: float, c: Constants = PINNED) -> float:
    """Give e^x − 1 for |x| ≤ 50, every operation in the order ORB-EXPM gives."""
    if high(x) >= 0x4043687A and x < 0:
        return -1.0
    if high(x) < 0x3C900000:
        return x
    r, lost, k = reduced(x, c)
    half = 0.5 * r
    z = r * half
    p = 1.0 + z * (c.q1 + z * (c.q2 + z * (c.q3 + z * (c.q4 + z * c.q5))))
    t = 3.0 - p * half
    e = z * ((p - t) / (6.0 - r * t))
    if k == 0:
        return r - (r * e - z)
    return assembled(r, (r * (e - lost) - lost) - z, k)


def assembled(r: float, e: float, k: int) -> float:
    """Give 2^k·(1 + (r − e)) − 1, put together as k asks for (ORB-EXPM-4)."""
    if k == -1:
        return 0.5 * (r - e) - 0.5
    if k == 1:
        return -2.0 * (e - (r + 0.5)) if r < -0.25 else 1.0 + 2.0 * (r - e)
    if k <= -2 or k > 56:
        return math.ldexp(1.0 - (e - r), k) - 1.0
    if k < 20:
        return math.ldexp((1.0 - 2.0**-k) - (e - r), k)
    return math.ldexp((r - (e + 2.0**-k)) + 1.0, k)


def tanh(x: float, c: Constants = PINNED) -> float:
    """Give the hyperbolic tangent of x."""
    size = abs(x)
    if high(x) >= 0x40360000:
        return math.copysign(1.0, x)
    if high(x) < 0x3E300000:
        return x
    if high(x) >= 0x3FF00000:
        found = 1.0 - 2.0 / (expm1(2.0 * size, c) + 2.0)
    else:
        t = expm1(-2.0 * size, c)
        found = -t / (t + 2.0)
    return math.copysign(found, x)
