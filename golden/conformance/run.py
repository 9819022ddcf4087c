"""All vectors put to one adapter: shuffled, some twice, restarted where it breaks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from conformance import known, probes
from conformance.errors import Breach
from conformance.judge import Mismatch, Profile, judge, short
from conformance.probes import PROBES, Probe
from conformance.report import Outcome, Report
from conformance.session import Answer, Limits, Session
from conformance.suite import Json, Suite, Vector

Question = Vector | Probe
REPEATS = 12  # every twelfth vector is asked a second time
RESTARTS = 3


@dataclass(frozen=True)
class Options:
    """How to run."""

    profile: Profile = "exact"
    seed: int = 0
    stages: frozenset[str] = frozenset()  # none: all
    ids: frozenset[str] = frozenset()  # none: all
    known: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    def wants(self, each: Question) -> bool:
        """Whether it was selected."""
        return (not self.stages or each.stage in self.stages) and (not self.ids or each.id in self.ids)


class Run:
    """One pass over the selected vectors."""

    def __init__(self, command: Sequence[str], suite: Suite, options: Options) -> None:
        """Nothing is started yet."""
        self.command, self.suite, self.options = tuple(command), suite, options
        self.random = Random(options.seed)  # noqa: S311 - a printed seed repeats the order, no secret
        self.breaches: list[str] = []
        self.outcomes: dict[str, Outcome] = {}
        self.answers: dict[str, Answer] = {}
        self.hello: Json = {}
        self.log: tuple[str, ...] = ()
        self.session: Session | None = None

    def report(self) -> Report:
        """Run it all."""
        started = time.monotonic()
        selected = [each for each in questions(self.suite) if self.options.wants(each)]
        try:
            self.put_all(selected)
        finally:
            if self.session:
                self.session.adapter.kill()
        for each in selected:
            self.outcomes.setdefault(each.id, Outcome(each, "not run"))
        outcomes = tuple(self.settle(self.outcomes[each.id]) for each in selected)
        return Report(
            suite=self.suite,
            profile=self.options.profile,
            seed=self.options.seed,
            command=self.command,
            hello=self.hello,
            outcomes=outcomes,
            breaches=tuple(self.breaches),
            complaints=self.complaints(outcomes),
            log=self.log,
            seconds=time.monotonic() - started,
        )

    def put_all(self, selected: list[Question]) -> None:
        """Put every question, unless the adapter breaks down too often."""
        if not self.connect():
            return
        for each in self.order(selected):
            if not self.put(each):
                return
        self.part()
        if not self.breaches and self.connect():  # who leaves at bye must also leave without it
            self.part(bye=False)

    def complaints(self, outcomes: Iterable[Outcome]) -> tuple[str, ...]:
        """Say what is wrong with the list of known failures."""
        everything = [each.id for each in questions(self.suite)]
        passed = [outcome.vector.id for outcome in outcomes if outcome.status == "passed"]
        return tuple(known.complaints(self.options.known, everything, passed))

    def order(self, selected: list[Question]) -> list[Question]:
        """Shuffled, with some repeated somewhere later: state an adapter keeps shows."""
        asked = [*selected, *self.random.sample(selected, (len(selected) + REPEATS - 1) // REPEATS)]
        self.random.shuffle(asked)
        return asked

    def connect(self) -> bool:
        """Start the adapter; False, and a breach noted, if it does not shake hands."""
        try:
            self.session = Session(self.command, self.suite, self.options.limits, self.random)
        except Breach as breach:
            self.breaches.append(f"hello: {breach}")
            return False
        self.hello = self.session.hello
        return self.suite.name in self.hello["models"] or self.part()

    def part(self, *, bye: bool = True) -> bool:
        """Say bye, or end the input, if there is an adapter; always False, for whoever stops here."""
        if self.session:
            try:
                self.session.finish(bye=bye)
            except Breach as breach:
                self.breaches.append(f"{'bye' if bye else 'end of input'}: {breach}")
            self.log = tuple(self.session.adapter.log)
            self.session = None
        return False

    def put(self, each: Question) -> bool:
        """One question; False when the adapter has broken down once too often."""
        if self.session is None and not self.connect():
            return False
        assert self.session
        started = time.monotonic()
        try:
            outcome = self.probe(each) if isinstance(each, Probe) else self.ask(each)
        except Breach as breach:
            return self.broken(each, breach)
        self.note(replace(outcome, seconds=time.monotonic() - started))
        return True

    def note(self, outcome: Outcome) -> None:
        """Keep it, unless the same question has failed before."""
        before = self.outcomes.get(outcome.vector.id)
        if before is None or before.status == "passed":
            self.outcomes[outcome.vector.id] = outcome

    def broken(self, each: Question, breach: Breach) -> bool:
        """Note it and drop the adapter; the next question starts a new one."""
        assert self.session
        self.breaches.append(f"{each.stage} {each.id}: {breach}")
        self.outcomes[each.id] = Outcome(each, "breach", note=str(breach))
        self.log = tuple(self.session.adapter.log)
        self.session.adapter.kill()
        self.session = None
        return len(self.breaches) <= RESTARTS

    def probe(self, probe: Probe) -> Outcome:
        """Give a question about the protocol."""
        assert self.session
        wrong = probes.put(probe, self.session, self.suite)
        return Outcome(probe, "failed" if wrong else "passed", tuple(wrong))

    def ask(self, vector: Vector) -> Outcome:
        """Give a vector, unless the port does not claim its stage."""
        assert self.session
        if vector.stage not in self.hello["stages"]:
            return Outcome(vector, "unclaimed")
        answer = self.session.ask(vector.stage, vector.inputs)
        before = self.answers.setdefault(vector.id, answer)
        if differ(before, answer):
            return Outcome(vector, "failed", (drift(before, answer),))
        if answer.kind == "skip":
            return Outcome(vector, "unclaimed", note=short(answer.value))
        stage = self.suite.stage(vector.stage)
        wrong = judge(vector, stage, answer, self.options.profile)
        if wrong and self.undecided(vector):
            return Outcome(vector, "undecided", tuple(wrong), "its margin does not prove that no exp can change it")
        return Outcome(vector, "failed" if wrong else "passed", tuple(wrong))

    def undecided(self, vector: Vector) -> bool:
        """Whether the profile may not demand this vector."""
        stage = self.suite.stage(vector.stage)
        return self.options.profile == "native-exp" and stage.margin and not (vector.margin or {}).get("proved")

    def settle(self, outcome: Outcome) -> Outcome:
        """Last word: a skip within a stage that is otherwise answered fails; a known failure is forgiven."""
        stage = outcome.vector.stage
        answered = any(o.vector.stage == stage and o.status in ("passed", "failed") for o in self.outcomes.values())
        if outcome.status == "unclaimed" and outcome.note and answered:
            wrong = Mismatch("answer", f"skip {outcome.note}", "an output: other vectors of this stage are answered")
            outcome = replace(outcome, status="failed", mismatches=(wrong,), note="")
        if outcome.status == "failed" and outcome.vector.id in self.options.known:
            return replace(outcome, status="known")
        return outcome


def questions(suite: Suite) -> list[Question]:
    """Give all there is to ask: the protocol's own questions, then the vectors."""
    return [*PROBES, *suite.vectors]


def differ(before: Answer, answer: Answer) -> bool:
    """Whether they say different things; the wording of an error or a skip is free."""
    return before != answer if before.kind == "out" else before.kind != answer.kind


def drift(before: Answer, answer: Answer) -> Mismatch:
    """Give the same question answered in two ways: the adapter keeps state."""
    field = "answer"
    if before.kind == answer.kind == "out":
        field = next((key for key in before.value if before.value[key] != answer.value.get(key)), field)
    return Mismatch(field, "another answer when asked again", "the same: an answer depends on its request alone")
