"""GAN-001: weights and logits gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from mini_digits import model
from reference.binary import f32, pack
from reference.decimals import to_fixed

from museum import arithmetic
from museum.arithmetic import forward, products
from museum.piece import instead, wrong

SPECIES = "mini-digits"
Rows = tuple[tuple[float, ...], ...]

# ---- weights ----


def matrix(entry: Callable[[int, int], float]) -> None:
    """Put in weights given by row and column."""
    rows: Rows = tuple(tuple(entry(i, j) for j in range(10)) for i in range(10))
    instead(model.weights, lambda: rows)


@wrong(SPECIES, "mdg-weights-0001")
def weights_nudged_in_binary32() -> None:
    """The nudges are binary32 numbers themselves: f32(−0.22) + f32(0.18)."""
    nudged = {0: f32(1.35), 3: f32(f32(-0.22) + f32(0.18)), 7: f32(f32(-0.22) - f32(0.12))}
    matrix(lambda i, j: nudged.get((j - i) % 10, f32(-0.22)))


@wrong(SPECIES, "mdg-weights-0001")
def weights_by_columns() -> None:
    """The matrix is built column by column: rows and columns are exchanged."""
    right = model.weights()
    matrix(lambda i, j: right[j][i])


@wrong(SPECIES, "mdg-weights-0001")
def weights_nudged_without_wrapping() -> None:
    """Nudges past the end of a row are dropped instead of wrapping around."""
    right = model.weights()
    matrix(lambda i, j: right[i][j] if j >= i or (i - j) % 10 not in {3, 7} else f32(-0.22))


@wrong(SPECIES, "mdg-weights-0001")
def weights_with_one_bias_forgotten() -> None:
    """The ninth bias, 0.09, is left at zero."""
    instead(model.BIASES, [*model.BIASES[:8], 0.0, model.BIASES[9]])


# ---- logits ----


def dense(total: Callable[[float, list[float]], float]) -> None:
    """Put in another way to add up bias and products."""

    def logits(z: list[float], temperature: float) -> list[float]:
        kelvin = model.clamp(temperature, model.COOLEST, model.HOTTEST)
        rows = zip(model.weights(), model.BIASES, strict=True)
        return [total(bias, products(row, z)) / kelvin for row, bias in rows]

    instead(model.logits, logits)


def heated(by: Callable[[float], float]) -> None:
    """Put in another treatment of the temperature."""

    def logits(z: list[float], temperature: float) -> list[float]:
        rows = zip(model.weights(), model.BIASES, strict=True)
        return [forward([bias, *products(row, z)]) / by(temperature) for row, bias in rows]

    instead(model.logits, logits)


@wrong(SPECIES, "mdg-logits-0313")
def logits_bias_last() -> None:
    """The bias is added after the products."""
    dense(lambda bias, terms: forward(terms) + bias)


@wrong(SPECIES, "mdg-logits-0002")
def logits_backward() -> None:
    """Products are added from the last to the first."""
    dense(lambda bias, terms: forward([bias, *reversed(terms)]))


@wrong(SPECIES, "mdg-logits-0002")
def logits_pairwise() -> None:
    """Products are added pairwise, as vectorised libraries do."""
    dense(lambda bias, terms: bias + arithmetic.pairwise(terms))


@wrong(SPECIES, "mdg-logits-0301")
def logits_in_four_lanes() -> None:
    """Products are added in four lanes, as SIMD code does."""
    dense(lambda bias, terms: bias + arithmetic.lanes(terms))


@wrong(SPECIES, "mdg-logits-0002")
def logits_added_exactly() -> None:
    """The sum is rounded once, as math.fsum and other careful sums do."""
    dense(lambda bias, terms: math.fsum([bias, *terms]))


@wrong(SPECIES, "mdg-logits-0101")
def logits_in_binary32() -> None:
    """The sum is kept in binary32."""
    dense(lambda bias, terms: arithmetic.in_binary32([bias, *terms]))


@wrong(SPECIES, "mdg-logits-0101")
def logits_biases_in_binary64() -> None:
    """Biases are the decimals in binary64, which the stage weights cannot show."""
    plain = [0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11]
    packed = pack("f32", plain) == pack("f32", model.BIASES)
    instead(model.BIASES, plain if packed else model.BIASES)


@wrong(SPECIES, "mdg-logits-0101")
def logits_by_columns() -> None:
    """Column i of the weights makes logit i."""
    columns = list(zip(*model.weights(), strict=True))

    def logits(z: list[float], temperature: float) -> list[float]:
        kelvin = model.clamp(temperature, model.COOLEST, model.HOTTEST)
        rows = zip(columns, model.BIASES, strict=True)
        return [forward([bias, *products(row, z)]) / kelvin for row, bias in rows]

    instead(model.logits, logits)


@wrong(SPECIES, "mdg-logits-0201")
def logits_times_the_reciprocal() -> None:
    """Sums are multiplied by 1 / temperature."""

    def logits(z: list[float], temperature: float) -> list[float]:
        coldness = 1 / model.clamp(temperature, model.COOLEST, model.HOTTEST)
        rows = zip(model.weights(), model.BIASES, strict=True)
        return [forward([bias, *products(row, z)]) * coldness for row, bias in rows]

    instead(model.logits, logits)


@wrong(SPECIES, "mdg-logits-0201")
def logits_bias_not_divided() -> None:
    """The products are divided by the temperature, the bias is not."""

    def logits(z: list[float], temperature: float) -> list[float]:
        kelvin = model.clamp(temperature, model.COOLEST, model.HOTTEST)
        rows = zip(model.weights(), model.BIASES, strict=True)
        return [bias + forward(products(row, z)) / kelvin for row, bias in rows]

    instead(model.logits, logits)


@wrong(SPECIES, "mdg-logits-0008")
def logits_never_clamped() -> None:
    """The temperature is used as given."""
    heated(lambda temperature: temperature or model.COOLEST)


@wrong(SPECIES, "mdg-logits-0008")
def logits_clamped_below_alone() -> None:
    """The temperature has a lower bound but no upper one."""
    heated(lambda temperature: max(temperature, model.COOLEST))


@wrong(SPECIES, "mdg-logits-0004")
def logits_clamped_above_alone() -> None:
    """The temperature has an upper bound; below, only what is not positive is refused."""
    heated(lambda temperature: min(temperature, model.HOTTEST) if temperature > 0 else model.COOLEST)


@wrong(SPECIES, "mdg-logits-0004")
def logits_clamped_at_binary32() -> None:
    """The lower bound is the binary32 number 0.35, a little lower than the binary64 one."""
    heated(lambda temperature: model.clamp(temperature, f32(0.35), model.HOTTEST))


@wrong(SPECIES, "mdg-logits-0201")
def logits_temperature_in_binary32() -> None:
    """The temperature is stored as binary32, as a shader's uniform is."""
    heated(lambda temperature: f32(model.clamp(temperature, model.COOLEST, model.HOTTEST)))


@wrong(SPECIES, "mdg-logits-0302")
def logits_temperature_of_two_decimals() -> None:
    """The temperature is rounded to the two decimals that paths show."""
    heated(lambda temperature: float(to_fixed(model.clamp(temperature, model.COOLEST, model.HOTTEST), 2)))


@wrong(SPECIES, "mdg-logits-0011")
def logits_default_out_of_bounds() -> None:
    """A temperature out of bounds is replaced by the control's default, 0.75."""
    heated(lambda temperature: temperature if model.COOLEST <= temperature <= model.HOTTEST else 0.75)
