"""Cases of the stage exp: branch points, tiny and subnormal results, and a deciding argument for every constant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from reference.binary import above, below, double, f64
from reference.species import Case, Series
from reference.words import words

from mini_digits.exp import PINNED, exp

Cases = Iterator[tuple[str, Case]]

# Constant, ulps it is off by, arguments whose result then changes.
# Found by search/exp_constants.c, proved by check.py.
DECIDING: tuple[tuple[str, int, str], ...] = (
    ("p1", -1, "bfd3a559b5d061ea bfd1730b487912ff bfd58ecec861ea68"),
    ("p1", +1, "bfd3a0043b4f7ebf bfd21be95dd35ac8 bfd4bcecbb983a28"),
    ("p2", -1, "bfd1e67a50b344e8 bfd6143bc00e37f3 bfd32f0839ae34af"),
    ("p2", +1, "bfd4a54a8d2b671b bfd30c4a2277f0e1 bfd429ca1e322a3a"),
    ("p3", -1, "bfd5dd862a8021db bfd29c27403ba450 bfd313080ac07da8"),
    ("p3", +1, "bfd3a3b6e90d68cf bfd5b7803d3938a7 bfd5070e526f6dfe"),
    ("p4", -1, "bfd3b97ca7ef822e bfd614bc8613da4f bfd52b47e93ec46b"),
    ("p4", +1, "bfd3040b385fbb0d bfd4d9b31d6d0a9b bfd1b835e694510c"),
    ("p5", -1, "bfd5fdc780760ae1 bfd4aba1b2fc9e2e"),
    ("p5", +1, "bfd52613efd9bbf1"),
    ("ln2_hi", -1, "c02b0861a6c0f69c c037386e22edf4a5"),
    ("ln2_hi", +1, "c02b0861a6c0f69c c037386e22edf4a5"),
    ("ln2_lo", -1, "c085ebc3ba2acad5 c07db87d4546ab6b c07db7fc684df575"),
    ("ln2_lo", +1, "c0813e181d463f4c c07d6a512351c240 c0800d16fcf557e0"),
    ("inv_ln2", -1, "c02b0861a6c0f69c c03686fc0af622d7 c04c3ee950b2a5c7"),
    ("inv_ln2", +1, "c037386e22edf4a5 c03ed8552a93f890 c041d939e92d5a9e"),
    ("half_ln2", -1, "bfd62e421e2feb89 bfd62e42c324c985 bfd62e428a9a021e"),
    ("half_ln2", +1, "bfd62e439f1b5a29 bfd62e43c38a7302 bfd62e43e9bce4b5"),
    ("three_half_ln2", +1, "bff0a2b27751c5c5 bff0a2b2cb98c639 bff0a2b244754b27"),
    ("tiny", +1, "be3000007c3a7895 be300000ac0bdcb9 be3000003460cf3c"),
)
LN2 = math.log(2)


def around(x: float) -> list[float]:
    """Give x and two neighbours on each side."""
    return [below(below(x)), below(x), x, above(x), above(above(x))]


def high(word: int) -> list[float]:
    """Both ends of the arguments whose high word is this, and the neighbours outside."""
    first, last = -double(word << 32), -double(word << 32 | 0xFFFFFFFF)
    return [above(first), first, below(first), above(last), last, below(last)]


NEAR_SUBNORMAL = [-(n + d) * LN2 for n in range(1019, 1025) for d in (-0.4, 0.0, 0.4)]
LAST = [-743.0, -744.0, -744.4, -744.44, -744.5, -745.0, below(-744.4400719213812)]

BRANCHES: tuple[tuple[str, str, list[float]], ...] = (
    ("MDG-EXP-5", "exp(0) = exp(−0) = 1", [0.0, -0.0]),
    ("MDG-EXP-3", "the |x| > ½ ln 2 branch starts after high word 3fd62e42", high(0x3FD62E42)),
    ("MDG-EXP-3", "the k = −1 branch ends before high word 3ff0a2b2", high(0x3FF0A2B2)),
    ("MDG-EXP-4", "below 2^−28 the result is 1 + x", high(0x3E300000) + high(0x3E2FFFFF)),
    ("MDG-EXP-4", "1 + x rounds: half an ulp below 1 and its neighbours", around(-(2.0**-54)) + around(-(2.0**-53))),
    ("MDG-EXP-4", "subnormal and smallest arguments", [-5e-324, -2.2250738585072014e-308, -1e-300, -1e-20]),
    ("MDG-EXP-3", "multiples of ln 2: the reduced argument nearly vanishes", [-n * LN2 for n in range(1, 33)]),
    ("MDG-EXP-3", "half-way between multiples of ln 2: k steps", [-(n + 0.5) * LN2 for n in range(1, 33)]),
    (
        "MDG-EXP-3",
        "k is truncated, not floored or rounded",
        [-1.04, -1.1, -1.3, -1.5, -1.7, -1.73, -1.74, -2.0, -2.42, -2.43],
    ),
    ("MDG-EXP-6", "the first results that scaling must round once", around(-708.3964185322641) + around(-707.7)),
    ("MDG-EXP-6", "k at −1020 … −1023: where the two ways of scaling meet", NEAR_SUBNORMAL),
    ("MDG-EXP-6", "subnormal results, rounded once", [-708.5 - 0.73 * n for n in range(50)]),
    ("MDG-EXP-6", "the very last results: 5e-324 is not 0", LAST),
)


# Found among 4,000 arguments from −708.5 down: y·2^−1022 rounds, and its product with 2^(k+1022) rounds again.
TWICE = [-709.8468, -710.4929, -710.5111, -711.958, -712.0035, -712.1218]


# Searched for, since few arguments show it; each series is of those where the wrong branch gives another result.
EDGES = (
    ("MDG-EXP-3", "between ½ ln 2 and the end of its high word k is still 0, not −1",
     "bfd62e42fefa3a0b bfd62e42fefa3a0f bfd62e42fefa3a1c bfd62e42fefa3a20"),
    ("MDG-EXP-4", "just below 2^−28, in the high word before, the result is 1 + x all the same",
     "be2fffffe845105e be2fffff686f3326 be2fffff58aee9fd be2fffff38be984c"),
    ("MDG-EXP-3", "x·inv_ln2 is one step above −3/2: half a unit more or less in what is subtracted gives another k",
     "bff0a2b23f3bab73"),
    ("ZOO-NUM-1", "hi − k·ln2_lo rounded once, as a fused multiply-add does it, gives another result",
     "c0813df683960661"),
    ("ZOO-NUM-1", "so does P4 + t·P5 rounded once", "bfd4e5cc7bc7ed3f bfd3ef2af443bde0"),
)  # fmt: skip


def exp_cases() -> Cases:
    """Give the stage's cases; each packs a handful of arguments."""
    case = Series("mdg", "exp", 1)
    for needs, why, xs in BRANCHES:
        yield case(needs, why, x=f64(*[x for x in xs if x >= -745.0]))
    case = Series("mdg", "exp", 101)
    for name, ulps, found in DECIDING:
        why = f"decides the last bit of {name}: {'one more' if ulps > 0 else 'one less'} changes these results"
        yield case("MDG-EXP-2 MDG-EXP-3", why, provenance="search", x=f64(*map(double, found.split())))
    case = Series("mdg", "exp", 201)
    yield case("ZOO-PROTO-4", "no arguments: the bare tag", x="f64:")
    case = Series("mdg", "exp", 301)
    for low, n in ((0.3465, 8), (1.0, 4), (12.0, 12), (745.0, 8)):
        for i in range(n):
            yield case("MDG-EXP-1 MDG-EXP-3 MDG-EXP-5", f"64 arguments in (−{low}, 0], for every order of operations",
                       x=f64(*drawn(low, n * 1000 + i)))  # fmt: skip
    case = Series("mdg", "exp", 401)
    tiny = [-(2.0**-28) * (1 - w / 2**33) for w in words(28, 0, 400)]
    needed = [x for x in tiny if exp(x) != exp(x, replace(PINNED, tiny=0))]
    why = "below 2^−28 the polynomial would round otherwise than 1 + x"
    yield case("MDG-EXP-4", why, provenance="search", x=f64(*needed))
    case = Series("mdg", "exp", 801)
    why = "subnormal results that come out otherwise when the scaling rounds on its way down, too"
    yield case("MDG-EXP-6", why, provenance="search", x=f64(*TWICE))
    why = "k = −1023 with nothing smaller beside it: 2^k is no normal number"
    yield case("MDG-EXP-6", why, x=f64(-708.76, -708.8, -708.9, -708.99))
    case = Series("mdg", "exp", 811)
    for needs, why, found in EDGES:
        yield case(needs, why, provenance="search", x=f64(*map(double, found.split())))


def drawn(low: float, n: int) -> list[float]:
    """64 arguments in (−low, 0] with all 53 bits alive."""
    stream = words(n, 0, 128)
    return [
        -low * ((a >> 5) * 67108864 + (b >> 6)) / 9007199254740992
        for a, b in zip(stream[::2], stream[1::2], strict=True)
    ]
