"""A build gives the same site everywhere, touches only its own files, and does nothing where nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import EXHIBIT, FRONT, content, modes, run, times, tree

from zoo import drawing, site
from zoo.options import Options

ROOT = Path(__file__).parent.parent
ORBIT = EXHIBIT.replace("mini-digits", "chromatic-orbit").replace("temperatures: 0.50, 0.75", "energies: 1")


def small(folder: Path) -> Path:
    """Write a zoo of two exhibits."""
    content(folder / "content", a=EXHIBIT, b=ORBIT)
    return folder


def test_two_machines_build_the_same(tmp_path: Path) -> None:
    """Time zone, locale, umask, hash seed, folder and jobs make no difference, not to a mode either."""
    ways = [
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o077, "1"),
        ({"TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}, 0o000, "3"),
    ]
    folders = [small(tmp_path / "one"), small(tmp_path / "two" / "ä folder")]
    for folder, (env, umask, jobs) in zip(folders, ways, strict=True):
        where = ["--content", str(folder / "content"), "--output", str(folder / "site")]
        command = [sys.executable, str(ROOT / "build.py"), *where, "--jobs", jobs]
        subprocess.run(command, cwd=folder, env=os.environ | env, umask=umask, check=True, capture_output=True)
    one, two = (folder / "site" for folder in folders)
    assert tree(one) == tree(two)
    assert modes(one) == modes(two)
    assert set(modes(one).values()) == {0o644, 0o755}


def test_jobs_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A grid drawn in several processes has the files of one drawn in one."""
    small(tmp_path)
    assert run(tmp_path, "--seeds", "0:40", "--jobs", "1") == 0
    (tmp_path / "site").rename(tmp_path / "alone")
    monkeypatch.setattr(drawing, "PARALLEL_FROM", 1)
    monkeypatch.setattr("zoo.press.PARALLEL_FROM", 1)
    assert run(tmp_path, "--seeds", "0:40", "--jobs", "2") == 0
    assert tree(tmp_path / "site") == tree(tmp_path / "alone")


def test_nothing_changed_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second build leaves every modification time, and so does --force, which makes all anew."""
    small(tmp_path)
    assert run(tmp_path) == 0
    before = times(tmp_path / "site")
    capsys.readouterr()
    for args in ([], ["--force"]):
        assert run(tmp_path, *args) == 0
        assert ", 0 written in " in capsys.readouterr().out
        assert times(tmp_path / "site") == before


def changed(folder: Path, before: dict[str, int]) -> set[str]:
    """Give the files that were written since, or are gone."""
    return {name for name, _ in before.items() ^ times(folder / "site").items()} - {".zoo.json"}


def test_an_edit_changes_what_shows_it(tmp_path: Path) -> None:
    """Prose changes its page alone, a new seed adds its galleries, a title goes to the index too."""
    small(tmp_path)
    assert run(tmp_path) == 0
    for old, new, expected in (
        ("---\n", "---\nMore text.\n", {"a/index.html"}),
        ("7, 1:3", "7, 1:4", {f"a/gallery/3/{name}" for name in ("0.50.png", "0.50.json", "0.75.png", "0.75.json")}),
        ("title: Digits", "title: Numbers", {"a/index.html", "index.html"}),
    ):
        before = times(tmp_path / "site")
        path = tmp_path / "content/a.md"
        head, _, tail = path.read_text(encoding="utf-8").rpartition(old)
        path.write_text(head + new + tail, encoding="utf-8")
        assert run(tmp_path) == 0
        found = changed(tmp_path, before)
        assert expected <= found
        assert not [name for name in found - expected if "gallery" in name or name.startswith("b/")]


def test_stale_files_go(tmp_path: Path) -> None:
    """The files of an exhibit that is no more are removed, its empty folders too."""
    small(tmp_path)
    assert run(tmp_path) == 0
    (tmp_path / "content/b.md").unlink()
    assert run(tmp_path) == 0
    assert not (tmp_path / "site/b").exists()
    assert (tmp_path / "site/a/index.html").is_file()


def test_files_of_others_stay(tmp_path: Path) -> None:
    """Files, links, empty folders and hidden folders that no build made are carried over, links as links."""
    small(tmp_path)
    assert run(tmp_path) == 0
    output = tmp_path / "site"
    (output / ".git/objects").mkdir(parents=True)
    (output / "a/notes.txt").write_text("mine")
    (output / "a/notes.txt").chmod(0o600)
    (output / "CNAME").symlink_to("a/notes.txt")
    (output / "folder").symlink_to("a")
    (tmp_path / "content/b.md").unlink()
    assert run(tmp_path) == 0
    assert (output / ".git/objects").is_dir()
    assert (output / "a/notes.txt").read_text() == "mine"
    assert (output / "a/notes.txt").stat().st_mode & 0o777 == 0o600
    assert (output / "CNAME").readlink() == Path("a/notes.txt")
    assert (output / "folder").readlink() == Path("a")
    assert not (output / "b").exists()


@pytest.mark.parametrize("name", ["b/index.html", "b"])
def test_a_file_of_others_is_not_overwritten(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the site needs a place that a stranger holds, the build fails and says so; --force takes it."""
    content(tmp_path / "content", a=EXHIBIT)
    assert run(tmp_path) == 0
    stranger = tmp_path / "site" / name
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_text("mine")
    content(tmp_path / "content", b=ORBIT)
    before = tree(tmp_path / "site")
    assert run(tmp_path) == 1
    assert f"{stranger} was made by no build" in capsys.readouterr().err
    assert tree(tmp_path / "site") == before
    assert run(tmp_path, "--force") == 0
    assert (tmp_path / "site/b/index.html").read_bytes().startswith(b"<!")


