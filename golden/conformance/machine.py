"""A report for machines: JSON, JUnit, GitHub annotations, a Markdown summary, a badge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from conformance.report import Outcome, Report, StageResult
from conformance.suite import Json

GREEN, AMBER, RED = "#2f6f44", "#9a6a00", "#8a2a22"


def as_json(reports: list[Report]) -> str:
    """Everything, one object a suite."""
    return json.dumps({"format": 1, "exit": exit_code(reports), "runs": [each(r) for r in reports]}, indent=1) + "\n"


def exit_code(reports: list[Report]) -> int:
    """Give the gravest of the runs: a breach, then a failure, then a run without vectors."""
    codes = {report.exit_code for report in reports}
    return next((code for code in (3, 1, 2) if code in codes), 0 if codes else 2)


def each(report: Report) -> Json:
    """One run."""
    first = report.first
    return {
        "suite": report.suite.name, "version": report.suite.version, "profile": report.profile, "seed": report.seed,
        "adapter": report.hello, "exit": report.exit_code, "judged": report.judged, "verdict": report.headline,
        "stages": [stage_json(stage) for stage in report.stages if stage.outcomes],
        "first_divergence": {"stage": first.vector.stage, "id": first.vector.id} if first else None,
        "failures": [failure(o) for o in report.outcomes if o.status in ("failed", "breach", "known", "undecided")],
        "breaches": list(report.breaches), "complaints": list(report.complaints), "seconds": round(report.seconds, 3),
    }  # fmt: skip


def stage_json(stage: StageResult) -> Json:
    """One stage's tally."""
    tally = {status: stage.count(status) for status in ("passed", "failed", "known", "undecided", "unclaimed")}
    return {"stage": stage.name, "verdict": stage.verdict, "vectors": len(stage.outcomes), **tally}


def failure(outcome: Outcome) -> Json:
    """One vector that did not pass, with what it is for."""
    vector = outcome.vector
    return {"id": vector.id, "stage": vector.stage, "status": outcome.status, "requirements": list(vector.requirements),
            "why": vector.why, "message": str(outcome)}  # fmt: skip


def as_junit(reports: list[Report]) -> str:
    """Give a testsuite a stage; what is not claimed counts as skipped, never as passed."""
    root = ET.Element("testsuites")
    for report in reports:
        for stage in (stage for stage in report.stages if stage.outcomes):
            root.append(junit_stage(report, stage))
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def junit_stage(report: Report, stage: StageResult) -> ET.Element:
    """One stage."""
    name = f"{report.suite.name}.{stage.name}"
    counts = {
        "tests": len(stage.outcomes),
        "failures": stage.count("failed"),
        "errors": stage.count("breach"),
        "skipped": stage.count("unclaimed", "undecided", "not run", "known"),
    }
    suite = ET.Element("testsuite", {"name": name, **{key: str(count) for key, count in counts.items()}})
    for outcome in stage.outcomes:
        place = {"classname": name, "name": outcome.vector.id, "time": f"{outcome.seconds:.4f}"}
        case = ET.SubElement(suite, "testcase", place)
        tag = {"failed": "failure", "breach": "error", "passed": ""}.get(outcome.status, "skipped")
        if tag:
            ET.SubElement(case, tag, message=printable(f"{outcome.status}: {outcome}"))
    return suite


def printable(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def as_github(reports: list[Report]) -> Iterator[str]:
    """Workflow commands: an annotation a failure, ten at most, as GitHub shows no more."""
    failing = [o for report in reports for o in report.outcomes if o.status in ("failed", "breach")]
    for outcome in failing[:10]:
        vector = outcome.vector
        yield f"::error title={data(vector.stage + ' ' + vector.id)}::{data(f'{outcome}. {vector.why}')}"
    for report in reports:
        yield from (f"::error title=protocol::{data(breach)}" for breach in report.breaches)
        yield from (f"::error title=known failures::{data(each)}" for each in report.complaints)
        yield f"::notice title=conformance::{data(report.headline)}"


def data(text: str) -> str:
    """Escaped as workflow commands want it."""
    for plain, coded in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(plain, coded)
    return text


def as_markdown(reports: list[Report]) -> str:
    """Give a table a suite."""
    parts = []
    for report in reports:
        rows = [
            f"| {s.name} | {s.verdict} | {s.count('passed')} | {len(s.outcomes)} |" for s in report.stages if s.outcomes
        ]
        first = f"\nFirst divergence: `{report.first.vector.id}` — {cell(str(report.first))}\n" if report.first else ""
        parts.append("\n".join([f"### {report.headline}", "", "| stage | verdict | passed | of |",
                                "| --- | --- | ---: | ---: |", *rows, first]))  # fmt: skip
    return "\n".join(parts)


def cell(text: str) -> str:
    """Text that cannot end a table or start markup."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("`", "'").replace("\n", " ")


def as_badge(reports: list[Report]) -> str:
    """Give an SVG: what it conforms to, or that it does not."""
    code = exit_code(reports)
    partial = any(
        stage.verdict not in ("passed", "undecided") for report in reports for stage in report.stages if stage.outcomes
    )
    said = {0: "conforms in part" if partial else "conforms", 1: "fails", 2: "not run", 3: "broke the protocol"}[code]
    colour = GREEN if code == 0 and not partial else AMBER if code in (0, 2) else RED
    label = ", ".join(report.suite.name for report in reports) or "ai zoo"
    return svg(escape(label), escape(said), colour)


def svg(label: str, said: str, colour: str) -> str:
    """Two fields side by side, widths estimated at seven units a letter."""
    left, right = 7 * len(label) + 14, 7 * len(said) + 14
    font = 'fill="#f6f1e6" font-family="ui-monospace,monospace" font-size="11"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img">'
        f'<title>{label}: {said}</title><rect width="{left}" height="20" fill="#181818"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        f'<g {font}><text x="7" y="14">{label}</text><text x="{left + 7}" y="14">{said}</text></g></svg>\n'
    )
