"""Cases of the stage tanh: branch points of tanh and of the expm1 beneath it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reference.binary import above, below, double, f64
from reference.species import Case, Series
from reference.words import words

Cases = Iterator[tuple[str, Case]]
LN2 = math.log(2)


def signed(xs: list[float]) -> list[float]:
    """Give each number with both signs."""
    return [sign * x for x in xs for sign in (1.0, -1.0)]


def high(word: int) -> list[float]:
    """Give both ends of the numbers whose high word is this, and the neighbours outside."""
    first, last = double(word << 32), double(word << 32 | 0xFFFFFFFF)
    return [below(first), first, above(first), below(last), last, above(last)]


def halves(word: int) -> list[float]:
    """Give the arguments whose double is at that high word: tanh asks expm1 for 2|x|."""
    return [x / 2 for x in high(word)]


BRANCHES: tuple[tuple[str, str, list[float]], ...] = (
    ("ORB-TANH-1", "zeros keep their sign", [0.0]),
    ("ORB-TANH-1", "below 2^−28 the result is x itself", [*high(0x3E300000), *high(0x3E2FFFFF), 5e-324, 1e-300, 1e-20]),
    ("ORB-TANH-2", "at 1 the formula changes", [below(1.0), 1.0, above(1.0), *high(0x3FEFFFFF)]),
    ("ORB-TANH-3", "from 22 on the result is 1", [below(22.0), 22.0, above(22.0), 20.0, 19.0, 18.5, 25.0]),
    ("ORB-EXPM-2", "½ ln 2: from here expm1 reduces", halves(0x3FD62E42)),
    ("ORB-EXPM-2", "3/2 ln 2: from here k is computed", halves(0x3FF0A2B2)),
    ("ORB-EXPM-4", "around r = −¼ with k = 1", [(0.75 * LN2 + d) for d in (-0.1, -0.06, -0.05, -0.03, 0.0, 0.05)]),
    ("ORB-EXPM-4", "k from 2 to 20 and beyond", [(n / 2) * LN2 for n in range(2, 64)]),
    ("ORB-EXPM-2", "half-way between multiples of ln 2", [(n / 2 + 0.25) * LN2 for n in range(1, 63)]),
    ("ORB-TANH-3", "where 1 − 2/(t + 2) becomes 1", [18.9 + 0.02 * n for n in range(20)]),
)


# Constant, ulps it is off by, arguments whose result then changes (search/tanh_constants.c, proved by check.py).
DECIDING: tuple[tuple[str, int, str], ...] = (
    ("q1", -1, "3fc49ca2e175fd28 3fc6037651bfb5ba 3fc5cf7f0fda18e0"),
    ("q1", +1, "3fc30c86de28e76d 3fc3e0d1a135bf06 3fc3bdc55737235e"),
    ("q2", -1, "3fc25f1ab8285ab7 3fc2d0309ce0049e 3fc60d59040a2983"),
    ("q2", +1, "3fc3e7257b0e0780 3fc379292deb6130 3fc2feb3c04aa5af"),
    ("ln2_hi", -1, "3ffeaab225da39c7 400fc2fe8433b716 3ff1908e9d0a4dc0"),
    ("ln2_hi", +1, "400146b84f8a714c 3ff1908e9d0a4dc0 4000afd883c593fb"),
)


# Searched for: arguments at which the formula gives another number than x, and those at which it has to be used.
TINY = (
    ("below 2^−28 the result is x, where the formula would round otherwise",
     "3e2d6645faf03f38 3e14d1fe098f6630 3defdb17f5362df0 3dad4e441df9e494 3d1df6da8e3ce2b8 3c94f4689603b402"),
    ("just below 2^−28, in the high word before, it is still x",
     "3e2fffff16049a2a 3e2fffffd70ea4a0 3e2fffffcbd0cac1 3e2fffff66e23660"),
    ("from 2^−28 on the formula decides", "3e300000ccf8dcb7 3e300000e4dc99bd 3e3000001cd8d5d1 3e30000084a931e5"),
)  # fmt: skip


def drawn(width: float, n: int) -> list[float]:
    """Give 64 arguments in (−width, width) with all 53 bits alive."""
    stream = words(n, 0, 128)
    whole = [(a >> 5) * 67108864 + (b >> 6) for a, b in zip(stream[::2], stream[1::2], strict=True)]
    return [width * (2 * x / 9007199254740992 - 1) for x in whole]


def tanh() -> Cases:
    """Give the stage's cases; each packs a handful of arguments."""
    case = Series("orb", "tanh", 1)
    for needs, why, xs in BRANCHES:
        yield case(needs, why, x=f64(*signed(xs)))
    case = Series("orb", "tanh", 101)
    yield case("ZOO-PROTO-4", "no arguments: the bare tag", x="f64:")
    case = Series("orb", "tanh", 301)
    for name, ulps, found in DECIDING:
        why = f"decides the last bit of {name}: {'one more' if ulps > 0 else 'one less'} changes these results"
        yield case("ORB-EXPM-1", why, provenance="search", x=f64(*map(double, found.split())))
    case = Series("orb", "tanh", 201)
    for width, n in ((0.01, 4), (0.2, 6), (0.6, 8), (1.2, 8), (4.0, 12), (25.0, 6)):
        for i in range(n):
            why = f"64 arguments in ±{width}: every order of operations, and every platform's own tanh"
            yield case("ORB-EXPM-1 ORB-EXPM-3 ORB-TANH-2", why, x=f64(*drawn(width, 100 * n + i)))
    case = Series("orb", "tanh", 801)
    for why, found in TINY:
        yield case("ORB-TANH-1", why, provenance="search", x=f64(*signed([double(text) for text in found.split()])))
    why = "−t/(t + 2) in 80-bit arithmetic rounds twice here"
    yield case("ORB-TANH-2 ZOO-NUM-1", why, provenance="search", x=f64(double("3fea6ae6d9fe12fa")))
