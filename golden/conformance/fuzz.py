"""Fresh cases from the scalar reference, and the smallest input that still goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from reference.binary import pack, unpack
from reference.species import Refused, Species
from reference.species import load as load_species

from conformance.errors import Breach, SuiteError
from conformance.judge import Mismatch, Profile, judge
from conformance.session import Limits, Session
from conformance.suite import Json, Stage, Suite, Vector

TRIES = 400  # how often a failing input is simplified before it is shown
SIMPLE = (0.0, 1.0, -1.0, 0.5)


@dataclass(frozen=True)
class Finding:
    """A fresh case the port gets wrong, as small as it could be made."""

    vector: Vector
    mismatches: tuple[Mismatch, ...]
    number: int  # which of the cases it was


class Fuzz:
    """Cases for one adapter; every stage it claims is taken in turn."""

    def __init__(self, command: Sequence[str], suite: Suite, limits: Limits, seed: int, profile: Profile) -> None:
        """Start the adapter."""
        self.suite, self.profile, self.seed = suite, profile, seed
        self.species: Species = load_species(suite.name)
        self.random = Random(seed)  # noqa: S311 - a printed seed repeats the cases
        self.session = Session(command, suite, limits, self.random)
        self.tries = 0

    def stages(self, chosen: frozenset[str]) -> list[Stage]:
        """Give the stages that are claimed and have inputs to vary."""
        claimed = self.session.hello["stages"] if self.suite.name in self.session.hello["models"] else []
        found = [s for s in self.suite.stages if s.takes and s.name in claimed and (not chosen or s.name in chosen)]
        if not found:
            raise SuiteError("no stage to fuzz: the adapter claims none of those asked for")
        return found

    def run(self, count: int, chosen: frozenset[str]) -> Finding | None:
        """Give the first failure among so many cases, shrunk; None if there is none. Breach names its case."""
        stages = self.stages(chosen)
        for number in range(count):
            stage = stages[number % len(stages)]
            vector = self.vector(stage, self.species.fresh(stage.name, Random(f"{self.seed}/{number}")))  # noqa: S311
            try:
                if self.wrong(stage, vector):
                    return self.shrunk(stage, vector, number)
            except Breach as breach:
                raise Breach(f"case {number}, stage {stage.name}, in {vector.inputs}: {breach}") from None
        self.session.finish()
        return None

    def vector(self, stage: Stage, inputs: Json) -> Vector:
        """Give the case with the reference's answer."""
        try:
            out = self.species.answer(stage.name, inputs)
        except Refused:
            out = None
        return Vector("fresh", self.suite.name, stage.name, (), "a fresh case", "reference", inputs, out)

    def wrong(self, stage: Stage, vector: Vector) -> list[Mismatch]:
        """Say what the adapter gets wrong; a skip is no answer and nothing wrong."""
        answer = self.session.ask(stage.name, vector.inputs)
        if answer.kind == "skip" or (stage.margin and self.profile == "native-exp"):
            return []
        return judge(vector, stage, answer, self.profile)

    def shrunk(self, stage: Stage, vector: Vector, number: int) -> Finding:
        """Simplify one thing at a time for as long as it still fails."""
        simpler = self.step(stage, vector)
        while simpler:
            vector = simpler
            simpler = self.step(stage, vector)
        mismatches = tuple(self.wrong(stage, vector))
        self.session.finish()
        return Finding(vector, mismatches, number)

    def step(self, stage: Stage, vector: Vector) -> Vector | None:
        """Give the first simpler input that still fails the same way."""
        for inputs in simpler_inputs(stage, vector.inputs):
            self.tries += 1
            if self.tries > TRIES:
                return None
            trial = self.vector(stage, inputs)
            if (trial.out is None) == (vector.out is None) and self.wrong(stage, trial):
                return trial
        return None


def simpler_inputs(stage: Stage, inputs: Json) -> Iterator[Json]:
    """Give inputs with one value made simpler, the boldest first."""
    for key, kind in stage.takes.items():
        for value in SIMPLER.get(kind, simpler_packed)(inputs[key]):
            fixed = kind not in SIMPLER and not kind.endswith("[]")
            if not fixed or len(value) == len(inputs[key]):
                yield {**inputs, key: value}


def simpler_text(text: str) -> Iterator[str]:
    """Without its first half, its second, any one character."""
    for at in {len(text) // 2} if len(text) > 1 else ():
        yield text[:at]
        yield text[at:]
    yield from (text[:at] + text[at + 1 :] for at in range(len(text)))


def simpler_count(number: int) -> Iterator[int]:
    """Toward zero."""
    yield from (smaller for smaller in (0, 1, number // 2, number - 1) if 0 <= smaller < number)


def simpler_packed(text: str) -> Iterator[str]:
    """Fewer elements, then simpler ones."""
    tag, numbers = text.partition(":")[0], unpack(text)
    half = len(numbers) // 2
    if len(numbers) > 1:
        yield pack(tag, numbers[:half])
        yield pack(tag, numbers[half:])
    for at, number in enumerate(numbers):
        for simple in SIMPLE if tag in ("f32", "f64") else (0, 1):
            if abs(simple) < abs(number):
                yield pack(tag, (*numbers[:at], simple, *numbers[at + 1 :]))


SIMPLER: dict[str, Callable[..., Iterator[Any]]] = {"text": simpler_text, "count": simpler_count}
