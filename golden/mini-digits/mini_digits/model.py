"""GAN-001, Mini Digits, one number at a time, in the order of SPEC.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reference.binary import f32
from reference.decimals import math_round, to_fixed
from reference.png import read_grey
from reference.species import Refused
from reference.words import latent, words

from mini_digits.exp import exp

LATENT = 10
DIGITS = 10
SAMPLES = 9
SIDE = 28
COOLEST, HOTTEST = 0.35, 1.5
BIASES = [f32(b) for b in (0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11)]


@cache
def weights() -> tuple[tuple[float, ...], ...]:
    """[10, 10] binary32 numbers, each step rounded where it is stored (MDG-WGT)."""
    rows = []
    for i in range(DIGITS):
        row = [f32(-0.22)] * LATENT
        row[i] = f32(1.35)
        row[(i + 3) % 10] = f32(row[(i + 3) % 10] + 0.18)
        row[(i + 7) % 10] = f32(row[(i + 7) % 10] - 0.12)
        rows.append(tuple(row))
    return tuple(rows)


def clamp(x: float, low: float, high: float) -> float:
    """X brought into [low, high]."""
    return low if x < low else min(x, high)


def logits(z: list[float], temperature: float) -> list[float]:
    """[10] from a latent [10]: the bias first, then the products in order, then the division (MDG-LGT)."""
    kelvin = clamp(temperature, COOLEST, HOTTEST)
    found = []
    for row, bias in zip(weights(), BIASES, strict=True):
        total = bias
        for weight, number in zip(row, z, strict=True):
            total = total + weight * number
        found.append(total / kelvin)
    return found


def softmax(scores: list[float]) -> list[float]:
    """[10] coefficients from [10] logits (MDG-SMX)."""
    largest = max(scores)
    powers = [exp(score - largest) for score in scores]
    total = 0.0
    for power in powers:
        total = total + power
    return [power / total for power in powers]


@cache
def basis() -> tuple[tuple[float, ...], ...]:
    """[10, 784] binary32 numbers from the pinned picture (MDG-BAS)."""
    rows = read_grey(Path(__file__).resolve().parent.parent / "glyph-basis.png")
    return tuple(
        tuple(f32(byte / 255 * 2 - 1) for row in rows for byte in row[SIDE * d : SIDE * (d + 1)]) for d in range(DIGITS)
    )


def blend(coefficients: list[float]) -> list[float]:
    """[784] sums before the clamp, digit 0 first, from zero (MDG-BLD)."""
    sums = [0.0] * (SIDE * SIDE)
    for coefficient, field in zip(coefficients, basis(), strict=True):
        sums = [total + coefficient * value for total, value in zip(sums, field, strict=True)]
    return sums


def shade(total: float) -> float:
    """Give a sum on the scale of a byte, not yet rounded (MDG-QNT-1)."""
    return (clamp(total, -1.0, 1.0) + 1.0) / 2.0 * 255.0


def quantize(sums: list[float]) -> list[int]:
    """Give a byte for each sum (MDG-QNT)."""
    return [math_round(shade(total)) for total in sums]


def readout(coefficients: list[float]) -> str:
    """Give the line under a sample: "d0: 0.03  d1: 0.02  …" (MDG-RDT)."""
    if not all(0 <= c <= 1 for c in coefficients):
        raise Refused("a coefficient lies outside [0, 1]")
    return "  ".join(f"d{d}: {to_fixed(c, 2)}" for d, c in enumerate(coefficients))


def gallery(seed: int, temperature: float) -> list[list[float]]:
    """Give the coefficients of the nine samples, one stream after another (MDG-GAL)."""
    drawn = words(seed, 0, SAMPLES * LATENT)
    starts = range(0, len(drawn), LATENT)
    return [softmax(logits(latent(drawn[at : at + LATENT]), temperature)) for at in starts]
