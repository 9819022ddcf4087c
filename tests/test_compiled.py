"""Templates are compiled once, and what was kept never decides what a page says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zoo.compiled import FOLDER
from zoo.rendering import environment


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with one template, where Python may keep what it compiles."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "a.html").write_text("{{ x }} & y", encoding="utf-8")
    return tmp_path


def rendered(templates: Path, version: str) -> str:
    """Render the template in an environment of its own, as another process would."""
    return environment(templates, version).get_template("a.html").render({"x": "<"})


def kept(templates: Path) -> list[Path]:
    """Give what was kept."""
    return sorted((templates / FOLDER).glob("*"))


def test_what_was_compiled_is_kept(templates: Path) -> None:
    """The second process finds it, and leaves it as it is."""
    assert rendered(templates, "1") == "&lt; & y"
    before = [(path, path.stat().st_mtime_ns) for path in kept(templates)]
    assert len(before) == 1
    assert rendered(templates, "2") == "&lt; & y"
    assert [(path, path.stat().st_mtime_ns) for path in kept(templates)] == before


@pytest.mark.parametrize(
    "harm", [lambda _data: b"", lambda data: data[:40], lambda data: data[:-9], lambda _data: b"x"]
)
def test_what_cannot_be_read_is_compiled_again(harm: Callable[[bytes], bytes], templates: Path) -> None:
    """Whatever stands there."""
    rendered(templates, "3")
    for path in kept(templates):
        path.write_bytes(harm(path.read_bytes()))
    assert rendered(templates, "4") == "&lt; & y"


def test_a_template_that_changed_is_compiled_again(templates: Path) -> None:
    """What was kept belongs to the text that it was compiled from."""
    rendered(templates, "5")
    (templates / "a.html").write_text("{{ x }} & z", encoding="utf-8")
    assert rendered(templates, "6") == "&lt; & z"


def test_nothing_is_kept_where_python_keeps_nothing(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who tells Python not to write compiled modules has no compiled templates either."""
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert rendered(templates, "7") == "&lt; & y"
    assert kept(templates) == []
