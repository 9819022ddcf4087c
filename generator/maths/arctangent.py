"""fdlibm's atan and atan2 (Sun Microsystems, 1993, s_atan.c and e_atan2.c), in plain array arithmetic.

atan(x) = atan(c) + atan((x − c)/(1 + c·x)), with c one of 0, ½, 1, 3⁄2 and ∞, by the size of x.
"""

import numpy as np
import numpy.typing as npt

from generator.maths.lanes import LARGEST, Array, double, over_lanes

FROM = (0.4375, 0.6875, 1.1875, 2.4375)  # where the next c takes over

# For each c: the quotient (P·x + Q) / (R·x + S), and atan(c) in two pieces.
P = np.array([1.0, 2.0, 1.0, 1.0, 0.0])
Q = np.array([0.0, -1.0, -1.0, -1.5, -1.0])
R = np.array([0.0, 1.0, 1.0, 1.5, 1.0])
S = np.array([1.0, 2.0, 1.0, 1.0, 0.0])
HI = np.array([0, 0x3FDDAC670561BB4F, 0x3FE921FB54442D18, 0x3FEF730BD281F69B, 0x3FF921FB54442D18]).view(np.float64)
LO = np.array([0, 0x3C7A2B7F222F65E2, 0x3C81A62633145C07, 0x3C7007887AF0CBBD, 0x3C91A62633145C07]).view(np.float64)

EVEN_BITS = "3FD555555555550D 3FC24924920083FF 3FB745CDC54C206E 3FB10D66A0D03D51 3FA97B4B24760DEB 3F90AD3AE322DA11"
ODD_BITS = "BFC999999998EBC4 BFBC71C6FE231671 BFB3B0F2AF749A6D BFADDE2D52DEFD9A BFA2B4442C6A6C2F"
EVEN = tuple(double(int(bits, 16)) for bits in EVEN_BITS.split())
ODD = tuple(double(int(bits, 16)) for bits in ODD_BITS.split())
PI = double(0x400921FB54442D18)
PI_LO = double(0x3CA1A62633145C07)
STEEP = 61 << 20  # in upper words: y/x beyond about 2^60


def atan(x: npt.ArrayLike) -> Array:
    """Return the arc tangent of any finite x, from −π/2 to π/2.

    Raises ValueError for infinite and NaN arguments.
    """
    return over_lanes("atan", atan_kernel, LARGEST, x)


def atan2(y: npt.ArrayLike, x: npt.ArrayLike) -> Array:
    """Return the angle of the point (x, y), from −π to π; zeros count with their signs: 0 over −0 is π.

    y and x broadcast. Raises ValueError for infinite and NaN arguments.
    """
    return over_lanes("atan2", atan2_kernel, LARGEST, y, x)


def atan_kernel(x: Array) -> Array:
    """Return atan of a flat block.

    The original's quotients are all (P·x + Q)/(R·x + S), its x − x·s of small x is the general formula with
    hi = lo = 0, and below 2^−27, where it returns x at once, that formula gives x.
    """
    size = np.minimum(np.abs(x), 2.0**66)  # from 2^66 on the result is π/2
    row = np.searchsorted(FROM, size, side="right")  # which c
    t = (P[row] * size + Q[row]) / (R[row] * size + S[row])
    value = HI[row] - ((t * series(t) - LO[row]) - t)
    return np.asarray(np.copysign(value, x))


def series(t: Array) -> Array:
    """Return s with atan(t) = t − t·s, from the even and the odd half of its polynomial in t²."""
    z = t * t
    w = z * z
    even, odd = horner(w, EVEN), horner(w, ODD)
    return np.add(z * even, w * odd)


def horner(w: Array, coefficients: tuple[float, ...]) -> Array:
    """Return c0 + w·(c1 + w·(c2 + …))."""
    *rest, last = coefficients
    total = w * 0.0 + last
    for coefficient in reversed(rest):
        total = coefficient + w * total
    return total


def atan2_kernel(y: Array, x: Array) -> Array:
    """Return atan2 of two flat blocks: atan(|y/x|), or π minus it left of the axis, with the sign of y."""
    up, along = np.abs(y), np.abs(x)
    steep = (up.view(np.int64) >> 32) - (along.view(np.int64) >> 32) >= STEEP
    steep |= (along == 0.0) & (up > 0.0)
    ratio = np.where(steep, 0.0, up) / np.where(along == 0.0, 1.0, along)
    angle = np.where(steep, PI / 2.0, atan_kernel(ratio))
    angle = np.where(np.signbit(x) & ~steep, PI - (angle - PI_LO), angle)
    return np.copysign(angle, y)
