"""What a run found: outcomes, breaches, the verdict and its exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from conformance.judge import Mismatch, Profile
from conformance.probes import STAGE, Probe
from conformance.suite import Json, Suite, Vector

Status = Literal["passed", "failed", "known", "breach", "unclaimed", "undecided", "not run"]


@dataclass(frozen=True)
class Outcome:
    """What became of one vector."""

    vector: Vector | Probe
    status: Status
    mismatches: tuple[Mismatch, ...] = ()
    note: str = ""
    seconds: float = 0.0

    def __str__(self) -> str:
        """Give the reason in one line."""
        return "; ".join([*map(str, self.mismatches), *([self.note] if self.note else [])])


@dataclass(frozen=True)
class StageResult:
    """One stage's tally."""

    name: str
    outcomes: tuple[Outcome, ...]

    def count(self, *statuses: Status) -> int:
        """How many outcomes are one of these."""
        return sum(outcome.status in statuses for outcome in self.outcomes)

    @property
    def verdict(self) -> str:
        """Fails if anything in it fails; passes only if something in it passed."""
        for status in ("breach", "failed", "not run", "known", "passed", "undecided"):
            if self.count(status):
                return status
        return "not claimed" if self.outcomes else "not selected"


@dataclass(frozen=True)
class Report:
    """One suite, one adapter, one profile."""

    suite: Suite
    profile: Profile
    seed: int
    command: tuple[str, ...]
    hello: Json
    outcomes: tuple[Outcome, ...]
    breaches: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()  # about the list of known failures
    log: tuple[str, ...] = field(default=())
    seconds: float = 0.0

    @property
    def stages(self) -> list[StageResult]:
        """The protocol first, then the pipeline in its order."""
        order = [STAGE, *(stage.name for stage in self.suite.stages)]
        return [StageResult(n, tuple(o for o in self.outcomes if o.vector.stage == n)) for n in order]

    def count(self, *statuses: Status) -> int:
        """How many vectors ended as one of these."""
        return sum(outcome.status in statuses for outcome in self.outcomes)

    @property
    def judged(self) -> int:
        """Vectors that were answered and judged; the protocol's own questions do not count."""
        return sum(o.status in ("passed", "failed", "known") and isinstance(o.vector, Vector) for o in self.outcomes)

    @property
    def first(self) -> Outcome | None:
        """The first divergence in pipeline order: where to look, since later stages may only inherit it."""
        for stage in self.stages:
            for outcome in sorted(stage.outcomes, key=lambda each: each.vector.id):
                if outcome.status in ("failed", "breach"):
                    return outcome
        return None

    @property
    def exit_code(self) -> int:
        """0 conforms, 1 does not, 2 nothing was judged, 3 the protocol was broken."""
        if self.breaches:
            return 3
        if self.count("failed") or self.complaints:
            return 1
        return 0 if self.judged else 2

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        name = self.hello.get("name", self.command[0] if self.command else "?")
        claimed = sum(stage.verdict not in ("not claimed", "not selected", "not run") for stage in self.stages[1:])
        words = {0: "conforms to", 1: "does not conform to", 2: "was not judged by", 3: "broke the protocol in"}
        whole = f"{claimed} of {len(self.suite.stages)} stages"
        suite = f"{self.suite.name} {self.suite.version}"
        return f"{name} {words[self.exit_code]} {suite}, profile {self.profile} ({whole})"