def test_a_folder_of_others_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with files in it, none of ours, is built into on demand alone, and keeps its files."""
    small(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.tex").write_text("mine")
    assert run(tmp_path) == 1
    assert "holds files that no build made" in capsys.readouterr().err
    assert tree(tmp_path / "site") == {"thesis.tex": b"mine"}
    assert run(tmp_path, "--force") == 0
    assert (tmp_path / "site/thesis.tex").read_text() == "mine"


@pytest.mark.parametrize("output", [ROOT, ROOT.parent, ROOT / "templates"])
def test_the_house_is_no_output(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that the site is built from is refused, forced or not."""
    small(tmp_path)
    assert site_exit(tmp_path, output) == 1
    assert "holds what the site is built from" in capsys.readouterr().err


def site_exit(folder: Path, output: Path) -> int:
    """Build into another output, by force."""
    return run(folder, "--output", str(output), "--force")


def test_what_was_tampered_with_is_mended(tmp_path: Path) -> None:
    """A changed, removed or unreadable file of ours is made again by the next build, though no input changed."""
    small(tmp_path)
    assert run(tmp_path) == 0
    before = tree(tmp_path / "site"), modes(tmp_path / "site")
    picture = tmp_path / "site/a/gallery/7/0.50.png"
    for harm in (
        lambda: picture.write_bytes(b"x"),
        picture.unlink,
        lambda: picture.chmod(0o600),
        lambda: (tmp_path / "site/index.html").write_text("x"),
        lambda: shutil.rmtree(tmp_path / "site/a"),
        lambda: shutil.rmtree(tmp_path / "site"),
    ):
        harm()
        assert run(tmp_path) == 0
        assert (tree(tmp_path / "site"), modes(tmp_path / "site")) == before


def test_a_generator_s_edit_redraws_its_galleries_alone(tmp_path: Path) -> None:
    """A change in one species' file changes no gallery of the other; one that changes no pixel rewrites none."""
    house = tmp_path / "house"
    for name in ("build.py", "generator", "zoo", "templates", "golden"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, (house / name) if source.is_dir() else (house.mkdir() or house))  # type: ignore[func-returns-value]
    content(house / "content", a=EXHIBIT, b=ORBIT)
    command = [sys.executable, str(house / "build.py")]
    species = house / "generator/mini_digits.py"
    text = species.read_text(encoding="utf-8")
    said = []
    for edit in (text, text + "# a remark\n", text.replace("0.18, 0.10", "0.98, 0.10")):
        species.write_text(edit, encoding="utf-8")
        before = times(house / "site") if (house / "site").exists() else {}
        subprocess.run(command, check=True, capture_output=True)
        said.append({name for name, _ in before.items() ^ times(house / "site").items() if "gallery" in name})
    assert said[1] == set()
    assert len(said[2]) == 12
    assert all(name.startswith("a/") for name in said[2])


EDITS: dict[str, Callable[[Path, int], object]] = {
    "prose": lambda folder, n: content(folder, a=EXHIBIT + f"Text {n}.\n"),
    "seeds": lambda folder, n: content(folder, a=EXHIBIT.replace("7, 1:3", f"{n}, 1:{2 + n % 3}")),
    "title": lambda folder, n: content(folder, a=EXHIBIT.replace("Digits", f"Digits {n}")),
    "front": lambda folder, n: content(folder, index=FRONT + f"# Zoo {n}\n"),
    "more": lambda folder, _n: content(folder, c=ORBIT),
    "less": lambda folder, _n: (folder / "c.md").unlink(missing_ok=True),
    "twin": lambda folder, n: (folder / "a.js").write_text(f"// {n}\n"),
    "template": lambda folder, n: (folder.parent / "templates/more.css").write_text(f"/* {n} */\n"),
    "page": lambda folder, n: (folder.parent / "templates/404.html").write_text(f"<!doctype html><title>{n}</title>\n"),
    "harm": lambda folder, n: (folder.parent / "site/index.html").write_text(f"{n}"),
}


@settings(max_examples=8)
@given(edits=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 5)), max_size=5))
def test_incremental_and_full_builds_are_identical(
    edits: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After any sequence of edits the site is the one that a build from nothing gives."""
    folder = tmp_path_factory.mktemp("zoo")
    content(folder / "content", a=EXHIBIT)
    shutil.copytree(ROOT / "templates", folder / "templates")
    options = Options(folder / "content", folder / "templates", folder / "site")
    site.build(options)
    for name, n in edits:
        EDITS[name](folder / "content", n)
        site.build(options)
    full = Options(options.content, options.templates, folder / "full")
    site.build(full)
    assert tree(folder / "site") == tree(folder / "full")
