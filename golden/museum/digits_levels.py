"""GAN-001: levels and readout gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from mini_digits import model
from reference.binary import f32
from reference.decimals import math_round, to_fixed
from reference.species import Refused

from museum.piece import instead, wrong

SPECIES = "mini-digits"

# ---- quantize ----


def levels(level: Callable[[float], int]) -> None:
    """Put in another level of a sum."""
    instead(model.quantize, lambda sums: [level(total) & 255 for total in sums])


@wrong(SPECIES, "mdg-quantize-0001")
def quantize_half_to_even() -> None:
    """Ties go to the even level, as in Python's round and IEEE's default."""
    levels(lambda total: round(model.shade(total)))


@wrong(SPECIES, "mdg-quantize-0101")
def quantize_truncated() -> None:
    """Levels are cut off, as a cast does."""
    levels(lambda total: int(model.shade(total)))


@wrong(SPECIES, "mdg-quantize-0201")
def quantize_of_256_levels() -> None:
    """The range is cut in 256 equal parts."""
    levels(lambda total: min(int((model.clamp(total, -1.0, 1.0) + 1) / 2 * 256), 255))


@wrong(SPECIES, "mdg-quantize-0002")
def quantize_scaled_before_shifted() -> None:
    """The level is total · 127.5 + 127.5, which rounds elsewhere."""
    levels(lambda total: math_round(model.clamp(total, -1.0, 1.0) * 127.5 + 127.5))


@wrong(SPECIES, "mdg-quantize-0102")
def quantize_wrapping() -> None:
    """Sums beyond ±1 are not clamped; their levels wrap around in a byte."""
    levels(lambda total: math_round((total + 1) / 2 * 255))


@wrong(SPECIES, "mdg-quantize-0102")
def quantize_clamped_above_alone() -> None:
    """Only sums above 1 are clamped."""
    levels(lambda total: math_round((min(total, 1.0) + 1) / 2 * 255))


@wrong(SPECIES, "mdg-quantize-0002")
def quantize_in_binary32() -> None:
    """The sum and its level are binary32 numbers."""
    levels(lambda total: math_round(f32(f32(f32(f32(model.clamp(total, -1.0, 1.0)) + 1) / 2) * 255)))


@wrong(SPECIES, "mdg-quantize-0101")
def quantize_around_128() -> None:
    """Zero is level 128 and the scale 127 on both sides, as for signed bytes."""
    levels(lambda total: math_round(model.clamp(total, -1.0, 1.0) * 127 + 128))


@wrong(SPECIES, "mdg-quantize-0101")
def quantize_inverted() -> None:
    """Ink is dark: 255 − level."""
    levels(lambda total: 255 - math_round(model.shade(total)))


# ---- readout ----


def line(entry: Callable[[float], str], glue: str = "  ") -> None:
    """Put in a readout with other numbers or blanks."""

    def readout(coefficients: list[float]) -> str:
        if not all(0 <= c <= 1 for c in coefficients):
            raise Refused("a coefficient lies outside [0, 1]")
        return glue.join(f"d{d}: {entry(c)}" for d, c in enumerate(coefficients))

    instead(model.readout, readout)


@wrong(SPECIES, "mdg-readout-0001")
def readout_half_to_even() -> None:
    """Two decimals as printf gives them: an exact tie such as 0.125 goes to the even digit."""
    line(lambda c: f"{abs(c):.2f}")


@wrong(SPECIES, "mdg-readout-0105")
def readout_of_rounded_hundredths() -> None:
    """The number times 100 is rounded, so that 0.285 is taken for a tie, which it is not."""
    line(lambda c: to_fixed(math_round(abs(c) * 100) / 100, 2))


@wrong(SPECIES, "mdg-readout-0003")
def readout_cut_off() -> None:
    """Decimals beyond the second are cut off."""
    line(lambda c: f"{math.floor(abs(c) * 100) / 100:.2f}")


@wrong(SPECIES, "mdg-readout-0201")
def readout_of_significant_digits() -> None:
    """Two significant digits, trailing zeros left out, as %.2g prints."""
    line(lambda c: f"{abs(c):.2g}")


@wrong(SPECIES, "mdg-readout-0113")
def readout_from_binary32() -> None:
    """Coefficients pass through binary32 before they are printed."""
    line(lambda c: to_fixed(f32(abs(c)), 2))


@wrong(SPECIES, "mdg-readout-0202")
def readout_single_blanks() -> None:
    """Entries are joined by one blank."""
    line(lambda c: to_fixed(c, 2), " ")


@wrong(SPECIES, "mdg-readout-0001")
def readout_minus_zero() -> None:
    """−0 is printed with its sign."""
    line(lambda c: "-0.00" if math.copysign(1, c) < 0 else to_fixed(c, 2))


@wrong(SPECIES, "mdg-readout-0001")
def readout_minus_zero_refused() -> None:
    """−0 is taken for a number below 0 and refused."""
    right = model.readout

    def readout(coefficients: list[float]) -> str:
        if any(math.copysign(1, c) < 0 for c in coefficients):
            raise Refused("a coefficient is negative")
        return right(coefficients)

    instead(right, readout)


@wrong(SPECIES, "mdg-readout-0301")
def readout_of_anything() -> None:
    """Coefficients outside [0, 1] are printed as well."""
    instead(model.readout, lambda found: "  ".join(f"d{d}: {to_fixed(c, 2)}" for d, c in enumerate(found)))
