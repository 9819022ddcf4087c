"""Cases of GAN-002 from coefficients to pixels and readout: the fields, their blend, its bytes; whole samples."""

from __future__ import annotations

from collections.abc import Iterator

from reference.binary import above, below, f32, f64, pack, u32
from reference.species import Case, Series

from chromatic_orbit import model

Cases = Iterator[tuple[str, Case]]


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
    case = Series("orb", "gallery", 821)
    for energy, clamp in ((0.3, 0.4), (below(0.4), 0.4), (2.0, 1.6)):
        why = f"the clamp at {clamp} is a binary64 number: one in binary32 changes a pixel here"
        yield case("ORB-NRG-1", why, provenance="search", seed=u32(24), energy=f64(energy), sample=0)
