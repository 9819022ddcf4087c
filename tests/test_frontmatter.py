"""Front matter is read as it is written: texts and lists of texts that know their lines."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoo.frontmatter import Page, _parse, _plain, read_page


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


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from(" :#,[]-'\"\t\r\x85"), max_size=12)
HEADS = st.lists(st.tuples(st.sampled_from(["a", "b_c", "null", "y"]), WORDS), min_size=1, max_size=3)


@settings(max_examples=400)
@given(HEADS, st.sampled_from(["{}: {}", "{}: [{}]", "{}: x{}", "{}: [x, {}y ]", "{}: x{} ", "{}:  x{}\r"]))
def test_words_are_read_as_yaml_reads_them(head: list[tuple[str, str]], form: str) -> None:
    """Where the short way gives a reading at all, it is YAML's."""
    lines = [form.format(*entry) for entry in head if "\n" not in entry[1]]
    short, page = _plain(lines), Page(Path("x.md"))
    if short is not None:
        _parse("\n".join([*lines, ""]), page)
        assert (page.values, page.mistakes) == (short, [])


def test_usual_heads_are_read_the_short_way() -> None:
    """What curators write needs no YAML."""
    for path in sorted((Path(__file__).parent.parent / "content").glob("*.md")):
        head = path.read_text(encoding="utf-8").split("---\n")[1]
        assert _plain(head.splitlines()) is not None, path


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@,\n\t ?~\0\ufeff", max_size=80).map(str.encode))
def test_any_bytes_are_read(data: bytes) -> None:
    """No bytes break the reader: it gives a page, and each mistake stands on a line of the file."""
    path = Path(tempfile.gettempdir(), f"zoo-{os.getpid()}.md")
    for text in (data, b"---\n" + data + b"\n---\n"):
        path.write_bytes(text)
        page = read_page(path)
        path.unlink()
        assert all(1 <= mistake.line <= text.count(b"\n") + 1 for mistake in page.mistakes)
