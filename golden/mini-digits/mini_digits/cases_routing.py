"""Cases of the stages weights, logits and softmax."""

from __future__ import annotations

from collections.abc import Iterator

from reference.binary import above, below, double, f32, f64, pack, unpack
from reference.species import Case, Series
from reference.words import latent, words

from mini_digits import model

Cases = Iterator[tuple[str, Case]]


def weights() -> Cases:
    """Give the one case without inputs."""
    case = Series("mdg", "weights", 1)
    why = "built step by step in binary32 storage: f32(f32(−0.22) + 0.18), not f32(−0.04); rows, not columns"
    yield case("MDG-WGT-1 MDG-WGT-2 MDG-WGT-3 MDG-BIAS-1", why)


TEMPERATURES = (
    (0.75, "the control's start"),
    (1.0, "division by one changes nothing"),
    (0.35, "the lower clamp itself"),
    (below(0.35), "just under the lower clamp"),
    (above(0.35), "just inside: not clamped"),
    (1.5, "the upper clamp itself"),
    (below(1.5), "just inside: not clamped"),
    (above(1.5), "just over the upper clamp"),
    (0.1, "below the clamp"),
    (9.0, "beyond the clamp"),
    (0.0, "zero is clamped, never divided by"),
    (-0.0, "so is minus zero"),
    (-3.0, "negative temperatures clamp to the lowest"),
    (5e-324, "the smallest number clamps too"),
    (1.7976931348623157e308, "and the largest"),
    (f32(0.35), "0.35 rounded to binary32 is below 0.35: clamped to the binary64 number"),
    (0.39999999999999997, "0.35 + 1·0.05 is not 0.4; the grid has decimals as written"),
    (0.4, "its neighbour, which the grid has"),
)


def logits() -> Cases:
    """Temperatures at the clamps, latents that show order and place."""
    case = Series("mdg", "logits", 1)
    drawn = latent(words(1337, 0, 10))
    for temperature, why in TEMPERATURES:
        yield case("MDG-TMP-1 MDG-LGT-2", why, latent=pack("f32", drawn), temperature=f64(temperature))
    case = Series("mdg", "logits", 101)
    for j in range(10):
        one = [1.0 if i == j else 0.0 for i in range(10)]
        why = f"column {j} of the weights alone: a transposed product or a shifted index shows here"
        yield case("MDG-LGT-1 MDG-WGT-3", why, latent=pack("f32", one), temperature=f64(1.0))
    case = Series("mdg", "logits", 201)
    for numbers, why in SHAPES:
        yield case("MDG-LGT-1 MDG-LGT-2", why, latent=pack("f32", numbers), temperature=f64(0.55))
    case = Series("mdg", "logits", 301)
    for n in range(32):
        why = "the bias first, then j = 0 … 9 in binary64; a true division, not a product with 1/temperature"
        z, warm = latent(words(7, 10 * n, 10)), 0.35 + 0.035 * n
        yield case("MDG-LGT-1 MDG-LGT-2", why, latent=pack("f32", z), temperature=f64(warm))
    case = Series("mdg", "logits", 341)
    for z, why in BEYOND:
        yield case("MDG-LGT-1 MDG-LGT-2", why, latent=pack("f32", z), temperature=f64(0.65))
    case = Series("mdg", "logits", 401)
    for count in (9, 11):
        yield case(
            "ZOO-PROTO-6", f"a latent of {count} is an error", latent=pack("f32", [0.5] * count), temperature=f64(1.0)
        )


SHAPES: tuple[tuple[list[float], str], ...] = (
    ([0.0] * 10, "nothing but the biases"),
    ([-0.0] * 10, "minus zeros change nothing"),
    ([1.0] * 10, "all at the upper end"),
    ([-1.0] * 10, "all at the lower end"),
    ([(-1.0) ** i for i in range(10)], "alternating signs cancel: the order of the sum shows"),
    ([f32(2.0**-149)] * 10, "subnormal binary32 inputs are kept, not flushed to zero"),
    ([f32(10.0**-i) for i in range(10)], "falling magnitudes: small ones last"),
    ([f32(10.0 ** (i - 9)) for i in range(10)], "rising magnitudes: a compensated or reversed sum differs"),
)
BEYOND: tuple[tuple[list[float], str], ...] = (
    ([3.0, -2.5, 7.0, -1.5, 4.0, -9.0, 2.0, -6.0, 5.0, -8.0], "latents beyond ±1 are not clamped"),
    ([f32(2.0 ** (125 - i)) * (-1) ** i for i in range(10)], "products beyond binary32 are none beyond binary64"),
    ([f32(2.0 ** (30 + i)) * (-1) ** i for i in range(10)], "large latents of alternating sign"),
    ([f32(3.4e38), f32(-3e38), *[0.0] * 8], "products beyond the largest binary32 number"),
    (list(unpack("f32:40000000c0400000501502f9" + "0" * 56)), "one latent far larger than the others"),
    (
        list(unpack("f32:3dbe8d943fb1cf0700001be0" + "0" * 56)),
        "a subnormal latent decides where the rest cancels: no flush to 0",
    ),
)

