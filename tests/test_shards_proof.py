"""An archive of shards is proved file by file and as a whole; what is wrong is named, and what is asked wrongly too."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from shards import ROOT, SHARDS, SMALL, built, files, root_of

from zoo.shards import proof


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small archive."""
    folder = tmp_path_factory.mktemp("proof") / "archive"
    assert built(*SMALL, "--output", folder, "--jobs", 1) == 0
    return folder


@pytest.fixture
def own(archive: Path, tmp_path: Path) -> Path:
    """Give a copy of it to do harm to."""
    return Path(shutil.copytree(archive, tmp_path / "own"))


def shards(folder: Path) -> list[Path]:
    """Give its shards, in order."""
    listed = json.loads((folder / "manifest.json").read_bytes())["shards"]
    return [folder / "shards" / own["sha256"][:2] / f"{own['sha256']}.zip" for own in listed]


def test_what_holds(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An archive and each of its shards prove themselves, and as many as asked for are drawn again."""
    for again, count in (("8", SHARDS), ("all", SHARDS), ("2", 2), ("0", 0)):
        assert built("verify", archive, "--again", again, "--jobs", 2) == 0
        said = capsys.readouterr().out
        assert f"3,000 galleries in {SHARDS} shards, none missing\nMerkle root {root_of(archive)}\n" in said
        assert f"{count} of {SHARDS} shards drawn again" in said
    assert built("verify", shards(archive)[-1]) == 0
    assert "440 galleries drawn again" in capsys.readouterr().out
    assert proof._spread(10, 3) == [0, 4, 9]


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> bytes:
    """Give a ZIP of the same names with other bytes."""
    target = path.with_suffix(".new")
    with ZipFile(path) as source, ZipFile(target, "w") as changed:
        for name in source.namelist():
            changed.writestr(name, change(name, source.read(name)))
    data = target.read_bytes()
    target.unlink()
    return data


def renamed(folder: Path, number: int, data: bytes) -> None:
    """Put other bytes in a shard's place under their own name, in the manifest too, as a careful forger would."""
    from hashlib import sha256  # noqa: PLC0415

    from zoo.shards.store import root_of as root  # noqa: PLC0415

    path, digest = shards(folder)[number], sha256(data).hexdigest()
    target = folder / "shards" / digest[:2] / f"{digest}.zip"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_bytes())
    told["bytes"] += len(data) - path.stat().st_size
    told["shards"][number] |= {"sha256": digest, "bytes": len(data)}
    told["merkle_root"] = root(own["sha256"] for own in told["shards"])
    manifest.write_text(json.dumps(told))
    path.unlink()


def flipped(name: str, data: bytes) -> bytes:
    """Change the last coefficient."""
    return data[:-1] + bytes([data[-1] ^ 1]) if name == "coefficients.npy" else data


def edited(folder: Path, **changes: object) -> None:
    """Change what the manifest says."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changes))


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "bit": (lambda own: shards(own)[2].write_bytes(shards(own)[2].read_bytes()[:-1] + b"x"), r"zip: damaged"),
    "gone": (lambda own: shards(own)[1].unlink(), r"zip: missing"),
    "forged": (
        lambda own: renamed(own, 0, repacked(shards(own)[0], flipped)),
        r"zip: coefficients.npy is not what the generator draws",
    ),
    "repacked": (
        lambda own: renamed(own, 0, repacked(shards(own)[0], lambda _name, data: data)),
        r"its files are those that the generator draws, but the ZIP around them is another",
    ),
    "root": (lambda own: edited(own, merkle_root="0" * 64), r"merkle_root is 0{64}, expected [0-9a-f]{64}"),
    "count": (lambda own: edited(own, galleries=1), r"galleries is 1, expected 3000"),
    "seeds": (lambda own: edited(own, seeds="0:1400"), r"its shards are not those of its seeds"),
    "form": (lambda own: edited(own, version=2), r"not a manifest of an archive of shards, version 1"),
    "text": (lambda own: (own / "manifest.json").write_text("{"), r"not a manifest that can be read"),
    "none": (lambda own: (own / "manifest.json").unlink(), r"not a manifest that can be read \(FileNotFoundError"),
    "names": (lambda own: edited(own, shards=[{"seeds": "1", "sha256": "../x", "bytes": 1}]), r"not a manifest of"),
}


@pytest.mark.parametrize("name", HARM)
def test_what_does_not_hold(name: str, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every harm is found and named."""
    harm, expected = HARM[name]
    harm(own)
    assert built("verify", own, "--again", "all", "--jobs", 1) == 1
    err = capsys.readouterr().err
    assert re.search(expected, err)
    assert "Traceback" not in err


