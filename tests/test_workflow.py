"""The example workflow publishes a zoo that was built and proved by the very commands it lists."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import EXHIBIT, content

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
URL = "https://somebody.example/a-repository"


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    """Give the workflow."""
    found: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return found


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    """Give the steps of all jobs."""
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_actions_are_pinned_by_major_version(workflow: dict[Any, Any]) -> None:
    """Each is GitHub's own, and a new major version comes in by an edit alone."""
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert len(used) == 5
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)


def test_it_may_do_what_it_has_to(workflow: dict[Any, Any]) -> None:
    """Only the job that deploys may write, and only what Pages needs."""
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["jobs"]["deploy"]["needs"] == "build"


def test_the_python_is_one_the_zoo_runs_on(workflow: dict[Any, Any]) -> None:
    """A text, not a number: 3.10 would be read as 3.1."""
    (version,) = (
        step["with"]["python-version"] for step in steps(workflow) if "python-version" in step.get("with", {})
    )
    assert tuple(map(int, version.split("."))) >= (3, 11)


def test_no_expression_stands_in_a_command(workflow: dict[Any, Any]) -> None:
    """What comes from outside is handed over as a variable, so that the shell cannot mistake it for code."""
    assert not [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")]


def test_its_commands_run(workflow: dict[Any, Any], tmp_path: Path) -> None:
    """On a checkout with the packages installed every command succeeds, and what is uploaded is a whole site."""
    for name in ("build.py", "Makefile", "LICENSE", "CITATION.cff", "requirements.in", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for room in ("generator", "golden", "templates", "zoo"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    content(tmp_path / "content", a=EXHIBIT)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / ".venv/site.ready").touch()
    for step in steps(workflow):
        if "run" in step:
            assert set(step.get("env", {})) <= {"BASE_URL"}
            command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
            env = os.environ | {"BASE_URL": URL}
            done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    (uploaded,) = (step["with"]["path"] for step in steps(workflow) if "path" in step.get("with", {}))
    assert f"<loc>{URL}/a/index.html</loc>" in (tmp_path / uploaded / "sitemap.xml").read_text(encoding="utf-8")
    assert (tmp_path / uploaded / "ai-zoo.zip").is_file()
