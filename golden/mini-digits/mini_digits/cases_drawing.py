"""Cases of the stages blend, quantize, readout and gallery."""

from __future__ import annotations

from collections.abc import Iterator

from reference.binary import above, below, double, f32, f64, u32
from reference.species import Case, Series
from reference.words import words

from mini_digits import model

Cases = Iterator[tuple[str, Case]]


def one_hot(d: int) -> list[float]:
    """All weight on one digit."""
    return [1.0 if i == d else 0.0 for i in range(10)]


def unit(n: int) -> list[float]:
    """Ten coefficients from the stream, about as softmax gives them, all bits alive."""
    return model.softmax([w / 2**31 for w in words(0xB1E, 10 * n, 10)])


BLENDS: tuple[tuple[list[float], str], ...] = (
    ([0.0] * 10, "the sum starts at +0: 0 + 0·(−1) is +0; a sum that starts with its first product is −0"),
    ([-0.0] * 10, "minus zeros: still +0"),
    ([0.1] * 10, "all equal"),
    ([2.0] * 10, "sums reach ±20: this stage does not clamp"),
    ([-1.0] + [0.0] * 9, "negative coefficients are summed like any others"),
    ([5e-324] + [0.0] * 9, "a subnormal coefficient is not flushed to zero"),
    ([1.0, -1.0] * 5, "cancelling coefficients: the order of the sum shows"),
    (
        [1e16, 1.0, -1e16, 1.0, 1e16, 1.0, -1e16, 1.0, 0.0, 0.0],
        "a compensated or pairwise sum keeps what this one loses",
    ),
    ([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625, 0.001953125, 0.001953125], "powers of two"),
    ([1e-17, 1e-17, 1e-17, 1e-17, 1e-17, 1e-17, 1e-17, 1e-17, 1e-17, 1.0], "small ones first, the largest last"),
)


def blend() -> Cases:
    """Each glyph alone, then sums that show order, fusion and precision."""
    case = Series("mdg", "blend", 1)
    for d in range(10):
        why = f"glyph {d} alone, to the bit: transposed, mirrored, exchanged, or its field kept in binary64"
        yield case("MDG-BAS-1 MDG-BAS-2 MDG-BLD-1", why, coefficients=f64(*one_hot(d)))
    case = Series("mdg", "blend", 101)
    for coefficients, why in BLENDS:
        yield case("MDG-BLD-1 MDG-BLD-2", why, coefficients=f64(*coefficients))
    case = Series("mdg", "blend", 201)
    for n in range(12):
        why = "drawn: a fused multiply-add, binary32 sums or another order change bits here that no pixel shows"
        yield case("MDG-BLD-1 ZOO-NUM-1", why, coefficients=f64(*unit(n)))
    case = Series("mdg", "blend", 301)
    for count in (9, 11):
        yield case("ZOO-PROTO-6", f"{count} coefficients are an error", coefficients=f64(*[0.1] * count))


def near_step(k: int, reach: int) -> list[float]:
    """Give the sums whose shade lies closest to k + ½, reach of them on each side."""
    x = (k + 0.5) * 2 / 255 - 1
    low, high, found = x, x, [x]
    for _ in range(reach):
        low, high = below(low), above(high)
        found += [low, high]
    return sorted(found)


def exact_ties(parity: int) -> list[float]:
    """Give a sum for each k of that parity whose shade is k + ½ exactly, where there is one."""
    return [s for k in range(parity, 255, 2) for s in near_step(k, 3) if model.shade(s) == k + 0.5]


def quantize() -> Cases:
    """Give sums at, beside and between the steps, and beyond the clamp."""
    case = Series("mdg", "quantize", 1)
    yield case(
        "MDG-QNT-2", "exact .5 above an even byte goes up; half-even rounding goes down", sums=f64(*exact_ties(0))
    )
    yield case("MDG-QNT-2", "exact .5 above an odd byte goes up; truncation goes down", sums=f64(*exact_ties(1)))
    for first in range(0, 255, 51):
        why = (
            f"two neighbours on each side of the steps {first} … {first + 50}: s·127.5 + 127.5 and binary32 differ here"
        )
        beside = [s for k in range(first, first + 51) for s in near_step(k, 2)]
        yield case("MDG-QNT-1 MDG-QNT-2", why, sums=f64(*beside))
    case = Series("mdg", "quantize", 101)
    ends = [-1.0, above(-1.0), below(-1.0), 1.0, below(1.0), above(1.0), 0.0, -0.0, 5e-324, -5e-324]
    yield case("MDG-QNT-1", "the ends of the clamp, both zeros", sums=f64(*ends))
    beyond = [-1.01, 1.01, -1.5, 1.5, -2.0, 2.0, 3.0, -3.0, 20.0, -20.0, 1e300, -1e300, 256.0, -256.0]
    yield case("MDG-QNT-1", "beyond ±1: no clamp means bytes that wrap around or saturate elsewhere", sums=f64(*beyond))
    yield case("ZOO-PROTO-4", "no sums: the bare tag", sums="f64:")
    case = Series("mdg", "quantize", 201)
    drawn = [w / 2**31 - 1 for w in words(5, 0, 512)]
    yield case("MDG-QNT-1 MDG-QNT-2", "drawn sums", sums=f64(*drawn))
    yield case(
        "MDG-QNT-1", "every byte once: (b/255)·2 − 1 comes back as b", sums=f64(*[b / 255 * 2 - 1 for b in range(256)])
    )
    fields = [f32(b / 255 * 2 - 1) for b in range(256)]
    yield case("MDG-QNT-1", "every basis value comes back as its byte", sums=f64(*fields))
    case = Series("mdg", "quantize", 301)
    long = [w / 2**31 - 1 for w in words(6, 0, 3900)]
    yield case("MDG-QNT-1 ZOO-PROTO-3", "a request that just fits in a line", sums=f64(*long))


