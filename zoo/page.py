"""Rendering: the pages of the site, from exhibits and their galleries' digests, through the templates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from zoo import manners, vectors
from zoo.conformance.results import State
from zoo.exhibit import Exhibit, Zoo
from zoo.policy import integrity
from zoo.poster import poster
from zoo.rendering import environment, render, shared, whereabouts

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
    """What pages need to know of the whole: the zoo, each exhibit's digests, and where the site will live.

    golden is the reference suite, states how far each species is verified, and others the pages made beside these.
    """

    zoo: Zoo
    digests: Mapping[str, Digests]
    base_url: str | None
    golden: Path
    states: Mapping[str, State]
    others: Sequence[str] = ()


def pages(site: Site, templates: Path, assets: Files) -> Iterator[tuple[str, bytes]]:
    """Give every page's path and bytes; assets are the site's scripts and styles."""
    engine = environment(templates)
    zoo, base_url = site.zoo, site.base_url
    common = shared(zoo, base_url, conformance=bool(site.others))
    yield "index.html", render(engine, "index.html", common | _index(site, assets))
    for exhibit in zoo.exhibits:
        context = common | _exhibit(exhibit, site, assets)
        yield manners.page_of(exhibit), render(engine, "exhibit.html", context)
        yield f"{exhibit.slug}/grid.js", _grid_script(site.digests[exhibit.slug])
        if suite := vectors.script(site.golden, exhibit.generator.name):
            yield f"{exhibit.slug}/vectors.js", suite
    yield "404.html", render(engine, "404.html", common | {"root": manners.address(base_url, "")})
    yield "feed.xml", manners.feed(zoo, base_url)
    yield "sitemap.xml", manners.sitemap(zoo, base_url, site.others)
    yield "robots.txt", manners.robots(base_url)
    if base_url:  # a picture for links is only found by an absolute address
        yield "poster.png", poster(zoo.exhibits)
        yield from ((f"{exhibit.slug}/poster.png", poster([exhibit])) for exhibit in zoo.exhibits)


def _scripts(names: Sequence[str], root: str, assets: Files) -> str:
    """Give the scripts to load, in order, as a JSON list of pairs: address and integrity."""
    return json.dumps([[f"{root}assets/{name}", integrity(assets[f"assets/{name}"])] for name in names])


def _index(site: Site, assets: Files) -> dict[str, Any]:
    body = site.zoo.front.body
    data = manners.index_data(site.zoo, site.base_url)
    return whereabouts(site.base_url, "index.html", data) | {
        "root": "",
        "cards": [_card(exhibit, site) for exhibit in site.zoo.exhibits],
        "body": Markup(body.html),  # noqa: S704 author's HTML
        "own_scripts": body.has_scripts,
        "scripts": _scripts(["index.js"], "", assets),
    }


def _card(exhibit: Exhibit, site: Site) -> dict[str, Any]:
    seed, stop = exhibit.grid.start
    return {
        "exhibit": exhibit,
        "generator": exhibit.generator,
        "state": site.states.get(exhibit.generator.name),
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
        whereabouts(site.base_url, manners.page_of(exhibit), data, f"{exhibit.slug}/poster.png")
        | {
            "root": "../",
            "exhibit": exhibit,
            "generator": generator,
            "state": site.states.get(generator.name),
            "grid": grid,
            "start_seed": seed,
            "start_stop": f"{stop:.2f}",
            "picture": picture,
            "body": Markup(exhibit.body.with_gallery(str(picture))),  # noqa: S704 author's HTML
            "listed": grid.seeds[:LISTED],
            "own_panel": own_panel,
            "own_scripts": exhibit.body.has_scripts,
            "live": live,
            "scripts": _scripts(["pinned.js", f"{generator.name}.js", *PANEL], "../", assets) if live else None,
            "panel": Markup(_panel_json(exhibit, site)),  # noqa: S704 escaped there
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


def _panel_json(exhibit: Exhibit, site: Site) -> str:
    """Write what the live panel is handed: the generator's own data and what was published, safe inside a script."""
    generator, knob, grid = exhibit.generator, exhibit.generator.knob, exhibit.grid
    digests, suite = site.digests[exhibit.slug], vectors.script(site.golden, generator.name)
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
        "vectors": suite and integrity(suite),
    }
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c")  # a JSON block must not end its script element
