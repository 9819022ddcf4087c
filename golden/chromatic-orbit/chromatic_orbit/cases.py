"""Cases of GAN-002, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reference.binary import above, below, f32, f64, pack, u32
from reference.malformed import malformed
from reference.species import Case, Series
from reference.words import latent as numbers
from reference.words import words

from chromatic_orbit import model
from chromatic_orbit.cases_expm1 import expm1
from chromatic_orbit.cases_tanh import tanh

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


NAMES = ("spiral", "starburst", "ripple", "interference", "orbit", "plasma")


def fields() -> Cases:
    """Give every value of the basis."""
    case = Series("orb", "fields", 1)
    for field, name in enumerate(NAMES):
        for channel, colour in enumerate(("red", "green", "blue")):
            why = f"{name}, {colour}, all 4,096 values: x and y exchanged, a phase or saturation mistaken, binary64"
            yield case("ORB-FLD-1 ORB-FLD-2 ORB-FLD-3", why, field=field, channel=channel)
    case = Series("orb", "fields", 101)
    yield case("ZOO-PROTO-6", "there is no seventh field", field=6, channel=0)
    yield case("ZOO-PROTO-6", "there is no fourth channel", field=0, channel=3)


ENERGIES = (
    (1.0, "the control's start"),
    (0.4, "the lower clamp itself"),
    (below(0.4), "just under it"),
    (above(0.4), "just inside"),
    (1.6, "the upper clamp itself"),
    (below(1.6), "just inside"),
    (above(1.6), "just over it"),
    (0.1, "below"),
    (9.0, "beyond"),
    (0.0, "zero is clamped"),
    (-1.0, "negative energies clamp to the lowest"),
    (0.6000000000000001, "0.4 + 4·0.05 is not 0.6"),
)


def blend() -> Cases:
    """Give each field alone, both clamps of the energy, and drawn coefficients on many rows."""
    case = Series("orb", "blend", 1)
    for b in range(6):
        one = pack("f32", [1.0 if n == b else 0.0 for n in range(6)])
        yield case("ORB-BLD-1 ORB-BLD-2", f"field {b} alone", coefficients=one, energy=f64(1.0), row=9 * b)
    drawn = [model.head(model.hidden(z)) for z in model.latents(4242)]
    case = Series("orb", "blend", 101)
    for energy, why in ENERGIES:
        yield case("ORB-NRG-1 ORB-BLD-1", why, coefficients=pack("f32", drawn[0]), energy=f64(energy), row=31)
    case = Series("orb", "blend", 201)
    why = "coefficient·energy is a binary64 product, formed first; a fused multiply-add or another order shows"
    for n, row in enumerate(range(0, 64, 3)):
        yield case(
            "ORB-BLD-1 ORB-BLD-2 ZOO-NUM-1",
            why,
            coefficients=pack("f32", drawn[n % 6]),
            energy=f64(0.45 + 0.05 * n),
            row=row,
        )
    case = Series("orb", "blend", 301)
    for values, why in (
        ([0.0] * 6, "the sum starts at +0"),
        ([-0.0] * 6, "and stays +0"),
        ([1.0] * 6, "sums beyond ±1"),
    ):
        yield case("ORB-BLD-2 ORB-BLD-3", why, coefficients=pack("f32", values), energy=f64(1.6), row=20)
    case = Series("orb", "blend", 321)
    for values, energy, row, why in BEYOND:
        yield case("ORB-BLD-1 ORB-BLD-2", why, coefficients=pack("f32", values), energy=f64(energy), row=row)
    for row in range(64):
        if row % 3:
            yield case(
                "ORB-BLD-2", f"row {row}, too", coefficients=pack("f32", drawn[row % 6]), energy=f64(0.9), row=row
            )
    case = Series("orb", "blend", 401)
    yield case("ZOO-PROTO-6", "there is no row 64", coefficients=pack("f32", [0.1] * 6), energy=f64(1.0), row=64)


BEYOND: tuple[tuple[list[float], float, int, str], ...] = (
    ([f32(2.0**-149)] * 6, 1.0, 0, "subnormal coefficients are not flushed to 0"),
    ([2.0, -3.0, 1.5, 0.0, 0.0, 0.0], 1.0, 1, "coefficients beyond ±1 are not clamped"),
)


def beside(k: int, reach: int) -> list[float]:
    """Give the sums whose shade lies closest to k + ½, reach of them on each side."""
    low = high = (k + 0.5) * 2 / 255 - 1
    found = [low]
    for _ in range(reach):
        low, high = below(low), above(high)
        found += [low, high]
    return found


def quantize() -> Cases:
    """Give sums at, beside and beyond the steps."""
    case = Series("orb", "quantize", 1)
    for parity, why in ((0, "exact .5 above an even byte goes up"), (1, "exact .5 above an odd byte goes up")):
        ties = [s for k in range(parity, 255, 2) for s in beside(k, 3) if model.shade(s) == k + 0.5]
        yield case("ORB-QNT-2", why, sums=f64(*ties))
    for first in range(0, 255, 51):
        near = [s for k in range(first, first + 51) for s in beside(k, 2)]
        yield case(
            "ORB-QNT-1 ORB-QNT-2", f"two neighbours on each side of steps {first} … {first + 50}", sums=f64(*near)
        )
    ends = [-1.0, above(-1.0), below(-1.0), 1.0, below(1.0), above(1.0), 0.0, -0.0, -2.0, 2.0, 1e300, -1e300]
    yield case("ORB-QNT-1", "the ends of the clamp, and beyond", sums=f64(*ends))
    yield case("ZOO-PROTO-4", "no sums: the bare tag", sums="f64:")


def readout() -> Cases:
    """Give ties of both signs, small negatives, and drawn coefficients."""
    case = Series("orb", "readout", 1)
    ties = [0.125, -0.125, 0.375, -0.375, 0.625, -0.875]
    yield case("ZOO-FIX-1 ZOO-FIX-2", "exact ties go away from zero: −0.125 → −0.13", coefficients=pack("f32", ties))
    small = [-0.001, -0.004999, 0.001, -0.0, 0.0, -1.0]
    yield case("ZOO-FIX-2", "a small negative is -0.00, minus zero is 0.00", coefficients=pack("f32", small))
    for first in range(0, 60, 6):
        near = [(-1) ** k * float(f"0.{k:02}5") for k in range(first, first + 6)]
        yield case("ZOO-FIX-1 ORB-RDT-1", "the binary32 number decides, not the decimal it came from",
                   coefficients=pack("f32", near))  # fmt: skip
    case = Series("orb", "readout", 101)
    for z in model.latents(1):
        why = "drawn: signs, labels from f1, two blanks between"
        yield case("ORB-RDT-1", why, coefficients=pack("f32", model.head(model.hidden(z))))
    case = Series("orb", "readout", 201)
    least = [-f32(2.0**-149), f32(2.0**-149), -f32(2.0**-126), 0.0, -0.0, 0.0]
    yield case("ZOO-FIX-2", "the least negative numbers keep their sign", coefficients=pack("f32", least))


CAPTURED = (
    (4242, 1.0),
    (4242, 0.4),
    (4242, 1.6),
    (0, 1.0),
    (1, 0.45),
    (2**32 - 1, 1.25),
    (42, 0.8),
    (4242, 0.1),
    (4242, 9.0),
)


# Energies, found by bisection, at which one pixel lies as near to a step as binary64 lets it: seed, energy, sample.
SHARP = (
    (1, "3ff3c7da158cac88", 0, "ORB-BLD-1 ORB-BLD-2 ZOO-NUM-1", "a fused blend, another order or energy last shows"),
    (1, "3ff3c7da158cac86", 0, "ORB-NRG-1", "energy in binary32 shows"),
    (1, "3feebd766393895c", 0, "ORB-BLD-2", "a pairwise sum shows"),
    (1, "3fe7fea0dc9171a7", 0, "ORB-QNT-2", "a pixel at exactly ½ goes up"),
    (0x235C2, "3ff0000000000000", 3, "ORB-RDT-1 ZOO-FIX-1", "a readout by rounding 100·c in binary32 shows −0.29"),
)


# Pixels are nearly blind to small errors; these samples have one that tells. Each is of the first such seed.
REVEALING = (
    (7, 2, "ORB-HID-2 ORB-HEAD-3", "a hidden layer or coefficients kept in binary64 change a pixel here"),
    (10, 0, "ZOO-LAT-1", "latents kept in binary64 change a pixel here"),
    (20, 3, "ORB-HEAD-1 ORB-HEAD-2", "a second layer that is not rounded before the norm changes a pixel here"),
    (17, 1, "ZOO-NUM-1 ORB-BLD-2", "sums kept in binary32 change a pixel here"),
)


def gallery() -> Cases:
    """Give every sample of the first captured gallery, one or two of the others."""
    case = Series("orb", "gallery", 1)
    for n, (seed, energy) in enumerate(CAPTURED):
        for sample in range(6) if n == 0 else {n % 6, 5 - n % 6}:
            why = f"sample {sample} of six from one stream of 48 draws; the source's own code drew these pixels"
            yield case("ORB-GAL-1 ORB-SHAPE-1 ORB-MRG-1", why, provenance="source",
                       seed=u32(seed), energy=f64(energy), sample=sample)  # fmt: skip
    case = Series("orb", "gallery", 101)
    yield case("ORB-GAL-1", "a seed with its top bit set", seed=u32(2**31), energy=f64(1.05), sample=3)
    yield case("ZOO-PROTO-6", "there is no seventh sample", seed=u32(1), energy=f64(1.0), sample=6)
    case = Series("orb", "gallery", 801)
    for seed, sample, needs, why in REVEALING:
        yield case(needs, why, provenance="search", seed=u32(seed), energy=f64(1.0), sample=sample)
    case = Series("orb", "gallery", 811)
    for seed, driven, sample, needs, why in SHARP:
        yield case(needs, why, provenance="search", seed=u32(seed), energy=f"f64:{driven}", sample=sample)


def cases() -> Cases:
    """Give every case, stage by stage."""
    stages = (prng, latent, weights, expm1, tanh, hidden, normalise, head, fields, blend, quantize, readout, gallery)
    return malformed("chromatic-orbit", chain.from_iterable(stage() for stage in stages))
