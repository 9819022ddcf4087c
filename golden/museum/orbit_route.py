"""GAN-002: weights, tanh and the two layers gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from chromatic_orbit import model
from chromatic_orbit import tanh as right
from chromatic_orbit.tanh import PINNED
from reference.binary import above, f32

from museum import arithmetic
from museum.arithmetic import products, true_tanh
from museum.piece import instead, within, wrong

SPECIES = "chromatic-orbit"
pinned = right.tanh

# ---- weights ----


@wrong(SPECIES, "orb-weights-0001")
def weights_reshaped() -> None:
    """The second layer's 48 numbers are cut into eight rows of six instead of six of eight, and turned."""
    flat = [number for row in model.WEIGHT2 for number in row]
    instead(model.WEIGHT2, [flat[unit::6] for unit in range(6)])


@wrong(SPECIES, "orb-weights-0001")
def weights_with_two_digits_exchanged() -> None:
    """One weight is typed 0.86 for 0.68."""
    rows = [list(row) for row in model.WEIGHT1]
    rows[5 - 4][3] = f32(0.86)
    instead(model.WEIGHT1, rows)


@wrong(SPECIES, "orb-weights-0001")
def weights_bias_without_its_sign() -> None:
    """The last bias is 0.02, not −0.02."""
    instead(model.BIAS2, [*model.BIAS2[:5], -model.BIAS2[5]])


# ---- tanh ----


def function(tanh: Callable[[float], float]) -> None:
    """Put in another tanh."""
    instead(pinned, tanh)


def constants(**changed: float) -> None:
    """Put in other constants."""
    own = replace(PINNED, **changed)
    function(lambda x: pinned(x, own))


@wrong(SPECIES, "orb-tanh-0201")
def tanh_of_the_platform() -> None:
    """tanh is correctly rounded, which fdlibm's is not everywhere."""
    function(true_tanh)


@wrong(SPECIES, "orb-tanh-0001")
def tanh_by_exponentials() -> None:
    """tanh(x) is (e^2x − 1) / (e^2x + 1), exact enough for large x and not for small."""

    def tanh(x: float) -> float:
        power = math.exp(2 * min(x, 300.0))
        return (power - 1) / (power + 1)

    function(tanh)


@wrong(SPECIES, "orb-tanh-0002")
def tanh_in_binary32() -> None:
    """tanh is binary32's."""
    function(lambda x: f32(true_tanh(f32(x))))


@wrong(SPECIES, "orb-tanh-0001")
def tanh_positive_zero() -> None:
    """tanh(−0) is +0: the sign is taken from a comparison."""
    function(lambda x: pinned(x) if x != 0 else 0.0)


@wrong(SPECIES, "orb-tanh-0004")
def tanh_saturated_too_early() -> None:
    """From |x| = 19 on the result is 1."""
    function(lambda x: math.copysign(1.0, x) if abs(x) >= 19 else pinned(x))


@wrong(SPECIES, "orb-tanh-0306")
def tanh_one_formula_for_all() -> None:
    """−t / (t + 2) with t = expm1(−2x) is used from |x| = 1 on, too."""

    def tanh(x: float) -> float:
        if not 1 <= abs(x) < 22:
            return pinned(x)
        t = right.expm1(-2 * abs(x))
        return math.copysign(-t / (t + 2.0), x)

    function(tanh)


@wrong(SPECIES, "orb-tanh-0301")
def tanh_q1_one_bit_off() -> None:
    """Q1 is one unit in its last place off."""
    constants(q1=above(PINNED.q1))


@wrong(SPECIES, "orb-tanh-0302")
def tanh_q1_of_a_thirtieth() -> None:
    """Q1 is −1/30, which it nearly is."""
    constants(q1=-1 / 30)


@wrong(SPECIES, "orb-tanh-0305")
def tanh_last_coefficients_forgotten() -> None:
    """The polynomial stops at Q3."""
    constants(q4=0.0, q5=0.0)


# ---- hidden and head ----


Layer = Callable[[list[list[float]], list[float], list[float]], list[float]]


def adding(total: Callable[[float, list[float]], float]) -> Layer:
    """Give a layer that adds up bias and products in another way."""

    def layer(rows: list[list[float]], biases: list[float], given: list[float]) -> list[float]:
        return [right.tanh(total(bias, products(row, given))) for row, bias in zip(rows, biases, strict=True)]

    return layer


def layers(total: Callable[[float, list[float]], float]) -> None:
    """Put it in for both layers."""
    instead(model.layer, adding(total))


@wrong(SPECIES, "orb-hidden-0801")
def hidden_bias_last() -> None:
    """The bias is added after the products."""
    layers(lambda bias, terms: arithmetic.forward(terms) + bias)


@wrong(SPECIES, "orb-hidden-0801")
def hidden_backward() -> None:
    """Products are added from the last to the first."""
    layers(lambda bias, terms: arithmetic.forward([bias, *reversed(terms)]))


@wrong(SPECIES, "orb-hidden-0003")
def hidden_in_binary32() -> None:
    """The sum is kept in binary32."""
    layers(lambda bias, terms: arithmetic.in_binary32([bias, *terms]))


@wrong(SPECIES, "orb-hidden-0001")
def hidden_without_bias() -> None:
    """The biases are forgotten."""
    layers(lambda _, terms: arithmetic.forward(terms))


@wrong(SPECIES, "orb-hidden-0801")
def hidden_added_exactly() -> None:
    """The sum is rounded once."""
    layers(lambda bias, terms: math.fsum([bias, *terms]))


@wrong(SPECIES, "orb-head-0801")
def head_bias_last() -> None:
    """In the second layer alone the bias is added after the products."""
    within(model.head, model.layer, adding(lambda bias, terms: arithmetic.forward(terms) + bias))


def normed(norm: Callable[[list[float]], float]) -> None:
    """Put in another norm of the head's outputs."""

    def head(activations: list[float]) -> list[float]:
        raw = [f32(value) for value in model.layer(model.WEIGHT2, model.BIAS2, activations)]
        return [f32(value / (norm(raw) or 1.0)) for value in raw]

    instead(model.head, head)


@wrong(SPECIES, "orb-head-0113")
def head_norm_with_signs() -> None:
    """The norm is the sum of the outputs, not of their sizes."""
    normed(arithmetic.forward)


@wrong(SPECIES, "orb-head-0113")
def head_norm_of_squares() -> None:
    """The norm is Euclid's."""
    normed(lambda raw: math.sqrt(arithmetic.forward(value * value for value in raw)))


@wrong(SPECIES, "orb-head-0003")
def head_norm_in_binary32() -> None:
    """The norm is kept in binary32."""
    normed(lambda raw: arithmetic.in_binary32(map(abs, raw)))


@wrong(SPECIES, "orb-head-0012")
def head_norm_of_the_unrounded() -> None:
    """The norm is taken before the outputs are stored as binary32."""

    def head(activations: list[float]) -> list[float]:
        raw = model.layer(model.WEIGHT2, model.BIAS2, activations)
        norm = arithmetic.forward(map(abs, raw))
        return [f32(f32(value) / (norm or 1.0)) for value in raw]

    instead(model.head, head)


@wrong(SPECIES, "orb-head-0006")
def head_times_the_reciprocal() -> None:
    """Outputs are multiplied by 1 / norm, itself stored as binary32."""

    def head(activations: list[float]) -> list[float]:
        raw = [f32(value) for value in model.layer(model.WEIGHT2, model.BIAS2, activations)]
        scale = f32(1 / (arithmetic.forward(map(abs, raw)) or 1.0))
        return [f32(value * scale) for value in raw]

    instead(model.head, head)
