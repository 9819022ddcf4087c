"""Measure galleries by the thousand and shards by the million: time, memory, and what all seeds there are would cost.

What is compared is done in turn, round by round: the build with all its files, `cp -r` of the finished tree, and a
plain script under Node.js that draws and packs the same. The trees stand in memory where the system has a folder for
that, since a disk's moods are no property of a program; the build runs its processes, the other two have one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image

from bench.processes import MEMORY, medians, place, timed, weighed
from generator.model import Generator, generators

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SEEDS, STOPS = 1_000, 24
CROWDS = (1_000, 10_000, 100_000)  # seeds, for the memory they take
SHARD_SEEDS = 2_048
ALL_SEEDS = 2**32
CORE_HOUR, TERABYTE_MONTH = 0.04, 20.0  # USD: usual prices of rented virtual cores and of object storage in 2026


def measure(rounds: int) -> dict[str, Any]:
    """Give every figure, as medians over rounds."""
    with place() as folder:
        content = folder / "content"
        _write_content(content)
        found: dict[str, Any] = {
            "rounds": rounds,
            "cores": len(os.sched_getaffinity(0)),
            "in memory": MEMORY in folder.parents,
        }
        found["galleries"] = _galleries(folder, content, rounds)
        found["jobs"] = _jobs(folder, content, rounds)
        found["crowds"] = _crowds(folder, content)
        found["shards"] = _shards(folder, rounds)
    return found | {"estimate": _estimate(found["shards"])}


def _species() -> Generator:
    """Give the first species, of which bench/reference has the plain script."""
    return next(iter(generators().values()))


def _write_content(folder: Path) -> None:
    """Write a zoo of the one exhibit, as it is in content/."""
    folder.mkdir()
    names = ["index.md", f"{_species().name}.md", *(path.name for path in (ROOT / "content").glob("*.js"))]
    for name in names:
        shutil.copy(ROOT / "content" / name, folder)


def _build(content: Path, site: Path, seeds: int, *more: str) -> list[str]:
    where = ["--content", str(content), "--output", str(site)]
    return [sys.executable, "build.py", *where, "--seeds", f"0:{seeds}", "--yes", *more]


def _cleared(folder: Path, *names: str) -> None:
    for name in names:
        shutil.rmtree(folder / name, ignore_errors=True)


def _galleries(folder: Path, content: Path, rounds: int) -> dict[str, Any]:
    """Time the grid of all stops beside cp -r and Node.js; ratios are medians of the rounds' own."""
    site, copy, plain = (folder / name for name in ("site", "copy", "plain"))
    commands = {
        "build": _build(content, site, SEEDS),
        "cp -r": ["cp", "-r", str(site), str(copy)],
        "node": ["node", str(HERE / "reference/galleries.cjs"), str(plain), str(SEEDS)],
    }
    turns = []
    for _ in range(rounds):
        _cleared(folder, "site", ".site.zoo", "copy", "plain")
        turns.append({name: timed(command, ROOT) for name, command in commands.items()})
    _check(site, plain)
    _cleared(folder, "site", ".site.zoo", "copy", "plain")
    cores = len(os.sched_getaffinity(0))
    ratios = {
        "build / cp -r": median(turn["build"]["seconds"] / turn["cp -r"]["seconds"] for turn in turns),
        "build / cp -r, in processor time a core": median(
            turn["build"]["processor"] / cores / turn["cp -r"]["processor"] for turn in turns
        ),
        "node / build": median(turn["node"]["seconds"] / turn["build"]["seconds"] for turn in turns),
        "node / build, in processor time a core": median(
            turn["node"]["processor"] / turn["build"]["processor"] * cores for turn in turns
        ),
    }
    return {"seeds": SEEDS, "galleries": SEEDS * STOPS, **medians(turns), "ratios": ratios}


