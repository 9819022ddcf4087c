"""fdlibm's expm1 and tanh (Sun Microsystems, 1993, s_expm1.c and s_tanh.c), in plain array arithmetic.

expm1(x) = e^x − 1 without the cancellation: x = k·ln 2 + r, expm1(r) = r − e with e from a rational function,
and one of several ways to put 2^k and −1 together, chosen by k so that nothing is lost. tanh is built on it.
"""

import numpy as np
import numpy.typing as npt

from generator.maths.exponential import INV_LN2, LN2_HI, LN2_LO, REDUCED
from generator.maths.lanes import LARGEST, Array, above, checked, double, over_lanes, power_of_two

Q1 = double(0xBFA11111111110F4)
Q2 = double(0x3F5A01A019FE5585)
Q3 = double(0xBF14CE199EAADBB7)
Q4 = double(0x3ED0CFCA86E65239)
Q5 = double(0xBE8AFDB76E09C32D)
OVERFLOW = double(0x40862E42FEFA39EF)  # 709.78…: e^x of anything above is no finite number
EXPM1_TINY = above(0x3C900000)  # 2^−54
TANH_TINY = above(0x3E300000)  # 2^−28


def expm1(x: npt.ArrayLike) -> Array:
    """Return e^x − 1 for finite x up to 709.78 (0x40862E42FEFA39EF), where it would overflow.

    Raises ValueError for larger, infinite and NaN arguments.
    """
    return over_lanes("expm1", expm1_kernel, LARGEST, checked("expm1", x, -LARGEST, OVERFLOW))


def tanh(x: npt.ArrayLike) -> Array:
    """Return the hyperbolic tangent of any finite x.

    Raises ValueError for infinite and NaN arguments.
    """
    return over_lanes("tanh", tanh_kernel, LARGEST, x)


def expm1_kernel(x: Array) -> Array:
    """Return expm1 of a flat block."""
    r, correction, k = reduce(np.maximum(x, -64.0))  # from −56·ln 2 down the result is −1 in any case
    e = excess(r, correction)
    return np.where(np.abs(x) < EXPM1_TINY, x, assemble(r, e, k))


def reduce(x: Array) -> tuple[Array, Array, Array]:
    """Return r, what rounding r lost, and k, with x = k·ln 2 + (r + lost)."""
    k = np.trunc(INV_LN2 * x + np.copysign(0.5, x))
    k = np.where(np.abs(x) < REDUCED, 0.0, k)
    hi = x - k * LN2_HI
    lo = k * LN2_LO
    r = hi - lo
    return r, (hi - r) - lo, k


def excess(r: Array, lost: Array) -> Array:
    """Return e with expm1(r + lost) = r − e."""
    half = 0.5 * r
    z = r * half
    r1 = 1.0 + z * (Q1 + z * (Q2 + z * (Q3 + z * (Q4 + z * Q5))))
    t = 3.0 - r1 * half
    e = z * ((r1 - t) / (6.0 - r * t))
    return np.subtract(r * (e - lost) - lost, z)


def assemble(r: Array, e: Array, k: Array) -> Array:
    """Return 2^k·(1 + (r − e)) − 1, by the original's seven cases.

    Each is y·2^k + offset: ½·(r − e) − ½ at k = −1 and −2·(e − (r + ½)) at k = 1 round alike in this form.
    """
    m = r - e
    inverse = power_of_two(-np.clip(k, 2.0, 56.0))
    middle = (k >= 2.0) & (k < 20.0)
    y = np.where(middle, 1.0 - inverse, 1.0) + m  # 2 to 19; and where −1 comes after the scaling
    y = np.where((k >= 20.0) & (k <= 56.0), (r - (e + inverse)) + 1.0, y)
    low = (k == 1.0) & (r < -0.25)
    y = np.where(low, (r + 0.5) - e, y)
    y = np.where((np.abs(k) <= 1.0) & ~low, m, y)
    # subtle: k may be 1024, and 2^1024 is no number.
    return 2.0 * (y * power_of_two(k - 1.0)) + offset(k, low)


def offset(k: Array, low: npt.NDArray[np.bool_]) -> Array:
    """Return what is left to add once y has been scaled."""
    after = np.where(k <= -2.0, -1.0, 0.0)  # from 57 on, too, in the original: there 1 is lost beside multiples of 16
    after = np.where(k == -1.0, -0.5, after)
    return np.where((k == 1.0) & ~low, 1.0, after)


def tanh_kernel(x: Array) -> Array:
    """Return tanh of a flat block: 1 − 2/(t + 2) or −t/(t + 2), with t = expm1(±2·|x|)."""
    size = np.minimum(np.abs(x), 22.0)  # from 22 on the result is 1
    large = size >= 1.0
    t = expm1_kernel(np.where(large, 2.0 * size, -2.0 * size))
    quotient = np.where(large, 2.0, -t) / (t + 2.0)
    z = np.where(large, 1.0 - quotient, quotient)
    return np.where(size < TANH_TINY, x, np.copysign(z, x))
