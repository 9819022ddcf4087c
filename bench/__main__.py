"""Measure the generators and the build, print one table and write bench/results.json.

Everything runs on one core. What is compared is measured in turn, round by round, and medians are compared, so that a
machine whose speed drifts does not decide a ratio. Samples are timed in processor time, which a busy neighbour
lengthens least; the build, which waits for the disk too, by the clock.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench import rebuild

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ROUNDS = 5
SAMPLES = 4096  # a batch for the generator's stages
GALLERIES = 200  # for the loops under Node.js
LOOPS = {"twin", "naive"}  # the naive one where bench/reference has it


def main() -> int:
    """Run every benchmark."""
    if shutil.which("node") is None:
        print("bench: node is missing: install Node.js 20 or newer", file=sys.stderr)
        return 1
    _usual_machine()
    from generator.model import generators  # noqa: PLC0415 after the thread count is set

    results: dict[str, Any] = {"machine": _machine(), "species": {}}
    for species in generators().values():
        results["species"][species.name] = _species(species)
    knobs = [species.knob for species in generators().values()]
    smallest = ["--seeds", "0", *(word for knob in knobs for word in (f"--{knob.plural}", str(knob.default)))]
    results["build"] = _build(smallest)
    results["rebuild"] = rebuild.measure(ROUNDS)
    results["help_seconds"] = median(_seconds([sys.executable, "build.py", "--help"]) for _ in range(ROUNDS))
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(_table(results))
    return 0


def _usual_machine() -> None:
    """Keep to one core; keep compiled modules, as Python does unless it is told not to."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _machine() -> dict[str, str]:
    import numpy as np  # noqa: PLC0415

    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {"python": platform.python_version(), "numpy": np.__version__, "node": node, "processor": platform.machine()}


def _species(species: Any) -> dict[str, float]:
    """Give µs a sample for each stage, and the ratio of both JavaScript loops to the whole generator."""
    import numpy as np  # noqa: PLC0415

    count = max(64, SAMPLES * 784 // int(np.prod(species.sample_shape))) // species.samples
    seeds = np.arange(count, dtype=np.uint32)
    knob = np.full(count * species.samples, float(species.knob.default))
    latents = species.latents(seeds)
    coefficients = species.route(latents, knob)
    stages: dict[str, Callable[[], object]] = {
        "latents": lambda: species.latents(seeds),
        "route": lambda: species.route(latents, knob),
        "decode": lambda: species.decode(coefficients, knob),
        "all": lambda: species.decode(species.route(species.latents(seeds), knob), knob),
        "files": lambda: _files(species, seeds[:8]),
    }
    rounds = [
        {
            name: _micro(stage) / (8 * species.samples if name == "files" else len(knob))
            for name, stage in stages.items()
        }
        | _loops(species.name)
        for _ in range(ROUNDS)
    ]
    found = {key: median(each[key] for each in rounds) for key in rounds[0]}
    return found | {
        f"{loop}_ratio": median(each[loop] / each["all"] for each in rounds) for loop in LOOPS & found.keys()
    }


def _files(species: Any, seeds: Any) -> None:
    from zoo import gallery  # noqa: PLC0415

    for _ in gallery.galleries(species, seeds.tolist(), [species.knob.default]):
        pass


def _micro(stage: Callable[[], object]) -> float:
    stage()
    times = []
    for _ in range(5):
        begun = time.process_time()
        stage()
        times.append(time.process_time() - begun)
    return median(times) * 1e6


def _loops(name: str) -> dict[str, float]:
    command = ["node", str(HERE / "loops.cjs"), name, str(GALLERIES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _build(smallest: list[str]) -> dict[str, float]:
    """Build the whole site cold, the same pages with the smallest grid, and copy the finished tree, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        site, bare, copy = (Path(folder, name) for name in ("site", "bare", "copy"))
        build = [sys.executable, "build.py", "--jobs", "1", "--output"]
        commands = {
            "seconds": [*build, str(site)],
            "smallest_grid_seconds": [*build, str(bare), *smallest],
            "cp_seconds": ["cp", "-r", str(site), str(copy)],
        }
        rounds = []
        for _ in range(ROUNDS):
            for tree in (site, bare, copy):
                shutil.rmtree(tree, ignore_errors=True)
            rounds.append({name: _seconds(command) for name, command in commands.items()})
        galleries = sum(1 for _ in site.glob("*/gallery/*/*.png"))
        shutil.rmtree(site)
        peak = _peak_megabytes(commands["seconds"])
    found = {name: median(each[name] for each in rounds) for name in commands}
    return found | {
        "grid_seconds": median(each["seconds"] - each["smallest_grid_seconds"] for each in rounds),
        "galleries": galleries,
        "galleries_per_second": galleries / found["seconds"],
        "cp_ratio": median(each["seconds"] / each["cp_seconds"] for each in rounds),
        "peak_megabytes": peak,
    }


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


# subtle: a process inherits the peak of the one that starts it, so a small one has to
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def _peak_megabytes(command: list[str]) -> float:
    starter = [sys.executable, "-I", "-S", "-c", PEAK, *command]
    done = subprocess.run(starter, cwd=ROOT, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1e6


def _table(results: dict[str, Any]) -> str:
    columns = ("latents", "route", "decode", "all", "files", "twin", "naive")
    lines = ["µs a sample".ljust(18) + "".join(name.rjust(9) for name in (*columns, "naive ÷", "twin ÷"))]
    for name, found in results["species"].items():
        shown = [(key, 2) for key in columns] + [("naive_ratio", 1), ("twin_ratio", 1)]
        figures = [f"{found[key]:.{digits}f}" if key in found else "–" for key, digits in shown]
        lines.append(name.ljust(18) + "".join(figure.rjust(9) for figure in figures))
    built = results["build"]
    rate = built["galleries_per_second"]
    lines += [
        f"build: {built['galleries']} galleries in {built['seconds']:.2f} s, {rate:.0f} a second",
        f"the grid's share: {built['grid_seconds']:.2f} s",
        f"build ÷ cp -r of the finished tree: {built['cp_ratio']:.1f}; peak memory {built['peak_megabytes']:.0f} MB",
        *rebuild.lines(results["rebuild"]),
        f"build.py --help: {results['help_seconds']:.3f} s",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
