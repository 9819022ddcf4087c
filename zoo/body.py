"""The body of a page: Markdown mixed with raw HTML, turned into HTML, and what it says of its exhibit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from zoo import rawhtml
from zoo.frontmatter import Page
from zoo.links import links_in, rebased
from zoo.policy import brings_scripts
from zoo.tags import Tag, tags

EXTENSIONS = ("tables", "attr_list", "def_list", "footnotes", "sane_lists", "toc")
END = "</zoo-end>"  # is a tag of its own where nothing before it is left open
CONTENTS = "[TOC]"  # where a page wants its table of contents
MARKS = {  # what a text has to hold for one of the engine's patterns to be found in it
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
_MARKED = re.compile(r"[\\`*_\[<&\n\x02]")  # what each of those patterns begins with, and emphasis and line breaks
_INPUT = re.compile("<input", re.IGNORECASE)
_GAP = r"(?:\s|[*_]|<[^<>]*>)*"  # what may stand between a fact's name and its value
_FACTS = {
    "id": re.compile(rf"Exhibit ID:{_GAP}([A-Z]{{2,8}}-\d{{1,6}})"),
    "resolution": re.compile(rf"Output resolution:{_GAP}(\d+)\s*(?:×|x|&times;)\s*(\d+)"),
    "latent_width": re.compile(rf"Latent width:{_GAP}(\d+)"),
}


@dataclass(frozen=True)
class Said:
    """Something a page says, in its parts, and the line of the file it says it on."""

    parts: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Control:
    """A control of a page's own panel: its attributes, and the line of the file it stands on."""

    attributes: Mapping[str, str]
    line: int

    def get(self, name: str) -> str | None:
        """Give an attribute, or None where the control does not have it."""
        return self.attributes.get(name)


@dataclass(frozen=True)
class Body:
    """A page's body as HTML.

    facts holds what the line `Exhibit ID: … · Output resolution: … · Latent width: …` says. panel holds the page's own
    controls by handle (`seed`, `temperature`, …) and is empty where the zoo supplies the panel; gallery_at is the
    offset in html where the published gallery goes. links and ids are those of html, with the line of the file they
    are first found on, or for an id last. has_layout tells that the page was written for a site with layouts,
    has_scripts that it brings scripts of its own. counts tells how often each id is given, and is None where something
    in html is left open, so that it goes on after it.
    """

    html: str
    facts: Mapping[str, Said] = field(default_factory=dict)
    has_heading: bool = False
    panel: Mapping[str, Control] = field(default_factory=dict)
    gallery_at: int | None = None
    links: tuple[tuple[int, str], ...] = ()
    ids: Mapping[str, int] = field(default_factory=dict)
    has_layout: bool = False
    has_scripts: bool = False
    counts: Mapping[str, int] | None = None

    def with_gallery(self, picture: str) -> str:
        """Give the HTML with the published gallery inside the page's own, empty gallery element."""
        before, after = self.around_gallery()
        return self.html if self.gallery_at is None else before + picture + after

    def around_gallery(self) -> tuple[str, str]:
        """Give the HTML before the published gallery and after it; all is before it where there is no place for one."""
        at = len(self.html) if self.gallery_at is None else self.gallery_at
        return self.html[:at], self.html[at:]


def read_body(page: Page, base: str | None = None, root: str = "") -> Body:
    """Render a page's body; raw HTML that could not arrive as written is noted among the page's mistakes.

    Links below base, where an author's pages stood before, are led to this site, whose top is at root.
    """
    lifted = rawhtml.lift(page.body)
    for fault in lifted.faults:
        page.mistake(page.body_line + fault.line, fault.what, warning=fault.warning)
    html = _converted(lifted)
    found = list(tags(html + END))
    links = written = links_in(html, found)
    if base:
        html = rebased(html, base, root)
        found = list(tags(html + END))
        links = links_in(html, found)
    lines = [page.line_at(max(page.body.find(target), 0)) for _, target in written.targets]
    galleries = [tag.end for tag in found if "data-gallery" in tag.rest and _is_gallery(tag)]
    return Body(
        html=html,
        facts=_facts(page),
        has_heading=any(tag.name == "h1" and not tag.closing for tag in found),
        panel=_panel(page, lifted),
        gallery_at=galleries[0] if galleries else None,
        links=tuple(zip(lines, (target for _, target in links.targets), strict=True)),
        ids={name: page.line_at(max(page.body.rfind(name), 0)) for name in links.ids},
        has_layout="layout" in page.values,
        has_scripts=brings_scripts(found),
        counts=links.ids if found and found[-1].name == END[2:-1] else None,
    )


def _is_gallery(tag: Tag) -> bool:
    return not tag.closing and "data-gallery" in tag.attributes


def to_html(text: str) -> str:
    """Render Markdown that is the project's own, raw HTML and code as they are written."""
    return _converted(rawhtml.lift(text))


def _converted(lifted: rawhtml.Lifted) -> str:
    return lifted.restore(_markdown(lifted.text))


def _markdown(text: str) -> str:
    """Give the HTML of a Markdown text: what the engine gives, sooner, since it looks only for what may be there."""
    engine, patterns = _engine()
    inline: Any = engine.treeprocessors["inline"]
    inline.inlinePatterns = [pattern for mark, pattern in patterns if mark in text]
    headings: Any = engine.treeprocessors["toc"]
    headings.marker = CONTENTS if CONTENTS in text else ""
    return engine.reset().convert(text)


@cache
def _engine() -> tuple[Markdown, list[tuple[str, object]]]:
    """Give the one engine, which costs as much to make as a dozen pages to convert, and its marked patterns.

    Its extensions are made here: to find them by name it would first read what is said of every installed package.
    """
    extensions = [import_module(f"markdown.extensions.{name}").makeExtension() for name in EXTENSIONS]
    made = Markdown(extensions=extensions, output_format="html")
    made.treeprocessors.register(_Plain(made), "plain", 25)  # just before the one for inline patterns
    marks = {made.inlinePatterns[name]: mark for name, mark in MARKS.items() if name in made.inlinePatterns}
    return made, [(marks.get(pattern, ""), pattern) for pattern in made.inlinePatterns]


class _Plain(Treeprocessor):
    """Marks texts in which no pattern can be found, so that the engine does not look for any."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _MARKED.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _MARKED.search(element.tail):
                element.tail = AtomicString(element.tail)


def _facts(page: Page) -> dict[str, Said]:
    found = {name: form.search(page.body) for name, form in _FACTS.items()}
    return {name: Said(match.groups(), page.line_at(match.start())) for name, match in found.items() if match}


def _panel(page: Page, lifted: rawhtml.Lifted) -> dict[str, Control]:
    panel: dict[str, Control] = {}
    for block in lifted.blocks.values():
        for tag in tags(block.html) if _INPUT.search(block.html) else ():
            line = page.body_line + block.line + block.html.count("\n", 0, tag.start)
            for handle in _handles(tag):
                panel.setdefault(handle, Control(tag.attributes, line))
    return panel


def _handles(tag: Tag) -> list[str]:
    named = tag.attributes if tag.name == "input" and not tag.closing else {}
    return [name.removeprefix("data-") for name in named if name.startswith("data-")]
