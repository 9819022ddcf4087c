"""Every adapter the suite ships conforms, exactly; so do fresh cases; the published tallies are a fresh run's."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from programs import program

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "golden"))

from run_adapters import Adapter, adapters, main  # noqa: E402

CURES = {
    "node": "install Node.js 20 or newer, for instance with apt-get install nodejs",
    "gcc": "install a C compiler, for instance with apt-get install gcc",
    "rustc": "install a Rust compiler, for instance with apt-get install rustc",
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder compiled adapters lie in."""
    return tmp_path_factory.mktemp("adapters")


def require(adapter: Adapter) -> None:
    """Skip with the cure where a program is missing."""
    for command in (adapter.build, adapter.run):
        if command and command[0] in CURES:
            program(command[0], CURES[command[0]])


@pytest.mark.parametrize("adapter", adapters(), ids=lambda adapter: adapter.key)
def test_an_adapter_conforms(adapter: Adapter, built: Path) -> None:
    """Profile exact, every stage it claims, then fresh cases: no difference."""
    require(adapter)
    command = adapter.command(built)
    conforms("run", command=command)
    conforms("fuzz", "--count", "150", "--seed", "4", command=command)


@pytest.mark.parametrize("flags", ["-O0", "-O3 -march=native"])
@pytest.mark.parametrize("adapter", [each for each in adapters() if "-O2" in each.build], ids=lambda each: each.key)
def test_no_optimisation_changes_a_bit(adapter: Adapter, flags: str, tmp_path: Path) -> None:
    """The C adapters are exact unoptimised, and with all this processor has; only fusing is forbidden."""
    require(adapter)
    build = [word for each in adapter.build for word in (flags.split() if each == "-O2" else [each])]
    conforms("run", command=replace(adapter, build=tuple(build)).command(tmp_path))


def conforms(*words: str, command: list[str]) -> None:
    """See that the runner, asked so, finds no fault."""
    runner = [sys.executable, str(ROOT / "golden" / "conform.py"), *words, "--", *command]
    run = subprocess.run(runner, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_published_tallies_are_those_of_a_fresh_run() -> None:
    """golden/results/adapters.json is what `make adapters` would write now, byte for byte; every adapter conforms."""
    for adapter in adapters():
        require(adapter)
    assert main(["--check"]) == 0
    published = json.loads((ROOT / "golden" / "results" / "adapters.json").read_text(encoding="utf-8"))
    assert all(line["conforms"] for line in published["adapters"])
