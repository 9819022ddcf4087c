"""Holds the reference against what the source exhibit's own code computed (original.json)."""

from __future__ import annotations

import hashlib
import json
import math
from decimal import Decimal, localcontext
from itertools import chain
from pathlib import Path
from typing import Any

from reference.binary import pack, unpack

from chromatic_orbit import model
from chromatic_orbit.cases_tanh import deciders_decide
from chromatic_orbit.cases_tanh import tanh as tanh_cases
from chromatic_orbit.tanh import tanh

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
    deciders_decide()
    for x in chain.from_iterable(unpack(case.inputs["x"]) for _, case in tanh_cases()):
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


def check_tanh(x: float) -> None:
    """Hold tanh to within two ulps of the true value, which decimal gives to fifty digits."""
    with localcontext(prec=60, Emin=-999999):
        power = (2 * Decimal(abs(x))).exp()
        true = (power - 1) / (power + 1) if abs(x) > 1e-12 else Decimal(abs(x))
        assert abs(Decimal(abs(tanh(x))) - true) <= 2 * Decimal(math.ulp(tanh(abs(x)))), f"tanh({x!r})"
