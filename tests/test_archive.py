"""An archive holds all it takes to make the site again, and has the same bytes wherever it is packed."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from archives import DATA, entries, packed, pythons, unpacked
from sites import EXHIBIT, content, tree

import build
from zoo import archive, bag
from zoo.citation import read_citation

ROOT = Path(__file__).parent.parent


def digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def test_two_machines_pack_the_same(tmp_path: Path) -> None:
    """Time zone, locale, umask, hash seed, folder, jobs and Python's own modes make no difference."""
    ways = [
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o077, "1"),
        ({"TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}, 0o000, "3"),
    ]
    digests = set()
    for number, (env, umask, jobs) in enumerate(ways):
        folder = tmp_path / f"machine {number} ä"
        content(folder / "content", a=EXHIBIT)
        where = ["--content", str(folder / "content"), "--output", str(folder / "site"), "-o", str(folder / "x.zip")]
        command = [sys.executable, str(ROOT / "build.py"), "archive", *where, "--jobs", jobs]
        subprocess.run(command, cwd=folder, env=os.environ | env, umask=umask, check=True, capture_output=True)
        assert (folder / "x.zip").stat().st_mode & 0o777 == 0o644
        digests.add(digest(folder / "x.zip"))
    assert len(digests) == 1


PACK = """
import sys
from pathlib import Path
from zoo import bag
data, target = map(Path, sys.argv[1:])
files = [bag.source(path.relative_to(data).as_posix(), path) for path in data.rglob("*") if path.is_file()]
with target.open("wb") as file:
    bag.pack(file, "a-zoo", files, {"Bagging-Date": "2026-02-03"})
"""


def test_every_python_here_packs_the_same(tmp_path: Path) -> None:
    """What packs needs the standard library alone, and each Python from 3.11 on gives the same bytes.

    The packages a build stands on are not installed for each, so a built tree is packed; `python -m bench.pythons`
    builds from nothing with each.
    """
    data = unpacked(packed(tmp_path), tmp_path / "unpacked")
    digests = {}
    for number, python in enumerate(pythons()):
        target = tmp_path / f"{number}.zip"
        subprocess.run([python, "-c", PACK, str(data), str(target)], cwd=ROOT, check=True)
        digests[python] = digest(target)
    assert sys.version_info >= (3, 11)
    assert digests
    assert len(set(digests.values())) == 1


def test_packed_again_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same archive keeps its modification time, so that a mirror copies nothing."""
    path = packed(tmp_path)
    before = path.stat().st_mtime_ns, digest(path)
    assert packed(tmp_path) == path
    assert (path.stat().st_mtime_ns, digest(path)) == before
    assert f"SHA-256 {before[1]}" in capsys.readouterr().out


def test_the_shape_of_the_zip(tmp_path: Path) -> None:
    """One top folder, sorted names, stored, dated 1980, readable by all, no folder entries, no ZIP64."""
    path = packed(tmp_path)
    with ZipFile(path) as file:
        assert file.testzip() is None
        infos = file.infolist()
        assert file.comment == b""
    names = [info.filename for info in infos]
    assert names == sorted(names, key=str.encode)
    assert {name.partition("/")[0] for name in names} == {"a-zoo"}
    for info in infos:
        told = (info.compress_type, info.date_time, info.create_system, info.external_attr >> 16, info.extra)
        assert told == (ZIP_STORED, (1980, 1, 1, 0, 0, 0), 3, 0o100644, b"")
    assert b"PK\x06\x06" not in path.read_bytes()[-1000:]


def test_what_is_in_it(tmp_path: Path) -> None:
    """The site as it was built, the pages, twins, goldens, specification and runner, the source, the lock file."""
    files = {name.removeprefix(DATA): data for name, data in entries(packed(tmp_path)).items()}
    site = {f"site/{name}": data for name, data in tree(tmp_path / "site").items()}
    assert site.items() <= files.items()
    for name in ("CITATION.cff", "LICENSE", "build.py", "requirements.txt", "golden/SPEC.md", "golden/conform.py"):
        assert files[name] == (ROOT / name).read_bytes()
    for room in ("generator", "golden", "zoo", "templates"):
        there = {path for path in (ROOT / room).rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        assert {path.relative_to(ROOT).as_posix() for path in there} <= files.keys()
    assert files["content/a.md"] == EXHIBIT.encode()
    assert not [name for name in files if "__pycache__" in name or name.endswith(".pyc")]


def test_what_is_not_in_it(tmp_path: Path) -> None:
    """Drafts, hidden files, folders of the content and files of others in the output stay at home."""
    draft = EXHIBIT.replace("title:", "draft: true\nid: GAN-101\ntitle:")
    content(tmp_path / "content/private", secret=EXHIBIT)
    content(tmp_path / "content", c=draft)
    (tmp_path / "content/.env").write_text("TOKEN=1")
    packed(tmp_path)
    (tmp_path / "site/notes.txt").write_text("mine")
    names = entries(packed(tmp_path))
    assert not [name for name in names if re.search(r"content/(c\.md|private|\.env)|notes\.txt", name)]
    assert f"{DATA}content/c.md" in entries(packed(tmp_path, "--drafts"))


@pytest.mark.parametrize("args", [[], ["--exhibit", "a"], ["--seeds", "3", "--base-url", "https://zoo.example/"]])
def test_it_needs_nobody(args: list[str], tmp_path: Path) -> None:
    """Unpacked in an empty folder, README.txt's commands find every picture right and make the site again.

    So does the packed builder with the archive itself, which it also packs again to the same bytes.
    """
    path = packed(tmp_path, *args)
    data = unpacked(path, tmp_path / "elsewhere")
    lines = re.findall(r"^    (.*)$", (data / "README.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert lines[0] == "python3 -m venv .venv"
    assert lines[1].removeprefix(".venv/bin/python") in (ROOT / "Makefile").read_text().replace(
        " -q --disable-pip-version-check", ""
    )
    python = data / ".venv/bin/python"  # in place of what the first two lines install
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    again = [".venv/bin/python", "build.py", "archive", "-o", str(tmp_path / "again.zip"), *args]
    for line in [*lines[2:], f".venv/bin/python build.py verify {path}"]:
        done = subprocess.run(["sh", "-c", line], cwd=data, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    subprocess.run(again, cwd=data, check=True, capture_output=True)
    assert digest(tmp_path / "again.zip") == digest(path)
    source = data / "generator/layers.py"
    source.write_text(source.read_text(encoding="utf-8").replace("* 2.0", "* 2.5"), encoding="utf-8")
    done = subprocess.run(["sh", "-c", lines[2]], cwd=data, capture_output=True, text=True, check=False)
    assert (done.returncode, "the generator draws" in done.stderr) == (1, True), "another source was used"


def test_the_readme_is_short(tmp_path: Path) -> None:
    """What a stranger has to read first is a page of a few lines."""
    text = entries(packed(tmp_path))[f"{DATA}README.txt"].decode()
    assert len([line for line in text.splitlines() if line]) <= 11


def test_one_exhibit_alone(tmp_path: Path) -> None:
    """With --exhibit the site, the pages and the species are those of that exhibit, under its name."""
    content(tmp_path / "content", a=EXHIBIT + "See [the other](../b/index.html).\n")
    names = entries(packed(tmp_path, "--exhibit", "b"))
    assert {name.partition("/")[0] for name in names} == {"a-zoo-b"}
    assert not [
        name for name in names if re.search(r"/(a\.md|a/index\.html|mini_digits\.py|golden/mini-digits/.*)$", name)
    ]
    assert "a-zoo-b/data/site/b/index.html" in names
    assert "a-zoo-b/data/generator/chromatic_orbit.py" in names


def test_a_link_to_what_is_not_packed_may_pass(tmp_path: Path) -> None:
    """An exhibit that links to another of the zoo can be packed alone."""
    content(tmp_path / "content", a=EXHIBIT + "See [the other](../b/index.html).\n", b=EXHIBIT)
    folder = tmp_path / "content"
    (folder / "b.md").write_text(EXHIBIT.replace("title:", "id: GAN-101\ntitle:"))
    where = ["--content", str(folder), "--output", str(tmp_path / "site")]
    assert build.main(["archive", *where, "--exhibit", "a"]) == 0
    assert (tmp_path / "a-zoo-a.zip").is_file()


def test_an_unknown_exhibit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt slug is a wrong call, answered with the nearest one."""
    content(tmp_path / "content", mini=EXHIBIT)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    assert build.main(["archive", *where, "--exhibit", "minni"]) == 2
    assert "no exhibit 'minni', did you mean 'mini'?" in capsys.readouterr().err


def test_the_date_is_the_content_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest exhibit's date counts; where none bears one the release's; where there is none it is asked for."""
    info = "a-zoo/bag-info.txt"
    assert b"Bagging-Date: 2026-02-03\n" in entries(packed(tmp_path))[info]
    content(tmp_path / "content", a=EXHIBIT)
    (tmp_path / "content/b.md").unlink()
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site"), "-o", str(tmp_path / "b.zip")]
    assert build.main(["archive", *where]) == 0
    released = re.search(r"date-released: (\S+)", (ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert released
    assert f"Bagging-Date: {released[1]}\n".encode() in entries(tmp_path / "b.zip")[info]
    undated = replace(read_citation(ROOT / "CITATION.cff"), date="")
    monkeypatch.setattr(archive, "read_citation", lambda _path: undated)
    assert build.main(["archive", *where]) == 1


def test_mistakes_are_told_as_a_build_tells_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page with a mistake is not packed; the file that was there stays."""
    path = packed(tmp_path)
    before = digest(path)
    content(tmp_path / "content", a=EXHIBIT.replace("7, 1:3", "hot"))
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site"), "-o", str(path)]
    assert build.main(["archive", *where]) == 1
    assert "a.md:5: seeds: 'hot' is not a seed" in capsys.readouterr().err
    assert digest(path) == before


def test_a_file_of_others_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no archive command made stays, unless forced; a folder stays whatever is said."""
    (tmp_path / "a.zip").write_text("mine")
    content(tmp_path / "content", a=EXHIBIT)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site"), "-o"]
    assert build.main(["archive", *where, str(tmp_path / "a.zip")]) == 1
    assert "a.zip was made by no archive command" in capsys.readouterr().err
    assert (tmp_path / "a.zip").read_text() == "mine"
    packed(tmp_path, "--force")
    assert build.main(["archive", *where, str(tmp_path), "--force"]) == 1
    assert "is a folder, expected a file to write to" in capsys.readouterr().err


def test_a_name_that_not_every_system_can_hold_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A per cent sign means something else in a manifest: the file is named, nothing is written."""
    content(tmp_path / "content", a=EXHIBIT)
    (tmp_path / "content/50%.png").write_bytes(b"")
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site"), "-o", str(tmp_path / "a.zip")]
    assert build.main(["archive", *where]) == 1
    assert "content/50%.png: the name holds a character" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.zip"))


def test_a_writer_that_was_killed_leaves_nothing_for_long(tmp_path: Path) -> None:
    """What a killed writer left is swept up by the next; what another is writing is left alone."""
    (tmp_path / ".a.zip.dead.new").write_bytes(b"half")
    (tmp_path / ".a.zip.busy.new").write_bytes(b"half")
    with (tmp_path / ".a.zip.busy.new").open("rb") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        packed(tmp_path)
    assert [path.name for path in tmp_path.glob(".a.zip*")] == [".a.zip.busy.new"]


def test_an_edit_while_packing_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that changes after the site was built from it is not packed beside it."""
    pack = bag.pack

    def edited(*args: Any) -> None:
        content(tmp_path / "content", a=EXHIBIT + "More.\n")
        pack(*args)

    content(tmp_path / "content", a=EXHIBIT)
    monkeypatch.setattr(bag, "pack", edited)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site"), "-o", str(tmp_path / "a.zip")]
    assert build.main(["archive", *where]) == 1
    assert not (tmp_path / "a.zip").exists()


def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    """Packing ten files of 8 MB takes no more memory than packing ten of 80 kB."""
    peaks = []
    for size in (80_000, 8_000_000):
        places = [tmp_path / f"{size} {number}" for number in range(10)]
        for place in places:
            place.write_bytes(bytes(size))
        tracemalloc.start()
        with (tmp_path / "x.zip").open("wb") as file:
            bag.pack(file, "top", [bag.source(place.name, place) for place in places], {})
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 3 * 2**20
