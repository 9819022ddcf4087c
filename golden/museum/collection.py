"""Every piece there is."""

from __future__ import annotations

from reference.species import load

load("mini-digits")
load("chromatic-orbit")

from museum import (  # noqa: E402, F401
    digits_blend,
    digits_exp,
    digits_gallery,
    digits_levels,
    digits_logits,
    digits_seed,
    digits_softmax,
    digits_words,
    orbit_decode,
    orbit_expm1,
    orbit_fields,
    orbit_route,
)
from museum.piece import PIECES  # noqa: E402

__all__ = ["PIECES"]
