"""What did not change is neither read nor made again, whatever it hangs together with; and nothing stays stale."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import EXHIBIT, FRONT, content, run, times, tree

from generator.model import Generator
from zoo import check, desk, inputs, workers
from zoo import content as pages
from zoo import tree as trees
from zoo.inputs import TICK, Inputs

HEAD = """---
title: Digits {n}
description: Ten glyphs.
generator: mini-digits
id: DIG-{n}
seeds: {n}
temperatures: 0.5
---
## Part

[next](../e{next}/index.html#part)
"""


def many(folder: Path, count: int) -> None:
    """Write a zoo of exhibits, each with a link to its neighbour's heading."""
    content(folder / "content", **{f"e{n}": HEAD.format(n=n, next=(n + 1) % count) for n in range(count)})


def edit(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Change a page."""
    path = folder / "content" / f"{name}.md"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the pages that builds in this process read, as they read them."""
    names: list[str] = []
    original = pages.read_each

    def noting(generators: Mapping[str, Generator], base: str | None, paths: list[Path]) -> list[pages.Read]:
        names.extend(path.stem for path in paths)
        return original(generators, base, paths)

    monkeypatch.setattr(desk, "read_each", noting)
    return names


def test_an_edit_reads_one_page(tmp_path: Path, read: list[str]) -> None:
    """The others are known from notes, and the site is the one that a build from nothing gives."""
    many(tmp_path, 4)
    assert run(tmp_path) == 0
    assert sorted(read) == ["e0", "e1", "e2", "e3"]
    read.clear()
    edit(tmp_path, "e2", lambda text: text.replace("Digits 2", "Other"))
    before = times(tmp_path / "site")
    assert run(tmp_path) == 0
    assert read == ["e2"]
    changed = {name for name, _ in before.items() ^ times(tmp_path / "site").items()}
    assert {name for name in changed if name.startswith("e")} == {"e2/index.html"}
    incremental = tree(tmp_path / "site")
    shutil.rmtree(tmp_path / "site")
    shutil.rmtree(tmp_path / ".site.zoo")
    assert run(tmp_path) == 0
    assert tree(tmp_path / "site") == incremental


def test_processes_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zoo whose pages are read and made side by side has the files of one made page by page."""
    many(tmp_path, 12)
    assert run(tmp_path, "--jobs", "1") == 0
    alone = tree(tmp_path / "site")
    monkeypatch.setattr(workers, "ENOUGH", 1)
    monkeypatch.setattr(workers, "MOST_AT_ONCE", 5)
    assert run(tmp_path, "--jobs", "3", "--output", str(tmp_path / "other")) == 0
    assert tree(tmp_path / "other") == alone
    for path in (tmp_path / "other").glob("*/grid.json"):
        assert check.grid(path) == (f"{path.parent.name}: 1 galleries identical to what the generator draws", [])


BROKEN = [
    ("e1", ("## Part", "## Piece"), "e0.md:11: ../e1/index.html#part leads to no element of e1/index.html"),
    ("e1", ("id: DIG-1", "id: DIG-3"), "e3.md:5: id: DIG-3 is already that of e1.md"),
    ("index", ("title: A Zoo", "titel: A Zoo"), "index.md:2: titel: unknown key"),
]


@pytest.mark.parametrize(("name", "change", "said"), BROKEN)
def test_what_an_edit_breaks_elsewhere_is_told(
    name: str, change: tuple[str, str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links, ids and the front page are checked over all pages, those that are not read again too."""
    many(tmp_path, 4)
    assert run(tmp_path) == 0
    edit(tmp_path, name, lambda text: text.replace(*change))
    capsys.readouterr()
    assert run(tmp_path) == 1
    assert said in capsys.readouterr().err


def test_an_exhibit_that_goes_breaks_the_links_to_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also in pages that did not change."""
    many(tmp_path, 3)
    assert run(tmp_path) == 0
    (tmp_path / "content/e2.md").unlink()
    assert run(tmp_path) == 1
    assert "e1.md:11: ../e2/index.html#part leads to no file of the site" in capsys.readouterr().err


def test_a_warning_is_said_again_though_its_page_is_not_read(
    tmp_path: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Warnings are noted with the page they are about."""
    content(tmp_path / "content", a="\ufeff" + EXHIBIT)
    said = []
    for _ in range(2):
        assert run(tmp_path) == 0
        said.append(capsys.readouterr().err)
    assert read == ["a"]
    assert said[0] == said[1] != ""


@pytest.mark.parametrize("harm", ["", "no JSON\n", '{"key": 1}\n', "[]\n"])
def test_notes_that_cannot_be_read_are_no_notes(harm: str, tmp_path: Path, read: list[str]) -> None:
    """Whatever stands in their file, the build is that of a zoo never built before."""
    many(tmp_path, 2)
    assert run(tmp_path) == 0
    (tmp_path / ".site.zoo/notes.jsonl").write_text(harm, encoding="utf-8")
    edit(tmp_path, "e1", lambda text: text + "More.\n")
    assert run(tmp_path) == 0
    assert sorted(read) == ["e0", "e0", "e1", "e1"]


def test_a_damaged_file_has_its_page_made_again(tmp_path: Path) -> None:
    """Where a page is not as it was made, its note does not count."""
    many(tmp_path, 3)
    assert run(tmp_path) == 0
    before = tree(tmp_path / "site")
    for harm in ("e1/index.html", "e1/grid.json", "e1/gallery/1/0.50.png", "conformance/index.html", "index.html"):
        (tmp_path / "site" / harm).write_text("x", encoding="utf-8")
        edit(tmp_path, "e0", lambda text: text + "\n")
        assert run(tmp_path) == 0
        assert tree(tmp_path / "site").keys() == before.keys()
        assert {**tree(tmp_path / "site"), "e0/index.html": b"", ".zoo.json": b""} == {
            **before,
            "e0/index.html": b"",
            ".zoo.json": b"",
        }


def test_a_link_in_the_place_of_a_folder_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a folder of the site was replaced with leads elsewhere, where nothing is written or removed."""
    many(tmp_path, 2)
    assert run(tmp_path) == 0
    (tmp_path / "site/e1").rename(tmp_path / "elsewhere")
    (tmp_path / "site/e1").symlink_to(tmp_path / "elsewhere")
    before = times(tmp_path / "elsewhere")
    edit(tmp_path, "e1", lambda text: text + "More.\n")
    assert run(tmp_path) == 1
    assert "site/e1 was made by no build" in capsys.readouterr().err
    assert times(tmp_path / "elsewhere") == before
    assert run(tmp_path, "--force") == 0
    assert not (tmp_path / "site/e1").is_symlink()
    assert times(tmp_path / "elsewhere") == before


# stamps


def test_a_file_that_did_not_change_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its digest is the noted one as long as its stamp is."""
    file = tmp_path / "a"
    file.write_text("one")
    later = file.stat().st_mtime_ns + 2 * TICK
    first = Inputs(since=later)
    digests = first.of(tmp_path)
    monkeypatch.setattr(inputs, "sha256", lambda _data: pytest.fail("read"))
    assert Inputs(first.noted, later).of(tmp_path) == digests


def test_a_file_as_young_as_the_build_is_read_again(tmp_path: Path) -> None:
    """Its stamp may be that of another text, written within one tick of the clock."""
    file = tmp_path / "a"
    file.write_text("one")
    young = Inputs(since=file.stat().st_mtime_ns + TICK)
    young.of(tmp_path)
    assert young.noted == {}


@pytest.mark.parametrize("keep", ["time", "nothing"])
def test_a_text_of_the_same_length_is_found(keep: str, tmp_path: Path) -> None:
    """Even where its author put the old time of modification back: the time of change is the system's own."""
    file = tmp_path / "a"
    file.write_text("one")
    found = file.stat()
    first = Inputs(since=found.st_mtime_ns + 2 * TICK)
    before = first.of(tmp_path)
    file.write_text("two")
    if keep == "time":
        os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert Inputs(first.noted, 0).of(tmp_path) != before


def test_stamps_of_the_last_moment_are_not_noted(tmp_path: Path) -> None:
    """A file of the site that was written in the very tick of the exchange is read by the next build."""
    content(tmp_path / "content", a=EXHIBIT)
    assert run(tmp_path) == 0
    record = json.loads((tmp_path / ".site.zoo/record.json").read_bytes())
    moment = (tmp_path / ".site.zoo/lock").stat().st_mtime_ns
    assert all(stamp[0] < moment for stamp in record["stamps"].values())


# the spare


NAMES = st.sampled_from(["a", "b", "a/c", "a/d", "e/f/g", "h"])


def fill(folder: Path, names: dict[str, str]) -> None:
    """Write files and folders, the first of two that need one place."""
    folder.mkdir()
    for name, text in names.items():
        path = folder / name
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir() if text == "folder" else path.write_text(text)


@settings(max_examples=60)
@given(
    one=st.dictionaries(NAMES, st.sampled_from(["x", "y", "folder"])),
    other=st.dictionaries(NAMES, st.sampled_from(["x", "y", "folder"])),
)
def test_a_mirror_holds_the_same_inodes(
    one: dict[str, str], other: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stood in the target before."""
    top = tmp_path_factory.mktemp("mirror")
    fill(top / "one", one)
    fill(top / "other", other)
    names = set(trees.mirror(str(top / "one"), str(top / "other")))
    assert names == set(tree(top / "one"))
    below = [{path.relative_to(place) for path in place.rglob("*")} for place in (top / "one", top / "other")]
    assert below[0] == below[1]
    assert all((top / "one" / name).samefile(top / "other" / name) for name in names)


def test_a_site_changed_in_place_does_not_reach_the_next(tmp_path: Path) -> None:
    """Both trees share inodes; a file that was written into is made anew, and never written into by a build."""
    many(tmp_path, 2)
    assert run(tmp_path) == 0
    edit(tmp_path, "e0", lambda text: text + "More.\n")
    assert run(tmp_path) == 0
    whole = tree(tmp_path / "site")
    shared = tmp_path / "site/e1/index.html"
    assert shared.samefile(tmp_path / ".site.zoo/spare/e1/index.html")
    with shared.open("a") as file:
        file.write("mine")
    kept = os.open(shared, os.O_RDONLY)
    assert run(tmp_path) == 0
    assert tree(tmp_path / "site") == whole
    assert os.read(kept, 2**20).endswith(b"mine")
    os.close(kept)


def test_the_front_page_s_prose_is_on_no_other_page(tmp_path: Path, read: list[str]) -> None:
    """An edit of it makes the index anew alone; its title stands on every page."""
    many(tmp_path, 2)
    assert run(tmp_path) == 0
    read.clear()
    content(tmp_path / "content", index=FRONT + "Words.\n")
    assert run(tmp_path) == 0
    assert read == []
    content(tmp_path / "content", index=FRONT.replace("A Zoo", "Our Zoo"))
    assert run(tmp_path) == 0
    assert sorted(read) == ["e0", "e1"]
