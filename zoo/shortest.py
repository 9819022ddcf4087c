"""Numbers as JSON wants them, many at once: for each the text of `ecmascript.number`, at a seventh of its cost.

That text is the shortest decimal that parses back to the number and, of several equally short, the nearest. For a
number a with 10⁻⁵ ≤ a < 1 it is found as follows. Take n so that V = a·10ⁿ lies in [10¹⁶, 10¹⁷); n ≤ 21, so 10ⁿ is a
binary64 number and Dekker's product gives V exactly, as a sum of two. Decimals of up to 17 digits are then integers
near V, and one parses back to a exactly where it lies within H = ½ulp(a)·10ⁿ of V (at H itself, or where a is a power
of two and the gap below it is half as wide, one has to look twice). As 0.55 < H < 11.2,

- some integer always does: the nearest, 17 digits;
- if the nearest multiple of 10 does, 16 digits are enough, and it is the nearest of those;
- at most one multiple of 100 does, so if one does it is the shortest decimal, without the zeros at its end.

V and H are exact; remainders are small and rounded once or twice, by less than 2⁻⁴⁰. Wherever a comparison is closer
than GUARD, which is far wider, and for every number outside [10⁻⁵, 1), `ecmascript.number` itself decides.

Source of the product: T. J. Dekker, A floating-point technique for extending the available precision (1971).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator import ecmascript
from generator.layers import F64

I64 = npt.NDArray[np.int64]
Indices = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint32]  # texts, four characters a word

BLOCK = 2**16  # numbers worked on at once: enough that a step's own cost is none, few enough to stay flat in memory
LEAST, END = 1e-5, 1.0  # the numbers that the arithmetic decides
GUARD = 1e-6
MANTISSA = 52  # stored bits
CELL = 28  # separator, sign, point and zeros take 8 characters, the digits 4 · 4 and 2; NULs fill what is free
DIGITS = slice(8, 24)


def _halves(numbers: F64) -> tuple[F64, F64]:
    """Split numbers into sums of two of at most 26 bits each (Veltkamp)."""
    large = numbers * (2.0**27 + 1.0)
    high = large - (large - numbers)
    return high, numbers - high


def _words(texts: Iterable[str], width: int) -> Words:
    """Give texts as words, [N, width / 4], with NULs after those that are shorter."""
    data = b"".join(text.encode().ljust(width, b"\0") for text in texts)
    return np.frombuffer(data, np.uint32).reshape(-1, width // 4)


BINADES = 2.0 ** np.arange(-17, 0)  # each number lies in [b, 2b) of one of them
ZEROS = np.array([max(n for n in range(6) if 10.0**-n >= 2.0 * b) for b in BINADES])  # after the point, from NEXT on
NEXT = np.where(0.1 ** (ZEROS + 1) > BINADES, 10.0 ** -(ZEROS + 1.0), 0.0)  # where a decade begins within the binade
HALF_ULP = BINADES * 2.0**-53
POWER: F64 = np.array([10.0**n for n in range(17, 23)])  # 10ⁿ by the zeros after the point
POWER_HALVES = _halves(POWER)
GAPS = [f"{gap}{sign}0.{'0' * zeros}" for gap in ",\n" for sign in ("", "-") for zeros in range(5)]
PREFIX = _words(GAPS, 8).view(np.uint64)[:, 0]  # two words at once
THREE = _words((f"{i:03}" for i in range(1_000)), 4)[:, 0]
FOUR = _words((f"{i:04}" for i in range(10_000)), 4)[:, 0]
LAST = _words((f"{i % 100:02}".rstrip("0") for i in range(101)), 4)[:, 0]


def rows(numbers: npt.NDArray[np.floating]) -> list[str]:
    """Give the numbers of each row, with commas between them: [N, C] → N texts."""
    step = max(1, BLOCK // numbers.shape[1])
    blocks = (numbers[start : start + step].astype(np.float64) for start in range(0, len(numbers), step))
    text = b"".join(_cells(block).tobytes() for block in blocks).translate(None, b"\0")
    return text.decode().split("\n")[1:]


def _cells(numbers: F64) -> Words:
    """Give each number of a block behind its comma, or behind a line feed where a row begins: [N · C, CELL / 4]."""
    flat, width = numbers.reshape(-1), numbers.shape[1]
    size = np.abs(flat)
    odd = ~((size >= LEAST) & (size < END)) | (size.view(np.int64) & (2**MANTISSA - 1) == 0)
    size[odd] = 0.3  # any number that is no trouble
    found = _decimals(size)
    cells = np.empty((flat.size, CELL // 4), np.uint32)
    prefix = found.zeros + 5 * (flat < 0)
    prefix[::width] += 10
    cells[:, :2] = PREFIX[prefix].view(np.uint32).reshape(-1, 2)
    _spell(found, cells[:, 2:])
    _trim(cells.view(np.uint8), np.flatnonzero(found.is_round & (found.hundreds % 10 == 0)))
    for i in np.flatnonzero(odd | found.is_doubtful):
        cells[i] = _words([("," if i % width else "\n") + ecmascript.number(float(flat[i]))], CELL)
    return cells


class _Decimals(NamedTuple):
    """Decimals as the zeros after the point, the 15 digits after those, and the two after these, 0 … 100.

    Of those that are round, multiples of 100, the 15 digits end in zeros too many; 100 is a round 0.
    """

    zeros: Indices
    hundreds: I64
    units: I64
    is_round: Mask
    is_doubtful: Mask


def _decimals(size: F64) -> _Decimals:
    binade = (size.view(np.int64) >> MANTISSA) - (1023 - len(BINADES))
    zeros = ZEROS[binade] + (size < NEXT[binade])
    whole, rest = _scaled(size, zeros)
    reach = HALF_ULP[binade] * POWER[zeros]
    hundreds = whole // 100
    units = whole - hundreds * 100
    above = units + rest  # how far V lies above a multiple of 100
    hundred, ten = np.rint(above / 100.0) * 100.0, np.rint(above / 10.0) * 10.0  # the nearest of each
    from_hundred, from_ten = np.abs(above - hundred), np.abs(above - ten)
    is_round = from_hundred < reach
    shown = np.where(is_round, hundred, np.where(from_ten < reach, ten, units)).astype(np.int64)
    hundreds += shown == 100
    is_doubtful = np.abs(from_hundred - reach) < GUARD
    for gap in (from_ten - reach, from_ten - 5.0, np.abs(rest) - 0.5):
        is_doubtful |= np.abs(gap) < GUARD
    return _Decimals(zeros, hundreds, shown, is_round, is_doubtful | (hundreds >= 10**15))


def _scaled(size: F64, zeros: Indices) -> tuple[I64, F64]:
    """Give V = size · POWER as its nearest integer and what is left, |rest| ≤ ½."""
    (high, low), (power_high, power_low) = _halves(size), (half[zeros] for half in POWER_HALVES)
    product = size * POWER[zeros]
    error = ((high * power_high - product) + high * power_low + low * power_high) + low * power_low  # exact
    whole = np.rint(error)
    return product.astype(np.int64) + whole.astype(np.int64), error - whole


def _spell(decimals: _Decimals, words: Words) -> None:
    """Write the 15 digits, and the last two without zeros at their end: words [N, 5]."""
    high = decimals.hundreds // 10**8
    low = (decimals.hundreds - high * 10**8).astype(np.uint32)
    high = high.astype(np.uint32)
    for at, half, table in ((0, high, THREE), (2, low, FOUR)):
        top = half // np.uint32(10_000)
        words[:, at] = table[top]
        words[:, at + 1] = FOUR[half - top * np.uint32(10_000)]
    words[:, 4] = LAST[decimals.units]


def _trim(texts: npt.NDArray[np.uint8], where: Indices) -> None:
    """Put NULs for the zeros that the digits of some texts end in."""
    digits = texts[where, DIGITS]
    counts = np.maximum.accumulate(digits[:, ::-1] > ord("0"), axis=1)[:, ::-1]
    texts[where, DIGITS] = digits * counts