TIES = [0.125, 0.375, 0.625, 0.875, 0.0, 1.0, 0.5, 0.25, 0.75, -0.0]


def hundredths(first: int) -> list[float]:
    """Give the ten binary64 numbers nearest to k.5 hundredths, k from first."""
    return [float(f"0.{k:02}5") for k in range(first, first + 10)]


def readout() -> Cases:
    """Ties, almost-ties, and what is no coefficient."""
    case = Series("mdg", "readout", 1)
    yield case(
        "ZOO-FIX-1 MDG-RDT-1", "exact ties go up: 0.125 → 0.13; printf and format give 0.12", coefficients=f64(*TIES)
    )
    for shift, why in ((below, "just under each tie: down"), (above, "just over each tie: up")):
        beside = [abs(shift(x)) if 0 < x < 1 else 0.5 for x in TIES]
        yield case("ZOO-FIX-1", why, coefficients=f64(*beside))
    case = Series("mdg", "readout", 101)
    for first in range(0, 100, 10):
        why = f"0.{first:02}5 … are no ties in binary: the exact value decides; Math.round(x·100)/100 errs on some"
        yield case("ZOO-FIX-1", why, coefficients=f64(*hundredths(first)))
    for first in range(0, 100, 10):
        beside = [below(x) for x in hundredths(first)]
        yield case("ZOO-FIX-1", "the neighbours below: still decided exactly", coefficients=f64(*beside))
    case = Series("mdg", "readout", 201)
    small = [5e-324, 1e-300, 0.004, 0.0049999999999999996, 0.005, 0.00500000000000001, 0.994, 0.995, 0.996, below(1.0)]
    yield case("MDG-RDT-1 ZOO-FIX-1", "ends of the range: 0.00 and 1.00 by rounding, always two decimals, never 1e-300",
               coefficients=f64(*small))  # fmt: skip
    for n in range(8):
        yield case("MDG-RDT-1", "drawn: labels, order, two blanks between", coefficients=f64(*unit(n)))
    case = Series("mdg", "readout", 301)
    for wrong in (-0.01, -5e-324, above(1.0), 1.5):
        yield case(
            "MDG-RDT-2", f"{wrong!r} is no coefficient: an error, not a text", coefficients=f64(*[wrong] + [0.1] * 9)
        )
    yield case("ZOO-PROTO-6", "nine coefficients are an error", coefficients=f64(*[0.1] * 9))
    for wrong in (-0.01, 1.5):
        why = f"{wrong!r} is none as the last of ten, either"
        yield case("MDG-RDT-2", why, coefficients=f64(*[0.1] * 9, wrong))


CAPTURED = ((1337, 0.75), (1337, 0.35), (1337, 1.5), (0, 0.75), (1, 0.4), (2**32 - 1, 1.0), (42, 0.95),
            (2**31, 1.45), (987654321, 0.55), (1337, 0.1), (1337, 9.0))  # fmt: skip
MORE = ((2**31 - 1, 0.35), (4242, 0.7), (7, 1.25), (2**31, 0.35), (2, 0.39999999999999997), (20, -1.0))


# Pixels are nearly blind to small errors; these galleries have one that tells. Each is the first such seed.
REVEALING = (
    (28, "ZOO-NUM-1 MDG-BLD-1", "sums kept in binary32 change a pixel here"),
    (249, "ZOO-LAT-1 MDG-SMX-3", "latents kept in binary64, or coefficients stored as binary32, change a pixel here"),
    (209, "MDG-LGT-1 MDG-LGT-2", "logits stored as binary32 change a pixel here"),
    (1055, "MDG-BAS-2", "a basis kept in binary64 changes a pixel here"),
)


