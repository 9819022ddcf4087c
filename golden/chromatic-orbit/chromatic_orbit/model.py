"""GAN-002, Chromatic Orbit, one number at a time, in the order of SPEC.md."""

from __future__ import annotations

import math
from functools import cache

from reference.binary import f32
from reference.decimals import math_round, to_fixed
from reference.words import latent, words

from chromatic_orbit.circular import atan2, cos, sin
from chromatic_orbit.tanh import tanh

LATENT, FIELDS, SAMPLES, SIDE = 8, 6, 6, 64
FAINTEST, BRIGHTEST = 0.4, 1.6
Numbers = list[float]


def table(text: str) -> list[Numbers]:
    """Give rows of decimals as binary32 numbers."""
    return [[f32(float(number)) for number in line.split()] for line in text.strip().splitlines()]


WEIGHT1 = table("""
 1.15 -0.62  0.48 -0.35  0.92 -1.08  0.74 -0.53
-0.58  1.12 -0.72  0.68 -0.34  0.41 -0.93  0.77
 0.42  0.55 -1.06  0.87 -0.29  0.36  0.52 -0.68
-0.91 -0.44  0.63  1.04 -0.57  0.28  0.71 -0.32
 0.66 -0.38 -0.45  0.59  1.08 -0.72  0.34  0.41
-0.37  0.83  0.92 -0.61  0.25 -0.96  0.78  0.53
 0.74  0.49 -0.28 -0.82  0.63  0.91 -0.57 -0.34
-0.48 -0.72  0.85  0.32 -0.94  0.68  0.44  0.97
""")
(BIAS1,) = table("0.12 -0.08 0.05 -0.11 0.07 -0.04 0.06 -0.09")
WEIGHT2 = table("""
 0.82 -0.63  0.51 -0.44  0.37 -0.58  0.66 -0.41
-0.57  0.78 -0.69  0.62 -0.33  0.45 -0.54  0.71
 0.48  0.36 -0.52  0.77 -0.66  0.59 -0.32  0.41
-0.63 -0.44  0.68  0.52 -0.71  0.34  0.57 -0.48
 0.55 -0.29 -0.36  0.41  0.72 -0.64  0.33  0.52
-0.42  0.61  0.74 -0.53  0.28 -0.57  0.69  0.45
""")
(BIAS2,) = table("0.05 -0.04 0.02 -0.03 0.01 -0.02")


def layer(rows: list[Numbers], biases: Numbers, given: Numbers) -> Numbers:
    """Give tanh(bias + Σ weight·given) of each row in binary64, not yet rounded (ORB-HID-1)."""
    found = []
    for row, bias in zip(rows, biases, strict=True):
        total = bias
        for weight, number in zip(row, given, strict=True):
            total = total + weight * number
        found.append(tanh(total))
    return found


def hidden(z: Numbers) -> Numbers:
    """Give the hidden layer: eight binary32 numbers."""
    return [f32(value) for value in layer(WEIGHT1, BIAS1, z)]


def head(activations: Numbers) -> Numbers:
    """Give the six coefficients (ORB-HEAD)."""
    return normalised([f32(value) for value in layer(WEIGHT2, BIAS2, activations)])


def normalised(raw: Numbers) -> Numbers:
    """Give each number over Σ|c| (ORB-HEAD-2, ORB-HEAD-3)."""
    norm = 0.0
    for value in raw:
        norm = norm + abs(value)
    return [f32(value / (norm or 1.0)) for value in raw]


def waves(nx: float, ny: float) -> list[tuple[float, float]]:
    """Give wave and saturation of the six fields at a point (ORB-FLD-2)."""
    radius = math.sqrt(nx * nx + ny * ny)
    angle = atan2(ny, nx)
    return [
        (angle * 5.5 + radius * 9.2, 0.9 - radius * 0.4),
        (cos(angle * 12.0) * 3.2 + radius * 8.4, 0.85),
        (radius * radius * 18.0, 1.0 - radius * 0.35),
        (nx * 9.0 + sin(ny * 4.0) * 3.6, 0.75),
        (sin(angle * 4.0) * 4.5 + nx * 6.4 - ny * 5.2, 0.95),
        (sin(nx * 7.6) + cos(ny * 8.2) + nx * ny * 5.3, 0.88),
    ]


def colour(wave: float, saturation: float) -> Numbers:
    """Give red, green and blue of a wave, before rounding (ORB-FLD-3)."""
    return [sin(phase) * saturation for phase in (wave, wave + 2.09439510239, wave + 4.18879020478)]


@cache
def unrounded() -> list[list[Numbers]]:
    """[6][4096][3] in binary64."""
    axis = [i / 63 * 2 - 1 for i in range(SIDE)]
    points = [waves(nx, ny) for ny in axis for nx in axis]
    return [[colour(*point[field]) for point in points] for field in range(FIELDS)]


@cache
def fields() -> list[list[Numbers]]:
    """[6][4096][3] binary32 numbers."""
    return [[[f32(value) for value in pixel] for pixel in field] for field in unrounded()]


def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
    """Give the 192 sums of a row: its pixels from the left, red, green and blue of each (ORB-BLD)."""
    clamped = min(max(energy, FAINTEST), BRIGHTEST)
    sums = [0.0] * (3 * SIDE)
    for coefficient, field in zip(coefficients, fields(), strict=True):
        driven = coefficient * clamped
        values = (value for pixel in field[SIDE * row : SIDE * (row + 1)] for value in pixel)
        sums = [total + driven * value for total, value in zip(sums, values, strict=True)]
    return sums


def shade(total: float) -> float:
    """Give a sum on the scale of a byte, not yet rounded (ORB-QNT-1)."""
    return min(max((total + 1.0) / 2.0, 0.0), 1.0) * 255.0


def quantize(sums: Numbers) -> list[int]:
    """Give a byte for each sum."""
    return [math_round(shade(total)) for total in sums]


def readout(coefficients: Numbers) -> str:
    """Give the line under a sample: "f1: 0.12  f2: -0.07  …" (ORB-RDT)."""
    return "  ".join(f"f{n + 1}: {to_fixed(c, 2)}" for n, c in enumerate(coefficients))


def latents(seed: int) -> list[Numbers]:
    """Give the latents of the six samples, from one stream (ORB-GAL-1)."""
    drawn = latent(words(seed, 0, SAMPLES * LATENT))
    return [drawn[at : at + LATENT] for at in range(0, len(drawn), LATENT)]


def picture(coefficients: Numbers, energy: float) -> list[int]:
    """Give a sample's 12,288 bytes."""
    return [byte for row in range(SIDE) for byte in quantize(blend(coefficients, energy, row))]
