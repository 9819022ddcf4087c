"""GAN-001: weights, logits and softmax gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from mini_digits import model
from mini_digits.exp import exp
from reference.binary import f32, pack
from reference.decimals import to_fixed

from museum import arithmetic
from museum.arithmetic import Sum, forward, products
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


# ---- softmax ----


def shares(largest: Callable[[list[float]], float] = max, total: Sum = forward) -> None:
    """Put in a softmax that takes another number off, or adds up another way."""

    def softmax(scores: list[float]) -> list[float]:
        powers = [exp(min(score - largest(scores), 0.0)) for score in scores]
        return [power / (total(powers) or math.nan) for power in powers]

    instead(model.softmax, softmax)


def finished(last: Callable[[list[float]], list[float]]) -> None:
    """Put in a softmax whose result is treated once more."""
    right = model.softmax
    instead(right, lambda scores: last(right(scores)))


@wrong(SPECIES, "mdg-softmax-0004")
def softmax_backward() -> None:
    """Powers are added from the last to the first."""
    shares(total=arithmetic.backward)


@wrong(SPECIES, "mdg-softmax-0005")
def softmax_pairwise() -> None:
    """Powers are added pairwise."""
    shares(total=arithmetic.pairwise)


@wrong(SPECIES, "mdg-softmax-0018")
def softmax_in_four_lanes() -> None:
    """Powers are added in four lanes."""
    shares(total=arithmetic.lanes)


@wrong(SPECIES, "mdg-softmax-0005")
def softmax_added_exactly() -> None:
    """The powers' sum is rounded once."""
    shares(total=arithmetic.exactly)


@wrong(SPECIES, "mdg-softmax-0005")
def softmax_smallest_first() -> None:
    """Powers are added in order of size, for accuracy's sake."""
    shares(total=lambda powers: forward(sorted(powers)))


@wrong(SPECIES, "mdg-softmax-0010")
def softmax_largest_of_sizes() -> None:
    """What is taken off is the largest absolute value."""
    shares(largest=lambda scores: max(map(abs, scores)))


@wrong(SPECIES, "mdg-softmax-0002")
def softmax_largest_from_zero() -> None:
    """The search for the largest logit starts at 0, so that negative logits keep their size."""
    shares(largest=lambda scores: max(0.0, *scores))


@wrong(SPECIES, "mdg-softmax-0139")
def softmax_largest_in_binary32() -> None:
    """The largest logit is rounded to binary32 before it is taken off."""
    shares(largest=lambda scores: f32(max(scores)))


@wrong(SPECIES, "mdg-softmax-0004")
def softmax_times_the_reciprocal() -> None:
    """Powers are multiplied by 1 / sum."""

    def softmax(scores: list[float]) -> list[float]:
        powers = [exp(score - max(scores)) for score in scores]
        scale = 1 / forward(powers)
        return [power * scale for power in powers]

    instead(model.softmax, softmax)


@wrong(SPECIES, "mdg-softmax-0001")
def softmax_through_logarithms() -> None:
    """The log of the sum goes into the exponent: exp(x − m − log s)."""

    def softmax(scores: list[float]) -> list[float]:
        largest = max(scores)
        lost = math.log(forward(exp(score - largest) for score in scores))
        return [exp(min(score - largest - lost, 0.0)) for score in scores]

    instead(model.softmax, softmax)


@wrong(SPECIES, "mdg-softmax-0003")
def softmax_normalised_twice() -> None:
    """Coefficients are divided by their own sum once more."""
    finished(lambda found: [share / forward(found) for share in found])


@wrong(SPECIES, "mdg-softmax-0003")
def softmax_stored_as_binary32() -> None:
    """Coefficients are rounded to binary32."""
    finished(lambda found: [f32(share) for share in found])


@wrong(SPECIES, "mdg-softmax-0003")
def softmax_last_is_the_rest() -> None:
    """The last coefficient is what the others leave of 1."""
    finished(lambda found: [*found[:-1], 1.0 - forward(found[:-1])])


@wrong(SPECIES, "mdg-softmax-0010")
def softmax_small_shares_dropped() -> None:
    """Coefficients below 2^−24 are dropped."""
    finished(lambda found: [share if share >= 2.0**-24 else 0.0 for share in found])
