"""The body of a page: Markdown mixed with raw HTML, turned into HTML, and what its own panel says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from markdown import Markdown

from zoo import rawhtml
from zoo.frontmatter import Page

EXTENSIONS = ("tables", "fenced_code", "attr_list", "def_list", "footnotes", "sane_lists", "toc")
_EXHIBIT_ID = re.compile(r"Exhibit ID:\s*([A-Z]{2,8}-\d{1,6})")


@dataclass(frozen=True)
class Body:
    """A page's body as HTML.

    panel holds the attributes of the page's own controls by handle (`seed`, `temperature`, …) and is empty where
    the zoo supplies the panel; gallery_at is the offset in html where the published gallery goes.
    """

    html: str
    exhibit_id: str | None
    has_heading: bool
    panel: Mapping[str, Mapping[str, str]]
    gallery_at: int | None

    def with_gallery(self, picture: str) -> str:
        """Give the HTML with the published gallery inside the page's own, empty gallery element."""
        if self.gallery_at is None:
            return self.html
        return self.html[: self.gallery_at] + picture + self.html[self.gallery_at :]


def read_body(page: Page) -> Body:
    """Render a page's body; raw HTML that could not arrive as written is noted among the page's mistakes."""
    try:
        lifted = rawhtml.lift(page.body)
    except rawhtml.UnkeptHtmlError as error:
        page.mistake(page.body_line + error.line, str(error))
        return Body("", None, has_heading=False, panel={}, gallery_at=None)
    html = rawhtml.restore(
        Markdown(extensions=list(EXTENSIONS), output_format="html").convert(lifted.text), lifted.blocks
    )
    found = _EXHIBIT_ID.search(page.body)
    reader = _PanelReader(html)
    return Body(html, found[1] if found else None, reader.has_heading, reader.controls, reader.gallery_at)


class _PanelReader(HTMLParser):
    """Finds the handles of a panel that a page brings with it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.controls: dict[str, dict[str, str]] = {}
        self.gallery_at: int | None = None
        self.has_heading = False
        self._line_starts = [0, *_line_starts(html)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_heading = self.has_heading or tag == "h1"
        given = {name: value or "" for name, value in attrs}
        for name in given:
            if name.startswith("data-") and tag == "input":
                self.controls[name.removeprefix("data-")] = given
        if "data-gallery" in given and self.gallery_at is None:
            line, column = self.getpos()
            self.gallery_at = self._line_starts[line - 1] + column + len(self.get_starttag_text() or "")


def _line_starts(html: str) -> Iterator[int]:
    return (found.end() for found in re.finditer("\n", html))
