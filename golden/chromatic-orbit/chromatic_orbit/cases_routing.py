"""Cases of GAN-002 from words to coefficients: its stream, its latent, its two layers and their norm."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reference.binary import double, f32, pack, u32
from reference.species import Case, Series
from reference.words import latent as numbers
from reference.words import words

from chromatic_orbit import model

Cases = Iterator[tuple[str, Case]]


def prng() -> Cases:
    """Give a few stretches; GAN-001's suite has the many."""
    case = Series("orb", "prng", 1)
    for seed in (0, 1, 4242, 2**31, 2**32 - 1):
        yield case("ZOO-PRNG-1 ZOO-PRNG-2", f"the 48 words of seed {seed}", seed=u32(seed), skip=0, count=48)
    for skip in (48, 4917759, 2**32 - 1, 2**53 - 1):
        yield case("ZOO-PRNG-3 ZOO-PRNG-4", f"from word {skip + 1} on", seed=u32(4242), skip=skip, count=4)
    yield case("ZOO-PRNG-3", "no words: the bare tag", seed=u32(4242), skip=0, count=0)


def latent() -> Cases:
    """Give words beside the rounding boundaries of binary32, and wrong numbers of them."""
    case = Series("orb", "latent", 1)
    for edges, why in (
        ((0, 1, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 1, 0xFFFFFFBF, 0xFFFFFFC0), "0 is −1, 2^31 is +0, the last are 1"),
        (tuple(0xC0000040 + 0x80 * n for n in range(8)), "exact ties go to even"),
        (tuple(0x20000040 + 0x80 * n for n in range(8)), "below zero, too"),
    ):
        yield case("ZOO-LAT-1", why, words=pack("u32", edges))
    for n in range(8):
        why = "ordinary words: one rounding, at the end"
        yield case("ZOO-LAT-1", why, words=pack("u32", words(0x5EED, 8 * n, 8)))
    case = Series("orb", "latent", 201)
    for count in (0, 7, 10):
        yield case("ZOO-PROTO-6", f"{count} words are no latent of this species", words=pack("u32", range(count)))


def weights() -> Cases:
    """Give the one case without inputs."""
    case = Series("orb", "weights", 1)
    yield case("ORB-WGT-1", "decimals stored as binary32; one that is mistyped, or a matrix transposed, shows here")


SHAPES: tuple[tuple[list[float], str], ...] = (
    ([0.0] * 8, "nothing but the biases"),
    ([-0.0] * 8, "minus zeros change nothing"),
    ([1.0] * 8, "all at the upper end"),
    ([-1.0] * 8, "all at the lower end"),
    ([(-1.0) ** n for n in range(8)], "alternating signs: the order of the sum"),
    ([f32(2.0**-149)] * 8, "subnormal inputs are not flushed to zero"),
)


def cancelling(row: list[float], bias: float) -> list[float]:
    """Give inputs near 2^30 of which the last two bring the unit's sum back to about 2^−18.

    Rounding to binary32 hides the order of a sum of ordinary size; of one that has lost its upper bits it does not.
    """
    inputs = [f32(z * 2.0**30) for z in numbers(words(round(bias * 100) & 0xFFFF, 0, 6))]
    for weight in row[6:]:
        total = bias
        for known, z in zip(row, inputs, strict=False):
            total = total + known * z
        inputs.append(f32(-total / weight))
    return inputs


def whole(x: float) -> tuple[int, int]:
    """Give the odd integer and the power of two whose product x is."""
    above, below = x.as_integer_ratio()
    power = (above & -above).bit_length() - 1
    return above >> power, power + 1 - below.bit_length()


