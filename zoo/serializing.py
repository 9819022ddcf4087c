"""What Python-Markdown does last, sooner: its tree written as HTML, and raw HTML put back."""

from __future__ import annotations

import re
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.extensions.toc import escape_cdata
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.serializers import to_html_string
from markdown.util import HTML_PLACEHOLDER, STX

_PLACEHOLDER = re.compile(HTML_PLACEHOLDER % "([0-9]+)")
_ESCAPED = re.compile(r"[&<>\"]")


def serialized(root: Element) -> str:
    """Give an element of the engine's as HTML."""
    parts: list[str] = []
    try:
        _write(root, parts)
    except RecursionError:
        return to_html_string(root)
    return "".join(parts)


def _write(element: Element, parts: list[str]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    parts.append(_opened(element) if element.attrib else f"<{tag}>")
    if text:
        parts.append(escape_cdata(text))
    for own in element:
        _write(own, parts)
    if tag not in HTML_EMPTY:
        parts.append(f"</{tag}>")
    if tail:
        parts.append("\n" if tail == "\n" else escape_cdata(tail))


def _opened(element: Element) -> str:
    """Give a start tag."""
    given = sorted(element.attrib.items())
    if any(value is None or name == value or _ESCAPED.search(value) for name, value in given):
        return to_html_string(Element(element.tag, element.attrib)).removesuffix(f"</{element.tag}>")
    return "".join((f"<{element.tag}", *(f' {name}="{value}"' for name, value in given), ">"))


class RawHtml(RawHtmlPostprocessor):
    """Puts raw HTML back."""

    def run(self, text: str) -> str:
        """Give the page with raw HTML in the place of its tokens."""
        stash = self.md.htmlStash
        parts, at = [], 0
        for found in _PLACEHOLDER.finditer(text):
            start, end = found.span()
            number = int(found[1])
            if number >= stash.html_counter:
                continue
            html = str(stash.rawHtmlBlocks[number])
            if STX in html:
                return super().run(text)
            if text.startswith("</p>", end) and text.endswith("<p>", at, start):
                start, end = start - 3, end + 4
                html = html if self.isblocklevel(html) else f"<p>{html}</p>"
            parts += [text[at:start], html]
            at = end
        return "".join([*parts, text[at:]])
