"""`verify` finds and names every flipped bit of an archive, and every picture that the generator would not draw."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from archives import DATA, entries, packed, repacked, tiny, write
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import build
from zoo import png, verify
from zoo.contents import opened
from zoo.errors import ZooError
from zoo.zipped import Writer

SHEET = "site/a/gallery/7/0.50.png"
NUMBERS = "site/a/gallery/7/0.50.json"
GRID = "site/a/grid.json"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small archive, packed once."""
    return packed(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """Give a copy of it to harm."""
    return Path(shutil.copy(whole, tmp_path))


def findings(path: Path) -> list[str]:
    """Give what verify finds wrong, without the archive's name; nothing where all is well."""
    try:
        list(verify.all_of(path))
    except ZooError as error:
        return [line.removeprefix(f"{path}: ") for line in str(error).split("\n")]
    return []


def test_a_whole_archive_is_proved(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, and a line for each thing that was looked at."""
    assert build.main(["verify", str(whole)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "a: 6 galleries identical to what the generator draws\nb: 3 galleries identical" in told.out
    assert "2 manifests and 2 tag manifests agree with every file" in told.out
    assert "the generator at hand is the one in the archive, byte for byte" in told.out


def test_no_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, a folder and a file that is no archive fail with one line, no traceback."""
    (tmp_path / "x.zip").write_bytes(b"x")
    for path, said in (
        ("none.zip", "No such file"),
        ("", "not a manifest that can be read"),
        ("x.zip", "neither the header"),
    ):
        assert build.main(["verify", str(tmp_path / path)]) == 1
        told = capsys.readouterr().err
        assert said in told
        assert told.count("\n") == 1


def owner(path: Path, offset: int) -> str | None:
    """Give the file of the archive that a byte belongs to, or None where it lies between files."""
    with opened(path) as contents:
        for name, found in contents.files.items():
            if found.entry.start <= offset < found.entry.start + found.entry.size:
                return name
    return None


@cache
def between(path: Path) -> list[int]:
    """Give the bytes that belong to no file: headers, directory and end."""
    with opened(path) as contents:
        places = [found.entry for found in contents.files.values()]
    inside = [range(own.offset, own.start) for own in places]
    return [at for own in [*inside, range(places[-1].start + places[-1].size, path.stat().st_size)] for at in own]


@settings(max_examples=80)
@given(data=st.data())
def test_a_flipped_bit_is_found_and_named(data: st.DataObject, whole: Path, tmp_path_factory: Any) -> None:
    """Any bit of any byte, in a file or between files: verify fails, and names the file or the byte."""
    length = whole.stat().st_size
    at = data.draw(st.one_of(st.integers(0, length - 1), st.sampled_from(between(whole))))
    bit = data.draw(st.integers(0, 7))
    path = tmp_path_factory.getbasetemp() / "flipped.zip"
    shutil.copyfile(whole, path)
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))
    found = "\n".join(findings(path))
    name = owner(whole, at)
    assert (f"{name}: " if name else "byte ") in found or "its CRC-32 is" in found


def test_every_byte_of_a_small_archive_counts(tmp_path: Path) -> None:
    """A bit of each byte of an archive of three files, one after the other."""
    data = tiny()
    path = tmp_path / "tiny.zip"
    path.write_bytes(data)
    assert findings(path) == []
    for at, byte in enumerate(data):
        path.write_bytes(data[:at] + bytes([byte ^ 1 << at % 8]) + data[at + 1 :])
        assert findings(path), f"bit {at % 8} of byte {at}"


def test_every_shortened_archive_is_found(tmp_path: Path) -> None:
    """A download that stopped, wherever."""
    path = tmp_path / "tiny.zip"
    for length in range(0, len(tiny()), 7):
        path.write_bytes(tiny()[:length])
        assert findings(path)


def redrawn(data: bytes, x: int, y: int) -> bytes:
    """Change one pixel of a contact sheet by one level and pack it as a build does."""
    pixels = np.array(Image.open(BytesIO(data)))
    pixels[y, x] ^= 1
    return png.encode(pixels)


