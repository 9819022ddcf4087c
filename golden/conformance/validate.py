"""Is the suite itself in order: schemas, ids, links to requirements, sizes, and the reference's agreement."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from reference.binary import unpack
from reference.species import Refused
from reference.species import load as load_species

from conformance import spec
from conformance.errors import SuiteError
from conformance.schema import problems
from conformance.session import run_line
from conformance.suite import ROOT, Json, Suite, Vector, load, names, read_json

LONG_TOKEN = "x" * 12
TYPE = re.compile(r"(u8|u32|f32|f64)(\?|\[([0-9]*)\])?")


def everything() -> Iterator[str]:
    """Every complaint about every suite; none means all is well."""
    for name in names():
        yield from against_schema(name)
    suites = [load(name) for name in names()]
    yield from links(suites)
    for suite in suites:
        yield from ids(suite)
        for vector in suite.vectors:
            yield from (f"{vector.id}: {problem}" for problem in one(suite, vector))
        yield from reference(suite)


def against_schema(name: str) -> Iterator[str]:
    """Give the files of one suite, as JSON documents."""
    files = {
        ROOT / name / "suite.json": "suite",
        **dict.fromkeys(sorted((ROOT / name / "vectors").glob("*.json")), "vectors"),
    }
    for path, kind in files.items():
        schema = read_json(ROOT / "schema" / f"{kind}.schema.json")
        yield from (f"{path.relative_to(ROOT)}: {problem}" for problem in problems(read_json(path), schema, schema))


def links(suites: list[Suite]) -> Iterator[str]:
    """Follow the links: requirements and vectors point at each other, without gaps."""
    stated = spec.requirements()
    vectors = {vector.id: vector for suite in suites for vector in suite.vectors}
    yield from (f"{anchor}: stated twice" for anchor in spec.duplicates())
    for vector in vectors.values():
        yield from (f"{vector.id}: no requirement {each}" for each in vector.requirements if each not in stated)
    for path, identity in spec.included():
        if identity not in vectors:
            yield f"{path}: includes {identity}, which does not exist"


def ids(suite: Suite) -> Iterator[str]:
    """Ids are unique and carry prefix and stage; every stage has vectors; every file belongs to a stage."""
    head = read_json(ROOT / suite.name / "suite.json")
    seen = [vector.id for vector in suite.vectors]
    yield from (f"{each}: used twice" for each in sorted({each for each in seen if seen.count(each) > 1}))
    for vector in suite.vectors:
        if not vector.id.startswith(f"{head['prefix']}-{vector.stage}-"):
            yield f"{vector.id}: not {head['prefix']}-{vector.stage}-…"
    stages = {stage.name for stage in suite.stages}
    for path in sorted((ROOT / suite.name / "vectors").glob("*.json")):
        if path.stem not in stages:
            yield f"{suite.name}/vectors/{path.name}: no such stage"


def one(suite: Suite, vector: Vector) -> Iterator[str]:
    """Give a vector's values are of the stage's types, finite, and travel in lines short enough."""
    stage = suite.stage(vector.stage)
    if vector.out is not None:
        yield from typed(vector.inputs, stage.takes)
        yield from typed(vector.out, stage.gives)
    request = run_line(LONG_TOKEN, suite.name, vector.stage, vector.inputs)
    response = json.dumps({"token": LONG_TOKEN, "out": vector.out})
    if max(len(request), len(response)) >= 64 * 1024:
        yield "a line of 64 KiB or more"


def typed(values: Json, types: Mapping[str, str]) -> Iterator[str]:
    """Keys and types as suite.json says."""
    if set(values) != set(types):
        yield f"has {sorted(values)}, the stage has {sorted(types)}"
        return
    for key, kind in types.items():
        if not fits(values[key], kind):
            yield f"{key} is no {kind}"


def fits(value: object, kind: str) -> bool:
    """Whether a value is of that type."""
    if kind == "text":
        return isinstance(value, str)
    if kind == "count":
        return type(value) is int and 0 <= value < 2**53
    match = TYPE.fullmatch(kind)
    if not match:
        raise SuiteError(f"suite.json: unknown type {kind!r}")
    if value is None:
        return match[2] == "?"
    if not isinstance(value, str) or not value.startswith(match[1] + ":") or value != value.lower():
        return False
    numbers = unpack(value)
    count = None if match[3] == "" else int(match[3] or 1)
    return (count is None or len(numbers) == count) and all(abs(x) < float("inf") for x in numbers)


def reference(suite: Suite) -> Iterator[str]:
    """Give the scalar reference gives every expected value, and agrees with what the source computed."""
    species = load_species(suite.name)
    try:
        species.check()
    except AssertionError as error:
        yield f"{suite.name}: the reference differs from the source's captured values: {error}"
    for vector in suite.vectors:
        try:
            found = species.answer(vector.stage, vector.inputs)
        except Refused:
            found = None
        if found != vector.out:
            yield f"{vector.id}: the reference gives another value"
        if vector.margin is not None and species.margin and species.margin(vector.inputs) != vector.margin:
            yield f"{vector.id}: the margin is not what it proves"
