"""Finds temperatures at which one pixel of a gallery lies within a unit in the last place or two of a step.

    PYTHONPATH=golden:golden/mini-digits python3 golden/mini-digits/search/sharp_temperatures.py [COUNT]

Bisection, for a pixel that differs between two temperatures, down to two neighbouring binary64 numbers. Prints seed,
both temperatures, sample and pixel, and the shades there; those that tell a fault apart are in cases_drawing.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random

from mini_digits import model
from reference.binary import f64
from reference.decimals import math_round
from reference.words import latent, words


def shade_of(seed: int, sample: int, pixel: int) -> Callable[[float], float]:
    """Give a pixel's shade as a function of the temperature."""
    z = latent(words(seed, 10 * sample, 10))
    column = [field[pixel] for field in model.basis()]

    def shade(temperature: float) -> float:
        total = 0.0
        for share, ink in zip(model.softmax(model.logits(z, temperature)), column, strict=True):
            total = total + share * ink
        return model.shade(total)

    return shade


def step(shade: Callable[[float], float], low: float, high: float) -> tuple[float, float] | None:
    """Give the two neighbouring temperatures between which the pixel changes, if it does between low and high."""
    below = math_round(shade(low))
    if math_round(shade(high)) == below:
        return None
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if math_round(shade(middle)) == below else (low, middle)
    return low, high


def main(count: int) -> None:
    """Print that many."""
    random = Random(5)
    while count:
        seed, sample, pixel, low = (
            random.getrandbits(32),
            random.randrange(9),
            random.randrange(784),
            random.uniform(0.4, 1.4),
        )
        shade = shade_of(seed, sample, pixel)
        found = step(shade, low, low + 0.03)
        if found:
            count -= 1
            print(seed, *map(f64, found), sample, divmod(pixel, 28), *map(shade, found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
