"""Rendering: the pages of the site, from exhibits and their galleries' digests, through the templates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zoo import manners, vectors
from zoo.exhibit import Exhibit, Zoo
from zoo.policy import MARK, brings_scripts, integrity, with_policy
from zoo.poster import poster

STRIP = 6  # galleries in a card's preview
LISTED = 64  # seeds whose galleries the exhibit's page links one by one
PANEL = (
    "page.js",
    "panel.js",
    "inspect.js",
    "map.js",
    "export.js",
    "vectors.js",
    "verify.js",
)  # the live page, in this order

Files = Mapping[str, bytes]  # by path below the site
Digests = Sequence[Sequence[str]]  # a row for each seed, a digest for each stop


@dataclass(frozen=True)
class Site:
    """What pages need to know of the whole: the zoo, each exhibit's digests, and where the site will live."""

    zoo: Zoo
    digests: Mapping[str, Digests]
    base_url: str | None


def pages(site: Site, templates: Path, assets: Files) -> Iterator[tuple[str, bytes]]:
    """Give every page's path and bytes; assets are the site's scripts and styles."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    zoo, base_url = site.zoo, site.base_url
    shared: dict[str, Any] = {"zoo": zoo.front, "base_url": base_url, "policy": MARK, "address": None, "data": None}
    yield "index.html", _render(environment, "index.html", shared | _index(site, assets))
    for exhibit in zoo.exhibits:
        context = shared | _exhibit(exhibit, site, assets)
        yield manners.page_of(exhibit), _render(environment, "exhibit.html", context)
        yield f"{exhibit.slug}/grid.js", _grid_script(site.digests[exhibit.slug])
        if suite := vectors.script(exhibit.generator.name):
            yield f"{exhibit.slug}/vectors.js", suite
    yield "404.html", _render(environment, "404.html", shared | {"root": manners.address(base_url, "")})
    yield "feed.xml", manners.feed(zoo, base_url)
    yield "sitemap.xml", manners.sitemap(zoo, base_url)
    yield "robots.txt", manners.robots(base_url)
    if base_url:  # a picture for links is only found by an absolute address
        yield "poster.png", poster(zoo.exhibits)
        yield from ((f"{exhibit.slug}/poster.png", poster([exhibit])) for exhibit in zoo.exhibits)


def _render(environment: Environment, name: str, context: dict[str, Any]) -> bytes:
    return with_policy(environment.get_template(name).render(context)).encode()


def _scripts(names: Sequence[str], root: str, assets: Files) -> str:
    """Give the scripts to load, in order, as a JSON list of pairs: address and integrity."""
    return json.dumps([[f"{root}assets/{name}", integrity(assets[f"assets/{name}"])] for name in names])


def _whereabouts(base_url: str | None, path: str, data: str) -> dict[str, Any]:
    """Give what the head of a page says about it: its address and its picture's, where known, and linked data."""
    picture = path.removesuffix("index.html") + "poster.png"
    known = {"address": manners.address(base_url, path), "poster": manners.address(base_url, picture)}
    return (known if base_url else {}) | {"data": Markup(data)}  # noqa: S704 escaped there


def _index(site: Site, assets: Files) -> dict[str, Any]:
    body = site.zoo.front.body
    data = manners.index_data(site.zoo, site.base_url)
    return _whereabouts(site.base_url, "index.html", data) | {
        "root": "",
        "cards": [_card(exhibit) for exhibit in site.zoo.exhibits],
        "body": Markup(body.html),  # noqa: S704 author's HTML
        "own_scripts": brings_scripts(body.html),
        "scripts": _scripts(["index.js"], "", assets),
    }


def _card(exhibit: Exhibit) -> dict[str, Any]:
    seed, stop = exhibit.grid.start
    return {
        "exhibit": exhibit,
        "generator": exhibit.generator,
        "sheet": exhibit.generator.width * exhibit.generator.columns,
        "href": manners.page_of(exhibit),
        "galleries": len(exhibit.grid.seeds) * len(exhibit.grid.stops),
        "preview": [f"{exhibit.slug}/gallery/{own}/{stop:.2f}.png" for own in _first(exhibit, seed)],
    }


