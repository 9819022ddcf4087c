"""Margin certificates of galleries: how far from a rounding boundary, against how far an exp may carry (MDG-MRG).

All in exact rationals. u = 2^-53. A port on its platform's exp has every exp within one ulp of the pinned one, so
(SPEC.md, Margin certificates) each of its coefficients lies within 32·u·c of the pinned coefficient c.
"""

from __future__ import annotations

from fractions import Fraction

from reference.binary import unpack
from reference.species import Json

from mini_digits import model

U = Fraction(1, 2**53)
HALF = Fraction(1, 2)
GAMMA = 10 * U / (1 - 10 * U)  # ten products added one after another, each rounding at most u
LOOSE = 32 * U  # relative, of one coefficient


def blend_bound(sample: list[float]) -> Fraction:
    """How far a port's sum may lie from the pinned sum; |basis| ≤ 1 makes it one bound for all pixels."""
    weight = sum(map(Fraction, sample), Fraction(0))
    return weight * LOOSE + GAMMA * weight * (1 + LOOSE) + GAMMA * weight


def shade_bound(sample: list[float]) -> Fraction:
    """Give the same on the scale of a byte: s + 1 and ·255 each round once, on both sides."""
    return Fraction(255, 2) * blend_bound(sample) + 2 * Fraction(255) * (2 * U + U * U)


def gap(q: Fraction, top: int) -> Fraction:
    """Give the distance to the nearest k + ½ with k in 0 … top − 1, where the rounded value would step."""
    below = min(max((q - HALF).__floor__(), 0), top - 1)
    near = (below, min(below + 1, top - 1))
    return min(abs(q - k - HALF) for k in near)


def closest(values: list[Fraction], top: int) -> tuple[Fraction, int]:
    """Give the smallest gap and where it is."""
    return min((gap(value, top), at) for at, value in enumerate(values))


def rounded_down(x: Fraction) -> float:
    """Give a decimal of twelve places not above x: what the certificate prints is proved."""
    return float(Fraction((x * 10**12).__floor__(), 10**12))


def margin(given: Json) -> Json:
    """Give the certificate of one gallery: closest pixel and readout digit, bound, and whether they prove it."""
    (seed,), (temperature,) = unpack(given["seed"]), unpack(given["temperature"])
    samples = model.gallery(int(seed), temperature)
    pixel, place = min(pixel_gap(n, sample) for n, sample in enumerate(samples))
    digit, entry = min(readout_gap(n, sample) for n, sample in enumerate(samples))
    carry = max(map(shade_bound, samples))
    shift = max(100 * LOOSE * Fraction(max(sample)) for sample in samples)
    return {
        "pixel": {"distance": rounded_down(pixel), "at": list(place)},
        "readout": {"distance": rounded_down(digit), "at": list(entry)},
        "bound": {"pixel": f"{float(carry):.3g}", "readout": f"{float(shift):.3g}"},
        "proved": pixel > carry and digit > shift,
    }


def pixel_gap(n: int, sample: list[float]) -> tuple[Fraction, tuple[int, int, int]]:
    """Give the closest pixel of sample n: its distance in grey levels, and (sample, y, x)."""
    found, at = closest([Fraction(model.shade(total)) for total in model.blend(sample)], 255)
    return found, (n, at // model.SIDE, at % model.SIDE)


def readout_gap(n: int, sample: list[float]) -> tuple[Fraction, tuple[int, int]]:
    """Give the closest entry of readout n: its distance in hundredths, and (sample, digit)."""
    found, at = closest([Fraction(c) * 100 for c in sample], 100)
    return found, (n, at)
