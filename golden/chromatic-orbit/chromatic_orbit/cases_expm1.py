"""Cases of the stage expm1: its branch points, every way of putting the result together, deciders of constants."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reference.binary import above, below, double, f64
from reference.species import Case, Series

from chromatic_orbit.cases_tanh import drawn, high, signed

Cases = Iterator[tuple[str, Case]]
LN2 = math.log(2)


def beside(x: float) -> list[float]:
    """Give a number and its two neighbours."""
    return [below(x), x, above(x)]


def steps(first: int, last: int, offset: float) -> list[float]:
    """Give (n + offset)·ln 2, for n from first to last."""
    return [(n + offset) * LN2 for n in range(first, last + 1)]


BRANCHES: tuple[tuple[str, str, list[float]], ...] = (
    ("ORB-EXPM-1", "zeros keep their sign", [0.0, -0.0]),
    (
        "ORB-EXPM-1",
        "below 2^−54 the result is x itself",
        signed([*high(0x3C900000), *high(0x3C8FFFFF), 5e-324, 1e-300]),
    ),
    ("ORB-EXPM-1", "from 2^−54 on it is not", signed([1.5 * 2.0**-54, 2.0**-53, 3 * 2.0**-53, 2.0**-52, 2.0**-40])),
    ("ORB-EXPM-1", "about −56 ln 2 and below the result is −1", [*(-x for x in high(0x4043687A)), -40.0, -45.0, -50.0]),
    ("ORB-EXPM-1", "just above −56 ln 2 it may still be", [-x for x in (38.0, 37.5, 37.0, 36.7, 36.04, 35.0)]),
    ("ORB-EXPM-2", "½ ln 2: from here x is reduced", signed(high(0x3FD62E42))),
    ("ORB-EXPM-2", "3/2 ln 2: from here k is computed", signed(high(0x3FF0A2B2))),
    ("ORB-EXPM-2", "half-way between multiples of ln 2: k steps", [*steps(1, 60, 0.5), *steps(-54, -2, 0.5)]),
    ("ORB-EXPM-2", "multiples of ln 2: what is left of x nearly vanishes", [*steps(1, 60, 0.0), *steps(-54, -1, 0.0)]),
    ("ORB-EXPM-4", "k = 1: the two formulas meet at −¼", [x for y in beside(-0.25) for x in beside(y + LN2)]),
    ("ORB-EXPM-4", "k = 1: to the left of −¼", [0.35 + 0.004 * n for n in range(24)]),
    ("ORB-EXPM-4", "k = 1: to the right of −¼", [0.45 + 0.024 * n for n in range(24)]),
    ("ORB-EXPM-4", "k = −1", [-0.35 - 0.028 * n for n in range(24)]),
    ("ORB-EXPM-4", "k = −2 and below", [*steps(-54, -2, 0.3), *steps(-54, -2, -0.3)]),
    ("ORB-EXPM-4", "k from 2 to 19", [*steps(2, 19, 0.3), *steps(2, 19, -0.3), *steps(2, 19, 0.05)]),
    ("ORB-EXPM-4", "k from 20 to 56", [*steps(20, 56, 0.3), *steps(20, 56, -0.3), *steps(20, 56, 0.05)]),
    ("ORB-EXPM-4", "k beyond 56", [*steps(57, 71, 0.3), *steps(57, 71, -0.3), *steps(57, 71, 0.05), 50.0]),
)

# Constant, ulps it is off by, arguments whose result then changes (search/, proved by check.py).
DECIDING: tuple[tuple[str, int, str], ...] = (
    ("q1", -1, "bfd15d7199977b57 3fd4efa2c972d664 bfd513c018bf2b10"),
    ("q1", +1, "bfd22449b6a2b1df 3fd4af7c12c1bf9f 3fd45287db885904"),
    ("q2", -1, "bfd4730969069450 3fd55f34bad00021 bfd5870de267a2f6"),
    ("q2", +1, "bfd1fb97a1118687 3fd1e4cd1a9cdc25 bfd4df3cd300ebe3"),
    ("q3", -1, "3fd5739da49d4d2e 3fd5e45e30a0e1c1 3fd49adbd2880d52"),
    ("q3", +1, "3fd57dbdee1e361c 3fd4c14d7d206455 bfd33747345521d3"),
    ("q4", -1, "3fd62e18e172985d 3fd62dfb2b93b11b 3fd62e627e3e959f 3ffbb9db9e89df57 4037386ec9d752cb"),
    ("q4", +1, "bfd62d0757e603e4 bfd62ce6b84bae6e 3fd62e8e4ead5312 40325e5130ab8671 4033c12e2e4f9a2f"),
    ("q5", -1, "3fd66c591788ce3e"),
    ("q5", +1, "bfd54a1418cad9ed"),
    ("ln2_hi", -1, "40338862f7758314 4037bb089b39e04a 402315b704bdef49"),
    ("ln2_hi", +1, "40338862f7758314 4037bb089b39e04a 402315b704bdef49"),
    ("ln2_lo", -1, "40378f9492eaae3d"),
    ("inv_ln2", -1, "4030fb6b4b37945b 40455074610473ac"),
    ("inv_ln2", +1, "4045a92d6d005c93"),
)


# Searched for: arguments at each border where the wrong side's formula gives another result, and where fusing does.
BORDERS: tuple[tuple[str, str, str], ...] = (
    ("ORB-EXPM-2", "between ½ ln 2 and the end of its high word k is still 0",
     "3fd62e42ffcdb8d1 bfd62e42ffde139d bfd62e42ff264f98 bfd62e42ff8293e9 3fd62e42fff6d9f3 bfd62e42ff214087"),
    ("ORB-EXPM-2", "x·inv_ln2 is one step below 3/2 in size: half a unit more or less in what is added gives another k",
     "3ff0a2b23f3bab73 bff0a2b23f3bab73"),
    ("ORB-EXPM-2", "in the high word 3ff0a2b2 itself k is computed, not ±1", "3ff0a2b2926cfdbf bff0a2b2ec04ccd8"),
    ("ORB-EXPM-4", "k = 19 has the formula below 20, not the next",
     "4029c3a482a97293 4029c3a47ea8166e 4029c3a47edaf212"),
    ("ORB-EXPM-4", "k = 20 has the formula from 20 on", "402b2688c9fef933 402b2688b5aa1288 402b2688aef94309"),
    ("ORB-EXPM-4", "k = 56 has the formula up to 56",
     "4043852d4b873000 40433dd3d04cc47a 40437ad330b5938f 404344cf91bcece2"),
    ("ORB-EXPM-4", "k = 57 has the one beyond", "4043a2c5ecd2b451 4043ac6419e4c02d 4043aba261f5b6de 4043d031519b7e1a"),
    ("ORB-EXPM-3 ZOO-NUM-1", "Q4 + z·Q5 rounded once, as a fused multiply-add does it, gives another result",
     "bfd7b3fc7e466588"),
    ("ORB-EXPM-2 ZOO-NUM-1", "so does k·ln2_lo that is not rounded before what x has lost is taken from it",
     "404738dd7cceb9ca"),
)  # fmt: skip


def expm1() -> Cases:
    """Give the stage's cases; each packs a handful of arguments."""
    case = Series("orb", "expm1", 1)
    for needs, why, xs in BRANCHES:
        yield case(needs, why, x=f64(*xs))
    case = Series("orb", "expm1", 101)
    yield case("ZOO-PROTO-4", "no arguments: the bare tag", x="f64:")
    case = Series("orb", "expm1", 201)
    for width, n in ((1e-15, 2), (0.3465, 8), (1.04, 8), (14.0, 6), (39.0, 6), (50.0, 4)):
        for i in range(n):
            why = f"64 arguments in ±{width}: every order of operations, and every platform's own expm1"
            yield case("ORB-EXPM-2 ORB-EXPM-3 ORB-EXPM-4", why, x=f64(*drawn(width, 200 + 10 * n + i)))
    case = Series("orb", "expm1", 301)
    for name, ulps, found in DECIDING:
        why = f"decides the last bit of {name}: {'one more' if ulps > 0 else 'one less'} changes these results"
        yield case("ORB-EXPM-1", why, provenance="search", x=f64(*map(double, found.split())))
    case = Series("orb", "expm1", 401)
    for needs, why, found in BORDERS:
        yield case(needs, why, provenance="search", x=f64(*map(double, found.split())))
