"""GAN-002, Chromatic Orbit: eight latents steer six analytic colour fields into one 64 × 64 RGB sample.

    latent [8] → tanh layer 8 × 8 → tanh layer 8 × 6 → ÷ Σ|c| → coefficients [6] → Σ (c·energy)·field → pixels

Energy scales every coefficient, so a small one greys the picture and a large one drives it into the clamps.
Normative text: golden/chromatic-orbit/SPEC.md.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from generator.blend import U8, Basis, paint, sums
from generator.ecmascript import to_fixed
from generator.layers import F32, F64, checked_batch, dense, knob_column
from generator.maths import atan2, cos, expm1, sin, tanh
from generator.model import Autoplay, Coefficients, Generator, Knob, Stage, asked, within

# constants

SIDE, LATENT, HIDDEN, FIELDS = 64, 8, 8, 6
ENERGY = Knob(
    name="energy",
    minimum=Decimal("0.40"),
    maximum=Decimal("1.60"),
    step=Decimal("0.05"),
    default=Decimal("1.00"),
    plural="energies",
    acts_in="decode",
)
WEIGHTS_1 = np.array(
    [
        [1.15, -0.62, 0.48, -0.35, 0.92, -1.08, 0.74, -0.53],
        [-0.58, 1.12, -0.72, 0.68, -0.34, 0.41, -0.93, 0.77],
        [0.42, 0.55, -1.06, 0.87, -0.29, 0.36, 0.52, -0.68],
        [-0.91, -0.44, 0.63, 1.04, -0.57, 0.28, 0.71, -0.32],
        [0.66, -0.38, -0.45, 0.59, 1.08, -0.72, 0.34, 0.41],
        [-0.37, 0.83, 0.92, -0.61, 0.25, -0.96, 0.78, 0.53],
        [0.74, 0.49, -0.28, -0.82, 0.63, 0.91, -0.57, -0.34],
        [-0.48, -0.72, 0.85, 0.32, -0.94, 0.68, 0.44, 0.97],
    ],
    np.float32,
)
BIASES_1 = np.array([0.12, -0.08, 0.05, -0.11, 0.07, -0.04, 0.06, -0.09], np.float32)
WEIGHTS_2 = np.array(
    [
        [0.82, -0.63, 0.51, -0.44, 0.37, -0.58, 0.66, -0.41],
        [-0.57, 0.78, -0.69, 0.62, -0.33, 0.45, -0.54, 0.71],
        [0.48, 0.36, -0.52, 0.77, -0.66, 0.59, -0.32, 0.41],
        [-0.63, -0.44, 0.68, 0.52, -0.71, 0.34, 0.57, -0.48],
        [0.55, -0.29, -0.36, 0.41, 0.72, -0.64, 0.33, 0.52],
        [-0.42, 0.61, 0.74, -0.53, 0.28, -0.57, 0.69, 0.45],
    ],
    np.float32,
)
BIASES_2 = np.array([0.05, -0.04, 0.02, -0.03, 0.01, -0.02], np.float32)

# basis: six waves over the plane, each as three channels a third of a turn apart

PHASES = (0.0, 2.09439510239, 4.18879020478)


def _waves() -> list[tuple[F64, F64]]:
    """Give each field's wave and saturation at every pixel, row by row: six pairs of float64 [4096]."""
    axis = np.arange(SIDE) / 63.0 * 2.0 - 1.0
    nx, ny = np.tile(axis, SIDE), np.repeat(axis, SIDE)
    radius = np.sqrt(nx * nx + ny * ny)
    angle = atan2(ny, nx)
    everywhere = np.ones(SIDE * SIDE)
    return [
        (angle * 5.5 + radius * 9.2, 0.9 - radius * 0.4),  # spiral
        (cos(angle * 12.0) * 3.2 + radius * 8.4, everywhere * 0.85),  # starburst
        (radius * radius * 18.0, 1.0 - radius * 0.35),  # ripple
        (nx * 9.0 + sin(ny * 4.0) * 3.6, everywhere * 0.75),  # interference
        (sin(angle * 4.0) * 4.5 + nx * 6.4 - ny * 5.2, everywhere * 0.95),  # orbit
        (sin(nx * 7.6) + cos(ny * 8.2) + nx * ny * 5.3, everywhere * 0.88),  # plasma
    ]


def _channels() -> F32:
    """Give the fields, float32 [6, 4096, 3]; sin(w + 0) is sin(w)."""
    fields = [[sin(wave + phase) * saturation for phase in PHASES] for wave, saturation in _waves()]
    return np.array(fields, np.float32).transpose(0, 2, 1)


