"""Holds the reference against what the source exhibit's own code computed (original.json)."""

from __future__ import annotations

import hashlib
import json
import math
from decimal import Decimal, localcontext
from itertools import chain
from pathlib import Path
from typing import Any

from reference.binary import DIGITS, pack, unpack
from reference.deciding import check_deciding
from reference.words import latent, words

from mini_digits import model
from mini_digits.cases_drawing import sharp_is_sharp
from mini_digits.cases_exp import DECIDING, exp_cases
from mini_digits.exp import PINNED, exp

ORIGINAL = Path(__file__).resolve().parent.parent / "original.json"


def check() -> None:
    """AssertionError where the reference and the source's captured values differ, or exp strays from the true value."""
    captured = json.loads(ORIGINAL.read_text())
    assert basis_hash() == captured["basis_sha256"], "glyph-basis.png"
    plain = ORIGINAL.with_name("glyph-basis.bin").read_bytes()
    assert hashlib.sha256(plain).hexdigest() == captured["basis_sha256"], "glyph-basis.bin"
    for stream in captured["prng"]:
        assert words(int(stream["seed"]), 0, 16) == stream["outputs_u32"], f"prng {stream['seed']}"
    for gallery in captured["galleries"]:
        check_gallery(gallery)
    check_deciding(DECIDING, exp, PINNED)
    sharp_is_sharp()
    for x in chain.from_iterable(unpack(case.inputs["x"]) for _, case in exp_cases()):
        check_exp(x)


def basis_hash() -> str:
    """SHA-256 of the picture's bytes, digit by digit; a field value leads back to its byte."""
    return hashlib.sha256(bytes(b for field in model.basis() for b in model.quantize(list(field)))).hexdigest()


def hexes(tag: str, numbers: list[float]) -> list[str]:
    """Each number's bits."""
    text, width = pack(tag, numbers).partition(":")[2], DIGITS[tag]
    return [text[at : at + width] for at in range(0, len(text), width)]


def check_gallery(captured: dict[str, Any]) -> None:
    """Every number of the gallery, to the bit."""
    drawn, pixels = words(captured["seed"], 0, 90), b""
    for k, sample in enumerate(captured["samples"]):
        z = latent(drawn[10 * k : 10 * k + 10])
        scores = model.logits(z, captured["temperature"])
        coefficients = model.softmax(scores)
        assert hexes("f32", z) == sample["latent_f32"]
        assert hexes("f64", scores) == sample["logits_f64"]
        assert hexes("f64", coefficients) == sample["coefficients_f64"]
        assert model.readout(coefficients) == sample["readout"]
        drawn_bytes = bytes(model.quantize(model.blend(coefficients)))
        assert hashlib.sha256(drawn_bytes).hexdigest() == sample["pixels_sha256"]
        pixels += drawn_bytes
    assert hashlib.sha256(pixels).hexdigest() == captured["pixels_sha256"]


def check_exp(x: float) -> None:
    """Hold exp to within one ulp of the true value, which decimal gives to fifty digits."""
    with localcontext(prec=50, Emin=-999999):
        error = abs(Decimal(exp(x)) - Decimal(x).exp())
        assert error <= Decimal(math.ulp(exp(x))), f"exp({x!r})"
