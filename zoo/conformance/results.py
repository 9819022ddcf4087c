"""What was measured, as golden/results/ holds it: a JSON file for each kind, written by the make target of its name.

A kind that was not measured is None. Nothing here is computed anew, and nothing of it is typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zoo.conformance.suite import Suite, Vector, suites

KINDS = ("adapters", "engines", "museum", "mutation")
Measured = Mapping[str, Any] | None


@dataclass(frozen=True)
class Results:
    """What was measured of adapters, in engines, with the museum of wrong ports, and by the mutation run."""

    adapters: Measured
    engines: Measured
    museum: Measured
    mutation: Measured

    @property
    def probes(self) -> tuple[Vector, ...]:
        """The questions about the protocol, which no file of vectors holds."""
        found = self.adapters["probes"] if self.adapters else ()
        return tuple(
            Vector(own["id"], "", "protocol", tuple(own["requirements"]), own["why"], {}, None) for own in found
        )

    @property
    def pieces(self) -> Sequence[Mapping[str, Any]]:
        """The museum's wrong ports."""
        return self.museum["pieces"] if self.museum else ()


def read(golden: Path) -> Results:
    """Read what was measured; pieces of the museum that are of a species which is not here are left out."""
    found = Results(**{kind: _read(golden / "results" / f"{kind}.json") for kind in KINDS})
    here = {"", *(path.parent.name for path in golden.glob("*/suite.json"))}
    pieces = [piece for piece in found.pieces if piece["species"] in here]
    return replace(found, museum={**found.museum, "pieces": pieces} if found.museum else None)


def _read(path: Path) -> Measured:
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found or None


def notes(golden: Path) -> Iterator[str]:
    """Say which results are missing, and what writes them."""
    for kind in KINDS if any(golden.glob("*/suite.json")) else ():
        path = golden / "results" / f"{kind}.json"
        if not path.is_file():
            yield f"{path}: no such file, so the conformance pages leave its part out; make {kind} writes it"


@dataclass(frozen=True)
class State:
    """How far a species is verified: its vectors, and the engines that ran them, with those where no bit differed."""

    species: str
    vectors: int
    engines: int = 0
    agreeing: int = 0

    @property
    def page(self) -> str:
        """Where the zoo shows it: the table of engines, or the vectors where no engine was asked."""
        return (
            f"conformance/index.html#engines-{self.species}"
            if self.engines
            else f"conformance/{self.species}/index.html"
        )

    def __str__(self) -> str:
        """Give it in words, as plates and cards have it."""
        if not self.engines:
            return f"{self.vectors:,} vectors"
        some = "" if self.agreeing == self.engines else f"{self.agreeing} of "
        noun = "engine" if self.engines == 1 else "engines"
        return f"verified in {some}{self.engines} {noun} · {self.vectors:,} vectors"


def states(golden: Path) -> dict[str, State]:
    """Give the state of every species that has a suite."""
    results = read(golden)
    return {suite.species: _state(suite, results) for suite in suites(golden)}


def _state(suite: Suite, results: Results) -> State:
    runs = [own for own in results.engines["engines"] if suite.species in own["species"]] if results.engines else []
    differing = {own["engine"] for own in runs if any(s["differing"] for s in own["species"][suite.species].values())}
    engines = {own["engine"] for own in runs}
    return State(suite.species, len(suite.vectors), len(engines), len(engines - differing))