def test_one_wrong_pixel_with_every_digest_repaired(copy: Path) -> None:
    """Manifests, crate, the gallery's numbers and the grid all agree with the picture; the generator does not."""
    files = {name.removeprefix(DATA): data for name, data in entries(copy).items()}
    sheet = redrawn(files[SHEET], x=28 + 11, y=56 + 4)  # the eighth sample
    pixels = np.array(Image.open(BytesIO(sheet))).reshape(3, 28, 3, 28).swapaxes(1, 2).reshape(9, 28, 28)
    numbers = json.loads(files[NUMBERS])
    old = [numbers["pixels_sha256"], numbers["samples"][7]["pixels_sha256"]]
    new = [sha256(pixels.tobytes()).hexdigest(), sha256(pixels[7].tobytes()).hexdigest()]
    changes = {SHEET: sheet}
    for name in (NUMBERS, GRID):
        text = files[name].decode()
        for one, other in zip(old, new, strict=True):
            text = text.replace(one, other)
        changes[name] = text.encode()
    level = int(pixels[7, 4, 11])
    said = f"{level}, the generator draws {level ^ 1}"
    assert findings(repacked(copy, changes)) == [
        f"data/{GRID}: gallery/7/0.50 has pixels_sha256 {new[0]}, the generator draws {old[0]}",
        f"data/{SHEET}: sample 8: 1 wrong, first the pixel in column 12 of row 5: {said}",
        f"data/{NUMBERS}: pixels_sha256 is '{new[0]}', expected '{old[0]}'",
        f"data/{NUMBERS}: sample 8: its pixels_sha256 is not what the generator gives",
    ]


@settings(max_examples=15)
@given(x=st.integers(0, 83), y=st.integers(0, 83))
def test_any_wrong_pixel_is_named(x: int, y: int, whole: Path, tmp_path_factory: Any) -> None:
    """The sample, the row and the column, whichever pixel it is."""
    path = tmp_path_factory.getbasetemp() / "pixel.zip"
    shutil.copyfile(whole, path)
    (found,) = findings(repacked(path, {SHEET: redrawn(entries(path)[DATA + SHEET], x, y)}))
    place = f"sample {y // 28 * 3 + x // 28 + 1}: 1 wrong, first the pixel in column {x % 28 + 1} of row {y % 28 + 1}"
    assert found.startswith(f"data/{SHEET}: {place}: ")


def picture(data: bytes, **how: Any) -> bytes:
    """Pack the same pixels in another way."""
    file = BytesIO()
    Image.open(BytesIO(data)).save(file, "PNG", **how)
    return file.getvalue()


def coloured(data: bytes) -> bytes:
    """Give the same picture in three channels."""
    file = BytesIO()
    Image.open(BytesIO(data)).convert("RGB").save(file, "PNG")
    return file.getvalue()


HARMS: dict[str, tuple[str, Any, str]] = {
    "a picture packed otherwise": (SHEET, picture, "the right pixels, but not packed as a build packs them"),
    "a picture of another kind": (SHEET, coloured, "not a contact sheet (ValueError: 84 × 84 pixels in 3 channels)"),
    "no picture": (SHEET, lambda _: b"GIF", "not a contact sheet (UnidentifiedImageError"),
    "half a picture": (SHEET, lambda data: data[:200], "not a contact sheet ("),
    "numbers written otherwise": (NUMBERS, lambda data: data + b"\n", "the right numbers, but not written as a build"),
    "another readout": (NUMBERS, lambda data: data.replace(b'"readout":"', b'"readout":" ', 1), "its readout is not"),
    "another seed": (NUMBERS, lambda data: data.replace(b'"seed":7', b'"seed":8'), "seed is 8, expected 7"),
    "no numbers": (NUMBERS, lambda _: b"[]", "not a gallery that a build wrote (TypeError"),
    "a sample less": (NUMBERS, lambda _: b'{"samples":[]}', "not a gallery that a build wrote (ValueError"),
    "a nest": (NUMBERS, lambda _: b"[" * 100_000, "not a gallery that a build wrote (RecursionError"),
    "a grid that is none": (GRID, lambda _: b"{}", "not a grid that a build wrote (KeyError: 'generator')"),
    "a grid that is a nest": (GRID, lambda _: b"[" * 100_000, "not a grid that a build wrote (RecursionError"),
    "an unknown generator": (GRID, lambda data: data.replace(b"mini-", b"mino-"), "no generator 'mino-digits' here"),
    "a seed less": (GRID, lambda data: data.replace(b'"seeds":[7,', b'"seeds":['), "6 digests of 2 × 2 galleries"),
    "another seed in the grid": (GRID, lambda data: data.replace(b'"seeds":[7,', b'"seeds":[9,'), "grid.json names it"),
    "a seed of no kind": (GRID, lambda data: data.replace(b'"seeds":[7,', b'"seeds":[{},'), "grid.json names it"),
    "a crate that is none": ("ro-crate-metadata.json", lambda _: b"{}", "not a description that `archive` wrote"),
}


