"""Every adapter the suite ships conforms, exactly; so do fresh cases."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from programs import node, program

ROOT = Path(__file__).resolve().parent.parent
ADAPTERS = ROOT / "golden" / "adapters"
GCC = ["gcc", "-O2", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-ffp-contract=off"]
RUSTC = ["rustc", "-O", "--edition", "2021", "-D", "warnings"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder compiled adapters lie in."""
    return tmp_path_factory.mktemp("adapters")


def command(language: str, built: Path) -> list[str]:
    """Give the adapter's command, compiled if it has to be."""
    match language:
        case "python":
            return [sys.executable, "-m", "generator"]
        case "twins":
            return [node(), str(ADAPTERS / "node.mjs")]
        case "platform":
            return [node(), str(ADAPTERS / "node.mjs"), str(ADAPTERS / "platform")]
        case "c":
            program("gcc", "install a C compiler, for instance with apt-get install gcc")
            source, out = ADAPTERS / "c" / "mini_digits.c", built / "c"
            subprocess.run([*GCC, "-o", str(out), str(source), "-lm"], check=True)
            return [str(out), str(ROOT / "golden" / "mini-digits" / "glyph-basis.bin")]
        case _:
            program("rustc", "install a Rust compiler, for instance with apt-get install rustc")
            out = built / "rust"
            subprocess.run([*RUSTC, "-o", str(out), str(ADAPTERS / "rust" / "mini_digits.rs")], check=True)
            return [str(out)]


LANGUAGES = ["python", "twins", "platform", "c", "rust"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_adapter_conforms(language: str, built: Path) -> None:
    """Profile exact, every stage it claims, then fresh cases: no difference."""
    adapter = command(language, built)
    for words in (["run"], ["fuzz", "--count", "150", "--seed", "4"]):
        runner = [sys.executable, str(ROOT / "golden" / "conform.py"), *words, "--", *adapter]
        run = subprocess.run(runner, capture_output=True, text=True, cwd=ROOT, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
