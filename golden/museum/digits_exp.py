"""GAN-001: exp gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from mini_digits import exp as right
from mini_digits.exp import PINNED, Constants
from reference.binary import above, below, bits, double, f32

from museum.arithmetic import fma, true_exp
from museum.piece import instead, wrong

SPECIES = "mini-digits"
pinned = right.exp


def function(exp: Callable[[float], float]) -> None:
    """Put in another exp."""
    instead(pinned, exp)


def constants(**changed: float) -> None:
    """Put in other constants."""
    own: Constants = replace(PINNED, **changed)  # type: ignore[arg-type]
    function(lambda x: pinned(x, own))


@wrong(SPECIES, "mdg-exp-0309", conforms="native-exp", exp="native")
def exp_of_the_platform() -> None:
    """exp is correctly rounded, as the best platforms have it; on a tenth of all arguments fdlibm's is not."""
    function(true_exp)


@wrong(SPECIES, "mdg-exp-0309")
def exp_by_powers_of_two() -> None:
    """exp(x) is 2^(x / ln 2)."""
    function(lambda x: 2.0 ** (x * 1.4426950408889634))


@wrong(SPECIES, "mdg-exp-0004")
def exp_in_binary32() -> None:
    """exp is binary32's."""
    function(lambda x: f32(pinned(f32(x))))


@wrong(SPECIES, "mdg-exp-0401")
def exp_through_expm1() -> None:
    """exp(x) is 1 + expm1(x)."""
    function(lambda x: 1 + (true_exp(x) - 1))


@wrong(SPECIES, "mdg-exp-0012")
def exp_flushing_subnormals() -> None:
    """Subnormal results are flushed to 0, as with fast-math."""
    function(lambda x: y if (y := pinned(x)) >= 2.0**-1022 else 0.0)


@wrong(SPECIES, "mdg-exp-0801")
def exp_subnormals_rounded_twice() -> None:
    """A subnormal result is scaled in two steps of which both round."""

    def scale(y: float, k: int) -> float:
        return y * 2.0**k if k >= -1021 else math.ldexp(y * 2.0**-1022, k + 1022)

    instead(right.scale, scale)


@wrong(SPECIES, "mdg-exp-0012")
def exp_underflow_too_early() -> None:
    """Below −708 the result is 0."""
    function(lambda x: 0.0 if x < -708 else pinned(x))


@wrong(SPECIES, "mdg-exp-0013")
def exp_smallest_number_lost() -> None:
    """The underflow begins at −745, so that 2^−1074 is never reached."""
    function(lambda x: 0.0 if x <= -745 else pinned(x))


@wrong(SPECIES, "mdg-exp-0002")
def exp_reduced_by_rounding() -> None:
    """k is the nearest integer of x / ln 2 with ties to even, reduced from |x| > ½ ln 2 on in one constant."""

    def exp(x: float) -> float:
        k = round(x * 1.4426950408889634)
        r = x - k * 0.6931471805599453
        return math.ldexp(pinned(r), k) if r <= 0 else math.ldexp(1 / pinned(-r), k)

    function(exp)


@wrong(SPECIES, "mdg-exp-0118")
def exp_reduced_too_late() -> None:
    """The reduction begins at ln 2, not at half of it."""
    constants(half_ln2=0x3FE62E42)


@wrong(SPECIES, "mdg-exp-0119")
def exp_middle_branch_too_wide() -> None:
    """k is −1 up to the boundary's own high word and beyond: one word too far."""
    constants(three_half_ln2=PINNED.three_half_ln2 + 1)


@wrong(SPECIES, "mdg-exp-0104")
def exp_fused() -> None:
    """A compiler contracts a·b + c in the polynomial to fused multiply-adds."""
    function(fused)


def fused(x: float) -> float:
    """Pinned exp with every a·b + c of the polynomial rounded once."""
    c = PINNED
    high = (bits(x) >> 32) & 0x7FFFFFFF
    if x < right.UNDERFLOW or high < c.tiny:
        return pinned(x)
    k, hi, lo = 0, x, 0.0
    if high > c.half_ln2:
        k = -1 if high < c.three_half_ln2 else int(c.inv_ln2 * x - 0.5)
        hi, lo = x - k * c.ln2_hi, k * c.ln2_lo
    r = hi - lo
    t = r * r
    p = fma(-t, fma(t, fma(t, fma(t, fma(t, c.p5, c.p4), c.p3), c.p2), c.p1), r)
    return right.scale(1.0 - ((lo - (r * p) / (2.0 - p)) - hi), k)


@wrong(SPECIES, "mdg-exp-0002")
def exp_last_coefficient_forgotten() -> None:
    """The polynomial stops at P4."""
    constants(p5=0.0)


@wrong(SPECIES, "mdg-exp-0110")
def exp_p5_one_bit_off() -> None:
    """P5 is typed from a decimal with a digit too few: one unit in its last place."""
    constants(p5=above(PINNED.p5))


@wrong(SPECIES, "mdg-exp-0002")
def exp_p1_of_a_sixth() -> None:
    """P1 is 1/6, which it nearly is."""
    constants(p1=1 / 6)


@wrong(SPECIES, "mdg-exp-0113")
def exp_ln2_lo_one_bit_off() -> None:
    """ln2_lo is one unit in its last place too small."""
    constants(ln2_lo=below(PINNED.ln2_lo))


@wrong(SPECIES, "mdg-exp-0115")
def exp_inv_ln2_in_binary32() -> None:
    """1 / ln 2 is a binary32 constant."""
    constants(inv_ln2=f32(PINNED.inv_ln2))


@wrong(SPECIES, "mdg-exp-0118")
def exp_ln2_in_one_piece() -> None:
    """ln 2 is subtracted as one number."""
    constants(ln2_hi=double("3fe62e42fefa39ef"), ln2_lo=0.0)


@wrong(SPECIES, "mdg-exp-0308")
def exp_one_step_up() -> None:
    """Every thirty-second result is one step too large, as from a table with a short word."""
    function(lambda x: above(y) if (y := pinned(x)) < 1 and bits(x) % 32 == 5 else y)
