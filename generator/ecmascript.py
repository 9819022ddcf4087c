"""The corner of ECMAScript that the models rely on: words from numbers, numbers from text, text from numbers.

Source: ECMA-262, sections ToUint32, parseInt, Number::toString and Number.prototype.toFixed.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

WORD = 2**32
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"  # WhiteSpace, LineTerminator
_INTEGER_PREFIX = re.compile(f"[{_SPACE}]*([+-]?)([0-9]+)")
EXACT = 1e21  # from here on toFixed falls back to toString


def to_uint32(number: float) -> int:
    """Give the 32-bit word of a finite number: truncated toward zero, then taken modulo 2^32.

    >>> to_uint32(-1), to_uint32(1.9), to_uint32(1e20)
    (4294967295, 1, 1661992960)
    """
    if not math.isfinite(number):
        raise ValueError(f"seed: {number!r} is not a finite number")
    return int(number) % WORD


def parse_seed(text: str) -> int | None:
    """Give the seed a typed text stands for, as ToUint32(parseInt(text, 10)), or None where it is ignored.

    >>> parse_seed("12abc"), parse_seed("-5"), parse_seed("Infinity")
    (12, 4294967291, None)
    """
    found = _INTEGER_PREFIX.match(text)
    if found is None:
        return None
    magnitude = _nearest_double(found[2])  # parseInt gives a Number, so digits past 2^53 round
    return None if math.isinf(magnitude) else to_uint32(-magnitude if found[1] == "-" else magnitude)


def _nearest_double(digits: str) -> float:
    return float(digits)  # correctly rounded for any length; infinite beyond the range, as parseInt


def to_fixed(numbers: npt.ArrayLike, digits: int) -> npt.NDArray[np.float64]:
    """Give numbers that C's and Python's `%.{digits}f` writes as ECMAScript's toFixed(digits) writes these.

    The two decide alike by the exact binary value, except at a tie, which toFixed sends away from zero and C to the
    even neighbour, and for −0, which toFixed writes without its sign. A tie is an odd multiple of 2^−(digits+1):
    no other binary number has 10^digits·x halfway between two integers. So ties move one step outward.

    >>> ["%.2f" % x for x in (0.125, 0.375, -0.001)], ["%.2f" % x for x in to_fixed([0.125, 0.375, -0.001], 2)]
    (['0.12', '0.38', '-0.00'], ['0.13', '0.38', '-0.00'])
    """
    values = np.asarray(numbers, np.float64) + 0.0  # −0 becomes +0
    if not (np.abs(values) < EXACT).all():
        raise ValueError(f"toFixed: {values[~(np.abs(values) < EXACT)][0]} is not a finite number below 1e21")
    halves = np.abs(values) * 2 ** (digits + 1)
    ties = halves % 2.0 == 1.0
    return np.where(ties, np.nextafter(values, np.copysign(np.inf, values)), values)


def _least(hundredths: int) -> float:
    """Give the least binary64 that toFixed(2) shows as so many hundredths: half a hundredth less, or just above."""
    tie = Fraction(2 * hundredths - 1, 200)
    nearest = tie.numerator / tie.denominator
    return nearest if Fraction(nearest) >= tie else math.nextafter(nearest, math.inf)


LEAST = np.array([_least(hundredths) for hundredths in range(102)])


def hundredths(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Give numbers from 0 to 1 as toFixed(2) shows them, in whole hundredths.

    Cutting off 100·x, a product that may round up to an integer, gives the right one or the one before; LEAST decides.

    >>> hundredths(np.array([0.0, 0.125, 0.29, 1.0]))
    array([  0,  13,  29, 100], dtype=uint8)
    """
    whole = (shares * 100.0).astype(np.intp)
    return (whole + (shares >= LEAST[whole + 1])).astype(np.uint8)


def round_half_up(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give Math.round of each number: the nearest integer, of two equally near the larger.

    subtle: not floor(q + ½), a sum that itself rounds and sends 0.49999999999999994 to 1.

    >>> round_half_up(np.array([0.49999999999999994, 0.5, 1.5, 2.5, -2.5])).tolist()
    [0.0, 1.0, 2.0, 3.0, -2.0]
    """
    below = np.floor(numbers)
    rounded: npt.NDArray[np.float64] = below + (numbers - below >= 0.5)
    return rounded


def number(value: float) -> str:
    """Write a finite number as ECMAScript (and RFC 8785) does: shortest text that parses back to it.

    Negative zero, which ECMAScript writes as 0, keeps its sign, so that every bit comes back.

    >>> number(1.0), number(1e-05), number(1e-07), number(1e21)
    ('1', '0.00001', '1e-7', '1e+21')
    """
    text = repr(float(value))
    if text.endswith(".0"):
        return text[:-2] if len(text) < 18 else _rewritten(text)
    if "e" in text:
        return _rewritten(text)
    if text in ("inf", "-inf", "nan"):
        raise ValueError(f"number: {value!r} is not finite")
    return text


def _rewritten(text: str) -> str:
    sign, digits, exponent = Decimal(text).normalize().as_tuple()
    minus, shown = "-" if sign else "", "".join(map(str, digits))
    point = len(shown) + int(exponent)  # where the decimal point stands, counted from the first digit
    if 0 < point <= 21:
        head, tail = shown[:point].ljust(point, "0"), shown[point:]
        return minus + head + (f".{tail}" if tail else "")
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{shown}"
    mantissa = shown[0] + (f".{shown[1:]}" if len(shown) > 1 else "")
    return f"{minus}{mantissa}e{point - 1:+d}"
