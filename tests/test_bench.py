"""The benchmarks compare like with like: the naive loops, in JavaScript of another make, draw the very pixels."""

import json
import subprocess
from pathlib import Path

from programs import node

from generator.model import Generator

BENCH = Path(__file__).resolve().parents[1] / "bench"


def test_naive_loop_draws_the_same_pixels(species: Generator) -> None:
    """The loop under bench/reference agrees with the twin, or it would exit with an error; both are timed."""
    command = [node(), str(BENCH / "loops.cjs"), species.name, "1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["twin"] > 0
    assert ("naive" in found) == (BENCH / "reference" / f"{species.name}.js").exists()


def test_the_published_figures() -> None:
    """bench/results.json shows the speed that was promised: at least 8 times a naive loop, 10 times for the first."""
    results = json.loads((BENCH / "results.json").read_text(encoding="utf-8"))
    ratios = {name: found["naive_ratio"] for name, found in results["species"].items() if "naive_ratio" in found}
    assert ratios["mini-digits"] >= 10
    assert min(ratios.values()) >= 8
    assert results["build"]["galleries"] > 0
