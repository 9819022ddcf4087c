"""The two commands that start an adapter: run and fuzz."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from conformance import known, machine, text
from conformance.errors import SuiteError
from conformance.fuzz import Finding, Fuzz
from conformance.probes import STAGE
from conformance.report import Report
from conformance.run import Options, Run, questions
from conformance.session import Limits
from conformance.suite import Suite, load, names

WRITERS: dict[str, Callable[[list[Report]], str]] = {
    "json": machine.as_json, "junit": machine.as_junit, "markdown": machine.as_markdown, "badge": machine.as_badge,
}  # fmt: skip


def chosen(options: argparse.Namespace) -> tuple[list[Suite], frozenset[str]]:
    """Give the suites and stages asked for; SuiteError for a stage no suite has."""
    suites = [load(name) for name in options.suite or names()]
    stages = frozenset(options.stage or ())
    there = {STAGE, *(stage.name for suite in suites for stage in suite.stages)}
    if stages - there:
        raise SuiteError(f"no stage {', '.join(sorted(stages - there))}; there are: {', '.join(sorted(there))}")
    return suites, stages


def patience(options: argparse.Namespace) -> Limits:
    """Give the time limits asked for."""
    return Limits(options.timeout, options.hello_timeout)


def seed_of(options: argparse.Namespace) -> int:
    """Give the seed given, or a new one."""
    return secrets.randbelow(2**32) if options.seed is None else int(options.seed)


def run(options: argparse.Namespace, command: Sequence[str]) -> int:
    """Check an adapter against every suite it has the model of."""
    suites, stages = chosen(options)
    listed = known.read(options.known_failures) if options.known_failures else frozenset()
    ids = identities(options, suites)
    found = []
    for suite in suites:
        own = listed if len(suites) == 1 else belonging(listed, suite, suites)
        how = Options(options.profile, seed_of(options), stages, ids, own, patience(options))
        report = Run(command, suite, how).report()
        if options.suite or report.breaches or suite.name in report.hello["models"]:
            found.append(report)
        if not report.hello:
            break
    publish(options, found)
    if not found:
        raise SuiteError(f"the adapter has none of these models: {', '.join(suite.name for suite in suites)}")
    return machine.exit_code(found)


def identities(options: argparse.Namespace, suites: list[Suite]) -> frozenset[str]:
    """Give the single vectors asked for; SuiteError for one that does not exist."""
    wanted = frozenset(options.id or ())
    there = {each.id for suite in suites for each in questions(suite)}
    if wanted - there:
        raise SuiteError(f"no vector {', '.join(sorted(wanted - there))}; `conform.py list` shows them all")
    return wanted


def belonging(listed: frozenset[str], suite: Suite, suites: list[Suite]) -> frozenset[str]:
    """Give the known failures that are not another suite's; what no suite has is everybody's, and complained of."""
    others = {vector.id for other in suites if other is not suite for vector in other.vectors}
    return listed - others


def publish(options: argparse.Namespace, reports: list[Report]) -> None:
    """Every report asked for; the one for people unless stdout is taken."""
    files = {name: getattr(options, name) for name in WRITERS if getattr(options, name)}
    for name, path in files.items():
        write(path, WRITERS[name](reports))
    if not any(str(path) == "-" for path in files.values()):
        show_lines(line for report in reports for line in text.lines(report))
    if options.github:
        show_lines(machine.as_github(reports))
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as stream:
                stream.write(machine.as_markdown(reports))


def write(path: Path, content: str) -> None:
    """To a file, or to stdout for a dash."""
    if str(path) == "-":
        sys.stdout.write(content)
        return
    try:
        path.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror}") from error


def show_lines(lines: Iterable[str]) -> None:
    """Print them."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def fuzz(options: argparse.Namespace, command: Sequence[str]) -> int:
    """Fresh cases until one fails or the count is reached."""
    suites, stages = chosen(options)
    seed = seed_of(options)
    if options.count < 1:
        raise SuiteError("--count: at least one case")
    asked = 0
    for suite in suites:
        job = Fuzz(command, suite, patience(options), seed, options.profile)
        if not options.suite and suite.name not in job.session.hello["models"]:
            job.session.finish()
            continue
        asked += 1
        if finding := job.run(options.count, stages):
            show_lines(found(finding, seed))
            return 1
    if not asked:
        raise SuiteError("the adapter has none of the models")
    show_lines([f"{options.count} fresh cases a suite from seed {seed}: no difference"])
    return 0


def found(finding: Finding, seed: int) -> Iterable[str]:
    """Give a failing case, as small as it could be made."""
    vector = finding.vector
    yield f"case {finding.number} of seed {seed} fails at stage {vector.stage}; made as small as it goes:"
    yield f"  in  {json.dumps(vector.inputs)}"
    yield from (f"  {mismatch}" for mismatch in finding.mismatches)
