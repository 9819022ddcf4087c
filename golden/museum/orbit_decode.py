"""GAN-002: blend, levels, readout and gallery gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from chromatic_orbit import model, stages
from reference.binary import f32
from reference.decimals import math_round, to_fixed
from reference.words import latent, words

from museum import arithmetic
from museum.arithmetic import fma
from museum.piece import instead, within, wrong

SPECIES = "chromatic-orbit"
SIDE = model.SIDE
Numbers = list[float]

# ---- blend ----


def blended(driven: Callable[[float, float], float], total: arithmetic.Sum = arithmetic.forward) -> None:
    """Put in a blend with another drive or another sum."""

    def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
        weights = [driven(coefficient, energy) for coefficient in coefficients]
        rows = ([v for pixel in field[SIDE * row : SIDE * (row + 1)] for v in pixel] for field in model.fields())
        return [total(arithmetic.products(weights, column)) for column in zip(*rows, strict=True)]

    instead(model.blend, blend)


def drive(coefficient: float, energy: float) -> float:
    """Give the coefficient times the clamped energy."""
    return coefficient * min(max(energy, model.FAINTEST), model.BRIGHTEST)


@wrong(SPECIES, "orb-blend-0108")
def blend_energy_unclamped() -> None:
    """The energy is used as given."""
    blended(lambda coefficient, energy: coefficient * energy)


@wrong(SPECIES, "orb-blend-0107")
def blend_energy_clamped_below_alone() -> None:
    """The energy has a lower bound but no upper one."""
    blended(lambda coefficient, energy: coefficient * max(energy, model.FAINTEST))


@wrong(SPECIES, "orb-blend-0112")
def blend_energy_in_binary32() -> None:
    """The energy is stored as binary32."""
    blended(lambda coefficient, energy: drive(coefficient, f32(energy)))


@wrong(SPECIES, "orb-blend-0207")
def blend_driven_in_binary32() -> None:
    """The driven coefficients are stored as binary32."""
    blended(lambda coefficient, energy: f32(drive(coefficient, energy)))


@wrong(SPECIES, "orb-blend-0207")
def blend_energy_last() -> None:
    """The sum is multiplied by the energy, not each coefficient."""

    def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
        return [drive(total, energy) for total in right(coefficients, 1.0, row)]

    right = model.blend
    instead(right, blend)


@wrong(SPECIES, "orb-blend-0101")
def blend_backward() -> None:
    """Products are added from the last field to the first."""
    blended(drive, arithmetic.backward)


@wrong(SPECIES, "orb-blend-0101")
def blend_pairwise() -> None:
    """Products are added pairwise."""
    blended(drive, arithmetic.pairwise)


@wrong(SPECIES, "orb-blend-0105")
def blend_fused() -> None:
    """A compiler contracts the sum to fused multiply-adds."""

    def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
        sums = [0.0] * (3 * SIDE)
        for coefficient, field in zip(coefficients, model.fields(), strict=True):
            values = (value for pixel in field[SIDE * row : SIDE * (row + 1)] for value in pixel)
            sums = [fma(drive(coefficient, energy), value, s) for s, value in zip(sums, values, strict=True)]
        return sums

    instead(model.blend, blend)


@wrong(SPECIES, "orb-blend-0001")
def blend_channel_by_channel() -> None:
    """A row comes as 64 reds, 64 greens and 64 blues."""
    right = model.blend

    def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
        sums = right(coefficients, energy, row)
        return [total for channel in range(3) for total in sums[channel::3]]

    instead(right, blend)


# ---- quantize, readout, gallery ----


def levels(level: Callable[[float], int]) -> None:
    """Put in another level of a sum."""
    instead(model.quantize, lambda sums: [level(total) & 255 for total in sums])


@wrong(SPECIES, "orb-quantize-0001")
def quantize_half_to_even() -> None:
    """Ties go to the even level."""
    levels(lambda total: round(model.shade(total)))


@wrong(SPECIES, "orb-quantize-0008")
def quantize_wrapping() -> None:
    """Sums beyond ±1 wrap around in a byte."""
    levels(lambda total: math_round((total + 1) / 2 * 255))


@wrong(SPECIES, "orb-quantize-0002")
def quantize_truncated() -> None:
    """Levels are cut off."""
    levels(lambda total: int(model.shade(total)))


@wrong(SPECIES, "orb-readout-0002")
def readout_without_the_sign_of_zero() -> None:
    """A small negative number reads 0.00, not -0.00."""
    right = model.readout
    instead(right, lambda coefficients: right(coefficients).replace("-0.00", "0.00"))


@wrong(SPECIES, "orb-readout-0001")
def readout_half_to_even() -> None:
    """Exact ties go to the even digit, as printf has it."""
    instead(model.readout, lambda found: "  ".join(f"f{n + 1}: {c:.2f}" for n, c in enumerate(found)))


@wrong(SPECIES, "orb-readout-0003")
def readout_of_shortest_decimals() -> None:
    """Binary32 numbers are first written in as few decimals as they need, then rounded: 0.285 is a tie."""

    def shortest(c: float) -> float:
        return next(d for d in (float(f"{c:.{n}g}") for n in range(1, 18)) if f32(d) == c)

    instead(
        model.readout, lambda found: "  ".join(f"f{n + 1}: {to_fixed(shortest(c), 2)}" for n, c in enumerate(found))
    )


@wrong(SPECIES, "orb-readout-0101")
def readout_from_zero() -> None:
    """Fields are counted from 0."""
    instead(model.readout, lambda found: "  ".join(f"f{n}: {to_fixed(c, 2)}" for n, c in enumerate(found)))


@wrong(SPECIES, "orb-gallery-0002")
def gallery_by_columns() -> None:
    """Samples come column by column of the sheet."""
    right = model.latents
    instead(right, lambda seed: [right(seed)[k] for k in (0, 3, 1, 4, 2, 5)])


@wrong(SPECIES, "orb-gallery-0801")
def gallery_hidden_in_binary64() -> None:
    """The gallery's own path passes the hidden layer on in binary64."""
    within(stages.gallery, model.hidden, lambda z: model.layer(model.WEIGHT1, model.BIAS1, z))


@wrong(SPECIES, "orb-gallery-0802")
def gallery_latents_in_binary64() -> None:
    """The gallery's own path keeps latents in binary64."""
    within(stages.gallery, latent, lambda drawn: [w / 4294967296 * 2 - 1 for w in drawn])


@wrong(SPECIES, "orb-gallery-0804")
def gallery_sums_in_binary32() -> None:
    """The gallery's own path adds up in binary32, as a shader does."""

    def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
        weights = [drive(coefficient, energy) for coefficient in coefficients]
        rows = ([v for pixel in field[SIDE * row : SIDE * (row + 1)] for v in pixel] for field in model.fields())
        return [arithmetic.in_binary32(arithmetic.products(weights, c)) for c in zip(*rows, strict=True)]

    within(stages.gallery, model.blend, blend)


@wrong(SPECIES, "orb-gallery-0006")
def gallery_of_ten_latents() -> None:
    """A sample takes ten words of the stream, as the first species does."""
    instead(model.latents, lambda seed: [latent(words(seed, 10 * k, 8)) for k in range(6)])
