"""Every vector of every suite as the line that asks it, put to the generator's adapter and judged by the runner."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.mutation.texts import ROOT

sys.path.insert(0, str(ROOT / "golden"))

# golden/ is no package of this project, and who wants more of it takes it from here
from conformance.errors import Breach
from conformance.judge import judge
from conformance.probes import PROBES, Probe, verdict
from conformance.run import Options, Run
from conformance.session import Limits, answer_of, run_line
from conformance.suite import Suite, Vector, load, names

__all__ = ["SURVIVED", "Limits", "Options", "Question", "Run", "first_failure", "load", "names", "questions"]

SURVIVED = ""


@dataclass(frozen=True)
class Question:
    """A vector, or a question about the protocol, as the line that asks it."""

    suite: Suite
    vector: Vector | Probe
    line: str

    def wrong(self, answers: list[str]) -> bool:
        """Say whether the answer is not what is wanted."""
        if len(answers) != 1:
            return True
        message, vector = json.loads(answers[0]), self.vector
        if isinstance(vector, Probe):
            return bool(verdict(vector, answer_of(message)))
        if message.get("token") != vector.id:
            return True
        answer = answer_of(message)
        return answer.kind == "skip" or bool(judge(vector, self.suite.stage(vector.stage), answer, "exact"))


def questions() -> list[Question]:
    """Give every vector of every suite, and what is asked about the protocol."""
    return [question for suite in map(load, names()) for question in (*_vectors(suite), *_probes(suite))]


def _vectors(suite: Suite) -> Iterator[Question]:
    for vector in suite.vectors:
        yield Question(suite, vector, run_line(vector.id, suite.name, vector.stage, vector.inputs))


def _probes(suite: Suite) -> Iterator[Question]:
    hello = {"stages": [stage.name for stage in suite.stages]}
    for probe in PROBES:
        yield Question(suite, probe, probe.line(probe.id, suite, hello))


def first_failure(asked: Sequence[Question]) -> str:
    """Give the id of the first vector that the adapter gets wrong, or SURVIVED; to raise is wrong, too."""
    from generator.__main__ import serve  # noqa: PLC0415 only now may a mutant be in its place

    for each in asked:
        try:
            if each.wrong(list(serve([each.line]))):
                return each.vector.id
        except (Breach, ValueError, TypeError):
            return each.vector.id
    return SURVIVED
