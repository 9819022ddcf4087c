"""GAN-002: fields gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from chromatic_orbit import model
from chromatic_orbit.circular import atan2, cos, sin
from reference.binary import f32

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
