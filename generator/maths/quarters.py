"""fdlibm's medium-size reduction modulo π/2 (Sun Microsystems, 1993, e_rem_pio2.c), in array arithmetic.

π/2 is kept as three pieces of 33 bits, whose products with a quarter count up to 2^20 are exact, and as many
tails. A first subtraction gives 85 good bits; where x lies so near a multiple of π/2 that too many of them
cancel, a second gives 118 and a third 151, which is enough for every binary64 number in range.
"""

import numpy as np
import numpy.typing as npt

from generator.maths.lanes import Array, above, double

TWO_OVER_PI = double(0x3FE45F306DC9C883)
PIECES = (double(0x3FF921FB54400000), double(0x3DD0B4611A600000), double(0x3BA3198A2E000000))
TAILS = (double(0x3DD0B4611A626331), double(0x3BA3198A2E037073), double(0x397B839A252049C1))
SMALL = above(0x3FE921FC)  # just above π/4: below, nothing is subtracted
FARTHEST = double(0x413921FBFFFFFFFF)  # the last number whose upper word is that of 2^20·π/2 (1,647,099.3…)

# The upper words of 1 to 31 times π/2: the original looks for cancellation only beside these, or from 32 on.
UPPER_WORDS = np.array([n * (PIECES[0] + TAILS[0]) for n in range(32)]).view(np.int64) >> 32  # [32]


def quarters(x: Array) -> tuple[Array, Array, Array]:
    """Return n, y0, y1 with x = n·π/2 + (y0 + y1), for 0 ≤ x ≤ FARTHEST; y0 + y1 is within about ±π/4."""
    n = np.floor(x * TWO_OVER_PI + 0.5)
    n = np.where(x < SMALL, 0.0, n)
    r = x - n * PIECES[0]
    w = n * TAILS[0]
    doubtful = beside_multiple(x, n)
    for further, allowed in ((1, 16), (2, 49)):
        doubtful &= cancelled(x, r - w) > allowed
        if not doubtful.any():
            break
        left, rest = subtract_piece(r, n, further)
        r, w = np.where(doubtful, left, r), np.where(doubtful, rest, w)
        doubtful &= n != 1.0  # subtle: the original treats one quarter apart, and stops at two rounds
    y0 = r - w
    return n, y0, (r - y0) - w


def beside_multiple(x: Array, n: Array) -> npt.NDArray[np.bool_]:
    """Return where x shares its upper word with n·π/2, or n is too large for the table."""
    words = np.take(UPPER_WORDS, np.minimum(n, 31.0).astype(np.int64))
    return np.asarray((n >= 32.0) | (x.view(np.int64) >> 32 == words))


def cancelled(x: Array, y: Array) -> npt.NDArray[np.int64]:
    """Return how many leading bits the subtraction that led from x to y has cost."""
    return (x.view(np.int64) >> 52) - (y.view(np.int64) >> 52 & 0x7FF)


def subtract_piece(r: Array, n: Array, further: int) -> tuple[Array, Array]:
    """Return r without a further piece of n·π/2, and the tail of what is still to be subtracted."""
    product = n * PIECES[further]
    left = r - product
    return left, n * TAILS[further] - ((r - left) - product)
