"""Capturing goldens changes nothing when nothing changed, and writes nothing when something did."""

import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from goldens import FILES, GOLDEN, read, species_with_original
from programs import node

from generator.model import Generator, generators

ROOT = GOLDEN.parent
LAST = max(generators())  # capture goes by name


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a copy of what capturing reads and writes."""
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("*.md"))
    for name in generators():
        (tmp_path / "golden" / name).mkdir(parents=True)
        for file in FILES:
            if (GOLDEN / name / file).exists():
                shutil.copy(GOLDEN / name / file, tmp_path / "golden" / name)
    shutil.copy(GOLDEN / "capture.mjs", tmp_path / "golden")
    return tmp_path


def capture(house: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [node(), "golden/capture.mjs", *options]
    return subprocess.run(command, cwd=house, capture_output=True, encoding="utf-8", check=False)


def contents(house: Path) -> dict[str, str]:
    """Give the digest of every golden file's bytes."""
    files = sorted(house.glob("golden/*/*"))
    return {path.relative_to(house).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a golden file in place, in the form in which capture writes it."""
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def values(path: Path) -> dict[str, Any]:
    """Give a golden file but for the engine it names."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert record.pop("engine").startswith("V8 ")
    return record


def test_capture_is_idempotent(house: Path) -> None:
    """Against the committed goldens it finds no difference and leaves every byte."""
    before = contents(house)
    done = capture(house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("0 differences") == len(generators())
    assert "written" not in done.stdout
    assert contents(house) == before


def test_capture_from_nothing(species: Generator, house: Path) -> None:
    """A missing capture is written anew, with the committed values, and is then found unchanged."""
    captured = house / "golden" / species.name / "captured.json"
    captured.unlink()
    assert "written" in capture(house).stdout
    assert values(captured) == values(GOLDEN / species.name / "captured.json")
    before = contents(house)
    assert capture(house).returncode == 0
    assert contents(house) == before


def spoil_hex(record: dict[str, Any]) -> None:
    """Change the last bit of one coefficient of one sample."""
    sample = record["galleries"][3]["samples"][-1]
    key = next(key for key in sample if key.startswith("coefficients_"))
    sample[key][-1] = f"{int(sample[key][-1], 16) ^ 1:0{len(sample[key][-1])}x}"


def spoil_readout(record: dict[str, Any]) -> None:
    """Change one digit of one readout."""
    sample = record["galleries"][0]["samples"][0]
    sample["readout"] = sample["readout"][:-1] + ("1" if sample["readout"][-1] != "1" else "2")


def spoil_digest(record: dict[str, Any]) -> None:
    """Change a gallery's digest."""
    record["galleries"][1]["pixels_sha256"] = "0" * 64


def drop_gallery(record: dict[str, Any]) -> None:
    """Leave out the last gallery."""
    record["galleries"].pop()


def drop_sample(record: dict[str, Any]) -> None:
    """Leave out a gallery's last sample."""
    record["galleries"][2]["samples"].pop()


@pytest.mark.parametrize("spoil", [spoil_hex, spoil_readout, spoil_digest, drop_gallery, drop_sample])
def test_a_changed_capture_fails(species: Generator, house: Path, spoil: Callable[[dict[str, Any]], object]) -> None:
    """Where the twin and the kept capture differ, the place is named and nothing is written."""
    edit(house / "golden" / species.name / "captured.json", spoil)
    before = contents(house)
    done = capture(house)
    assert done.returncode == 1
    assert f"{species.name}/captured.json/galleries/" in done.stderr
    assert "nothing was written" in done.stderr
    assert contents(house) == before


@pytest.mark.parametrize("name", species_with_original())
@pytest.mark.parametrize(("spoil", "options"), [(spoil_hex, ()), (spoil_readout, ("--accept",))])
def test_the_original_has_the_last_word(
    name: str, house: Path, spoil: Callable[[dict[str, Any]], object], options: tuple[str, ...]
) -> None:
    """A twin that differs from the original's values fails, with --accept too, and nothing is written."""
    edit(house / "golden" / name / "original.json", spoil)
    before = contents(house)
    done = capture(house, *options)
    assert done.returncode == 1
    assert f"{name}/original.json/galleries/" in done.stderr
    assert contents(house) == before


def test_one_wrong_species_stops_all(house: Path) -> None:
    """Species that come first are not written either when a later one fails."""
    edit(house / "golden" / LAST / "captured.json", spoil_hex)
    for name in generators():
        if name != LAST:
            (house / "golden" / name / "captured.json").unlink()
    before = contents(house)
    assert capture(house).returncode == 1
    assert contents(house) == before


def test_accept_writes_what_the_twin_computes(house: Path) -> None:
    """A change that is meant is accepted by name, and gives the committed values."""
    for name in generators():
        edit(house / "golden" / name / "captured.json", spoil_readout)
    assert capture(house, "--accept").returncode == 0
    for name in generators():
        path = f"golden/{name}/captured.json"
        assert values(house / path) == values(ROOT / path)


def test_a_changed_twin_fails(house: Path) -> None:
    """One ulp in one of exp's constants is found out by every species that relies on it."""
    pinned = house / "content" / "pinned.js"
    text = pinned.read_text(encoding="utf-8")
    assert text.count("0.16666666666666602") == 1
    pinned.write_text(text.replace("0.16666666666666602", "0.16666666666666605"), encoding="utf-8")
    done = capture(house)
    assert done.returncode == 1
    assert "coefficients_f64" in done.stderr


def test_provenance(species: Generator) -> None:
    """A capture says from which engine and which twin it came; an original, which engine ran its code."""
    captured = read(species.name, "captured.json")
    assert captured["engine"].startswith("V8 ")
    assert "Node.js" in captured["engine"]
    assert captured["twin"] == f"content/{species.name}.js"
    for name in species_with_original():
        assert read(name, "original.json")["engine"]
