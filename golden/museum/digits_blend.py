"""GAN-001: basis and blend gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from mini_digits import model
from mini_digits.model import SIDE
from reference.binary import f32
from reference.png import read_grey
from reference.species import ROOT

from museum import arithmetic
from museum.arithmetic import Sum, fma
from museum.piece import instead, wrong

SPECIES = "mini-digits"

# ---- blend ----


def basis(value: Callable[[int, int, int], float]) -> None:
    """Put in a basis given by digit, column and row."""
    own = tuple(tuple(value(d, x, y) for y in range(SIDE) for x in range(SIDE)) for d in range(10))
    instead(model.basis, lambda: own)


def bytes_as(number: Callable[[int], float]) -> None:
    """Put in a basis whose bytes mean other numbers."""
    rows = read_grey(ROOT / SPECIES / "glyph-basis.png")
    basis(lambda d, x, y: number(rows[y][SIDE * d + x]))


def summed(total: Sum) -> None:
    """Put in a blend that adds up another way."""

    def blend(coefficients: list[float]) -> list[float]:
        columns = zip(*model.basis(), strict=True)
        return [total(arithmetic.products(coefficients, column)) for column in columns]

    instead(model.blend, blend)


@wrong(SPECIES, "mdg-blend-0001")
def blend_glyphs_transposed() -> None:
    """Glyphs are read column by column."""
    right = model.basis()
    basis(lambda d, x, y: right[d][SIDE * x + y])


@wrong(SPECIES, "mdg-blend-0001")
def blend_bottom_up() -> None:
    """Rows run from the bottom, as in OpenGL."""
    right = model.basis()
    basis(lambda d, x, y: right[d][SIDE * (SIDE - 1 - y) + x])


@wrong(SPECIES, "mdg-blend-0001")
def blend_digits_from_one() -> None:
    """Glyphs stand in the order 1 … 9, 0."""
    right = model.basis()
    basis(lambda d, x, y: right[(d + 1) % 10][SIDE * y + x])


@wrong(SPECIES, "mdg-blend-0001")
def blend_basis_in_binary64() -> None:
    """Field values are not rounded to binary32."""
    bytes_as(lambda byte: byte / 255 * 2 - 1)


@wrong(SPECIES, "mdg-blend-0001")
def blend_basis_by_half_the_range() -> None:
    """A field value is byte / 127.5 − 1, one rounding less before the last."""
    bytes_as(lambda byte: f32(f32(byte / 127.5) - 1))


@wrong(SPECIES, "mdg-blend-0001")
def blend_basis_over_256() -> None:
    """Bytes are divided by 256."""
    bytes_as(lambda byte: f32(byte / 256 * 2 - 1))


@wrong(SPECIES, "mdg-blend-0001")
def blend_basis_from_zero() -> None:
    """Field values run from 0 to 1, not from −1."""
    bytes_as(lambda byte: f32(byte / 255))


@wrong(SPECIES, "mdg-blend-0101")
def blend_negative_zero() -> None:
    """The sum starts with the first product, which may be −0, not with +0."""

    def total(terms: object) -> float:
        first, *rest = list(terms)  # type: ignore[call-overload]
        for term in rest:
            first = first + term
        return float(first)

    summed(total)


@wrong(SPECIES, "mdg-blend-0110")
def blend_backward() -> None:
    """Products are added from digit 9 to digit 0."""
    summed(arithmetic.backward)


@wrong(SPECIES, "mdg-blend-0110")
def blend_pairwise() -> None:
    """Products are added pairwise."""
    summed(arithmetic.pairwise)


@wrong(SPECIES, "mdg-blend-0103")
def blend_added_exactly() -> None:
    """The sum is rounded once."""
    summed(arithmetic.exactly)


@wrong(SPECIES, "mdg-blend-0106")
def blend_in_binary32() -> None:
    """Products and sums are stored as binary32."""
    summed(arithmetic.in_binary32)


@wrong(SPECIES, "mdg-blend-0103")
def blend_fused() -> None:
    """A compiler contracts the sum to fused multiply-adds."""

    def blend(coefficients: list[float]) -> list[float]:
        sums = [0.0] * (SIDE * SIDE)
        for coefficient, field in zip(coefficients, model.basis(), strict=True):
            sums = [fma(coefficient, value, total) for total, value in zip(sums, field, strict=True)]
        return sums

    instead(model.blend, blend)


@wrong(SPECIES, "mdg-blend-0104")
def blend_clamped() -> None:
    """Sums are clamped where they are added up."""
    right = model.blend
    instead(right, lambda coefficients: [model.clamp(total, -1.0, 1.0) for total in right(coefficients)])


@wrong(SPECIES, "mdg-blend-0106")
def blend_small_weights_skipped() -> None:
    """Digits with a coefficient below a thousandth are skipped, for speed."""
    right = model.blend
    instead(right, lambda coefficients: right([c if abs(c) >= 0.001 else 0.0 for c in coefficients]))
