"""The inline marks of Markdown, found sooner: what is beyond doubt is read here, all else by Python-Markdown itself.

The engine tries each of its twenty patterns on every text. Most texts hold no mark at all, and most others nothing but
words, `code`, *stress*, plain links and tags, none of them within another. Those give the same elements whatever else
the page holds, and one look at a text finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, HtmlStash, code_escape

BREAK = "  \n"  # ends a line within a paragraph
TAGS = {"code": "code", "*": "em", "**": "strong", "target": "a"}
_MARKED = re.compile(r"[\\`*_\[<&\x02]")  # what the engine's patterns begin with
_WORDS = r"[^\\`*_\[\]<&\x02]+"
_PIECE = re.compile(
    rf"""(?P<words>[^\\`*_\[<&\x02]+)
    |(?<!`)`(?P<code>[^`\\\x02]+)`(?!`)
    |(?P<stars>\*\*?)(?![\s*])(?P<stressed>{_WORDS})(?<!\s)(?P=stars)(?!\*)
    |(?<!!)\[(?!\^)(?P<shown>{_WORDS})\]\((?P<target>[^\s\\`*\[\]<>&()"'\x02]+)\)
    |(?P<tag></?[a-zA-Z][a-zA-Z0-9]*(?:\ [a-zA-Z-]+="[^"\\`*\[<>&@\x02]*")*>)""",
    re.VERBOSE,
)


class Inline(InlineProcessor):
    """The engine's processor of inline marks, which is left what is not plain."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Give the tree with the elements that inline marks stand for.

        subtle: all texts are plain, or all with marks are the engine's, which at times takes what it knows of one text
        for the next.
        """
        elements = list(tree.iter())
        found = [_pieces(element.text) for element in elements if element.text]
        if None in found or any(own.tail and _is_marked(own.tail) for own in elements):
            _pass_over(elements)
            return super().run(tree, ancestors)
        for element, pieces in zip([own for own in elements if own.text], found, strict=True):
            if pieces:
                _fill(element, pieces, self.md.htmlStash)
        return tree


def _is_marked(text: str) -> bool:
    return BREAK in text or bool(_MARKED.search(text))


def _pieces(text: str) -> list[re.Match[str]] | None:
    """Give the pieces of a plain text: none of one without marks; None where it is not plain."""
    if type(text) is AtomicString or not _is_marked(text):
        return []
    pieces = list(_PIECE.finditer(text))
    return pieces if BREAK not in text and sum(len(piece[0]) for piece in pieces) == len(text) else None


def _pass_over(elements: Iterable[Element]) -> None:
    """Mark texts without marks, so that the engine does not look for any."""
    for element in elements:
        if element.text and not _is_marked(element.text):
            element.text = AtomicString(element.text)
        if element.tail and not _is_marked(element.tail):
            element.tail = AtomicString(element.tail)


def _fill(element: Element, pieces: Sequence[re.Match[str]], stash: HtmlStash) -> None:
    """Put what plain pieces stand for into an element, before what is there."""
    found: list[Element] = []
    text = ""  # behind what was found last
    for piece in pieces:
        kind = piece.lastgroup or ""
        if kind in ("words", "tag"):
            text += piece[0] if kind == "words" else stash.store(piece[0])
            continue
        _put_behind(element, found, text)
        text = ""
        found.append(_element(piece, kind))
    _put_behind(element, found, text)
    for place, own in enumerate(found):
        element.insert(place, own)


def _put_behind(element: Element, found: Sequence[Element], text: str) -> None:
    if found:
        found[-1].tail = text or None
    else:
        element.text = text or None


def _element(piece: re.Match[str], kind: str) -> Element:
    """Give the element of a piece of code, a stressed one or a link."""
    own = Element(TAGS[piece["stars"] or kind])
    own.text = code_escape(piece["code"].strip()) if kind == "code" else piece["stressed"] or piece["shown"]
    if kind == "target":
        own.set("href", piece["target"])
    return own