# Temperatures, found by bisection (search/), at which one pixel lies a unit in the last place or two from a step. What
# changes a coefficient or sum at all is likely to change that pixel: so a gallery shows what it hides elsewhere.
SHARP = (
    (3470079269, "3fdd82431ccc0803", (5, 9, 19), "MDG-SMX-1", "m is a sample's own maximum, not the gallery's"),
    (1193673359, "3fdcb6391f149dbd", (3, 15, 10), "MDG-SMX-1 MDG-SMX-2", "m of the gallery, or s from the end, shows"),
    (1193673359, "3fdcb6391f149dbe", (3, 15, 10), "MDG-QNT-2", "a sum in binary32 reaches the step"),
    (1165875763, "3ff16e2d8f4149fc", (1, 5, 10), "MDG-SMX-2 ZOO-NUM-1", "s from the end, or a fused blend, shows"),
    (1165875763, "3ff16e2d8f4149fd", (1, 5, 10), "MDG-SMX-1", "one step further the pixel is on the other side"),
    (3342097848, "3fed9bb46760f662", (6, 18, 20), "MDG-SMX-2 ZOO-NUM-1", "s from the end, or a fused blend, shows"),
    (5152601, "3fe3ab72b6bcae3b", (3, 12, 16), "MDG-LGT-2", "a product with 1/temperature shows"),
    (5152601, "3fe3ab72b6bcae3c", (3, 12, 16), "MDG-SMX-3", "a product with 1/s shows"),
    (4056958115, "3fe3ff2893b727e7", (6, 16, 15), "MDG-SMX-3 MDG-QNT-2", "a product with 1/s, or binary32, shows"),
)
NEAR = 1e-12  # of a grey level


def sharp_is_sharp() -> None:
    """Raise AssertionError unless each pixel named lies as near to a step as is said."""
    for number, temperature, (sample, y, x), _, why in SHARP:
        shade = model.shade(model.blend(model.gallery(number, double(temperature))[sample])[28 * y + x])
        assert abs(shade % 1 - 0.5) < NEAR, (number, temperature, why)


# Galleries in which a coefficient lies where a readout by another rule shows other digits.
PRINTED = (
    (0, "f64:3feb32fc36a110cb", "Math.round(c·100)/100 shows 0.05 for a coefficient just below it"),
    (0, "f64:3fd8135d81cf349e", "a coefficient of exactly 0.625 is shown as 0.63"),
    (0x1B25C, f64(0.75), "a coefficient rounded to binary32 first shows one hundredth more"),
    (7, f64(0.75), "a coefficient rounded to six decimals first shows one hundredth more"),
)


def gallery() -> Cases:
    """Whole galleries: what is left to go wrong is their assembly."""
    case = Series("mdg", "gallery", 1)
    for number, temperature in CAPTURED:
        why = "nine samples from one stream of 90 draws, in order; the source's own code drew these pixels"
        yield case("MDG-GAL-1 MDG-GAL-2 MDG-SHAPE-1 MDG-MRG-1", why, provenance="source",
                   seed=u32(number), temperature=f64(temperature))  # fmt: skip
    case = Series("mdg", "gallery", 101)
    for number, temperature in MORE:
        why = "another seed and temperature: no table of known answers, no state left from the gallery before"
        yield case("MDG-GAL-1 MDG-GAL-2 MDG-TMP-1", why, seed=u32(number), temperature=f64(temperature))
    case = Series("mdg", "gallery", 801)
    for number, needs, why in REVEALING:
        yield case(needs, why, provenance="search", seed=u32(number), temperature=f64(0.75))
    case = Series("mdg", "gallery", 811)
    for number, hot, (sample, y, x), needs, fault in SHARP:
        why = f"sample {sample + 1}'s pixel at row {y}, column {x} is as close to a step as binary64 lets it: {fault}"
        yield case(needs, why, provenance="search", seed=u32(number), temperature="f64:" + hot)
    case = Series("mdg", "gallery", 831)
    for number in (2019, 3214, 104, 1050, 1163):
        why = "a pixel within a 2^17th of a step: a product in binary32 that is not looked at again gives another"
        yield case("MDG-BLD-1 MDG-QNT-2", why, provenance="search", seed=u32(number), temperature=f64(0.75))
    case = Series("mdg", "gallery", 851)
    for cold in (0.2, 0.3, below(0.35)):
        why = "the clamp at 0.35 is a binary64 number: one in binary32 changes a pixel here"
        yield case("MDG-TMP-1", why, provenance="search", seed=u32(354), temperature=f64(cold))
    case = Series("mdg", "gallery", 841)
    for number, hot, why in PRINTED:
        yield case("ZOO-FIX-1 MDG-RDT-1", why, provenance="search", seed=u32(number), temperature=hot)