def _first(exhibit: Exhibit, seed: int) -> list[int]:
    return [seed, *(own for own in exhibit.grid.seeds if own != seed)][:STRIP]


def _exhibit(exhibit: Exhibit, site: Site, assets: Files) -> dict[str, Any]:
    grid, generator = exhibit.grid, exhibit.generator
    seed, stop = grid.start
    picture = Markup('<img src="gallery/{}/{}.png" width="{}" height="{}" alt="{}">').format(
        seed,
        f"{stop:.2f}",
        generator.width * generator.columns,
        generator.height * generator.rows,
        f"{generator.samples} samples of {exhibit.title}, seed {seed}, {generator.knob.name} {stop:.2f}",
    )
    own_panel = exhibit.body.gallery_at is not None
    live = not own_panel and {"assets/pinned.js", f"assets/{generator.name}.js"} <= assets.keys()
    data = manners.exhibit_data(exhibit, site.zoo, site.base_url)
    return (
        _whereabouts(site.base_url, manners.page_of(exhibit), data)
        | {
            "root": "../",
            "exhibit": exhibit,
            "generator": generator,
            "grid": grid,
            "start_seed": seed,
            "start_stop": f"{stop:.2f}",
            "picture": picture,
            "body": Markup(exhibit.body.with_gallery(str(picture))),  # noqa: S704 author's HTML
            "listed": grid.seeds[:LISTED],
            "own_panel": own_panel,
            "own_scripts": brings_scripts(exhibit.body.html),
            "live": live,
            "scripts": _scripts(["pinned.js", f"{generator.name}.js", *PANEL], "../", assets) if live else None,
            "panel": Markup(_panel_json(exhibit, site.digests[exhibit.slug])),  # noqa: S704 escaped there
        }
    )


def _grid_script(digests: Digests) -> bytes:
    """Give the published digests as a script: unlike grid.json it can be loaded from file:// too."""
    return f"globalThis.zoo.grid = {json.dumps(digests, separators=(',', ':'))};\n".encode()


def _first_digest(exhibit: Exhibit, digests: Digests) -> dict[str, Any]:
    """Give the gallery that stands in the page as a picture, with its digest."""
    grid, (seed, stop) = exhibit.grid, exhibit.grid.start
    digest = digests[grid.seeds.index(seed)][grid.stops.index(stop)]
    return {"seed": seed, "value": float(stop), "pixels_sha256": digest}


def _panel_json(exhibit: Exhibit, digests: Digests) -> str:
    """Write what the live panel is handed: the generator's own data and what was published, safe inside a script."""
    generator, knob, grid = exhibit.generator, exhibit.generator.knob, exhibit.grid
    record = {
        "exhibit": generator.exhibit,
        "generator": generator.name,
        "title": exhibit.title,
        "height": generator.height,
        "width": generator.width,
        "channels": generator.channels,
        "columns": generator.columns,
        "rows": generator.rows,
        "latent_width": generator.latent_width,
        "seed": grid.seed,
        "seed_step": generator.seed_step,
        "batch_label": generator.batch_label,
        "labels": generator.labels,
        "scaling": generator.scaling,
        "autoplay": None if generator.autoplay is None else asdict(generator.autoplay),
        "knob": {
            "name": knob.name,
            "minimum": float(knob.minimum),
            "maximum": float(knob.maximum),
            "step": float(knob.step),
            "default": float(grid.stop),
            "stops": [f"{stop:.2f}" for stop in knob.stops()],
            "acts_in": knob.acts_in,
        },
        "seeds": grid.seeds,
        "stops": grid.labels,
        "first": _first_digest(exhibit, digests),
        "grid": integrity(_grid_script(digests)),
        "vectors": (suite := vectors.script(generator.name)) and integrity(suite),
    }
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c")  # a JSON block must not end its script element
