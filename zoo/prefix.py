"""A prefix code for grey levels and for runs of blank, written as DEFLATE wants it: one code for all sheets.

zlib finds a code for every picture anew, which is most of what a small picture costs. Here the lengths are fixed. They
were found by counting in thousands of sheets: blank is by far the most frequent level, next come full ink and faint
ink, and the dark levels are the rarest. The block that is told of here is final, and knows one distance, that of a run.

Source: P. Deutsch, DEFLATE Compressed Data Format Specification version 1.3, RFC 1951 (1996), sections 3.2.2 to 3.2.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

LEVELS = [(1, 3), (1, 6), (2, 7), (6, 8), (111, 9), (134, 8), (1, 6)]  # so many, of so many bits
END_OF_BLOCK = [(1, 10)]
RUNS = [(7, 12), (1, 6), (1, 5), (1, 7), (3, 11), (15, 12), (1, 9)]  # by their lengths' symbols, from 257 on
ONE_BACK = [(1, 1)]  # the one distance
TELLING = {16: 1, 6: 4, 7: 4, 8: 4, 9: 4, 11: 4, 12: 4, 1: 5, 3: 5, 5: 5, 10: 5}  # of the code that tells all that
ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)  # in which that code is told itself
AGAIN, LEAST_AGAIN, MOST_AGAIN = 16, 3, 6  # the symbol for the last length so many times more
LEAST_RUN, LONGEST_RUN = 3, 258


class Bits(NamedTuple):
    """So many bits, the first of them the lowest."""

    value: int
    size: int


def joined(parts: Sequence[Bits]) -> Bits:
    """Give bits one after another."""
    value = at = 0
    for part in parts:
        value |= part.value << at
        at += part.size
    return Bits(value, at)


def codes(lengths: Sequence[int]) -> list[Bits]:
    """Give the canonical code of so many bits for each symbol, none where they are 0; its first bit is the lowest.

    >>> [code.value for code in codes([2, 1, 0, 2])]
    [1, 0, 0, 3]
    """
    found = [Bits(0, 0)] * len(lengths)
    code = before = 0
    for symbol in sorted((own for own, length in enumerate(lengths) if length), key=lambda own: lengths[own]):
        code <<= lengths[symbol] - before
        before = lengths[symbol]
        found[symbol] = Bits(int(f"{code:0{before}b}"[::-1], 2), before)
        code += 1
    return found


def _spread(parts: Sequence[tuple[int, int]]) -> list[int]:
    return [length for count, length in parts for _ in range(count)]


CODES = codes(_spread(LEVELS + END_OF_BLOCK + RUNS))
END = CODES[256]


def header() -> Bits:
    """Give what a block begins with: that it is the last one, and the lengths of its codes."""
    lengths = _spread(LEVELS + END_OF_BLOCK + RUNS + ONE_BACK)
    telling = codes([TELLING.get(symbol, 0) for symbol in range(19)])
    told = max(i for i, symbol in enumerate(ORDER) if symbol in TELLING) + 1
    counts = [Bits(0b101, 3), Bits(len(lengths) - 1 - 257, 5), Bits(0, 5), Bits(told - 4, 4)]
    own = [Bits(TELLING.get(symbol, 0), 3) for symbol in ORDER[:told]]
    return joined(counts + own + [part for length, same in groupby(lengths) for part in _same(length, same, telling)])


def _same(length: int, same: Iterator[int], telling: Sequence[Bits]) -> Iterator[Bits]:
    """Give one length and that it comes again, as often as it does."""
    rest = len(list(same)) - 1
    yield telling[length]
    while rest >= LEAST_AGAIN:
        count = min(rest, MOST_AGAIN)
        yield from (telling[AGAIN], Bits(count - LEAST_AGAIN, 2))
        rest -= count
    yield from [telling[length]] * rest


def run(length: int) -> Bits:
    """Give the code of the last level once more, from LEAST_RUN to LONGEST_RUN times."""
    above = length - LEAST_RUN
    extra = max(above.bit_length() - 3, 0)
    symbol = 285 if length == LONGEST_RUN else 257 + 4 * extra + (above >> extra)
    rest = Bits(0, 0) if length == LONGEST_RUN else Bits(above & ((1 << extra) - 1), extra)
    return joined([CODES[symbol], rest, Bits(0, 1)])
