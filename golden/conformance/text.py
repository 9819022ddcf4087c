"""A report for people."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.report import Outcome, Report
from conformance.suite import Vector

SHOWN = 5  # failures spelled out; the rest are counted


def lines(report: Report) -> Iterator[str]:
    """Give the whole report."""
    if report.hello:
        yield f"{report.hello['name']}, exp {report.hello['exp']}; order from seed {report.seed}"
        yield from table(report)
    yield from (f"breach: {breach}" for breach in report.breaches)
    yield from (f"known failures: {complaint}" for complaint in report.complaints)
    yield from divergence(report)
    yield from (f"stderr: {line}" for line in report.log if report.breaches)
    yield f"{report.headline}, {report.judged} vectors in {report.seconds:.1f} s"


def table(report: Report) -> Iterator[str]:
    """Give a line a stage."""
    for stage in report.stages:
        if not stage.outcomes:
            continue
        passed, of = stage.count("passed"), len(stage.outcomes)
        others = ("failed", "breach", "known", "undecided", "unclaimed", "not run")
        rest = [f"{stage.count(each)} {each}" for each in others if stage.count(each)]  # type: ignore[arg-type]
        detail = "" if stage.verdict == "not claimed" else f"{passed:4} of {of:4}  {', '.join(rest)}"
        yield f"  {stage.name:10} {stage.verdict:12} {detail}".rstrip()


def divergence(report: Report) -> Iterator[str]:
    """Give the first diverging stage, spelled out; what comes after it may only be its echo."""
    first = report.first
    if first is None:
        return
    yield f"first divergence: stage {first.vector.stage}"
    failing = [o for o in report.outcomes if o.vector.stage == first.vector.stage and o.status in ("failed", "breach")]
    failing.sort(key=lambda outcome: outcome.vector.id)
    for outcome in failing[:SHOWN]:
        yield from spelled(outcome)
    if len(failing) > SHOWN:
        yield f"  and {len(failing) - SHOWN} more of this stage"
    hint = exp_hint(report)
    if hint:
        yield hint
    yield f"  look closer: conform.py explain {first.vector.id}; conform.py repro {first.vector.id} -- COMMAND"


def spelled(outcome: Outcome) -> Iterator[str]:
    """One failing vector."""
    yield f"  {outcome.vector.id}  {outcome}"
    yield f"    it is there because: {outcome.vector.why}  [{', '.join(outcome.vector.requirements)}]"


def exp_hint(report: Report) -> str:
    """Name the pinned function where nothing but the platform's own explains what fails."""
    failing = [o for o in report.outcomes if o.status == "failed" and isinstance(o.vector, Vector)]
    lenient = {stage.name: max(stage.native.values(), default=0) for stage in report.suite.stages}
    if report.profile != "exact" or not failing or not all(close(outcome, lenient) for outcome in failing):
        return ""
    name = next(stage for stage, allowed in lenient.items() if allowed)  # exp, or what the species has instead
    return (
        f"  every difference is within what a platform's own {name} may cause: this port's {name} is not the pinned"
        " algorithm. Port the one SPEC.md gives, or run with --profile native-exp"
    )


def close(outcome: Outcome, lenient: dict[str, int]) -> bool:
    """Whether the profile native-exp would forgive it."""
    allowed = lenient[outcome.vector.stage]
    return all(each.ulps is not None and 0 < each.ulps <= allowed for each in outcome.mismatches)