def solved(weights: list[float], total: float, scale: int) -> list[float]:
    """Give two inputs whose products with two weights make `total` exactly, a multiple of 2^scale below 2^(scale + 46).

    The weights' odd integers m and n must have no divisor in common: then a·m + b·n is every integer, with a below n.
    """
    (m, of_m), (n, of_n) = map(whole, weights)
    wanted = int(math.ldexp(total, -scale))
    a = wanted * pow(m, -1, abs(n)) % abs(n)
    return [math.ldexp(a, scale - of_m), math.ldexp((wanted - a * m) // n, scale - of_n)]


def emptied(row: list[float]) -> list[float]:
    """Give three inputs after which a unit's sum is exactly 0: the first drowns the bias, and two cancel that."""
    huge = row[0] * 2.0**60
    return [2.0**60, *solved(row[1:3], -huge, whole(huge)[1])]


def exactly(row: list[float], x: float) -> list[float]:
    """Give inputs with which a unit's sum is exactly x: three that empty it, one for half of x's bits, two for more."""
    coarse = f32(x / row[3])
    left = x - row[3] * coarse
    return [*emptied(row), coarse, *solved(row[4:6], left, whole(left)[1]), *[0.0] * (len(row) - 6)]


# Units whose weights have no divisors in common where `exactly` needs that.
HIDDEN_UNITS, HEAD_UNITS = (5, 6), (1, 2)
FAINT = [f32(k * 2.0**-131) for k in (29, -23, 19, -17, 13)]


# Sums of a unit whose tanh lies where one unit in the last place decides the rounding to binary32.
TIES = (
    ("400153c5b2667c57", "a tie, down to the even number: a tanh one step more goes up"),
    ("3fec8274ad60d01e", "one step above a tie: a tanh one step less, as glibc's is here, is the tie and goes down"),
    ("3fe31b0aa4b9245c", "a tie, down to the even number: glibc's tanh is one step more and goes up"),
)


def tied(units: tuple[int, ...]) -> Iterator[tuple[int, float, str]]:
    """Give each unit with each of those sums, and what is special about it."""
    for unit in units:
        for x, why in TIES:
            yield unit, double(x), f"tanh of unit {unit}'s sum is {why}"


def steered(case: Series, key: str, layer: str, rows: list[list[float]], units: tuple[int, ...]) -> Cases:
    """Give one layer the inputs that steer a unit's sum, to subnormal numbers and to those beside ties."""
    for unit in units:
        why = f"all of unit {unit}'s sum cancels but for subnormal inputs: neither they nor their tanh may be flushed"
        yield case(f"ORB-{layer}-1 ORB-TANH-1 ZOO-NUM-2", why, **{key: pack("f32", emptied(rows[unit]) + FAINT)})
    for unit, x, why in tied(units):
        inputs = {key: pack("f32", exactly(rows[unit], x))}
        yield case(f"ORB-{layer}-2 ORB-TANH-2", why, provenance="search", **inputs)


def hidden() -> Cases:
    """Give latents that show place, order and rounding of the first layer."""
    case = Series("orb", "hidden", 1)
    for j in range(8):
        one = [1.0 if n == j else 0.0 for n in range(8)]
        yield case("ORB-HID-1 ORB-WGT-1", f"column {j} alone: transposed or shifted weights", latent=pack("f32", one))
    for z, why in SHAPES:
        yield case("ORB-HID-1", why, latent=pack("f32", z))
    case = Series("orb", "hidden", 101)
    for n in range(24):
        why = "the bias first, j in order in binary64, tanh, and one rounding to binary32"
        yield case("ORB-HID-1 ORB-HID-2", why, latent=pack("f32", numbers(words(11, 8 * n, 8))))
    case = Series("orb", "hidden", 201)
    yield case("ZOO-PROTO-6", "seven numbers are an error", latent=pack("f32", [0.5] * 7))
    case = Series("orb", "hidden", 801)
    for unit, (row, bias) in enumerate(zip(model.WEIGHT1, model.BIAS1, strict=True)):
        why = f"large products that cancel in unit {unit}: another order of the sum, or the bias last, shows"
        yield case("ORB-HID-1 ZOO-NUM-1", why, provenance="search", latent=pack("f32", cancelling(row, bias)))
    why = "a tanh one step off rounds to another binary32 number here: the pinned one is meant within the layers, too"
    yield case("ORB-HID-2 ORB-TANH-2", why, provenance="search", latent="f32:bb369c9d2f110d74" + "0" * 48)
    yield from steered(Series("orb", "hidden", 821), "latent", "HID", model.WEIGHT1, HIDDEN_UNITS)


NORMS: tuple[tuple[list[float], str, str], ...] = (
    ([0.0] * 6, "ORB-HEAD-2", "no coefficient at all: the norm is 1, not 0, and zeros stay zeros"),
    ([-0.0, 0.0] * 3, "ORB-HEAD-2", "and keep their signs"),
    ([f32(2.0**-149)] + [0.0] * 5, "ORB-HEAD-2 ORB-HEAD-3", "the least number is not taken for 0: it makes 1"),
    ([-f32(2.0**-149), f32(2.0**-149)] * 3, "ORB-HEAD-3 ZOO-NUM-2", "sixths of subnormal numbers"),
    ([1.0, -1.0, 1.0, -1.0, 1.0, -1.0], "ORB-HEAD-2", "sizes are added, not numbers"),
    ([0.0, 0.0, 0.0, 0.0, 0.0, -0.5], "ORB-HEAD-2", "one alone makes ±1"),
    ([0.25, -0.25, 0.25, -0.25, 0.0, 0.0], "ORB-HEAD-2 ORB-HEAD-3", "a norm of exactly 1 changes nothing"),
    ([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125], "ORB-HEAD-3", "so do powers of two that add up to 1"),
)


# Two of ordinary size and four about 2^30 times smaller: added from the end, their norm changes a coefficient.
ORDERED = (
    "f32:3f6900ad3f58429bb0650bb5af2f87bab0b15bdfaf52c8b4",
    "f32:bf69edacbea6bab7b0a15f783053491fb002a6c32fe77e1f",
    "f32:be629a6cbf277a06af2e505c2f218145317f631fb0d77648",
)


DIVIDED = (
    ("ORB-HEAD-3", "a product with the binary64 number nearest to 1/norm rounds to another binary32 number here",
     "f32:bf173129bf0627e73d8fa2333edbac6f3f54264dbf0da9c6"),
    ("ORB-HEAD-3 ZOO-NUM-2", "subnormal quotients are rounded to even, neither flushed nor cut off",
     "f32:3f8000003f80000000000003000000018000000300000000"),
    ("ORB-HEAD-2", "a norm beyond the largest binary32 number", "f32:" + "7f7fffff" * 6),
)  # fmt: skip


def normalise() -> Cases:
    """Give sums of sizes: zero, exact, and such that their order shows."""
    case = Series("orb", "normalise", 1)
    for c, needs, why in NORMS:
        yield case(needs, why, c=pack("f32", c))
    case = Series("orb", "normalise", 101)
    for n in range(16):
        why = "a norm in binary32, or a product with 1/norm, shows"
        yield case("ORB-HEAD-2 ORB-HEAD-3", why, c=pack("f32", numbers(words(13, 6 * n, 6))))
    case = Series("orb", "normalise", 801)
    for found in ORDERED:
        why = "sizes so far apart that the norm's order decides a coefficient"
        yield case("ORB-HEAD-2 ZOO-NUM-1", why, provenance="search", c=found)
    case = Series("orb", "normalise", 811)
    for needs, why, found in DIVIDED:
        yield case(needs, why, provenance="search", c=found)


def head() -> Cases:
    """Give activations that show place, order, norm and both roundings of the second layer."""
    case = Series("orb", "head", 1)
    for j in range(8):
        one = [1.0 if n == j else 0.0 for n in range(8)]
        yield case("ORB-HEAD-1 ORB-WGT-1", f"column {j} alone", hidden=pack("f32", one))
    for values, why in SHAPES:
        yield case("ORB-HEAD-1 ORB-HEAD-2", why, hidden=pack("f32", values))
    case = Series("orb", "head", 101)
    for n in range(24):
        activations = model.hidden(numbers(words(12, 8 * n, 8)))
        why = "tanh rounded to binary32 before the norm; a norm in binary32, or a product with 1/norm, shows"
        yield case("ORB-HEAD-2 ORB-HEAD-3", why, hidden=pack("f32", activations))
    case = Series("orb", "head", 201)
    yield case("ZOO-PROTO-6", "six numbers are an error", hidden=pack("f32", [0.5] * 6))
    case = Series("orb", "head", 801)
    for unit, (row, bias) in enumerate(zip(model.WEIGHT2, model.BIAS2, strict=True)):
        why = f"large products that cancel in unit {unit}: another order of the sum, or the bias last, shows"
        yield case("ORB-HEAD-1 ZOO-NUM-1", why, provenance="search", hidden=pack("f32", cancelling(row, bias)))
    yield from steered(Series("orb", "head", 821), "hidden", "HEAD", model.WEIGHT2, HEAD_UNITS)
