"""The engine gives, byte for byte, what Python-Markdown gives untouched."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from bench.corpus import corpus
from zoo.engine import EXTENSIONS, converted
from zoo.rawhtml import lift

PIECES = [
    "a ", "*b*", "_c_", "**d**", "`e`", "\\*", "[f](g)", "![h](i)", "[j]", "[k]: l\n", "[^1]", "\n[^1]: m\n", "&amp; ",
    "& ", "<n>", "<https://o.p>", "<q@r.s>", "  \n", "\t\n", "\n", "\n\n", "# t\n", "- u\n", "1. v\n", "> w\n",
    "|x|y|\n|-|-|\n|z|\\||\n", "[TOC]\n", "{: #w }", "\n: x", "    code\n", "!", "[", "]", "(", ")", "<", ">",
    "\x02", "\x03", "klzzwxh:0000", "## t", "\n***\n", "***", "**", "*", "`", "_", " ", "words", "ä.", "٣. ", "3) ",
    '<a class="b" href="../c_d">', "</a>", "<br>", "<br/>", "<div>", "</div>", "<!-- e -->", "<?f?>", "<span>", "</b>",
    '[g h](i_j.html "k")', "[l](<m n>)", "[o](p(q))", "[r `s`](t)", "&#65 ", "&lt;", "\n===\n", "\n---\n", "\u2028",
    "wzxhzdk:0", "\x02wzxhzdk:0\x03", "rawblock0n0x\n\n", "{.u}", "'", '"', ":", "+ ", "* ", "#", "|", "\r\n", "\x0b",
    "`` v ` w ``", "x\ty", "*x `y` z*", "**x *y* z**", "[**x**](y)", "https://z.a", "<b>c</b>", '<img src="d">',
]  # fmt: skip


@cache
def _untouched() -> Markdown:
    return Markdown(extensions=list(EXTENSIONS), output_format="html")


def is_as_untouched(text: str) -> bool:
    """Tell whether the HTML is what Python-Markdown gives."""
    return converted(text) == _untouched().reset().convert(text)


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_markup_in_any_mixture(text: str) -> None:
    """Short ways change no byte."""
    assert is_as_untouched(text)


@settings(max_examples=300)
@given(st.text(alphabet="ab1 \n*_`[]()<>!&;#-=:|\\{}\"'\t\x02", max_size=40))
def test_any_text(text: str) -> None:
    """Nor do they where marks stand as nobody puts them."""
    assert is_as_untouched(text)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(PIECES))
def test_nothing_is_left_over_from_the_page_before(text: str, before: str) -> None:
    """The engine is used again and again, and knows nothing of what it converted before."""
    converted(before)
    assert is_as_untouched(text)


@pytest.mark.parametrize("text", [lift(text.body).text for text in corpus(20)])
def test_pages_as_authors_write_them(text: str) -> None:
    """A whole page with prose, lists, a table, links and raw blocks."""
    assert is_as_untouched(text)
    assert "<table>" in converted(text)
