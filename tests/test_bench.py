"""The benchmarks compare like with like: the naive loops, in JavaScript of another make, draw the very pixels."""

import json
import subprocess
from pathlib import Path
from typing import Any

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


def published(name: str) -> Any:
    """Give what a benchmark wrote."""
    return json.loads((BENCH / name).read_text(encoding="utf-8"))


def test_what_authors_wait_for() -> None:
    """Nothing to do is done in 0.3 s without a file written, an edit of prose in 0.5 s, and shown within a second."""
    found = published("results.json")["rebuild"]
    assert found["nothing_seconds"] < 0.3
    assert found["nothing_written"] == 0
    assert found["prose_seconds"] < 0.5
    assert found["prose_written"] == 1
    assert published("preview.json")["seconds"]["prose"]["median"] < 1


def test_what_builds_survived() -> None:
    """200 kills and a failure of each step, all counted; a site was whole each time, or the benchmark would say so."""
    found = published("crashes.json")
    assert sum(found["kills"].values()) == 200
    assert sum(found["faults ENOSPC"].values()) > 50
    assert sum(found["faults EACCES"].values()) > 50


def test_every_python_packed_the_same() -> None:
    """From 3.11 to 3.13 at least, with all packages installed, there was one archive."""
    found = published("pythons.json")
    assert found["different_archives"] == 1
    assert {tuple(own["python"].split(".")[:2]) for own in found["pythons"]} >= {("3", "11"), ("3", "13")}
