"""What a species' own package offers the suite: its stages, its cases and its fresh inputs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

Json = dict[str, Any]
Stage = Callable[[Json], Json]


class Refused(ValueError):  # noqa: N818 - a word of SPEC.md
    """The specification calls this input an error."""


@dataclass(frozen=True)
class Case:
    """A vector before its expected value is known: a permanent id and what it is there to catch."""

    id: str
    requirements: tuple[str, ...]
    why: str
    inputs: Json
    provenance: str = "reference"


@dataclass(frozen=True)
class Species:
    """The record a species' package ends in."""

    name: str
    stages: Mapping[str, Stage]  # a stage of the protocol, packed inputs to packed outputs; Refused on bad input
    cases: Callable[[], Iterator[tuple[str, Case]]]
    fresh: Callable[[str, Random], Json]  # a random input of that stage
    check: Callable[[], None]  # holds the stages against what the source computed; raises AssertionError
    margin: Callable[[Json], Json] | None = None  # of a gallery's inputs
    notes: Mapping[str, str] = field(default_factory=dict)

    def answer(self, stage: str, inputs: Json) -> Json:
        """Give a stage's output; Refused where the input is not what the stage takes."""
        try:
            return self.stages[stage](inputs)
        except KeyError as error:
            raise Refused(f"{error} is missing") from error


def load(name: str) -> Species:
    """Give the record of golden/<name>/<name_>/, the species' own package."""
    folder = str(ROOT / name)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    module = importlib.import_module(name.replace("-", "_"))
    species = module.SPECIES
    if not isinstance(species, Species):
        raise TypeError(f"golden/{name}: SPECIES is no Species")
    return species


class Series:
    """Numbers the cases of one stage; a new series starts at its own hundred, so that ids stay what they are."""

    def __init__(self, prefix: str, stage: str, start: int) -> None:
        """Ids run from prefix-stage-start."""
        self.stage = stage
        self._name = f"{prefix}-{stage}"
        self._next = start

    def __call__(self, needs: str, why: str, *, provenance: str = "reference", **inputs: object) -> tuple[str, Case]:
        """Give the next case: requirements separated by blanks, the bug it catches, and its inputs."""
        identity = f"{self._name}-{self._next:04}"
        self._next += 1
        return self.stage, Case(identity, tuple(needs.split()), why, inputs, provenance)
