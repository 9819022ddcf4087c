"""A million arguments for each pinned function: its range, tiny and huge, branch points to the ulp."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

COUNT = 1_000_000
HALF_PI = np.pi / 2
LN2 = 0.6931471805599453
EDGES = np.array([-0.0, 0.0, -5e-324, 5e-324, -(2.0**-1022), 2.0**-1022])


def upper(*words: int) -> Array:
    """Return the numbers with these upper 32 bits: fdlibm's branch points."""
    return (np.array(words, dtype=np.int64) << 32).view(np.float64)


def around(points: npt.ArrayLike, ulps: int = 30) -> Array:
    """Return every number within `ulps` steps of the points (positive ones)."""
    bits = np.asarray(points, dtype=np.float64).view(np.int64)
    return (bits[:, None] + np.arange(-ulps, ulps + 1)).reshape(-1).view(np.float64)


def both_signs(values: Array) -> Array:
    """Return the values and their negatives."""
    return np.concatenate([values, -values])


def scattered(random: np.random.Generator, low: int, high: int, count: int) -> Array:
    """Return ±m·2^k with m in [1, 2) and k between the bounds, every binade as likely as the others."""
    exponents = random.integers(low, high, count)
    significands = random.uniform(1.0, 2.0, count) * random.choice([-1.0, 1.0], count)
    return np.asarray(np.ldexp(significands, exponents), dtype=np.float64)  # exact


def filled(special: list[Array], ranges: list[tuple[float, float]], scales: list[tuple[int, int]]) -> Array:
    """Return COUNT arguments: special ones, then random ones over ranges, and over scales of powers of 2.

    Built from exact operations only: np.exp2 would give each processor arguments of its own.
    """
    random = np.random.default_rng(1993)
    head = np.concatenate(special)
    share = (COUNT - head.size) // (len(ranges) + len(scales)) + 1
    uniform = [random.uniform(low, high, share) for low, high in ranges]
    scaled = [scattered(random, low, high, share) for low, high in scales]
    return np.concatenate([head, *uniform, *scaled])[:COUNT]


def exp_arguments() -> Array:
    """Return arguments ≤ 0: subnormal results, 1 + x ties and the sliver above ½ ln 2 among them."""
    ties = np.arange(1, 2**28, 2**12 + 1) * 2.0**-54
    halves = np.abs((np.arange(1070) + 0.5) * LN2)
    branches = upper(0x3FD62E42, 0x3FD62E43, 0x3FF0A2B2, 0x3E300000)
    levels = around([745.1332191019411, 745.0, 744.44, 708.39, 1.0])
    sliver = np.linspace(0.5 * LN2, upper(0x3FD62E43)[0], 50_000)
    special = [EDGES[EDGES <= 0], -ties, -around(halves, 3), -around(branches, 200), -levels, -sliver]
    special.append(np.array([-np.finfo(np.float64).max, -1e308]))
    return -np.abs(filled(special, [(-11.1, 0), (-11.1, 0), (-760, 0)], [(-80, 0), (-1074, 9)]))


def expm1_arguments() -> Array:
    """Return arguments up to the overflow: each k from −60 to 1024 at both its ends."""
    up = around((np.arange(1023) + 0.5) * LN2, 3)
    down = -around((np.arange(90) + 0.5) * LN2, 3)
    branches = around(upper(0x3FD62E43, 0x3FF0A2B2, 0x4043687A, 0x3C900000), 200)
    last = np.array([709.782712893384, -np.finfo(np.float64).max])
    special = [EDGES, up, down, both_signs(branches), -around([56 * LN2]), last]
    return filled(special, [(-60, 60), (-50, 709.78), (-2, 2)], [(-1074, 9), (-60, 5)])


def tanh_arguments() -> Array:
    """Return arguments of every size, most of them where tanh is not yet ±1."""
    branches = around([1.0, 22.0, 2.0**-28, 0.5, 0.5 * LN2, 0.25 * LN2], 200)
    return filled([EDGES, both_signs(branches)], [(-3, 3), (-3, 3), (-23, 23)], [(-1074, 1023), (-60, 5)])


def circular_arguments() -> Array:
    """Return angles: neighbours of the multiples of π/4, and all of the range, evenly and by scale."""
    multiples = around(np.arange(1, 2000) * (HALF_PI / 2), 20)
    far = np.arange(2000, 2**20, 5) * HALF_PI
    branches = upper(0x3FE921FC, 0x4002D97C, 0x3FD33333, 0x3FE90001, 0x3E400000)
    ends = upper(0x413921FC) - np.arange(1, 100) * 2.0**-32
    special = [EDGES, both_signs(multiples), far, both_signs(around(branches, 200)), both_signs(ends)]
    return filled(special, [(-50, 50), (-50, 50), (-1.6e6, 1.6e6)], [(-1074, 20), (-40, 5)])


def atan_arguments() -> Array:
    """Return arguments of every size, branch points between the five intervals to the ulp."""
    branches = around([0.4375, 0.6875, 1.1875, 2.4375, 1.0, 2.0**-27, 2.0**60, 2.0**66], 200)
    return filled([EDGES, both_signs(branches)], [(-3, 3), (-3, 3)], [(-1074, 1024), (-60, 60)])


def atan2_arguments() -> tuple[Array, Array]:
    """Return y and x: the grid of awkward values in all quadrants, then points of every kind."""
    branches = around([0.4375, 0.6875, 1.1875, 2.4375, *2.0 ** np.array([-61, -60, -27, 60, 61, 62, 66])], 20)
    awkward = np.concatenate([EDGES, both_signs(branches), [1e-310, 1.7e308, -1.7e308]])
    against = np.concatenate([EDGES, [1.0, -1.0, 3.0, -3.0, 1e-310, -1e-310, 1e308, -1e308]])
    y, x = (side.reshape(-1) for side in np.meshgrid(awkward, against))
    points = filled([y], [(-1, 1)], [(-1074, 1024), (-60, 60)])
    order = np.random.default_rng(4).permutation(COUNT - y.size)
    return points, np.concatenate([x, points[y.size :][order]])


ARGUMENTS: dict[str, tuple[Array, ...]] = {
    "exp": (exp_arguments(),),
    "expm1": (expm1_arguments(),),
    "tanh": (tanh_arguments(),),
    "sin": (circular_arguments(),),
    "cos": (circular_arguments(),),
    "atan": (atan_arguments(),),
    "atan2": atan2_arguments(),
}
