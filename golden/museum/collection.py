"""Every piece there is."""

from __future__ import annotations

from reference.species import load

load("mini-digits")
load("chromatic-orbit")

from museum import digits_drawing, digits_exp, digits_routing, digits_words, orbit_decode, orbit_route  # noqa: E402, F401
from museum.piece import PIECES  # noqa: E402

__all__ = ["PIECES"]