@pytest.mark.parametrize(("name", "harm", "said"), HARMS.values(), ids=HARMS)
def test_a_repaired_archive_with_something_wrong(name: str, harm: Any, said: str, copy: Path) -> None:
    """Each harm with all digests mended is found by drawing again, and told with the file it is in."""
    files = {own.removeprefix(DATA): data for own, data in entries(copy).items() if own.startswith(DATA)}
    files[name] = harm(files[name])
    if name == "ro-crate-metadata.json":
        write(copy, files)
    else:
        repacked(copy, {name: files[name]})
    place = f"data/{name}" if "grid.json names" not in said else "data/site/a/gallery/"
    assert any(line.startswith(place) and said in line for line in findings(copy)), findings(copy)


def test_what_is_missing_and_what_is_more_is_named(copy: Path) -> None:
    """A gallery that is named and not there; one that is there and not named; a described file that is gone."""
    files = {own.removeprefix(DATA): data for own, data in entries(copy).items() if own.startswith(DATA)}
    files["site/a/gallery/99/0.50.png"] = files.pop("site/a/gallery/1/0.75.png")
    del files["golden/SPEC.md"]
    write(copy, files)
    assert findings(copy) == [
        "data/ro-crate-metadata.json: golden/SPEC.md is described, but not there",
        "data/site/a/gallery/1/0.75.png is missing, and grid.json names it",
        "data/site/a/gallery/99/0.50.png is no gallery of grid.json",
    ]


def test_a_grid_that_is_gone_hides_nothing(copy: Path) -> None:
    """An exhibit whose grid.json was taken away is still looked at."""
    files = {own.removeprefix(DATA): data for own, data in entries(copy).items() if own.startswith(DATA)}
    del files[GRID]
    write(copy, files)
    assert f"data/{GRID}: not a grid that a build wrote (KeyError: 'data/{GRID}')" in findings(copy)


def test_another_source_is_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the archive's generator is not the one at hand, that is said, and which draws."""
    source = entries(copy)[f"{DATA}generator/blend.py"]
    repacked(copy, {"generator/blend.py": source + b"# a remark\n"})
    assert build.main(["verify", str(copy)]) == 0
    assert "the generator at hand differs from the one in the archive: generator/blend.py" in capsys.readouterr().out


def foreign(**tags: bytes) -> bytes:
    """Give the smallest archive with other tag files, but a ZIP in order."""
    with ZipFile(BytesIO(tiny())) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    files |= {f"top/{name.replace('_', '-')}.txt": data for name, data in tags.items()}
    file = BytesIO()
    writer = Writer(file)
    for name, data in sorted(files.items()):
        if data != b"gone":
            writer.add(name, len(data), [data])
    writer.close()
    return file.getvalue()


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({"bag_info": b"Payload-Oxum: 1.1\n"}, "bag-info.txt does not say Payload-Oxum: 23.3"),
        ({"bagit": b"BagIt-Version: 0.97\n"}, "bagit.txt is not the declaration of a BagIt 1.0 bag in UTF-8"),
        ({"bagit": b"gone"}, "bagit.txt is missing"),
        ({"fetch": b"https://example.org/ 1 data/x\n"}, "fetch.txt is no file of a bag"),
        ({"manifest_sha256": b""}, "data/a.txt is not in manifest-sha256.txt"),
        ({"manifest_sha512": b"0  data/gone\n"}, "data/gone is in manifest-sha512.txt, but not in the archive"),
        ({"manifest_sha256": b"0  data/a.txt\n"}, "data/a.txt: its SHA256 is not the one in manifest-sha256.txt"),
        ({"tagmanifest_sha512": b"x"}, "bagit.txt is not in tagmanifest-sha512.txt"),
    ],
)
def test_what_is_wrong_with_a_bag_is_named(tags: dict[str, bytes], said: str, tmp_path: Path) -> None:
    """Tag files that are missing, more, or that say something else."""
    path = tmp_path / "bag.zip"
    path.write_bytes(foreign(**tags))
    assert said in findings(path)


@given(st.binary(max_size=200), st.integers(0, 900), st.integers(0, 900))
def test_no_traceback_whatever_the_file(data: bytes, at: int, length: int) -> None:
    """Any bytes in the place of others: told, or the very same archive."""
    good = tiny()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.zip")
        path.write_bytes(good[:at] + data + good[at + length :])
        assert bool(findings(path)) == (path.read_bytes() != good)
