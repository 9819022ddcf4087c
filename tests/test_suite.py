"""The suite itself: its vectors, their links to the specification, and the standard library alone."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
sys.path.insert(0, str(GOLDEN))

from conformance import spec, validate  # noqa: E402
from conformance.judge import compare, ulps  # noqa: E402
from conformance.schema import problems  # noqa: E402
from conformance.suite import load, names  # noqa: E402

OWN = {"museum", "conformance", "reference"} | {name.replace("-", "_") for name in names()}


def test_the_suite_is_in_order() -> None:
    """Schemas, ids, links, types, sizes, margins and the reference's agreement: no complaint."""
    assert list(validate.everything()) == []


@pytest.mark.parametrize("name", names())
def test_building_again_changes_nothing(name: str) -> None:
    """The vectors on disk are what the cases give."""
    command = [sys.executable, str(GOLDEN / "build_vectors.py"), "--check", name]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_changed_value_fails_the_build(tmp_path: Path) -> None:
    """A vector on disk that differs from what the cases give is an error, and is left as it is."""
    copy = tmp_path / "golden"
    shutil.copytree(GOLDEN, copy, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "mini-digits" / "vectors" / "latent.json"
    changed = path.read_text().replace("bf800000", "bf800001", 1)
    path.write_text(changed)
    run = subprocess.run([sys.executable, str(copy / "build_vectors.py")], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "mdg-latent-0001 changed" in run.stderr
    assert path.read_text() == changed


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.py")), ids=lambda path: str(path.relative_to(GOLDEN)))
def test_golden_imports_the_standard_library_alone(path: Path) -> None:
    """No module under golden/ imports anything that does not come with Python or lie in golden/."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(module.partition(".")[0] in sys.stdlib_module_names | OWN for module in modules), modules


@pytest.mark.parametrize("name", names())
def test_every_requirement_of_a_stage_has_a_vector(name: str) -> None:
    """No MUST of a species' own text goes without a vector."""
    own = {anchor for anchor, (path, _) in spec.requirements().items() if path == f"{name}/SPEC.md"}
    tested = {each for vector in load(name).vectors for each in vector.requirements}
    assert own <= tested


def test_minus_zero_is_seen() -> None:
    """+0 and −0 differ, even where a profile allows steps between neighbours."""
    zero, minus = "f64:0000000000000000", "f64:8000000000000000"
    assert compare("y", zero, minus, 16) is not None
    assert compare("y", zero, zero, 0) is None


def test_ulps_count_steps_between_neighbours() -> None:
    """Distances run through zero and over binades."""
    assert ulps("f64", "0000000000000001", "8000000000000001") == 2
    assert ulps("f64", "3fefffffffffffff", "3ff0000000000000") == 1
    assert ulps("f32", "7f7fffff", "7f800000") is None


def test_the_schema_rejects_what_it_should() -> None:
    """A vector without a reason, or with an unknown key, is refused."""
    schema = json.loads((GOLDEN / "schema" / "vectors.schema.json").read_text())
    good = {"id": "mdg-exp-0001", "requirements": ["MDG-EXP-1"], "why": "because", "provenance": "search", "in": {}}
    document = {"suite": "mini-digits", "stage": "exp", "vectors": [good]}
    assert not list(problems(document, schema, schema))
    for bad in ({**good, "why": ""}, {**good, "note": 1}, {**good, "id": "exp-1"}, {**good, "requirements": []}):
        assert list(problems({**document, "vectors": [bad]}, schema, schema))
