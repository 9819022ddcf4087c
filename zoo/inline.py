"""The inline marks of Markdown, found sooner: what is beyond doubt is read here, all else by Python-Markdown itself.

The engine tries each of its twenty patterns on every text. Most texts hold no mark at all, and most others nothing but
words, `code`, *stress*, plain links and tags, none of them within another. Those give the same elements whatever else
the page holds, and one look at a text finds them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
        """Give the tree with the elements that inline marks stand for."""
        left = [element for element in list(tree.iter()) if not _read(element, self.md.htmlStash)]
        return super().run(tree, ancestors) if left else tree


def _read(element: Element, stash: HtmlStash) -> bool:
    """Read the texts in an element and behind it, as far as they are plain; tell whether they are."""
    text, tail = element.text, element.tail
    if tail:
        if BREAK in tail or _MARKED.search(tail):
            return False
        element.tail = AtomicString(tail)
    if not text or type(text) is AtomicString:
        return True
    if BREAK in text:
        return False
    if not _MARKED.search(text):
        element.text = AtomicString(text)
        return True
    pieces = list(_PIECE.finditer(text))
    if sum(len(piece[0]) for piece in pieces) != len(text):
        return False
    _fill(element, pieces, stash)
    return True


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
        found[-1].tail = AtomicString(text) if text else None
    else:
        element.text = AtomicString(text) if text else None


def _element(piece: re.Match[str], kind: str) -> Element:
    """Give the element of a piece of code, a stressed one or a link."""
    own = Element(TAGS[piece["stars"] or kind])
    if kind == "code":
        own.text = AtomicString(code_escape(piece["code"].strip()))
    else:
        own.text = AtomicString(piece["stressed"] or piece["shown"])
    if kind == "target":
        own.set("href", piece["target"])
    return own
