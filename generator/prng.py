"""Mulberry32 as whole-array arithmetic: any stretch of the stream, for any number of seeds, without a loop.

The n-th output depends on the seed and n alone, since the state is seed + n · 0x6D2B79F5 modulo 2^32.

Known edge. The JavaScript source keeps its state in a Number, exact up to 2^53 and for even numbers a while
beyond; from draw 4,917,758 (seed 4294967295), 4,917,759 (seed 0) or 4,917,760 (seeds 1 and 1337) on its
stream and the 32-bit stream part for good (seed 0's meet once more, at the very next draw). The 32-bit
stream is the normative one; a gallery of 90 draws never gets there.

Source: Tommy Ettinger, Mulberry32 (2017), public domain.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from generator.ecmascript import WORD, to_uint32

INCREMENT = 0x6D2B79F5

Words = npt.NDArray[np.uint32]


def words(seeds: npt.ArrayLike, skip: int, count: int) -> Words:
    """Give outputs skip+1 … skip+count of each seed's stream: uint32 [S] → uint32 [S, count].

    Raises ValueError for seeds that are no 32-bit words and for a negative skip or count.

    >>> words([1337], 0, 2)
    array([[792042790, 815997621]], dtype=uint32)
    """
    if skip < 0 or count < 0:
        raise ValueError(f"words: skip {skip} and count {count} must not be negative")
    first = np.array((skip + 1) % WORD, np.uint32)
    position: Words = np.add(first, np.arange(count, dtype=np.uint32))  # counts modulo 2^32, as the stream does
    offsets: Words = np.multiply(position, np.array(INCREMENT, np.uint32))
    return _scramble(np.add(seed_words(seeds)[:, None], offsets))  # [S, count]


def _scramble(t: Words) -> Words:
    r: Words = (t ^ (t >> np.uint32(15))) * (t | np.uint32(1))
    r ^= r + (r ^ (r >> np.uint32(7))) * (r | np.uint32(61))
    r ^= r >> np.uint32(14)
    return r


def seed_words(seeds: npt.ArrayLike) -> Words:
    """Give seeds as uint32 [S]; numbers that are no 32-bit word go through ToUint32."""
    given = np.asarray(seeds)
    if given.ndim != 1:
        raise ValueError(f"seeds: expected one dimension, got shape {given.shape}")
    if given.dtype != np.uint32:
        given = np.array([to_uint32(seed) for seed in given.tolist()], np.uint32)
    words: Words = given
    return words
