"""The reference suite as its files state it: species, their stages in pipeline order, and their vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Vector:
    """One question with its known answer; out is None where the input must be refused."""

    id: str
    species: str
    stage: str
    requirements: tuple[str, ...]
    why: str
    given: Mapping[str, Any]
    out: Mapping[str, Any] | None

    @property
    def number(self) -> str:
        """What tells the vector from the others of its stage: 0007 of mdg-exp-0007."""
        return self.id.rpartition("-")[2]


@dataclass(frozen=True)
class Stage:
    """One step of a species' pipeline: the types that go in and come out, and its vectors in order."""

    name: str
    takes: Mapping[str, str]
    gives: Mapping[str, str]
    vectors: tuple[Vector, ...]


@dataclass(frozen=True)
class Suite:
    """All that is tested of one species."""

    species: str
    exhibit: str
    title: str
    version: str
    stages: tuple[Stage, ...]

    @property
    def vectors(self) -> tuple[Vector, ...]:
        """The vectors of all stages."""
        return tuple(vector for stage in self.stages for vector in stage.vectors)


def suites(golden: Path) -> list[Suite]:
    """Give the suite of every species that has one, in order of exhibit."""
    found = [_suite(path.parent) for path in golden.glob("*/suite.json")]
    return sorted(found, key=lambda suite: suite.exhibit)


def _suite(folder: Path) -> Suite:
    head = json.loads((folder / "suite.json").read_text(encoding="utf-8"))
    vectors = read_vectors(folder)
    stages = (Stage(own["name"], own["in"], own["out"], vectors.get(own["name"], ())) for own in head["stages"])
    return Suite(head["suite"], head["exhibit"], head["title"], head["version"], tuple(stages))


@cache
def read_vectors(folder: Path) -> Mapping[str, tuple[Vector, ...]]:
    """Give the vectors of a species' folder by stage; none where it has none."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "vectors").glob("*.json"))]
    return {document["stage"]: tuple(_vectors(document)) for document in documents}


def _vectors(document: Mapping[str, Any]) -> Iterator[Vector]:
    for own in document["vectors"]:
        head = (own["id"], document["suite"], document["stage"], tuple(own["requirements"]), own["why"])
        yield Vector(*head, own["in"], own.get("out"))
