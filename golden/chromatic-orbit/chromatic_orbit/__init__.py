"""GAN-002, Chromatic Orbit, as the suite's scalar reference knows it."""

from reference.species import Species

from chromatic_orbit.cases import cases
from chromatic_orbit.check import check
from chromatic_orbit.fresh import fresh
from chromatic_orbit.margin import margin
from chromatic_orbit.stages import STAGES

SPECIES = Species("chromatic-orbit", STAGES, cases, fresh, check, margin)
