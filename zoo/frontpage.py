"""Rendering: what a site shows of the zoo as a whole, the catalogue above all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from zoo import manners, page
from zoo.exhibit import Zoo
from zoo.page import Files, Site
from zoo.poster import poster
from zoo.rendering import whereabouts


def cards(zoo: Zoo, drawn: Mapping[str, str], site: Site) -> str:
    """Give the catalogue's cards; those drawn already by slug, of which the first is drawn anew."""
    first = [page.card(exhibit, site, first=True) for exhibit in zoo.exhibits[:1]]
    return "\n".join([*first, *(drawn[exhibit.slug] for exhibit in zoo.exhibits[1:])])


def files(zoo: Zoo, catalogue: str, others: Callable[[], Sequence[str]], site: Site) -> Files:
    """Give the files of the zoo as a whole, with its cards; others gives the pages that are no exhibit's."""
    yield "index.html", site.render("index.html", _index(zoo, catalogue, site), catalogue)
    yield "404.html", site.render("404.html", {"root": manners.address(site.base_url, "")})
    yield "feed.xml", manners.feed(zoo, site.base_url)
    yield "sitemap.xml", manners.sitemap(zoo, site.base_url, others())
    yield "robots.txt", manners.robots(site.base_url)
    if site.base_url:  # a picture for links is only found by an absolute address
        yield "poster.png", poster(zoo.exhibits)


def _index(zoo: Zoo, catalogue: str, site: Site) -> dict[str, Any]:
    body = zoo.front.body
    sheets = (exhibit.generator.width * exhibit.generator.columns for exhibit in zoo.exhibits)
    return whereabouts(site.base_url, "index.html", manners.index_data(zoo, site.base_url)) | {
        "root": "",
        "cards": Markup(catalogue),  # noqa: S704 escaped there
        "sheets": list(dict.fromkeys(sheets)),
        "zoo_size": len(zoo.exhibits),
        "body": Markup(body.html),  # noqa: S704 author's HTML
        "own_scripts": body.has_scripts,
        "scripts": site.load(["index.js"], ""),
    }
