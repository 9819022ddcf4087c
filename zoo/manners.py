"""What a site tells machines: a feed, a sitemap, robots.txt, and who a page is.

Addresses are absolute where the build knows where the site will live (--base-url); without, they are relative to the
files themselves, and what only makes sense with an absolute address is left out.

Source: RFC 4287 (Atom); sitemaps.org; RFC 9309 (robots.txt); schema.org.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from zoo.exhibit import Exhibit, Front, Zoo

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
NEVER = "1970-01-01"  # the date of a feed that holds nothing dated


def address(base_url: str | None, path: str) -> str:
    """Give the address of a path of the site, relative where the site's own is unknown."""
    return f"{base_url.rstrip('/')}/{path}" if base_url else path


def page_of(exhibit: Exhibit) -> str:
    """Give the path of an exhibit's page."""
    return f"{exhibit.slug}/index.html"


def feed(zoo: Zoo, base_url: str | None) -> bytes:
    """Give the Atom feed: the exhibits that bear a date, the newest first."""
    dated = sorted((own for own in zoo.exhibits if own.date), key=lambda own: (own.date or "", own.id), reverse=True)
    own = address(base_url, "feed.xml")
    lines = [
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{_escaped(zoo.front.title)}</title>",
        f"<subtitle>{_escaped(zoo.front.description)}</subtitle>",
        f"<id>{_identity(base_url, 'index.html', zoo.front.title)}</id>",
        f"<updated>{_moment(dated[0].date if dated else NEVER)}</updated>",
        f"<author><name>{_escaped(zoo.front.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_quoted(own)}/>',
        f"<link href={_quoted(address(base_url, 'index.html'))}/>",
        *(line for exhibit in dated for line in _entry(exhibit, base_url)),
        "</feed>",
    ]
    return (XML + "\n".join(lines) + "\n").encode()


def _entry(exhibit: Exhibit, base_url: str | None) -> Iterator[str]:
    yield "<entry>"
    yield f"<title>{_escaped(f'{exhibit.id} {exhibit.title}')}</title>"
    yield f"<id>{_identity(base_url, page_of(exhibit), exhibit.id)}</id>"
    yield f"<updated>{_moment(exhibit.date)}</updated>"
    yield f"<link href={_quoted(address(base_url, page_of(exhibit)))}/>"
    yield f"<summary>{_escaped(exhibit.description)}</summary>"
    yield from (f"<category term={_quoted(tag)}/>" for tag in exhibit.tags)
    yield "</entry>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _quoted(text: str) -> str:
    """Give an attribute's value in its quotation marks."""
    return '"' + html.escape(text).translate({9: "&#9;", 10: "&#10;", 13: "&#13;"}) + '"'


def _moment(date: str | None) -> str:
    return f"{date}T00:00:00Z"


def _identity(base_url: str | None, path: str, name: str) -> str:
    """Give an identifier that stays: the address, or a name-based UUID where there is none."""
    return _escaped(address(base_url, path)) if base_url else f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def sitemap(zoo: Zoo, base_url: str | None, others: Iterable[str] = ()) -> bytes:
    """Give the sitemap: the index, every exhibit with its date, and other pages by their paths."""
    lines = [_location(address(base_url, "index.html"), None)]
    lines += (_location(address(base_url, page_of(own)), own.date) for own in zoo.exhibits)
    lines += (_location(address(base_url, path), None) for path in others)
    note = "" if base_url else "<!-- built without base-url: addresses are relative to this file -->\n"
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (XML + note + head + "\n".join(lines) + "\n</urlset>\n").encode()


def _location(where: str, date: str | None) -> str:
    changed = f"<lastmod>{date}</lastmod>" if date else ""
    return f"<url><loc>{_escaped(where)}</loc>{changed}</url>"


def robots(base_url: str | None) -> bytes:
    """Give robots.txt: everything is open; the sitemap is named where its address is known."""
    place = f"Sitemap: {address(base_url, 'sitemap.xml')}\n" if base_url else ""
    return f"User-agent: *\nAllow: /\n{place}".encode()


def index_data(zoo: Zoo, base_url: str | None) -> str:
    """Give the index as linked data: a collection and what it holds."""
    parts = [_work(own) | _url(base_url, page_of(own)) for own in zoo.exhibits]
    return _linked({"@type": "Collection"} | _named(zoo.front) | _url(base_url, "index.html") | {"hasPart": parts})


def exhibit_data(exhibit: Exhibit, front: Front, base_url: str | None) -> str:
    """Give an exhibit as linked data: a work in the collection."""
    whole = {"@type": "Collection", "name": front.title} | _url(base_url, "index.html")
    return _linked(_work(exhibit) | _url(base_url, page_of(exhibit)) | {"isPartOf": whole})


def text_data(title: str, about: str, path: str, front: Front, base_url: str | None) -> str:
    """Give a page of the reference suite as linked data: an article that belongs to the collection."""
    whole = {"@type": "Collection", "name": front.title} | _url(base_url, "index.html")
    article = {"@type": "TechArticle", "name": title, "description": about}
    return _linked(article | _url(base_url, path) | {"isPartOf": whole})


def _work(exhibit: Exhibit) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "CreativeWork", "identifier": exhibit.id} | _named(exhibit)
    found |= {"keywords": _texts(exhibit.tags)} if exhibit.tags else {}
    return found | ({"datePublished": exhibit.date} if exhibit.date else {})


def _named(thing: Any) -> dict[str, str]:
    return {"name": thing.title, "description": thing.description}


def _url(base_url: str | None, path: str) -> dict[str, str]:
    return {"url": address(base_url, path)} if base_url else {}


def _texts(texts: Sequence[str]) -> str:
    return ", ".join(texts)


def _linked(data: dict[str, Any]) -> str:
    """Write linked data so that it cannot end the script element it stands in."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
