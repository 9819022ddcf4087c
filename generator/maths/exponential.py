"""fdlibm's exp for x ≤ 0 (Sun Microsystems, 1993, e_exp.c), in plain array arithmetic.

x = k·ln 2 + r with |r| ≤ about ½ ln 2; exp(r) comes from a rational function of r whose polynomial has the
coefficients P1 to P5; 2^k is put on by its exponent bits. Constants and branches are the original's, and so
are the bits (specification mini-digits, section 4). Big batches wait for this function: it writes into a few
arrays that it keeps, and puts rare lanes, found by counting, right afterwards.
"""

import numpy as np
import numpy.typing as npt

from generator.maths.lanes import BLOCK, LARGEST, Array, above, blocks, checked, double, power_of_two

LN2_HI = double(0x3FE62E42FEE00000)
LN2_LO = double(0x3DEA39EF35793C76)
INV_LN2 = double(0x3FF71547652B82FE)
P1 = double(0x3FC555555555553E)
P2 = double(0xBF66C16C16BEBD93)
P3 = double(0x3F11566AAF25DE2C)
P4 = double(0xBEBBBD41C5D26BF1)
P5 = double(0x3E66376972BEA4D0)
UNDERFLOW = double(0xC0874910D52D3051)  # −745.133…: exp of anything below is 0
REDUCED = above(0x3FD62E43)  # just above ½ ln 2: from here on |x| loses at least one ln 2
TINY = above(0x3E300000)  # 2^−28
DEEP = -708.0  # exp of anything above is a normal number


def exp(x: npt.ArrayLike) -> Array:
    """Return e to the power of finite x ≤ 0 in fdlibm's bits.

    For −745 that is 5e-324, the least subnormal; for −0 it is 1.

    Raises ValueError for positive, infinite and NaN arguments.
    """
    values = checked("exp", x, -LARGEST, 0.0)
    flat = values.reshape(-1)
    result = np.empty(flat.size)
    work = np.empty((5, min(flat.size, BLOCK)))
    with np.errstate(under="ignore"):
        for block in blocks(flat.size):
            fill(flat[block], result[block], work)
    return result.reshape(values.shape)


def fill(x: Array, y: Array, work: Array) -> None:
    """Write exp(x) into y; the five rows of `work` are scratch."""
    k, *rows = work[:, : x.size]
    if x.min() < DEEP:
        significand(np.maximum(x, UNDERFLOW), y, k, rows)
        scale_deep(x, y, k)
    else:
        significand(x, y, k, rows)
        np.multiply(y, power_of_two(k), out=y)


def scale_deep(x: Array, y: Array, k: Array) -> None:
    """Multiply y by 2^k in two steps, so that subnormal results round once, and write 0 below UNDERFLOW."""
    lift = np.where(k < -1021.0, 1000.0, 0.0)
    np.multiply(y, power_of_two(k + lift), out=y)
    np.multiply(y, power_of_two(-lift), out=y)
    y[x < UNDERFLOW] = 0.0


def significand(x: Array, y: Array, k: Array, rows: list[Array]) -> None:
    """Write y near 1 and integral k with exp(x) = y·2^k.

    The original finds k in three ways, which agree with trunc(x/ln 2 − ½) from REDUCED on, and its formula
    for k = 0 is the general one with hi = x, lo = 0; so one formula serves all lanes but a few.
    """
    whole_ln2s(x, k)
    hi, lo, *rest = rows
    np.multiply(k, LN2_HI, out=hi)
    np.subtract(x, hi, out=hi)
    np.multiply(k, LN2_LO, out=lo)
    rational(hi, lo, y, *rest)
    tiny = x > -TINY
    if np.count_nonzero(tiny) > np.count_nonzero(x == 0.0):
        y[tiny] = 1.0 + x[tiny]  # subtle: rounded once; the formula would break ties the other way


def whole_ln2s(x: Array, k: Array) -> None:
    """Write k: how many times −ln 2 goes into x, to the nearest, and 0 for x above −REDUCED."""
    np.multiply(x, INV_LN2, out=k)
    np.subtract(k, 0.5, out=k)
    np.trunc(k, out=k)
    unreduced = x > -REDUCED
    if np.count_nonzero(unreduced) > np.count_nonzero(k == 0.0):
        k[unreduced] = 0.0  # subtle: between ½ ln 2 and REDUCED the truncation already gives −1


def rational(hi: Array, lo: Array, y: Array, t: Array, c: Array) -> None:
    """Write exp(hi − lo) into y, as 1 − ((lo − r·c/(2 − c)) − hi), where r = hi − lo is small."""
    r = np.subtract(hi, lo, out=y)
    np.multiply(r, r, out=t)
    polynomial(t, c)
    np.subtract(r, c, out=c)
    np.multiply(r, c, out=r)
    np.subtract(2.0, c, out=c)
    np.divide(r, c, out=r)
    np.subtract(lo, r, out=lo)
    np.subtract(lo, hi, out=lo)
    np.subtract(1.0, lo, out=y)


def polynomial(t: Array, c: Array) -> None:
    """Write t·(P1 + t·(P2 + t·(P3 + t·(P4 + t·P5)))) into c."""
    np.multiply(t, P5, out=c)
    for coefficient in (P4, P3, P2, P1):
        np.add(c, coefficient, out=c)
        np.multiply(c, t, out=c)