BASIS = Basis(_channels().reshape(FIELDS, -1))

# route


def hidden(latents: F32) -> F32:
    """Give the hidden layer, f32(tanh(bias + Σ weight·latent)): float32 [N, 8] → float32 [N, 8]."""
    return tanh(dense(checked_batch("latent", latents, LATENT, np.float32), WEIGHTS_1, BIASES_1)).astype(np.float32)


def head(activations: F32) -> F32:
    """Give the coefficients: the second tanh layer, normalised: float32 [N, 8] → float32 [N, 6]."""
    inputs = checked_batch("hidden", activations, HIDDEN, np.float32)
    return normalise(tanh(dense(inputs, WEIGHTS_2, BIASES_2)).astype(np.float32))


def normalise(raw: F32) -> F32:
    """Give each c over Σ|c|, added in order in binary64, or over 1 where that is 0: float32 [N, 6] → float32 [N, 6]."""
    c = checked_batch("c", raw, FIELDS, np.float32)
    norm = np.zeros(len(c))
    for column in c.T:
        norm = norm + np.abs(column)
    norm[norm == 0.0] = 1.0
    return (c / norm[:, None]).astype(np.float32)


def route(latents: F32, _energies: F64) -> Coefficients:
    """Give the weight of each field in each sample, with Σ|c| = 1 but for rounding."""
    return head(hidden(latents))


# decode


def _driven(coefficients: Coefficients, energies: F64) -> F64:
    """Give coefficient · clamped energy, in binary64: float32 [N, 6] → float64 [N, 6]."""
    inputs = checked_batch("coefficients", coefficients, FIELDS, np.float32)
    return inputs * ENERGY.clamp(knob_column("energy", energies, len(inputs)))


def decode(coefficients: Coefficients, energies: F64) -> U8:
    """Blend the fields and round to levels: float32 [N, 6], float64 [N] → uint8 [N, 64, 64, 3]."""
    return paint(_driven(coefficients, energies), BASIS).reshape(-1, SIDE, SIDE, 3)


READOUT = "  ".join(f"f{field + 1}: %.2f" for field in range(FIELDS))


def readout(coefficients: Coefficients) -> list[str]:
    """Write each sample's coefficients as `f1: 0.12  f2: -0.07  …  f6: 0.30`."""
    values = checked_batch("coefficients", coefficients, FIELDS, np.float32)
    return [READOUT % tuple(sample) for sample in to_fixed(values, 2).tolist()]


# stages: each takes and gives one item, so a batch of one stands between


def _blend_stage(coefficients: F32, energy: F64, row: int) -> dict[str, Any]:
    fields = BASIS.fields.reshape(FIELDS, SIDE, -1)[:, within("row", row, SIDE)]
    return {"sums": sums(_driven(coefficients[None], energy), fields)[0]}


def _fields_stage(field: int, channel: int) -> dict[str, Any]:
    channels = BASIS.fields[within("field", field, FIELDS)].reshape(-1, 3)
    return {"values": channels[:, within("channel", channel, 3)]}


STAGES: dict[str, Stage] = {
    "weights": lambda: {"weight1": WEIGHTS_1, "bias1": BIASES_1, "weight2": WEIGHTS_2, "bias2": BIASES_2},
    "expm1": lambda x: {"y": expm1(asked("x", x, "f8"))},
    "tanh": lambda x: {"y": tanh(asked("x", x, "f8"))},
    "hidden": lambda latent: {"hidden": hidden(latent[None])[0]},
    "normalise": lambda c: {"coefficients": normalise(c[None])[0]},
    "head": lambda hidden: {"coefficients": head(hidden[None])[0]},
    "fields": _fields_stage,
    "blend": _blend_stage,
    "readout": lambda coefficients: {"text": readout(coefficients[None])[0]},
}

# the record

GENERATOR = Generator(
    name="chromatic-orbit",
    exhibit="GAN-002",
    title="Chromatic Orbit",
    height=SIDE,
    width=SIDE,
    channels=3,
    columns=3,
    rows=2,
    latent_width=LATENT,
    seed=4242,
    seed_step=53,
    batch_label="Generate frame",
    knob=ENERGY,
    labels=("spiral", "starburst", "ripple", "interference", "orbit", "plasma"),
    scaling="smooth",
    autoplay=Autoplay(seed_step=97, seconds=1.4),
    route=route,
    decode=decode,
    readout=readout,
    own_stages=STAGES,
)
