"""Writing many codes of a few bits each, one after another, as array operations: what DEFLATE's streams are made of.

A code and the number of its bits stand in one word, so that a table of codes is read once for both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from zoo.prefix import Bits

Words = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.intp]
Codes = npt.NDArray[np.uint32]  # a code in the low bits, how many they are in the others

COUNT_AT = 26
CODE = 2**COUNT_AT - 1
PIECE = 16  # bits; what is longer than a code is cut into such
WORD = np.uint32(64)


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
    """Fill the last three places: up to a whole byte, 32 bits of a check, and up to a whole word; [n, 2, places]."""
    bits = (rows[:, :, :-3] >> COUNT_AT).sum(axis=(1, 2), dtype=np.uint32)
    rows[:, 0, -3] = (-bits % 8) << COUNT_AT
    for plane, shift in enumerate((16, 0)):
        half = check >> shift & 0xFFFF
        rows[:, plane, -2] = half >> 8 | (half & 0xFF) << 8 | 16 << COUNT_AT  # the highest byte first
    rows[:, 0, -1] = (-(bits + -bits % 8 + 32) % WORD) << COUNT_AT


def written(rows: Codes) -> tuple[memoryview, list[int]]:
    """Give rows of codes that are ended as bytes, and where each row's bytes begin and end.

    A place holds two codes, one in each plane: [n, 2, places].
    """
    codes, second = (rows[:, plane].astype(np.uint64) for plane in (0, 1))
    sizes = codes >> COUNT_AT
    codes &= CODE
    codes |= (second & CODE) << sizes
    sizes += second >> COUNT_AT
    ends = np.cumsum(sizes)
    data = _words(codes.reshape(-1), ends - sizes.reshape(-1)).astype("<u8", copy=False)
    own = ends.reshape(codes.shape)[:, -2:]  # before and after what fills the last word
    starts = np.append(np.uint64(0), own[:-1, 1])
    return data.data.cast("B"), (np.stack([starts, own[:, 0]], axis=1) >> 3).reshape(-1).tolist()


def _words(codes: Words, starts: Words) -> Words:
    """Give codes, of fewer bits than a word, one after another in words; starts tells at which bit each begins.

    At least one begins in every word. What begins in a word is a sum, since no two codes share a bit, and sums come of
    differences of running ones, whatever those lose at the top. The codes are used up.
    """
    word, at = starts >> 6, starts & 63
    last = np.append(np.flatnonzero(word[1:] != word[:-1]), word.size - 1)  # that begins in each
    here = _sums(np.left_shift(codes, at, dtype=np.uint64), last)
    codes >>= 1
    codes >>= at ^ 63  # in all 64 − at, which is one too many for a single shift
    here[1:] |= _sums(codes, last)[:-1]
    return here


def _sums(parts: Words, last: Indices) -> Words:
    """Give the sum of each stretch of parts, of which the last are told."""
    found: Words = np.cumsum(parts, out=parts)[last]
    found[1:] -= found[:-1].copy()
    return found
