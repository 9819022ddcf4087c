"""Front matter is read as it is written: texts and lists of texts that know their lines."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoo.frontmatter import Page, read_page


def read(folder: Path, text: str | bytes) -> Page:
    """Read a page of a text."""
    path = folder / "x.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_page(path)


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("no", ("no",)),
        ("0:16", ("0:16",)),
        ("1_000", ("1_000",)),
        ("0x10", ("0x10",)),
        ("2026-11-23", ("2026-11-23",)),
        ("~", ("~",)),
        ("''", ("",)),
        ('"a: b # c"', ("a: b # c",)),
        ("a # b", ("a",)),
        ("[1337, 0:16]", ("1337", "0:16")),
        ("[no, yes, 'a, b']", ("no", "yes", "a, b")),
        ("\n  - 1\n  - 2", ("1", "2")),
        ("a\n  b", ("a b",)),
        ("|\n  a\n  b", ("a\nb\n",)),
        ("«28×28»", ("«28×28»",)),
    ],
)
def test_values_stay_text(written: str, items: tuple[str, ...], tmp_path: Path) -> None:
    """No value becomes a flag, a number or a date."""
    page = read(tmp_path, f"---\nother: a\nkey: {written}\n---\nbody\n")
    assert page.mistakes == []
    assert page.values["key"].items == items
    assert (page.values["key"].line, page.body) == (3, "body\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_marks_make_no_difference(ending: str, mark: str, tmp_path: Path) -> None:
    """CRLF and a byte order mark lose no metadata; the mark is warned of."""
    page = read(tmp_path, (mark + "---\ntitle: A\ntags: [b]\n---\nbody\n").replace("\n", ending))
    assert {key: value.items for key, value in page.values.items()} == {"title": ("A",), "tags": ("b",)}
    assert (page.body, page.body_line) == (f"body{ending}", 5)
    assert [mistake.warning for mistake in page.mistakes] == [True] * len(mark)


def test_an_empty_head_is_read(tmp_path: Path) -> None:
    """A page whose front matter holds nothing has a body."""
    page = read(tmp_path, "---\n---\n---\nbody")
    assert (page.values, page.body, page.body_line, page.mistakes) == ({}, "---\nbody", 3, [])


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@,\n\t ?~\0\ufeff", max_size=80).map(str.encode))
def test_any_bytes_are_read(data: bytes) -> None:
    """No bytes break the reader: it gives a page, and each mistake stands on a line of the file."""
    path = Path(tempfile.gettempdir(), f"zoo-{os.getpid()}.md")
    for text in (data, b"---\n" + data + b"\n---\n"):
        path.write_bytes(text)
        page = read_page(path)
        path.unlink()
        assert all(1 <= mistake.line <= text.count(b"\n") + 1 for mistake in page.mistakes)
