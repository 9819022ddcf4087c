"""Suites and vectors as they lie on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.errors import SuiteError

ROOT = Path(__file__).resolve().parent.parent

Json = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """One step of a species' pipeline and the types of what goes in and comes out."""

    name: str
    takes: Mapping[str, str]
    gives: Mapping[str, str]
    native: Mapping[str, int] = field(default_factory=dict)  # ulps each output may be off by under native-exp
    margin: bool = False  # under native-exp demanded only where the vector's margin is proved


@dataclass(frozen=True)
class Vector:
    """One question with its known answer; out is None where the input must be refused."""

    id: str
    suite: str
    stage: str
    requirements: tuple[str, ...]
    why: str
    provenance: str
    inputs: Json
    out: Json | None
    margin: Json | None = None


@dataclass(frozen=True)
class Suite:
    """A species' stages, in pipeline order, and its vectors."""

    name: str
    title: str
    version: str
    stages: tuple[Stage, ...]
    vectors: tuple[Vector, ...]

    def stage(self, name: str) -> Stage:
        """Give the stage of that name."""
        return next(stage for stage in self.stages if stage.name == name)

    def of_stage(self, name: str) -> tuple[Vector, ...]:
        """Its vectors."""
        return tuple(vector for vector in self.vectors if vector.stage == name)


def read_json(path: Path) -> Any:
    """Give the document; SuiteError if it is missing or no JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SuiteError(f"{path}: {error}") from error


def names() -> list[str]:
    """Give the suites there are: every folder with a suite.json."""
    return sorted(path.parent.name for path in ROOT.glob("*/suite.json"))


def load(name: str) -> Suite:
    """Give the suite of that name; SuiteError lists the known ones."""
    if name not in names():
        raise SuiteError(f"no suite {name!r}; there are: {', '.join(names())}")
    head = read_json(ROOT / name / "suite.json")
    stages = tuple(make_stage(each) for each in head["stages"])
    vectors = tuple(vector for stage in stages for vector in read_vectors(name, stage.name))
    return Suite(name, head["title"], head["version"], stages, vectors)


def make_stage(line: Json) -> Stage:
    """Give a stage from suite.json."""
    return Stage(line["name"], line["in"], line["out"], line.get("native", {}), line.get("margin", False))


def read_vectors(suite: str, stage: str) -> Iterator[Vector]:
    """Give the vectors of one file, in file order."""
    for line in read_json(ROOT / suite / "vectors" / f"{stage}.json")["vectors"]:
        yield Vector(line["id"], suite, stage, tuple(line["requirements"]), line["why"], line["provenance"],
                     line["in"], line.get("out"), line.get("margin"))  # fmt: skip


def find(identity: str) -> tuple[Suite, Vector]:
    """Give the vector of that id, wherever it is."""
    for suite in map(load, names()):
        for vector in suite.vectors:
            if vector.id == identity:
                return suite, vector
    raise SuiteError(f"no vector {identity!r}; `conform.py list` shows them all")