def _check(site: Path, plain: Path) -> None:
    """Hold the plain script's files against the build's: all texts, and the pictures of some seeds."""
    own = next(site.glob("*/gallery"))
    command = ["diff", "-r", "--exclude=*.png", str(own), str(plain)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the plain script wrote other texts: {done.stdout[:300].decode(errors='replace')}")
    for path in (path for seed in range(0, SEEDS, 50) for path in own.glob(f"{seed}/*.png")):
        if pixels(path.read_bytes()) != pixels((plain / path.relative_to(own)).read_bytes()):
            raise RuntimeError(f"the plain script drew another {path.relative_to(own)}")


def pixels(picture: bytes) -> bytes:
    """Give a picture's pixels, read by Pillow."""
    with Image.open(BytesIO(picture)) as read:
        return read.tobytes()


def _jobs(folder: Path, content: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Time the same grid with one process and more, up to all cores."""
    counts = sorted({1, 2, len(os.sched_getaffinity(0))})
    turns = []
    for _ in range(rounds):
        turn = {}
        for count in counts:
            _cleared(folder, "site", ".site.zoo")
            turn[str(count)] = timed(_build(content, folder / "site", SEEDS, "--jobs", str(count)), ROOT)
        turns.append(turn)
    _cleared(folder, "site", ".site.zoo")
    return medians(turns)


def _crowds(folder: Path, content: Path) -> dict[str, dict[str, float]]:
    """Give time and memory of grids of one stop: seconds, and megabytes of all processes together at the peak."""
    found = {}
    knob = _species().knob
    stop = [f"--{knob.plural}", str(knob.default)]
    for seeds in CROWDS:
        _cleared(folder, "site", ".site.zoo")
        found[str(seeds)] = weighed(_build(content, folder / "site", seeds, *stop), ROOT)
        found[str(seeds)]["again"] = timed(_build(content, folder / "site", seeds, *stop), ROOT)["seconds"]
    _cleared(folder, "site", ".site.zoo")
    return found


def _shards(folder: Path, rounds: int) -> dict[str, Any]:
    """Time shards of all stops by one process and by all cores; give bytes a gallery."""
    command = [sys.executable, "build.py", "shards", _species().name, "--seeds", f"0:{SHARD_SEEDS}", "--output"]
    turns = []
    for _ in range(rounds):
        turn = {}
        for count in sorted({1, len(os.sched_getaffinity(0))}):
            _cleared(folder, "shards")
            turn[str(count)] = timed([*command, str(folder / "shards"), "--jobs", str(count)], ROOT)
        turns.append(turn)
    told = json.loads((folder / "shards/manifest.json").read_bytes())
    _cleared(folder, "shards")
    weight = weighed([*command, str(folder / "shards")], ROOT)["megabytes"]
    return {
        "galleries": told["galleries"],
        "bytes a gallery": told["bytes"] / told["galleries"],
        "jobs": medians(turns),
        "microseconds a gallery": median(turn["1"]["processor"] for turn in turns) / told["galleries"] * 1e6,
        "megabytes": weight,
    }


def _estimate(shards: dict[str, Any]) -> dict[str, float]:
    """Give what every seed with every stop would take, on paper, at the rate that was measured."""
    galleries = ALL_SEEDS * STOPS
    hours = galleries * shards["microseconds a gallery"] / 1e6 / 3600
    terabytes = galleries * shards["bytes a gallery"] / 1e12
    return {
        "galleries": galleries,
        "core hours": hours,
        "terabytes": terabytes,
        "USD to draw": hours * CORE_HOUR,
        "USD a month to keep": terabytes * TERABYTE_MONTH,
        "USD a core hour": CORE_HOUR,
        "USD a terabyte and month": TERABYTE_MONTH,
    }


def table(found: dict[str, Any]) -> str:
    """Give the figures as text."""
    own = found["galleries"]
    count = own["galleries"]
    lines = [f"{count:,} galleries, {2 * count:,} files".ljust(40) + "seconds  processor  µs a gallery"]
    for name in ("build", "cp -r", "node"):
        each = own[name]
        shown = f"{each['seconds']:8.2f}{each['processor']:10.2f}{each['seconds'] / count * 1e6:13.1f}"
        lines.append(f"  {name}".ljust(39) + shown)
    lines += [f"  {name}".ljust(39) + f"{ratio:8.2f}" for name, ratio in own["ratios"].items()]
    lines += [
        f"  {jobs} {'process' if jobs == '1' else 'processes'}".ljust(39)
        + f"{each['seconds']:8.2f}{each['processor']:10.2f}"
        for jobs, each in found["jobs"].items()
    ]
    lines.append("seeds at one stop".ljust(40) + "seconds  built again  MB, all processes")
    for seeds, each in found["crowds"].items():
        shown = f"{each['seconds']:8.2f}{each['again']:12.2f}{each['megabytes']:17.0f}"
        lines.append(f"  {int(seeds):,}".ljust(39) + shown)
    return "\n".join([*lines, *_shard_lines(found)])


def _shard_lines(found: dict[str, Any]) -> Iterator[str]:
    own, paper = found["shards"], found["estimate"]
    yield f"shards, {own['galleries']:,} galleries".ljust(40) + "seconds  galleries a second"
    for jobs, each in own["jobs"].items():
        name = f"  {jobs} {'process' if jobs == '1' else 'processes'}"
        yield name.ljust(39) + f"{each['seconds']:8.2f}{own['galleries'] / each['seconds']:20,.0f}"
    yield (
        f"  {own['microseconds a gallery']:.1f} µs of a processor and {own['bytes a gallery']:,.0f} bytes a gallery, "
        f"{own['megabytes']:.0f} MB of memory in all"
    )
    yield (
        f"on paper, all {ALL_SEEDS:,} seeds × {STOPS} stops: {paper['core hours']:,.0f} core hours "
        f"({paper['USD to draw']:,.0f} USD at {CORE_HOUR} an hour), {paper['terabytes']:,.0f} TB "
        f"({paper['USD a month to keep']:,.0f} USD a month at {TERABYTE_MONTH:.0f} a TB)"
    )
