"""`new` starts an exhibit that builds as it is; `clean` removes what builds made, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sites import EXHIBIT, content, run

import build
from generator.model import Generator, generators
from zoo.content import read_zoo


def new(folder: Path, *args: str) -> int:
    """Start an exhibit in `folder/content`."""
    return build.main(["new", *args, "--content", str(folder / "content")])


def test_a_new_exhibit_builds(tmp_path: Path, species: Generator) -> None:
    """It needs no edit, takes the generator's own id where that is free, and else the next."""
    content(tmp_path / "content")
    assert new(tmp_path, "cool-one", "--generator", species.name) == 0
    assert new(tmp_path, "second", "--generator", species.name) == 0
    assert run(tmp_path, "--strict", "--seeds", "1") == 0
    first, second = read_zoo(tmp_path / "content", generators()).exhibits
    assert (first.id, first.slug, first.title) == (species.exhibit, "cool-one", "Cool One")
    assert second.id not in {own.exhibit for own in generators().values()}


WRONG = {
    "a page that is there": (["a"], 1, "a.md is already there, expected a new name"),
    "a name that makes no folder": (["../x"], 2, "'../x' is no name for a page"),
    "a name of the site's own": (["assets"], 2, "'assets' is no name for a page"),
    "a generator that is none": (["b", "--generator", "none"], 2, "no exhibit 'none'"),
}


@pytest.mark.parametrize(("args", "code", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_name_writes_nothing(
    args: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is overwritten and nothing is written elsewhere."""
    content(tmp_path / "content", a=EXHIBIT)
    assert new(tmp_path, *args) == code
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.md", "content", "index.md"]
    assert (tmp_path / "content/a.md").read_text(encoding="utf-8") == EXHIBIT


def clean(folder: Path) -> int:
    """Clean `folder/site`."""
    return build.main(["clean", "--output", str(folder / "site")])


def test_clean_leaves_no_trace(tmp_path: Path) -> None:
    """Site and workshop are gone; a second time there is nothing to do."""
    content(tmp_path / "content", a=EXHIBIT)
    assert run(tmp_path) == 0
    assert clean(tmp_path) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
    assert clean(tmp_path) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_clean_leaves_what_others_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stranger's file stays, also one behind a link; a manifest that names files outside is refused."""
    content(tmp_path / "content", a=EXHIBIT)
    assert run(tmp_path) == 0
    (tmp_path / "site/a/mine").write_text("mine")
    (tmp_path / "site/assets").rename(tmp_path / "elsewhere")
    (tmp_path / "site/assets").symlink_to(tmp_path / "elsewhere")
    before = sorted((tmp_path / "elsewhere").iterdir())
    assert clean(tmp_path) == 0
    assert [path.name for path in (tmp_path / "site/a").iterdir()] == ["mine"]
    assert sorted((tmp_path / "elsewhere").iterdir()) == before
    (tmp_path / "site/.zoo.json").write_text(json.dumps({"files": {"../content/a.md": ""}}))
    assert clean(tmp_path) == 1
    assert "'../content/a.md' is no file of the site" in capsys.readouterr().err
    assert (tmp_path / "content/a.md").is_file()
