"""The specification as pages: the suite's Markdown with a place for each demand and each vector it includes.

A demand is a paragraph that begins with its anchor, `<a id="MDG-EXP-2"></a>**MDG-EXP-2.** …`; a vector is included by
a comment, `<!-- vector: mdg-exp-0013 -->`. Links between the texts lead to their pages; those to files of the suite
that have no page become plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from zoo.body import to_html
from zoo.links import relinked

FOLDER = "conformance"
SHARED, PROTOCOL = "SPEC.md", "PROTOCOL.md"
JOB = "ci/conformance.yml"  # the job for a port's own repository, published as it is
_PART = re.compile(
    r'<p><a id="(?P<demand>[A-Z]{3}-[A-Z]+-[0-9]+)"></a>(?:<strong>(?P=demand)\.</strong>\s*)?(?P<says>.*?)</p>'
    r"|<!-- vector: (?P<vector>[a-z0-9-]+) -->",
    re.DOTALL,
)
_HEADING_OR_TABLE = re.compile(r"<h[1-6][^>]*>(?P<heading>.*?)</h[1-6]>|<table>.*?</table>", re.DOTALL)
_MENTION = re.compile(r'(?<!["#])\b[A-Z]{3}-[A-Z]+-[0-9]+\b')  # but not in an attribute
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>\s*", re.DOTALL)
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_SENTENCE = re.compile(r".*?\.(?=\s+[A-Z]|$)", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A stretch of a text: plain HTML, or a demand with what it says, or the id of a vector to show."""

    html: str = ""
    demand: str | None = None
    vector: str | None = None


@dataclass(frozen=True)
class Demand:
    """A demand: its permanent id, the page it stands on, its first sentence without markup, and demands it leans on."""

    id: str
    page: str
    sentence: str
    leans_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text of the suite: its file below golden/, its page, and what stands on it."""

    name: str
    page: str
    title: str
    parts: tuple[Part, ...]
    contents: tuple[tuple[str, str], ...]  # the headings: id and text

    @property
    def species(self) -> str:
        """The species it is of, or nothing where it is shared."""
        return dirname(self.name)

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The demands it states, in order."""
        return tuple(_demand(part.demand, self.page, part.html) for part in self.parts if part.demand)


def _demand(identity: str, page: str, html: str) -> Demand:
    return Demand(identity, page, sentence(html), tuple(dict.fromkeys(_MENTION.findall(html))))


def page_of(name: str) -> str | None:
    """Give the page of a file of the suite, or None where it has none.

    >>> page_of("SPEC.md"), page_of("PROTOCOL.md"), page_of("soft-stripes/SPEC.md")
    ('conformance/spec/index.html', 'conformance/spec/protocol.html', 'conformance/spec/soft-stripes/index.html')
    """
    folder, _, file = name.rpartition("/")
    if file == SHARED:
        return normpath(f"{FOLDER}/spec/{folder}/index.html")
    return {PROTOCOL: f"{FOLDER}/spec/protocol.html", JOB: f"{FOLDER}/conformance.yml"}.get(name)


def texts(golden: Path, own: Iterable[str]) -> list[Text]:
    """Give the shared texts, then those of the species named."""
    names = [SHARED, PROTOCOL, *(f"{species}/SPEC.md" for species in own)]
    return [_text(golden, name) for name in names if (golden / name).is_file()]


def _text(golden: Path, name: str) -> Text:
    page = page_of(name) or ""
    html = _rendered((golden / name).read_text(encoding="utf-8"), golden, name, page)
    title = _TITLE.search(html)
    contents = tuple((found[1], plain(found[2])) for found in _HEADING.finditer(html))
    return Text(name, page, plain(title[1]) if title else name, tuple(_parts(_TITLE.sub("", html))), contents)


def _rendered(text: str, golden: Path, name: str, page: str) -> str:
    """Render a text whose links lead, from a page, to the pages of the files they name."""

    def led(target: str) -> str | None:
        path, mark, fragment = target.partition("#")
        if not path or ":" in path:
            return target
        found = page_of(normpath(join(dirname(name), path)))
        there = found is not None and (golden / dirname(name) / path).is_file()
        return f"{relpath(found or '', dirname(page))}{mark}{fragment}" if there else None

    return _HEADING_OR_TABLE.sub(_Tables().framed, relinked(to_html(text), led))


class _Tables:
    """Frames tables so that they can be scrolled by hand and by key, each named after the heading above it."""

    def __init__(self) -> None:
        self.heading = "text"

    def framed(self, found: re.Match[str]) -> str:
        """Give a heading as it is and remember it; give a table in its frame, its empty headers as plain cells."""
        if found["heading"] is not None:
            self.heading = plain(found["heading"])
            return found[0]
        table = found[0].replace("<th></th>", "<td></td>")
        label = escape(f"Table: {self.heading}")
        return f'<div class="scroll" role="group" aria-label="{label}" tabindex="0">{table}</div>'


def _parts(html: str) -> Iterator[Part]:
    at = 0
    for found in _PART.finditer(html):
        yield Part(html[at : found.start()])
        yield Part(found["says"] or "", found["demand"], found["vector"])
        at = found.end()
    yield Part(html[at:])


def section(golden: Path, heading: str, page: str) -> str:
    """Give a section of the suite's README as HTML without its heading, for a page; nothing where there is none."""
    path = golden / "README.md"
    parts = re.split(r"^## (.*)\n", path.read_text(encoding="utf-8") if path.is_file() else "", flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True)).get(heading, "")
    return _rendered(found, golden, path.name, page)


def with_mentions(html: str, places: Mapping[str, str], root: str) -> str:
    """Give HTML in which each demand that is mentioned by its id is a link to its place, seen from root."""

    def led(found: re.Match[str]) -> str:
        place = places.get(found[0])
        return f'<a href="{root}{place}">{found[0]}</a>' if place else found[0]

    return _MENTION.sub(led, html)


def plain(html: str) -> str:
    """Give the text of HTML on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def sentence(html: str) -> str:
    """Give the first sentence of a demand, up to a full stop that a capital letter follows."""
    text = plain(html)
    found = _SENTENCE.match(text)
    return found[0] if found else text