def test_one_shard_that_does_not_hold(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shard alone tells the same: its name, its files, and what they are not."""
    path = shards(own)[0]
    data = repacked(path, flipped)
    path.write_bytes(data)
    assert built("verify", path) == 1
    assert "expected its name" in capsys.readouterr().err
    renamed(own, 0, data)
    assert built("verify", shards(own)[0]) == 1
    assert "coefficients.npy is not what the generator draws" in capsys.readouterr().err


def test_the_reader_in_the_readme(archive: Path) -> None:
    """The ten lines that README.md gives read every shard without the zoo."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    reader = next(block for block in blocks if "ZipFile" in block)
    assert len(reader.strip().split("\n")) <= 10
    told = []
    for path in shards(archive):
        done = subprocess.run([sys.executable, "-", path], input=reader, capture_output=True, text=True, check=True)
        told += done.stdout.strip().split("\n")
    assert told == [f"{seed} (168, 84) (2, 9, 10)" for seed in range(1500)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["shards", "mini-digit", "--seeds", "1"], "no exhibit 'mini-digit', did you mean 'mini-digits'?"),
        (["shards", "mini-digits", "--seeds", "x"], "'x' is not a seed"),
        (["shards", "mini-digits", "--seeds", "1", "--temperature", "1"], "did you mean 'temperatures'?"),
        (
            ["shards", "mini-digits", "--seeds", "1", "--temperatures", "9"],
            "temperature 9.00 lies outside 0.35 to 1.50",
        ),
        (["shards", "mini-digits", "--seeds", "0:999", "--shard", "0/2"], "'0/2' is no part, expected such as 1/5"),
        (
            ["shards", "mini-digits", "--seeds", "0:999", "--shard", "1/5"],
            "more parts than there are shards, which is 4",
        ),
        (["shards", "mini-digits", "--seeds", "1", "--jobs", "0"], "--jobs: 0 is not a number of processes"),
    ],
)
def test_what_is_asked_wrongly(
    words: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong call is answered in a line, before anything is drawn."""
    assert built(*words, "--output", tmp_path / "own") == 2
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "own").exists()


def test_again_is_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So is what verify is asked for."""
    assert built("verify", tmp_path, "--again", "some") == 2
    assert "--again: 'some' is not a number" in capsys.readouterr().err


# parts


def test_parts_that_do_not_make_a_whole(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing parts, missing shards and parts of something else are named, and no manifest is written."""
    whole, other = tmp_path / "whole", tmp_path / "other"
    assert built("merge", whole) == 1
    assert "no parts to merge" in capsys.readouterr().err
    for number in (1, 3):
        assert built(*SMALL, "--output", whole, "--shard", f"{number}/3", "--jobs", 1) == 0
    assert built("merge", whole) == 1
    assert "part 2 of 3 is missing" in capsys.readouterr().err
    assert built(*SMALL, "--output", other, "--shard", "2/3", "--jobs", 1) == 0
    gone = next(other.glob("shards/*/*.zip"))
    data = gone.read_bytes()
    gone.write_bytes(data[:-1])
    assert built("merge", whole, other) == 1
    assert f"{gone}: missing or damaged, seeds " in capsys.readouterr().err
    assert not (whole / "manifest.json").exists()
    gone.write_bytes(data)
    assert built("merge", whole, other) == 0
    assert files(whole) == files(archive)
    assert built("merge", tmp_path / "third", other) == 1
    assert built(*SMALL[:4], "--output", other, "--shard", "1/3", "--temperatures", "0.5", "--jobs", 1) == 0
    assert built("merge", tmp_path / "third", other) == 1
    assert "a part of another archive" in capsys.readouterr().err
