"""GAN-002, Chromatic Orbit, as the suite's scalar reference knows it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reference.malformed import malformed
from reference.species import Case, Species

from chromatic_orbit import cases_drawing, cases_expm1, cases_routing, cases_tanh
from chromatic_orbit.check import check
from chromatic_orbit.fresh import fresh
from chromatic_orbit.margin import margin
from chromatic_orbit.stages import STAGES


def cases() -> Iterator[tuple[str, Case]]:
    """Every case, stage by stage."""
    good = chain(
        cases_routing.prng(), cases_routing.latent(), cases_routing.weights(), cases_expm1.expm1(), cases_tanh.tanh(),
        cases_routing.hidden(), cases_routing.normalise(), cases_routing.head(),
        cases_drawing.fields(), cases_drawing.blend(), cases_drawing.quantize(), cases_drawing.readout(),
        cases_drawing.gallery(),
    )  # fmt: skip
    return malformed("chromatic-orbit", good)


SPECIES = Species("chromatic-orbit", STAGES, cases, fresh, check, margin)
