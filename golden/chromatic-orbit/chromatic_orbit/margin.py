"""Margin certificates of galleries: a tanh that is one step off changes no coefficient (ORB-MRG).

Every result of tanh is rounded to binary32 at once, so it is enough that none lies within a step of the middle
between two binary32 numbers; then coefficients, pixels and readout are the same.
"""

from __future__ import annotations

import math
from fractions import Fraction

from reference.binary import f32, pack, unpack
from reference.species import Json

from chromatic_orbit import model


def neighbours(x: float) -> tuple[float, float]:
    """Give the binary32 numbers next to a positive binary32 number."""
    (word,) = unpack("u32:" + pack("f32", [x]).removeprefix("f32:"))
    below, above = (unpack("f32:" + pack("u32", [int(word) + d]).removeprefix("u32:"))[0] for d in (-1, 1))
    return below, above


def steps_to_tie(y: float) -> int:
    """Give how many binary64 steps |y| is away from the nearer rounding boundary of binary32, rounded down."""
    size = Fraction(abs(y))
    nearest = f32(abs(y))
    if not nearest:
        return 2**20  # only tanh(0) is 0, and it is exact
    ties = [(Fraction(nearest) + Fraction(each)) / 2 for each in neighbours(nearest)]
    return math.floor(min(abs(size - tie) for tie in ties) / Fraction(math.ulp(abs(y))))


def gap(q: float, top: int) -> float:
    """Give the distance to the nearest k + ½ with k in 0 … top − 1; near one the subtraction is exact."""
    k = min(max(math.floor(q), 0), top - 1)
    return min(abs(q - k - 0.5), abs(q - max(k - 1, 0) - 0.5), abs(q - min(k + 1, top - 1) - 0.5))


def rounded_down(x: float | Fraction) -> float:
    """Give a decimal of twelve places not above x."""
    return float(Fraction(math.floor(Fraction(x) * 10**12), 10**12))


def closest_pixel(coefficients: list[float], energy: float) -> Json:
    """Give the distance in grey levels of the closest pixel, and its row, column and channel."""
    shades = (model.shade(total) for row in range(model.SIDE) for total in model.blend(coefficients, energy, row))
    distance, at = min((gap(q, 255), at) for at, q in enumerate(shades))
    return {"distance": rounded_down(distance), "at": [at // 192, at // 3 % 64, at % 3]}


def closest_digit(coefficients: list[float]) -> Json:
    """Give the distance in hundredths of the closest coefficient, and which it is."""
    distance, at = min((hundredths(abs(c)), at) for at, c in enumerate(coefficients))
    return {"distance": rounded_down(distance), "at": [at]}


def hundredths(c: float) -> Fraction:
    """Give the exact distance of 100·c to the nearest k + ½, for 0 ≤ c ≤ 1."""
    q = 100 * Fraction(c)
    return min(abs(q - k - Fraction(1, 2)) for k in {min(math.floor(q), 99), max(math.floor(q) - 1, 0)})


def margin(given: Json) -> Json:
    """Give the certificate of one sample of a gallery."""
    (seed,), (energy,) = unpack(given["seed"]), unpack(given["energy"])
    z = model.latents(int(seed))[given["sample"]]
    activations = model.hidden(z)
    coefficients = model.head(activations)
    results = model.layer(model.WEIGHT1, model.BIAS1, z) + model.layer(model.WEIGHT2, model.BIAS2, activations)
    steps = min(map(steps_to_tie, results))
    return {
        "pixel": closest_pixel(coefficients, energy),
        "readout": closest_digit(coefficients),
        "bound": {"tanh_steps": 1, "steps_to_a_binary32_tie": steps},
        "proved": steps > 1,
    }