SCORES: tuple[tuple[list[float], str], ...] = (
    ([0.0] * 10, "all equal: each coefficient is exactly 0.1"),
    ([-3.5] * 10, "all equal below zero: a maximum that starts at 0 is no maximum"),
    ([1.0, 1.0] + [0.0] * 8, "two largest"),
    ([0.0] * 8 + [2.0, 2.0], "two largest at the end"),
    ([2.0] + [0.0] * 8 + [2.0], "the largest first and last"),
    ([-0.0, 0.0] * 5, "zeros of both signs are equal"),
    ([-1.0 - i for i in range(10)], "negative logits: a maximum that starts at 0 changes every bit"),
    ([-800.0 - i for i in range(10)], "far below zero: without the true maximum every power is 0 and 0/0 is no number"),
    ([800.0 + i for i in range(10)], "far above zero: without the maximum every power overflows"),
    ([0.0, -700.0, -708.0, -708.5, -709.0, -720.0, -740.0, -744.0, -745.0, -745.13], "down into subnormal powers"),
    ([0.0, -745.2, -746.0, -750.0, -800.0, -1000.0, -1e6, -1e100, -1e300, -2.0], "powers that vanish are exactly 0"),
    ([10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], "one leads by far"),
    ([1e-300 * i for i in range(10)], "differences too small to matter: 1 + x"),
    ([0.1 * i for i in range(10)], "rising: the sum runs from entry 0, not from the smallest"),
    ([0.1 * (9 - i) for i in range(10)], "falling"),
    ([36.0] + [0.0] * 9, "nine powers each below half an ulp of the sum: added in order they vanish one by one"),
    ([37.0] * 1 + [0.0] * 9, "the same one step further out"),
    (
        [0.0] * 9 + [36.5],
        "small ones first: they count together; a compensated sum (Python 3.12's sum) differs elsewhere",
    ),
)


LAST = double("c0874910d52d3051")  # −745.133…: exp of anything below is 0
ENDS = [0.0, LAST, above(LAST), below(LAST), below(below(LAST)), -744.5, -745.0, -745.2, -746.0, -747.0]


def spread(n: int, width: float) -> list[float]:
    """Ten scores drawn from the stream, in (−width, width)."""
    return [(w / 2**32 * 2 - 1) * width for w in words(99, 10 * n, 10)]


def softmax() -> Cases:
    """Ties, spreads, vanishing powers, and drawn scores."""
    case = Series("mdg", "softmax", 1)
    for scores, why in SCORES:
        yield case("MDG-SMX-1 MDG-SMX-2 MDG-SMX-3", why, logits=f64(*scores))
    case = Series("mdg", "softmax", 101)
    for n in range(40):
        why = "drawn: a product with 1/s, another order of the sum or another exp shows in the last bit"
        yield case("MDG-SMX-2 MDG-SMX-3", why, logits=f64(*spread(n, 5.0 if n < 30 else 300.0)))
    case = Series("mdg", "softmax", 201)
    for n in range(12):
        why = "as the model makes them: a latent of the stream at a temperature of the grid"
        z = latent(words(2**31 + n, 0, 10))
        yield case("MDG-SMX-1 MDG-SMX-3", why, logits=f64(*model.logits(z, 0.35 + 0.1 * n)))
    case = Series("mdg", "softmax", 301)
    for count in (9, 11):
        yield case("ZOO-PROTO-6", f"{count} logits are an error", logits=f64(*[0.0] * count))
    case = Series("mdg", "softmax", 401)
    why = "the last argument whose exp is not 0, and its neighbours: beyond what the stage exp is asked"
    yield case("MDG-EXP-1 MDG-SMX-1", why, logits=f64(*ENDS))
    case = Series("mdg", "softmax", 411)
    for lowest in (-2000.0, -1e6, -5e9, -1e31, -1e39, -1.7e308):
        why = f"all logits near {lowest:g}: a maximum that starts at some low number is no maximum"
        yield case("MDG-SMX-1", why, logits=f64(*[lowest * (1 + n / 2.0**50) for n in range(10)]))
    case = Series("mdg", "softmax", 421)
    for n in (505, 614, 938, 1730):
        why = "a quotient in 80-bit arithmetic rounds twice here"
        yield case("MDG-SMX-3 ZOO-NUM-1", why, provenance="search", logits=f64(*spread(n, 5.0)))
    yield case("MDG-SMX-1", "all near −2·10^9, below any word", logits=f64(*[-2e9] * 10))
    yield case("MDG-SMX-1", "all −10^300, below any binary32 number", logits=f64(*[-1e300] * 10))
