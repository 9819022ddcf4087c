"""Run a kernel over arrays of any shape, a cache-sized block at a time.

Every pinned function checks its whole argument first and then works on flat blocks: intermediate results stay
in the processor's cache, and no arithmetic sees a value outside the function's domain.
"""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Kernel = Callable[..., Array]

BLOCK = 16384  # numbers: 128 KiB an array, long enough to hide NumPy's cost per operation
LARGEST = float(np.finfo(np.float64).max)


def double(bits: int) -> float:
    """Return the binary64 number with these 64 bits: 1.0 for 0x3FF0000000000000."""
    return float(np.uint64(bits).view(np.float64))


def above(high_word: int) -> float:
    """Return the least positive binary64 number whose upper 32 bits are `high_word`.

    fdlibm branches on the upper word of |x|: "word < H" and "|x| < above(H)" say the same of finite x.
    """
    return double(high_word << 32)


def power_of_two(exponents: Array) -> Array:
    """Return 2^k for integral k from −1022 to 1023, by writing the exponent field.

    Adding 1.5·2^52 leaves k + 1023 in the low bits of the sum; the shift moves them up and drops the rest.
    """
    biased = exponents + (1.5 * 2.0**52 + 1023.0)
    return np.left_shift(biased.view(np.int64), 52).view(np.float64)


def over_lanes(name: str, kernel: Kernel, bound: float, *arguments: npt.ArrayLike) -> Array:
    """Return kernel(*arguments) element by element, in the shape the arguments broadcast to.

    Raises ValueError, with the value in it, where an argument is not a number from −bound to bound.
    """
    values = [checked(name, argument, -bound, bound) for argument in arguments]
    shape = np.broadcast_shapes(*(value.shape for value in values))
    flat = [np.broadcast_to(value, shape).reshape(-1) for value in values]
    result = np.empty(flat[0].size)
    with np.errstate(under="ignore"):  # x·x of a tiny x is 0, as the algorithms intend
        for block in blocks(result.size):
            result[block] = kernel(*(value[block] for value in flat))
    return result.reshape(shape)


def blocks(size: int) -> Iterator[slice]:
    """Yield the slices that cut `size` elements into blocks."""
    return (slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK))


def checked(name: str, argument: npt.ArrayLike, lowest: float, highest: float) -> Array:
    """Return the argument as a binary64 array, all of it from `lowest` to `highest`.

    Raises ValueError, naming the first stray value (infinities and NaN are stray).
    """
    value = np.asarray(argument, dtype=np.float64)
    if value.size == 0 or (value.min() >= lowest and value.max() <= highest):  # NaN fails either comparison
        return value
    stray = value[~((value >= lowest) & (value <= highest))].flat[0]
    raise ValueError(f"{name}({stray}): the argument must be a finite number from {lowest} to {highest}")
