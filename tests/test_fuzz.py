"""Whatever an author writes: no traceback, no file outside the output, and the old site or a whole new one."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from sites import EXHIBIT, FRONT, content, run, tree

import build

KEYS = ["title", "description", "generator", "id", "seeds", "temperatures", "energies", "tags", "draft", "date", "x"]
VALUES = [
    "A", "mini-digits", "GAN-001", "GAN-9", "1, 0:2", "0.5", "0.35:0.45:0.05", "[1, 2]", "true", "no", "'",
    "{a: b}", "&a b", "*a", "!!str 1", "2026-11-23", "", "../..", "<b>", "\x07", "9:1", "1e9", "-1", "é",
]  # fmt: skip
PIECES = [
    "<div>", "</div>", "<p>", "\n\n", "\n", "- a ", "    ", "```", "~~~", "<script>", "</script>", "`", "# b",
    "|a|b|", "|-|-|", "<!--", "-->", "[c](d)", "[e](#f)", "![g](h.png)", '<input data-seed value="1">',
    "<i data-gallery>", "{{ x }}", "{% y %}", "&amp;", "<style>", "[^1]", "\t", ": z", "> q", 'id="a"',
    "Exhibit ID: GAN-002", "\ufeff", "\r", "\x00", "<a href='../..//'>", "*[x]: y", "{: #w }", "\u2028",
    "\x02",
]  # fmt: skip

heads = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES) | st.text(max_size=12)), max_size=7)
GOOD = [("title", "A"), ("description", "B"), ("generator", "mini-digits"), ("seeds", "1"), ("temperatures", "1")]
bodies = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a zoo that was built once."""
    folder = tmp_path_factory.mktemp("fuzz")
    content(folder / "content", a=EXHIBIT.replace("mini-digits", "chromatic-orbit").replace("temperatures", "energies"))
    assert run(folder) == 0
    return folder


@settings(max_examples=150)
@given(head=heads | st.just(GOOD), body=bodies)
def test_any_page_gives_a_whole_site_or_the_old_one(head: list[tuple[str, str]], body: str, place: Path) -> None:
    """Success publishes the files of its manifest and no other; failure names lines and changes nothing."""
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in head) + f"---\n{body}"
    (place / "content/x.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    before = tree(place / "site")
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        code = run(place)
    event(f"exit {code}")
    if code == 0:
        files = json.loads((place / "site/.zoo.json").read_bytes())["files"]
        assert set(tree(place / "site")) == {*files, ".zoo.json"}
    else:
        assert code == 1
        assert all(line.startswith(f"{place}/content/x.md:") for line in said.getvalue().splitlines())
        assert tree(place / "site") == before
    assert sorted(path.name for path in place.iterdir()) == [".site.zoo", "content", "site"]


@settings(max_examples=60)
@example(option="--jobs", value="--")  # argparse of Python 3.11 gives an empty list
@given(
    option=st.sampled_from(["--seeds", "--temperatures", "--energies", "--jobs", "--base-url"]),
    value=st.text(alphabet="0123456789:,.- e", max_size=8) | st.text(max_size=8),
)
def test_any_option_is_taken_or_refused(option: str, value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A wrong value is a wrong call, whose exit code is 2."""
    folder = tmp_path_factory.getbasetemp() / "options"
    content(folder / "content", index=FRONT)
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        where = ["--content", str(folder / "content"), "--output", str(folder / "site")]
        assert build.main(["build", *where, f"{option}={value}"]) in (0, 2)
