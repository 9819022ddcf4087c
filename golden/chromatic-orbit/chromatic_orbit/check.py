"""Holds the reference against what the source exhibit's own code computed (original.json)."""

from __future__ import annotations

import hashlib
import json
import math
from decimal import Decimal, localcontext
from itertools import chain
from pathlib import Path
from typing import Any

from reference.binary import above, below, f32, pack, unpack
from reference.deciding import check_deciding

from chromatic_orbit import cases_expm1, cases_routing, cases_tanh, model
from chromatic_orbit.tanh import PINNED, expm1, tanh

ORIGINAL = Path(__file__).resolve().parent.parent / "original.json"


def check() -> None:
    """Raise AssertionError where reference and captured values differ, or tanh strays from the true value."""
    captured = json.loads(ORIGINAL.read_text())
    for field, hashes in enumerate(captured["fields_f32_sha256"]):
        for channel, name in enumerate("rgb"):
            values = pack("f32", [pixel[channel] for pixel in model.fields()[field]]).removeprefix("f32:")
            assert hashlib.sha256(bytes.fromhex(values)).hexdigest() == hashes[name], f"field {field} {name}"
    for gallery in captured["galleries"]:
        check_gallery(gallery)
    check_deciding(cases_expm1.DECIDING, expm1, PINNED)
    check_deciding(cases_tanh.DECIDING, tanh, PINNED)
    for unit, x, _ in cases_routing.tied(cases_routing.HIDDEN_UNITS):
        check_tie(model.WEIGHT1, model.BIAS1, unit, x)
    for unit, x, _ in cases_routing.tied(cases_routing.HEAD_UNITS):
        check_tie(model.WEIGHT2, model.BIAS2, unit, x)
    for x in chain.from_iterable(unpack(case.inputs["x"]) for _, case in cases_tanh.tanh()):
        check_tanh(x)


def check_gallery(captured: dict[str, Any]) -> None:
    """Hold every number of a gallery to the bit."""
    for z, sample in zip(model.latents(captured["seed"]), captured["samples"], strict=True):
        coefficients = model.head(model.hidden(z))
        assert pack("f32", z) == "f32:" + "".join(sample["latent_f32"])
        assert pack("f32", coefficients) == "f32:" + "".join(sample["coefficients_f32"])
        assert model.readout(coefficients) == sample["readout"]
        pixels = bytes(model.picture(coefficients, captured["energy"]))
        assert hashlib.sha256(pixels).hexdigest() == sample["pixels_sha256"]


def check_tie(rows: list[list[float]], biases: list[float], unit: int, x: float) -> None:
    """Hold that unit's sum to be exactly x, and a step of its tanh, this way or that, to show in what is rounded."""
    given = cases_routing.exactly(rows[unit], x)
    found = model.layer(rows, biases, given)
    assert found[unit] == tanh(x), (unit, x)
    shown = set()
    for value in (below(tanh(x)), tanh(x), above(tanh(x))):
        found[unit] = value
        raw = [f32(number) for number in found]
        shown.add(tuple(raw if rows is model.WEIGHT1 else model.normalised(raw)))
    assert len(shown) == 2, (unit, x)


def check_tanh(x: float) -> None:
    """Hold tanh to within two ulps of the true value, which decimal gives to fifty digits."""
    with localcontext(prec=60, Emin=-999999):
        power = (2 * Decimal(abs(x))).exp()
        true = (power - 1) / (power + 1) if abs(x) > 1e-12 else Decimal(abs(x))
        assert abs(Decimal(abs(tanh(x))) - true) <= 2 * Decimal(math.ulp(tanh(abs(x)))), f"tanh({x!r})"
