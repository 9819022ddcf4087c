"""GAN-001, Mini Digits, as the suite's scalar reference knows it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reference.malformed import malformed
from reference.species import Case, Species

from mini_digits import cases_drawing, cases_exp, cases_routing, cases_words
from mini_digits.check import check
from mini_digits.fresh import fresh
from mini_digits.margin import margin
from mini_digits.stages import STAGES


def cases() -> Iterator[tuple[str, Case]]:
    """Every case, stage by stage."""
    good = chain(
        cases_words.seed(), cases_words.prng(), cases_words.latent(),
        cases_routing.weights(), cases_routing.logits(), cases_exp.exp_cases(), cases_routing.softmax(),
        cases_drawing.blend(), cases_drawing.quantize(), cases_drawing.readout(), cases_drawing.gallery(),
    )  # fmt: skip
    return malformed("mini-digits", good)


SPECIES = Species("mini-digits", STAGES, cases, fresh, check, margin)
