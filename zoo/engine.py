"""Python-Markdown, which turns pages into HTML, with its slow steps replaced by ones that give the same sooner.

Each replacement takes a short way where a page holds nothing that its step is there for, and is the engine's own step
otherwise. That no byte differs from what the engine gives untouched is held by a test over arbitrary texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from html import unescape
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
)
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

from zoo.inline import Inline
from zoo.serializing import RawHtml, serialized

EXTENSIONS = ("tables", "attr_list", "def_list", "footnotes", "sane_lists", "toc")
CONTENTS = "[TOC]"  # where a page wants its table of contents
MARKS = {  # what a page has to hold for one of the engine's patterns to be found in it
    **dict.fromkeys(("reference", "image_reference", "short_reference", "short_image_ref"), "]:"),
    "link": "[",
    "image_link": "![",
    "autolink": "://",
    "automail": "@",
    "html": "<",
    "footnote": "[^",
    "entity": "&",
    "backtick": "`",
    "escape": "\\",
}
_BLOCK_MARKUP = re.compile(  # or what may be: all that is no plain tag of running text
    r"&|<(?!/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)"
    r'(?: [a-zA-Z-]+="[^"<>&`]*")*>)'
)
_PROSE = re.compile(r"""(?:(?:\*{0,2}|[<("'`])[^\W\d_][^\n|]*(?:\n|\Z))+""")  # lines none of which begins a block
_NAMED = re.compile(r"[&<>\x02]")


def converted(text: str) -> str:
    """Give the HTML of a Markdown text."""
    engine, patterns = _engine()
    engine.text = text.replace(STX, "").replace(ETX, "")  # as the engine sees it: a mark may stand around them
    inline: Any = engine.treeprocessors["inline"]
    inline.inlinePatterns = [pattern for mark, pattern in patterns if mark in engine.text]
    html: str = engine.reset().convert(text)
    return html


@cache
def _engine() -> tuple[Any, list[tuple[str, object]]]:
    """Give the one engine, which costs as much to make as a dozen pages to convert, and its marked patterns.

    Its text is the page that it works on. Its extensions are made here: to find them by name it would first read what
    is said of every installed package.
    """
    extensions = [import_module(f"markdown.extensions.{name}").makeExtension() for name in EXTENSIONS[:-1]]
    made: Any = Markdown(extensions=[*extensions, _Contents()], output_format="html")
    made.block_level_elements = frozenset(made.block_level_elements)  # looked into a hundred times a page
    made.serializer = serialized
    made.parser.parseBlocks = partial(_parse, list(made.parser.blockprocessors))
    table = made.parser.blockprocessors["table"]
    table._split = partial(_cells, table._split)  # noqa: SLF001
    made.preprocessors.register(_HtmlBlocks(made), "html_block", 20)
    made.treeprocessors.register(Inline(made), "inline", 20)
    made.treeprocessors.register(_Lines(made), "prettify", 10)
    made.treeprocessors.register(_Attributes(made), "attr_list", 8)
    made.treeprocessors.register(_Unescaped(made), "unescape", 0)
    made.postprocessors.register(RawHtml(made), "raw_html", 30)
    marks = {made.inlinePatterns[name]: mark for name, mark in MARKS.items() if name in made.inlinePatterns}
    return made, [(marks.get(pattern, ""), pattern) for pattern in made.inlinePatterns]


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Looks for blocks of HTML where there may be one."""

    md: Any

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if _BLOCK_MARKUP.search(self.md.text) else lines


def _parse(processors: Sequence[Any], parent: Element, blocks: list[str]) -> None:
    """Have each block taken by the first processor that knows it; prose is known by the last one alone."""
    paragraphs = processors[-1]
    while blocks:
        if _PROSE.fullmatch(blocks[0]):
            paragraphs.run(parent, blocks)
            continue
        for processor in processors:
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break


def _cells(split: Callable[[str], list[str]], row: str) -> list[str]:
    """Give the cells of a table's row; one without code and escapes needs no second look."""
    return split(row) if "`" in row or "\\" in row else row.split("|")


class _Lines(PrettifyTreeprocessor):
    """Puts each block on lines of its own."""

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802 the engine's name
        blocks = self.md.block_level_elements
        if elem.tag in blocks and elem.tag not in ("code", "pre"):
            if len(elem) and elem[0].tag in blocks and not (elem.text and elem.text.strip()):
                elem.text = "\n"
            for own in elem:
                if own.tag not in blocks:
                    continue
                if len(own):
                    self._prettifyETree(own)
                elif not (own.tail and own.tail.strip()):
                    own.tail = "\n"
        if not (elem.tail and elem.tail.strip()):
            elem.tail = "\n"


class _Attributes(AttrListTreeprocessor):
    """Reads lists of attributes where there may be one."""

    md: Any

    def run(self, doc: Element) -> None:
        if "{" in self.md.text:
            super().run(doc)


class _Headings(TocTreeprocessor):
    """Gives each heading its id, and makes a table of contents where a page wants one."""

    md: Any

    def run(self, doc: Element) -> None:
        text = self.md.text
        headings = [own for own in doc.iter() if own.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
        ids = [self.slugify(unescape(self._name(own)), self.sep) for own in headings]
        plain = "{" not in text and "[^" not in text and CONTENTS not in text
        if not plain or "" in ids or len({*ids}) < len(ids):
            self.marker = CONTENTS if CONTENTS in text else ""
            super().run(doc)
            return
        for own, name in zip(headings, ids, strict=True):
            own.set("id", name)

    def _name(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) or _NAMED.search(text):
            text = strip_tags(render_inner_html(remove_fnrefs(heading), self.md))
        return " ".join(text.split())


class _Contents(TocExtension):
    TreeProcessorClass = _Headings


class _Unescaped(UnescapeTreeprocessor):
    """Puts back what was escaped, where something was."""

    md: Any

    def run(self, root: Element) -> None:
        if "\\" in self.md.text:
            super().run(root)
