"""GAN-002: fields, blend, levels, readout and gallery gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from chromatic_orbit import model, stages
from chromatic_orbit.circular import atan2, cos, sin
from reference.binary import f32
from reference.decimals import math_round, to_fixed
from reference.species import Json
from reference.words import latent, words

from museum import arithmetic
from museum.arithmetic import fma
from museum.piece import instead, wrong

SPECIES = "chromatic-orbit"
SIDE = model.SIDE
Numbers = list[float]
Painted = list[list[Numbers]]  # [6][4096][3]

# ---- fields ----


def painted(found: Painted) -> None:
    """Put in other fields."""
    instead(model.fields, lambda: found)


def at(axis: Callable[[int], float]) -> None:
    """Put in fields over another axis."""
    points = [model.waves(axis(x), axis(y)) for y in range(SIDE) for x in range(SIDE)]
    painted([[[f32(v) for v in model.colour(*point[field])] for point in points] for field in range(6)])


@wrong(SPECIES, "orb-fields-0005")
def fields_at_pixel_centres() -> None:
    """The plane is sampled at the pixels' centres, (i + ½)/64, as shaders do."""
    at(lambda i: (i + 0.5) / 64 * 2 - 1)


@wrong(SPECIES, "orb-fields-0005")
def fields_in_binary32() -> None:
    """The axis is stored as binary32."""
    at(lambda i: f32(i / 63 * 2 - 1))


@wrong(SPECIES, "orb-fields-0004")
def fields_in_blue_green_red() -> None:
    """Channels come as blue, green, red."""
    painted([[pixel[::-1] for pixel in field] for field in model.fields()])


@wrong(SPECIES, "orb-fields-0010")
def fields_transposed() -> None:
    """Rows and columns are exchanged."""
    order = [SIDE * x + y for y in range(SIDE) for x in range(SIDE)]
    painted([[field[place] for place in order] for field in model.fields()])


@wrong(SPECIES, "orb-fields-0010")
def fields_with_y_upward() -> None:
    """y grows upward, as in mathematics."""
    order = [SIDE * (SIDE - 1 - y) + x for y in range(SIDE) for x in range(SIDE)]
    painted([[field[place] for place in order] for field in model.fields()])


def coloured(phases: tuple[float, float, float]) -> None:
    """Put in other phases of the channels."""
    instead(model.colour, lambda wave, saturation: [sin(wave + phase) * saturation for phase in phases])


@wrong(SPECIES, "orb-fields-0006")
def fields_phase_of_pi() -> None:
    """Phases are 2π/3 and 4π/3 in full, not the twelve digits of the specification."""
    coloured((0.0, 2 * math.pi / 3, 4 * math.pi / 3))


@wrong(SPECIES, "orb-fields-0005")
def fields_saturation_in_binary32() -> None:
    """The wave's sine is rounded to binary32 before it is multiplied by the saturation."""
    right = model.colour
    instead(right, lambda wave, saturation: [f32(value) * saturation for value in right(wave, 1.0)])


def waved(waves: Callable[[float, float], list[tuple[float, float]]]) -> None:
    """Put in other waves."""
    instead(model.waves, waves)


@wrong(SPECIES, "orb-fields-0014")
def fields_angle_exchanged() -> None:
    """The angle is atan2(x, y)."""

    def waves(nx: float, ny: float) -> list[tuple[float, float]]:
        right = own(nx, ny)
        radius, angle = math.sqrt(nx * nx + ny * ny), atan2(nx, ny)
        spiral, starburst = angle * 5.5 + radius * 9.2, cos(angle * 12.0) * 3.2 + radius * 8.4
        orbit = sin(angle * 4.0) * 4.5 + nx * 6.4 - ny * 5.2
        return [(spiral, right[0][1]), (starburst, 0.85), right[2], right[3], (orbit, 0.95), right[5]]

    own = model.waves
    waved(waves)


@wrong(SPECIES, "orb-fields-0008")
def fields_one_saturation_for_all() -> None:
    """The ripple's saturation does not fall with the radius."""
    own = model.waves
    waved(lambda nx, ny: [(wave, 1.0 if field == 2 else s) for field, (wave, s) in enumerate(own(nx, ny))])


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


@wrong(SPECIES, "orb-gallery-0801")
def gallery_hidden_in_binary64() -> None:
    """The gallery's own path passes the hidden layer on in binary64."""
    within(model.hidden, lambda z: model.layer(model.WEIGHT1, model.BIAS1, z))


@wrong(SPECIES, "orb-gallery-0802")
def gallery_latents_in_binary64() -> None:
    """The gallery's own path keeps latents in binary64."""
    within(latent, lambda drawn: [w / 4294967296 * 2 - 1 for w in drawn])


@wrong(SPECIES, "orb-gallery-0804")
def gallery_sums_in_binary32() -> None:
    """The gallery's own path adds up in binary32, as a shader does."""

    def blend(coefficients: Numbers, energy: float, row: int) -> Numbers:
        weights = [drive(coefficient, energy) for coefficient in coefficients]
        rows = ([v for pixel in field[SIDE * row : SIDE * (row + 1)] for v in pixel] for field in model.fields())
        return [arithmetic.in_binary32(arithmetic.products(weights, c)) for c in zip(*rows, strict=True)]

    within(model.blend, blend)


@wrong(SPECIES, "orb-gallery-0006")
def gallery_of_ten_latents() -> None:
    """A sample takes ten words of the stream, as the first species does."""
    instead(model.latents, lambda seed: [latent(words(seed, 10 * k, 8)) for k in range(6)])
