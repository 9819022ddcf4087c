"""fdlibm's sin, cos and atan2 for the fields: |x| to a thousand, |y/x| below 2^60 (ORB-FLD-3)."""

from __future__ import annotations

import math
from collections.abc import Callable

from reference.binary import bits, double

from chromatic_orbit.tanh import high

S = [double(b) for b in ("bfc5555555555549", "3f8111111110f8a6", "bf2a01a019c161d5", "3ec71de357b1fe7d",
                         "be5ae5e68a2b9ceb", "3de5d93a5acfd57c")]  # fmt: skip
C = [double(b) for b in ("3fa555555555554c", "bf56c16c16c15177", "3efa01a019cb1590", "be927e4f809c52ad",
                         "3e21ee9ebdb4b1c4", "bda8fae9be8838d4")]  # fmt: skip
A = [double(b) for b in ("3fd555555555550d", "bfc999999998ebc4", "3fc24924920083ff", "bfbc71c6fe231671",
                         "3fb745cdc54c206e", "bfb3b0f2af749a6d", "3fb10d66a0d03d51", "bfadde2d52defd9a",
                         "3fa97b4b24760deb", "bfa2b4442c6a6c2f", "3f90ad3ae322da11")]  # fmt: skip
TWO_OVER_PI = double("3fe45f306dc9c883")
HALF_PI, REST = double("3ff921fb54400000"), double("3dd0b4611a626331")  # 33 bits of π/2, and what follows
HALF_PI_2, REST_2 = double("3dd0b4611a600000"), double("3ba3198a2e037073")
PI, PI_LO = double("400921fb54442d18"), double("3ca1a62633145c07")
Range = tuple[float, Callable[[float], float], float, float]
ATAN: list[Range] = [  # from |x|, by: (x − c)/(1 + cx), atan(c) in two pieces
    (2.4375, lambda x: -1.0 / x, double("3ff921fb54442d18"), double("3c91a62633145c07")),
    (1.1875, lambda x: (x - 1.5) / (1.0 + 1.5 * x), double("3fef730bd281f69b"), double("3c7007887af0cbbd")),
    (0.6875, lambda x: (x - 1.0) / (x + 1.0), double("3fe921fb54442d18"), double("3c81a62633145c07")),
    (0.4375, lambda x: (2.0 * x - 1.0) / (2.0 + x), double("3fddac670561bb4f"), double("3c7a2b7f222f65e2")),
]


def horner(z: float, coefficients: list[float]) -> float:
    """Give c0 + z·(c1 + z·(c2 + …))."""
    total = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        total = coefficient + z * total
    return total


def quarters(x: float) -> tuple[int, float, float]:
    """Give n, y and its tail with x = n·π/2 + y + tail, for x ≥ 0."""
    if high(x) <= 0x3FE921FB:
        return 0, x, 0.0
    n = int(x * TWO_OVER_PI + 0.5)
    r, w = x - n * HALF_PI, n * REST
    y = r - w
    if (high(x) >> 20) - (high(y) >> 20) > 16:  # cancelled: a second piece of π/2
        before, w = r, n * HALF_PI_2
        r = before - w
        w = n * REST_2 - ((before - r) - w)
        y = r - w
    return n, y, (r - y) - w


def near_sin(x: float, tail: float) -> float:
    """Give sin(x + tail) for |x| up to π/4."""
    if high(x) < 0x3E400000:
        return x
    z = x * x
    v, r = z * x, horner(z, S[1:])
    return x - ((z * (0.5 * tail - v * r) - tail) - v * S[0]) if tail else x + v * (S[0] + z * r)


def near_cos(x: float, tail: float) -> float:
    """Give cos(x + tail) for |x| up to π/4."""
    z = x * x
    r = z * horner(z, C)
    if high(x) < 0x3FD33333:
        return 1.0 - (0.5 * z - (z * r - x * tail))
    q = 0.28125 if high(x) > 0x3FE90000 else double((high(x) - 0x00200000) << 32)
    return (1.0 - q) - ((0.5 * z - q) - (z * r - x * tail))


def turned(x: float, ahead: int) -> float:
    """Give sin(x + ahead·π/2) for x ≥ 0."""
    n, y, tail = quarters(x)
    quarter = (n + ahead) & 3
    value = near_cos(y, tail) if quarter & 1 else near_sin(y, tail)
    return -value if quarter & 2 else value


def sin(x: float) -> float:
    """Give the sine of x in radians."""
    return math.copysign(1.0, x) * turned(abs(x), 0)


def cos(x: float) -> float:
    """Give the cosine of x in radians."""
    return turned(abs(x), 1)


def atan(x: float) -> float:
    """Give the arc tangent of x ≥ 0."""
    t, hi, lo = x, 0.0, 0.0
    for least, quotient, first, second in ATAN:
        if x >= least:
            t, hi, lo = quotient(x), first, second
            break
    z = t * t
    w = z * z
    s1, s2 = z * horner(w, A[0::2]), w * horner(w, A[1::2])
    return t - t * (s1 + s2) if not hi else hi - ((t * (s1 + s2) - lo) - t)


def atan2(y: float, x: float) -> float:
    """Give the angle of the point (x, y); x is never 0 here."""
    angle = atan(abs(y / x))
    if bits(x) >> 63:
        angle = PI - (angle - PI_LO)
    return math.copysign(angle, y)
