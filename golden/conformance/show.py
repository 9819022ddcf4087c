"""The suite looked at: list, explain, repro, export."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Sequence

from conformance import spec
from conformance.errors import SuiteError
from conformance.probes import PROBES
from conformance.session import dumps, hello_line, run_line
from conformance.suite import Suite, Vector, find


def listing(suites: Iterable[Suite], stages: frozenset[str]) -> Iterator[str]:
    """Give a line a vector: id, requirements, the bug it catches."""
    for probe in PROBES if not stages or "protocol" in stages else ():
        yield f"{probe.id:20} {' '.join(probe.requirements):34} {probe.why}"
    for vector in selected(suites, stages):
        yield f"{vector.id:20} {' '.join(vector.requirements):34} {vector.why}"


def selected(suites: Iterable[Suite], stages: frozenset[str]) -> Iterator[Vector]:
    """Give the vectors of these stages, of all if none are named."""
    return (vector for suite in suites for vector in suite.vectors if not stages or vector.stage in stages)


def explain(identity: str) -> Iterator[str]:
    """Why a vector exists, what it holds and which requirements it is for."""
    stated = spec.requirements()
    for probe in PROBES:
        if probe.id == identity:
            yield from (f"{probe.id}, stage protocol", probe.why, f"wants: {probe.expects}")
            yield from (f"{each}: {stated[each][1]}" for each in probe.requirements)
            return
    _, vector = find(identity)
    yield f"{vector.id}, stage {vector.stage} of {vector.suite}, from {vector.provenance}"
    yield vector.why
    yield from (f"  {key} = {spec.value(each, 10)}" for key, each in vector.inputs.items())
    yield from (f"  {key} → {spec.value(each, 10)}" for key, each in (vector.out or {"answer": "an error"}).items())
    if vector.margin:
        yield f"  margin: {json.dumps(vector.margin)}"
    for each in vector.requirements:
        path, text = stated.get(each, ("?", "?"))
        yield f"{each} ({path}): {text}"


def repro(identity: str, command: Sequence[str]) -> str:
    """Give a shell line that puts one request to an adapter, without this runner."""
    if identity.startswith("zoo-protocol-"):
        raise SuiteError("a protocol question depends on the adapter's hello; run it with --id")
    suite, vector = find(identity)
    lines = [hello_line(suite), run_line("repro", suite.name, vector.stage, vector.inputs), dumps({"cmd": "bye"})]
    return "printf '%s\\n' " + " ".join(map(shlex.quote, lines)) + " | " + (shlex.join(command) or "COMMAND")


def export(suites: Iterable[Suite], stages: frozenset[str]) -> Iterator[str]:
    """JSON Lines, a vector each, for a port that tests itself without the runner."""
    for vector in selected(suites, stages):
        expected = {"error": True} if vector.out is None else {"out": vector.out}
        line = {"id": vector.id, "model": vector.suite, "stage": vector.stage, "requirements": vector.requirements}
        yield dumps({**line, "why": vector.why, "in": vector.inputs, **expected})
