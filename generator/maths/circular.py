"""fdlibm's sin and cos (Sun Microsystems, 1993: s_sin.c, k_sin.c, k_cos.c), in plain array arithmetic.

|x| is brought to y0 + y1 within ±π/4 of 0 and a number of quarter turns; the quarter decides which of the two
polynomials answers and with which sign.
"""

import numpy as np
import numpy.typing as npt

from generator.maths.lanes import Array, above, double, over_lanes
from generator.maths.quarters import FARTHEST, SMALL, quarters

S1 = double(0xBFC5555555555549)
S2 = double(0x3F8111111110F8A6)
S3 = double(0xBF2A01A019C161D5)
S4 = double(0x3EC71DE357B1FE7D)
S5 = double(0xBE5AE5E68A2B9CEB)
S6 = double(0x3DE5D93A5ACFD57C)
C1 = double(0x3FA555555555554C)
C2 = double(0xBF56C16C16C15177)
C3 = double(0x3EFA01A019CB1590)
C4 = double(0xBE927E4F809C52AD)
C5 = double(0x3E21EE9EBDB4B1C4)
C6 = double(0xBDA8FAE9BE8838D4)
TINY = above(0x3E400000)  # 2^−27
UPPER_WORD = np.int64(-(1 << 32))  # the upper 32 of 64 bits


def sin(x: npt.ArrayLike) -> Array:
    """Return the sine of x in radians, for |x| below 1,647,100 (the upper word of 2^20·π/2).

    Raises ValueError beyond, where fdlibm's reduction needs many more digits of π, and for NaN.
    """
    return over_lanes("sin", sin_kernel, FARTHEST, x)


def cos(x: npt.ArrayLike) -> Array:
    """Return the cosine of x in radians, for |x| below 1,647,100 (the upper word of 2^20·π/2).

    Raises ValueError beyond, where fdlibm's reduction needs many more digits of π, and for NaN.
    """
    return over_lanes("cos", cos_kernel, FARTHEST, x)


def sin_kernel(x: Array) -> Array:
    """Return sin of a flat block; it is odd, so |x| answers and x lends its sign."""
    size = np.abs(x)
    return turned(size, 0) * np.copysign(1.0, x)


def cos_kernel(x: Array) -> Array:
    """Return cos of a flat block: sin a quarter turn ahead."""
    return turned(np.abs(x), 1)


def turned(size: Array, ahead: int) -> Array:
    """Return sin(size + ahead·π/2) for size ≥ 0: one of sin, cos, −sin, −cos of the remainder."""
    n, y0, y1 = quarters(size)
    quarter = (n.astype(np.int64) + ahead) & 3
    value = np.where(quarter & 1 == 0, near_sin(y0, y1, size < SMALL), near_cos(y0, y1))
    return np.where(quarter & 2 == 0, value, -value)


def near_sin(x: Array, tail: Array, whole: npt.NDArray[np.bool_]) -> Array:
    """Return sin(x + tail) for |x| up to about π/4; `whole` marks the lanes that never had a tail."""
    z = x * x
    v = z * x
    r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))
    plain = x + v * (S1 + z * r)
    corrected = x - ((z * (0.5 * tail - v * r) - tail) - v * S1)
    return np.where(np.abs(x) < TINY, x, np.where(whole, plain, corrected))


def near_cos(x: Array, tail: Array) -> Array:
    """Return cos(x + tail) for |x| up to about π/4.

    From 0.3 on, 1 − z/2 is split at q, near |x|/4, so that both differences with q are exact. Below 2^−27 the
    original returns 1 at once; the formula gives 1 there too.
    """
    size = np.abs(x)
    z = x * x
    r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))))
    q = ((size.view(np.int64) & UPPER_WORD) - (0x00200000 << 32)).view(np.float64)
    q = np.where(size >= above(0x3FE90001), 0.28125, q)
    q = np.where(size < above(0x3FD33333), 0.0, q)
    return (1.0 - q) - ((0.5 * z - q) - (z * r - x * tail))
