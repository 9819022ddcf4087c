"""GAN-002: expm1, and the norm that makes coefficients, gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from chromatic_orbit import model
from chromatic_orbit import tanh as right
from chromatic_orbit.tanh import PINNED, Constants
from reference.binary import above, f32

from museum import arithmetic
from museum.arithmetic import true_expm1
from museum.piece import instead, wrong

SPECIES = "chromatic-orbit"
expm1, reduced, assembled = right.expm1, right.reduced, right.assembled

# ---- expm1 ----


def function(other: Callable[[float], float]) -> None:
    """Put in another expm1, whatever its constants."""
    instead(expm1, lambda x, _=PINNED: other(x))


def constants(**changed: float) -> None:
    """Put in other constants."""
    function(lambda x: expm1(x, replace(PINNED, **changed)))


def put_together(formula: Callable[[float, float, int], float | None]) -> None:
    """Put in another last step, where it gives one."""

    def other(r: float, e: float, k: int) -> float:
        found = formula(r, e, k)
        return assembled(r, e, k) if found is None else found

    instead(assembled, other)


@wrong(SPECIES, "orb-expm1-0201")
def expm1_by_exp() -> None:
    """It is exp(x) − 1, in which a small x is lost."""
    function(lambda x: math.exp(x) - 1.0)


@wrong(SPECIES, "orb-expm1-0203")
def expm1_of_the_platform() -> None:
    """It is correctly rounded, which fdlibm's is not everywhere."""
    function(true_expm1)


@wrong(SPECIES, "orb-expm1-0001")
def expm1_positive_zero() -> None:
    """expm1(−0) is +0."""
    function(lambda x: expm1(x) if x else 0.0)


@wrong(SPECIES, "orb-expm1-0003")
def expm1_tiny_too_soon() -> None:
    """Below 2^−28, where tanh has its line, the result is x."""
    function(lambda x: x if abs(x) < 2.0**-28 else expm1(x))


@wrong(SPECIES, "orb-expm1-0005")
def expm1_minus_one_too_soon() -> None:
    """From −35 down the result is −1."""
    function(lambda x: -1.0 if x < -35 else expm1(x))


@wrong(SPECIES, "orb-expm1-0008")
def expm1_lost_bits_forgotten() -> None:
    """What rounding the reduced argument lost is taken for 0."""
    instead(reduced, lambda x, c: (reduced(x, c)[0], 0.0, reduced(x, c)[2]))


@wrong(SPECIES, "orb-expm1-0008")
def expm1_k_floored() -> None:
    """k is the whole number below x / ln 2."""

    def floored(x: float, c: Constants) -> tuple[float, float, int]:
        k = math.floor(c.inv_ln2 * x)
        hi, lo = x - k * c.ln2_hi, k * c.ln2_lo
        return hi - lo, (hi - (hi - lo)) - lo, k

    instead(reduced, lambda x, c: floored(x, c) if abs(x) > 1.04 else reduced(x, c))


@wrong(SPECIES, "orb-expm1-0011")
def expm1_reduced_too_late() -> None:
    """Arguments between ½ ln 2 and 0.4 are not reduced."""
    instead(reduced, lambda x, c: (x, 0.0, 0) if abs(x) < 0.4 else reduced(x, c))


@wrong(SPECIES, "orb-expm1-0305")
def expm1_q3_one_bit_off() -> None:
    """Q3 is one unit in its last place off."""
    constants(q3=above(PINNED.q3))


@wrong(SPECIES, "orb-expm1-0308")
def expm1_q4_one_bit_off() -> None:
    """Q4 is one unit in its last place off."""
    constants(q4=above(PINNED.q4))


@wrong(SPECIES, "orb-expm1-0309")
def expm1_q5_one_bit_off() -> None:
    """Q5 is one unit in its last place off, which one argument in 2^51 shows."""
    constants(q5=above(PINNED.q5))


@wrong(SPECIES, "orb-expm1-0011")
def expm1_k_of_one_by_one_formula() -> None:
    """For k = 1 it is 1 + 2·(r − e), left of −¼, too."""
    put_together(lambda r, e, k: 1.0 + 2.0 * (r - e) if k == 1 else None)


@wrong(SPECIES, "orb-expm1-0013")
def expm1_k_of_minus_one_like_the_others() -> None:
    """The case k = −1 is left to the formula for k ≤ −2."""
    put_together(lambda r, e, k: math.ldexp(1.0 - (e - r), k) - 1.0 if k == -1 else None)


@wrong(SPECIES, "orb-expm1-0007")
def expm1_medium_k_like_the_large() -> None:
    """k from 2 to 19 is left to the formula for 20 to 56."""
    put_together(lambda r, e, k: math.ldexp((r - (e + 2.0**-k)) + 1.0, k) if 2 <= k < 20 else None)


@wrong(SPECIES, "orb-expm1-0016")
def expm1_large_k_like_the_medium() -> None:
    """k from 20 to 56 is left to the formula for 2 to 19."""
    put_together(lambda r, e, k: math.ldexp((1.0 - 2.0**-k) - (e - r), k) if 20 <= k <= 56 else None)


# ---- normalise ----


def normed(norm: Callable[[list[float]], float]) -> None:
    """Put in another norm."""

    def other(raw: list[float]) -> list[float]:
        total = norm(raw) or 1.0
        return [f32(value / total) for value in raw]

    instead(model.normalised, other)


@wrong(SPECIES, "orb-normalise-0005")
def normalise_with_signs() -> None:
    """The norm is the sum of the numbers, not of their sizes."""
    normed(arithmetic.forward)


@wrong(SPECIES, "orb-normalise-0101")
def normalise_in_binary32() -> None:
    """The norm is kept in binary32."""
    normed(lambda raw: arithmetic.in_binary32(map(abs, raw)))


@wrong(SPECIES, "orb-normalise-0801")
def normalise_from_the_end() -> None:
    """The norm is added from the last to the first."""
    normed(lambda raw: arithmetic.backward(map(abs, raw)))


@wrong(SPECIES, "orb-normalise-0001")
def normalise_nothing() -> None:
    """A norm of 0 stays 0, and 0 / 0 is no number."""

    def other(raw: list[float]) -> list[float]:
        norm = arithmetic.forward(map(abs, raw))
        return [f32(value / norm) if norm else math.nan for value in raw]

    instead(model.normalised, other)


@wrong(SPECIES, "orb-normalise-0003")
def normalise_next_to_nothing() -> None:
    """A norm below 2^−126 is taken for 0."""

    def norm(raw: list[float]) -> float:
        total = arithmetic.forward(map(abs, raw))
        return total if total >= 2.0**-126 else 0.0

    normed(norm)


@wrong(SPECIES, "orb-normalise-0101")
def normalise_times_the_reciprocal() -> None:
    """Numbers are multiplied by 1 / norm, itself stored as binary32."""

    def other(raw: list[float]) -> list[float]:
        scale = f32(1 / (arithmetic.forward(map(abs, raw)) or 1.0)) if any(abs(value) > 1e-30 for value in raw) else 1.0
        return [f32(value * scale) for value in raw]

    instead(model.normalised, other)
