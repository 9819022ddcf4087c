"""GAN-001: softmax gone wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from mini_digits import model
from mini_digits.exp import exp
from reference.binary import f32

from museum import arithmetic
from museum.arithmetic import Sum, forward
from museum.piece import instead, wrong

SPECIES = "mini-digits"

# ---- softmax ----


def shares(largest: Callable[[list[float]], float] = max, total: Sum = forward) -> None:
    """Put in a softmax that takes another number off, or adds up another way."""

    def softmax(scores: list[float]) -> list[float]:
        powers = [exp(min(score - largest(scores), 0.0)) for score in scores]
        return [power / (total(powers) or math.nan) for power in powers]

    instead(model.softmax, softmax)


def finished(last: Callable[[list[float]], list[float]]) -> None:
    """Put in a softmax whose result is treated once more."""
    right = model.softmax
    instead(right, lambda scores: last(right(scores)))


@wrong(SPECIES, "mdg-softmax-0004")
def softmax_backward() -> None:
    """Powers are added from the last to the first."""
    shares(total=arithmetic.backward)


@wrong(SPECIES, "mdg-softmax-0005")
def softmax_pairwise() -> None:
    """Powers are added pairwise."""
    shares(total=arithmetic.pairwise)


@wrong(SPECIES, "mdg-softmax-0018")
def softmax_in_four_lanes() -> None:
    """Powers are added in four lanes."""
    shares(total=arithmetic.lanes)


@wrong(SPECIES, "mdg-softmax-0005")
def softmax_added_exactly() -> None:
    """The powers' sum is rounded once."""
    shares(total=arithmetic.exactly)


@wrong(SPECIES, "mdg-softmax-0005")
def softmax_smallest_first() -> None:
    """Powers are added in order of size, for accuracy's sake."""
    shares(total=lambda powers: forward(sorted(powers)))


@wrong(SPECIES, "mdg-softmax-0010")
def softmax_largest_of_sizes() -> None:
    """What is taken off is the largest absolute value."""
    shares(largest=lambda scores: max(map(abs, scores)))


@wrong(SPECIES, "mdg-softmax-0002")
def softmax_largest_from_zero() -> None:
    """The search for the largest logit starts at 0, so that negative logits keep their size."""
    shares(largest=lambda scores: max(0.0, *scores))


@wrong(SPECIES, "mdg-softmax-0139")
def softmax_largest_in_binary32() -> None:
    """The largest logit is rounded to binary32 before it is taken off."""
    shares(largest=lambda scores: f32(max(scores)))


@wrong(SPECIES, "mdg-softmax-0004")
def softmax_times_the_reciprocal() -> None:
    """Powers are multiplied by 1 / sum."""

    def softmax(scores: list[float]) -> list[float]:
        powers = [exp(score - max(scores)) for score in scores]
        scale = 1 / forward(powers)
        return [power * scale for power in powers]

    instead(model.softmax, softmax)


@wrong(SPECIES, "mdg-softmax-0001")
def softmax_through_logarithms() -> None:
    """The log of the sum goes into the exponent: exp(x − m − log s)."""

    def softmax(scores: list[float]) -> list[float]:
        largest = max(scores)
        lost = math.log(forward(exp(score - largest) for score in scores))
        return [exp(min(score - largest - lost, 0.0)) for score in scores]

    instead(model.softmax, softmax)


@wrong(SPECIES, "mdg-softmax-0003")
def softmax_normalised_twice() -> None:
    """Coefficients are divided by their own sum once more."""
    finished(lambda found: [share / forward(found) for share in found])


@wrong(SPECIES, "mdg-softmax-0003")
def softmax_stored_as_binary32() -> None:
    """Coefficients are rounded to binary32."""
    finished(lambda found: [f32(share) for share in found])


@wrong(SPECIES, "mdg-softmax-0003")
def softmax_last_is_the_rest() -> None:
    """The last coefficient is what the others leave of 1."""
    finished(lambda found: [*found[:-1], 1.0 - forward(found[:-1])])


@wrong(SPECIES, "mdg-softmax-0010")
def softmax_small_shares_dropped() -> None:
    """Coefficients below 2^−24 are dropped."""
    finished(lambda found: [share if share >= 2.0**-24 else 0.0 for share in found])
