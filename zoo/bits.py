"""Writing many codes of a few bits each, one after another, as array operations: what DEFLATE's streams are made of.

A code and the number of its bits stand in one word, so that a table of codes is read once for both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from zoo.prefix import Bits

Words = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint32]  # a code in the low bits, how many they are in the others

COUNT_AT = 26
CODE = np.uint32(2**COUNT_AT - 1)
PIECE = 16  # bits; what is longer than a code is cut into such
WORD = np.uint32(64)
ONE = np.uint64(1)


def code(bits: Bits) -> int:
    """Give bits as a code: at most COUNT_AT of them."""
    return bits.value | bits.size << COUNT_AT


def pieces(bits: Bits) -> list[int]:
    """Give long bits as codes."""
    starts = range(0, bits.size, PIECE)
    return [code(Bits(bits.value >> at & 2**PIECE - 1, min(PIECE, bits.size - at))) for at in starts]


def pairs(levels: Sequence[Bits]) -> Codes:
    """Give the code of each two of 256 levels, by their bytes as they stand in memory taken for a word: [65536]."""
    value, count = (np.array(own, np.uint32) for own in zip(*levels, strict=True))
    first, second = np.arange(2**16, dtype=np.uint16).view(np.uint8).reshape(-1, 2).T
    found: Codes = value[first] | value[second] << count[first] | (count[first] + count[second]) << COUNT_AT
    return found


def ended(rows: Codes, check: Codes) -> None:
    """Fill the last five codes of each row: up to a whole byte, 32 bits of a check, up to a whole word, and nothing."""
    bits = (rows[:, :-5] >> COUNT_AT).sum(axis=1, dtype=np.uint32)
    rows[:, -5] = (-bits % 8) << COUNT_AT
    for at, shift in ((-4, 16), (-3, 0)):
        half = check >> shift & 0xFFFF
        rows[:, at] = half >> 8 | (half & 0xFF) << 8 | 16 << COUNT_AT  # the highest byte first
    rows[:, -2] = (-(bits + -bits % 8 + 32) % WORD) << COUNT_AT
    rows[:, -1] = 0


def written(rows: Codes) -> tuple[memoryview, list[int]]:
    """Give rows of codes that are ended as bytes, and where each row's bytes begin and end; [n, an even number]."""
    first, second = rows[:, ::2], rows[:, 1::2]
    counts = first >> COUNT_AT
    codes = (first & CODE).astype(np.uint64)
    codes |= (second & CODE).astype(np.uint64) << counts
    ends: Codes = np.cumsum(counts + (second >> COUNT_AT), dtype=np.uint32)
    data = _words(codes.reshape(-1), ends).astype("<u8", copy=False)
    own = ends.reshape(codes.shape)[:, -2:]  # before and after what fills the last word
    starts = np.append(0, own[:-1, 1])
    return data.data.cast("B"), (np.stack([starts, own[:, 0]], axis=1) // 8).reshape(-1).tolist()


def _words(codes: Words, ends: Codes) -> Words:
    """Give codes, of fewer bits than a word, one after another in words; ends tells how many bits end with each.

    At least one begins in every word. What begins in a word is a sum, since no two codes share a bit, and sums come of
    differences of running ones, whatever those lose at the top.
    """
    starts = np.append(np.uint32(0), ends[:-1])
    at, word = (starts % WORD).astype(np.uint64), starts // WORD
    last = np.append(np.flatnonzero(word[1:] != word[:-1]), word.size - 1)  # that begins in each
    here, over = (_differences(np.cumsum(own)[last]) for own in (codes << at, codes >> ONE >> (WORD - 1 - at)))
    here[1:] |= over[:-1]
    return here


def _differences(sums: Words) -> Words:
    found = sums.copy()
    found[1:] -= sums[:-1]
    return found
