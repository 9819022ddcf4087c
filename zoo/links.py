"""The links of an HTML page, and the elements it can be linked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from zoo.tags import Tag, silence, tags

_ANCHOR = re.compile(r'<a href="(?P<target>[^"]*)">(?P<text>.*?)</a>', re.DOTALL)
_LINK = re.compile(r"(?P<name>\s(?:href|src)\s*=\s*[\"']?)(?P<target>/[^\s\"'>]*)", re.IGNORECASE)
_PLAIN = re.compile(  # most links: to a page beside or below, or to an element
    r"(?:(?P<up>\.\./)?(?P<path>(?:[a-zA-Z0-9_-]+/)*[a-zA-Z0-9_-]+\.[a-z]+))?(?:#(?P<fragment>[a-zA-Z0-9_-]*))?"
)
_ID = re.compile(r"(?:^|[\s/\"'])id\s*=", re.IGNORECASE)
TELLING = ("href", "src", "id")  # a tag without any of these neither links nor is linked to
_TELLING = re.compile("|".join(TELLING), re.IGNORECASE)


@dataclass(frozen=True)
class Links:
    """What a page links to, each with its line (from 1), and how often each id is given."""

    targets: tuple[tuple[int, str], ...]
    ids: Mapping[str, int]


def links_of(html: str) -> Links:
    """Read the links and ids of a page."""
    return links_in(html, tags(html, 0, silence((), TELLING)))


def ids_of(html: str) -> Counter[str]:
    """Give how often each id is given in a page."""
    found = tags(html, 0, silence((), ("id",)))
    named = (tag.attributes.get("id") for tag in found if tag.rest and not tag.closing and _ID.search(tag.rest))
    return Counter(name for name in named if name)


def links_in(html: str, found: Iterable[Tag]) -> Links:
    """Read the links and ids of a page whose tags are known."""
    targets: list[tuple[int, str]] = []
    ids: Counter[str] = Counter()
    line, seen = 1, 0
    for tag in found:
        if not tag.rest or tag.closing or not _TELLING.search(tag.rest):
            continue
        line, seen = line + html.count("\n", seen, tag.start), tag.start
        given = tag.attributes
        targets += ((line, given[name].strip()) for name in ("href", "src") if given.get(name, "").strip())
        targets += ((line, part.split()[0]) for part in given.get("srcset", "").split(",") if part.strip())
        if given.get("id"):
            ids[given["id"]] += 1
    return Links(tuple(targets), ids)


def rebased(html: str, base: str, root: str) -> str:
    """Give a page whose links below an old site's base path lead to the same pages of this one.

    Pages are named index.html, so that they open from a file too; root leads from the page to the site's top.
    """
    parts, at = [], 0
    for tag in tags(html):
        if base.rstrip("/") not in tag.rest or tag.closing:
            continue
        parts += [html[at : tag.start], _LINK.sub(lambda link: _moved(link, base, root), html[tag.start : tag.end])]
        at = tag.end
    return "".join([*parts, html[at:]])


def _moved(link: re.Match[str], base: str, root: str) -> str:
    path, mark, rest = re.split(r"([?#]|\Z)", link["target"], maxsplit=1)
    if not f"{path}/".startswith(base):
        return link[0]
    path = path[len(base) :]
    page = path if "." in path.rpartition("/")[2] else f"{path.rstrip('/')}/index.html".lstrip("/")
    return f"{link['name']}{root}{page}{mark}{rest}"


def relinked(html: str, lead: Callable[[str], str | None]) -> str:
    """Give HTML as Markdown makes it with each link led elsewhere; one that leads nowhere keeps its text alone."""

    def led(link: re.Match[str]) -> str:
        target = lead(unescape(link["target"]))
        return link["text"] if target is None else f'<a href="{escape(target)}">{link["text"]}</a>'

    return _ANCHOR.sub(led, html)


class _Place(NamedTuple):
    """Where a link leads: a path below the site's top, which is empty for the page itself, and an element there."""

    path: str
    fragment: str


@lru_cache(2**16)
def _place(folder: str, target: str) -> _Place | None:
    """Give where a link of a page in a folder leads, or None where it leads away from the site."""
    plain = _PLAIN.fullmatch(target)
    if plain and folder and "/" not in folder:
        up, path, fragment = plain.group("up", "path", "fragment")
        return _Place(path if up else f"{folder}/{path}" if path else "", fragment or "")
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    path = normpath(join(folder, unquote(parts.path))) if parts.path else ""
    return _Place(path, unquote(parts.fragment))


def reached(name: str, targets: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Give the files of the site that a page's links lead to, by name."""
    folder = dirname(name)
    places = (_place(folder, target) for _, target in targets)
    return (place.path for place in places if place and place.path)


def doubtful(name: str, links: Links, files: Mapping[str, Links | None]) -> Iterator[tuple[int, str, bool]]:
    """Give every link of a page that leads nowhere, or not everywhere: its line, what is wrong, whether that may pass.

    files holds every file of the site by name, and for a page its links. What may pass is a link that works on some
    server: one from the root of a host, one that leads out of the site, or one that names a folder.
    """
    folder = dirname(name)
    for line, target in links.targets:
        place = _place(folder, target)
        if place is None:
            continue
        path = place.path or name
        if path.startswith("/"):
            yield line, f"{target} leads to one place on one host, expected a relative link", True
        elif path.startswith(".."):
            yield line, f"{target} leads out of the site", True
        elif path not in files and normpath(f"{path}/index.html") in files:
            yield line, f"{target} names a folder, expected its page: index.html", True
        elif path not in files:
            yield line, f"{target} leads to no file of the site", False
        elif place.fragment and (page := files[path]) and place.fragment not in page.ids and place.fragment != "top":
            yield line, f"{target} leads to no element of {path}", False
