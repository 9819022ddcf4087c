"""Small results of the reference suite, true to their formats, for pages that are drawn from them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zoo.options import Built, Options
from zoo.site import build

ROOT = Path(__file__).resolve().parent.parent
GOLDEN, TEMPLATES = ROOT / "golden", ROOT / "templates"
SUITES = sorted(path.parent.name for path in GOLDEN.glob("*/suite.json"))
SPECIES, STAGE, VECTOR = "mini-digits", "exp", "mdg-exp-0007"


def _engine(name: str, version: str, differing: int) -> dict[str, Any]:
    tallies = {STAGE: {"vectors": 67, "bits": 148288, "differing": differing}}
    native = {"exp": {"arguments": 200000, "differing": 1000 * differing}}
    return {"engine": name, "version": version, "javascript": "JS 1", "species": {SPECIES: tallies}, "native": native}


def _piece(name: str, fault: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "species": SPECIES, "fault": fault} | more


def _mutants(mutants: int, killed: int, equivalent: int) -> dict[str, int]:
    return {"mutants": mutants, "killed": killed, "equivalent": equivalent}


RESULTS: dict[str, dict[str, Any]] = {
    "engines": {
        "sources": "",
        "engines": [_engine("Good", "1.0", 0), _engine("Good", "2.0", 0), _engine("Odd", "<3>", 7)],
    },
    "museum": {
        "sources": "",
        "pieces": [
            _piece("steep-exp", "exp is <b>one</b> off", stage=STAGE, vector=VECTOR, kind="bits",
                   conforms="native-exp", caught={"stage": STAGE, "vector": VECTOR, "vectors": 30}),
            _piece("sleeper", "never answers", species="", stage="protocol", kind="protocol",
                   finding="timeout", exit=3),
        ],
    },
    "mutation": {
        "sources": "",
        **_mutants(1200, 1100, 100),
        "modules": [{"module": "generator.prng", **_mutants(200, 199, 1)}],
        "unreached": [{"module": "generator.model", "name": "Knob.stops"}],
        "equivalents": [{"module": "generator.prng", "where": "words", "line": 7,
                         "changes": [{"was": "a < b", "now": ["a <= b"]}], "reason": "the two are never equal"}],
    },
}  # fmt: skip


def suite(folder: Path, results: dict[str, dict[str, Any]] = RESULTS) -> Path:
    """Copy the reference suite into a folder, with these results beside the adapters' own."""
    golden = folder / "golden"
    left = shutil.ignore_patterns("__pycache__", "engines.json", "museum.json", "mutation.json", "museum")
    shutil.copytree(GOLDEN, golden, ignore=left)
    for name, found in results.items():
        (golden / "results" / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
    return golden


def made(folder: Path, golden: Path, **more: Any) -> Built:
    """Build `folder/content` into `folder/site` with a suite."""
    return build(Options(folder / "content", TEMPLATES, folder / "site", golden, **more))


def page(site: Path, name: str = "index.html") -> str:
    """Give one of the conformance pages."""
    return (site / "conformance" / name).read_text(encoding="utf-8")


def vectors(species: str) -> Iterator[dict[str, Any]]:
    """Give a species' vectors, stage by stage as its suite orders them."""
    for stage in json.loads((GOLDEN / species / "suite.json").read_text(encoding="utf-8"))["stages"]:
        path = GOLDEN / species / "vectors" / f"{stage['name']}.json"
        yield from json.loads(path.read_text(encoding="utf-8"))["vectors"]
