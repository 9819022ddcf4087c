"""GAN-001: blend, levels, readout and gallery gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from mini_digits import model, stages
from mini_digits.model import SIDE
from reference import words
from reference.binary import f32
from reference.decimals import math_round, to_fixed
from reference.png import read_grey
from reference.species import ROOT, Json, Refused

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


# ---- gallery ----


def galleries(latents: Callable[[int], list[list[float]]]) -> None:
    """Put in galleries of other latents."""

    def gallery(seed: int, temperature: float) -> list[list[float]]:
        return [model.softmax(model.logits(z, temperature)) for z in latents(seed)]

    instead(model.gallery, gallery)


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_stream_restarted() -> None:
    """The stream is started anew for each sample: nine times the first."""
    galleries(lambda seed: [words.latent(words.words(seed, 0, 10))] * 9)


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_a_seed_each() -> None:
    """Sample k is drawn from seed + k."""
    galleries(lambda seed: [words.latent(words.words((seed + k) & words.MASK, 0, 10)) for k in range(9)])


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_words_dealt() -> None:
    """Words are dealt to the samples in turn, as by the columns of an array [10, 9]."""
    galleries(lambda seed: [words.latent(words.words(seed, 0, 90)[k::9]) for k in range(9)])


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_word_lost_between_samples() -> None:
    """One word is drawn and thrown away after each sample."""
    galleries(lambda seed: [words.latent(words.words(seed, 11 * k, 10)) for k in range(9)])


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_by_columns() -> None:
    """Samples come column by column of the sheet."""
    order = [0, 3, 6, 1, 4, 7, 2, 5, 8]
    galleries(lambda seed: [words.latent(words.words(seed, 10 * k, 10)) for k in order])


def answered(change: Callable[[Json], Json]) -> None:
    """Put in a stage gallery whose answer is changed."""
    right = stages.gallery
    instead(right, lambda given: change(right(given)))


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_line_feed_at_the_end() -> None:
    """The last line of the readout ends in a line feed, too."""
    answered(lambda found: {**found, "readout": found["readout"] + "\n"})


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_as_a_sheet() -> None:
    """Pixels come as lines of the contact sheet, not sample by sample."""

    def sheet(found: Json) -> Json:
        digits = found["pixels"].removeprefix("u8:")
        rows = [digits[at : at + 2 * SIDE] for at in range(0, len(digits), 2 * SIDE)]
        order = [SIDE * (3 * band + k) + y for band in range(3) for y in range(SIDE) for k in range(3)]
        return {**found, "pixels": "u8:" + "".join(rows[at] for at in order)}

    answered(sheet)


def within(replaced: object, faulty: object) -> None:
    """Put a fault into galleries alone: the parts are right where they are asked for on their own."""
    right = stages.gallery

    def gallery(given: Json) -> Json:
        instead(replaced, faulty)
        try:
            return right(given)
        finally:
            instead(faulty, replaced)

    instead(right, gallery)


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_in_srgb() -> None:
    """Levels are taken for linear light and encoded with a gamma of 2.2."""
    right = model.quantize
    within(right, lambda sums: [math_round(255 * (level / 255) ** (1 / 2.2)) for level in right(sums)])


@wrong(SPECIES, "mdg-gallery-0802")
def gallery_latents_in_binary64() -> None:
    """The gallery's own path keeps latents in binary64."""
    within(words.latent, lambda drawn: [w / 4294967296 * 2 - 1 for w in drawn])


@wrong(SPECIES, "mdg-gallery-0803")
def gallery_logits_in_binary32() -> None:
    """The gallery's own path stores logits as binary32."""
    right = model.logits
    within(right, lambda z, temperature: [f32(score) for score in right(z, temperature)])


@wrong(SPECIES, "mdg-gallery-0802")
def gallery_coefficients_in_binary32() -> None:
    """The gallery's own path stores coefficients as binary32."""
    right = model.softmax
    within(right, lambda scores: [f32(share) for share in right(scores)])


@wrong(SPECIES, "mdg-gallery-0801")
def gallery_sums_in_binary32() -> None:
    """The gallery's own path adds up in binary32, as a shader does."""

    def blend(coefficients: list[float]) -> list[float]:
        columns = zip(*model.basis(), strict=True)
        return [arithmetic.in_binary32(arithmetic.products(coefficients, column)) for column in columns]

    within(model.blend, blend)


@wrong(SPECIES, "mdg-gallery-0804")
def gallery_basis_in_binary64() -> None:
    """The gallery's own path draws with a basis that is not rounded to binary32."""
    rows = read_grey(ROOT / SPECIES / "glyph-basis.png")
    places = [(x, y) for y in range(SIDE) for x in range(SIDE)]
    own = tuple(tuple(rows[y][SIDE * d + x] / 255 * 2 - 1 for x, y in places) for d in range(10))
    within(model.basis, lambda: own)
