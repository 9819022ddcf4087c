"""The benchmark of scale compares like with like, and its published figures show what is promised."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from programs import node

from bench import scale
from generator.model import generators
from zoo import gallery

BENCH = Path(__file__).resolve().parents[1] / "bench"


def test_the_plain_script_does_the_same(tmp_path: Path) -> None:
    """It writes both files of every stop: the JSON byte for byte, the pictures pixel for pixel."""
    command = [node(), str(BENCH / "reference/galleries.cjs"), str(tmp_path), "2"]
    subprocess.run(command, check=True)
    species = next(iter(generators().values()))
    for drawn in gallery.galleries(species, range(2), species.knob.stops()):
        base = tmp_path / drawn.path.removeprefix("gallery/")
        assert scale.pixels(base.with_name(f"{base.name}.png").read_bytes()) == scale.pixels(drawn.png)
        assert base.with_name(f"{base.name}.json").read_bytes() == drawn.json
    assert len(list(tmp_path.rglob("*.*"))) == 2 * 2 * len(species.knob.stops())


def test_the_published_figures() -> None:
    """bench/scale.json shows a build near the cost of writing its bytes, and memory that stays flat."""
    found = json.loads((BENCH / "scale.json").read_bytes())["scale"]
    assert found["galleries"]["galleries"] == 24_000
    assert found["galleries"]["ratios"]["build / cp -r"] <= 3
    assert found["galleries"]["ratios"]["node / build"] >= 6
    assert all(each["megabytes"] < 300 for each in found["crowds"].values())
    assert found["shards"]["megabytes"] < 300
    assert found["estimate"]["core hours"] == pytest.approx(
        2**32 * 24 * found["shards"]["microseconds a gallery"] / 3.6e9
    )
    assert scale.table(found)


def test_many_exhibits_beside_others() -> None:
    """Cold the zoo is faster than what is written in Python or JavaScript; nothing changed or one edit, than all."""
    for size in json.loads((BENCH / "scale.json").read_bytes())["exhibits"]["sizes"].values():
        zoo = size["the zoo"]
        for name in {"Hugo", "Eleventy", "Pelican", "Astro"} - {*size["left out"]}:
            steps = ("nothing changed", "one edit", *(() if name == "Hugo" else ("cold",)))
            assert all(zoo[step]["seconds"] < size[name][step]["seconds"] for step in steps), name
