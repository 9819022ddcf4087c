"""Rendering: an exhibit's page, from the exhibit and its galleries' digests, through the templates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from zoo import manners, vectors
from zoo.conformance.results import State
from zoo.exhibit import Exhibit, Front
from zoo.gallery import grid_json
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

Files = Iterator[tuple[str, bytes]]  # paths below the site, and bytes
Digests = Sequence[Sequence[str]]  # a row for each seed, a digest for each stop


@dataclass(frozen=True)
class Site:
    """What every page is told of the whole.

    golden is the reference suite and states how far each species is verified; conformance says whether the site has
    pages about it. integrity holds that of each asset by its name. version is a key of the templates.
    """

    front: Front
    base_url: str | None
    templates: Path
    version: str
    golden: Path
    states: Mapping[str, State]
    conformance: bool
    integrity: Mapping[str, str]

    def render(self, name: str, context: Mapping[str, Any], aside: str = "") -> bytes:
        """Give the bytes of a page; aside is a part of it without scripts, styles and ids."""
        common = shared(self.front, self.base_url, conformance=self.conformance)
        return render(environment(self.templates, self.version), name, {**common, **context}, aside)

    def load(self, names: Sequence[str], root: str) -> str:
        """Give scripts to load, in order, as a JSON list of pairs: address and integrity."""
        return json.dumps([[f"{root}assets/{name}", self.integrity[name]] for name in names])


def files(exhibit: Exhibit, digests: Digests, site: Site) -> Files:
    """Give an exhibit's files but for its galleries: the page first, and what a live panel loads beside it."""
    live = _is_live(exhibit, site)
    suite = vectors.script(site.golden, exhibit.generator.name) if live else None
    script = _grid_script(digests) if live else b""
    panel = _panel_json(exhibit, digests, script, suite) if live else None
    yield manners.page_of(exhibit), site.render("exhibit.html", _exhibit(exhibit, panel, site))
    yield f"{exhibit.slug}/grid.json", grid_json(exhibit.generator, exhibit.grid, digests)
    if live:
        yield f"{exhibit.slug}/grid.js", script
    if suite:
        yield f"{exhibit.slug}/vectors.js", suite
    if site.base_url:  # a picture for links is only found by an absolute address
        yield f"{exhibit.slug}/poster.png", poster([exhibit])


def card(exhibit: Exhibit, site: Site, *, first: bool) -> str:
    """Give an exhibit's card in the catalogue; the pictures of all but the first may wait until they are near."""
    seed, stop = exhibit.grid.start
    shown = [seed, *(own for own in exhibit.grid.seeds if own != seed)][:STRIP]
    context = {
        "first": first,
        "exhibit": exhibit,
        "generator": exhibit.generator,
        "state": site.states.get(exhibit.generator.name),
        "sheet": exhibit.generator.width * exhibit.generator.columns,
        "href": manners.page_of(exhibit),
        "preview": [f"{exhibit.slug}/gallery/{own}/{stop:.2f}.png" for own in shown],
    }
    return site.render("card.html", context).decode()


def _is_live(exhibit: Exhibit, site: Site) -> bool:
    """Tell whether the zoo's own panel draws the exhibit in the browser: not where its page brings a panel."""
    return exhibit.body.gallery_at is None and {"pinned.js", f"{exhibit.generator.name}.js"} <= site.integrity.keys()


def _exhibit(exhibit: Exhibit, panel: str | None, site: Site) -> dict[str, Any]:
    grid, generator = exhibit.grid, exhibit.generator
    seed, stop = grid.start
    shown = f"{generator.samples} samples of {exhibit.title}, seed {seed}, {generator.knob.name} {stop:.2f}"
    picture = Markup(  # noqa: S704 what is no number is escaped
        f'<img src="gallery/{seed}/{stop:.2f}.png" width="{generator.width * generator.columns}" '
        f'height="{generator.height * generator.rows}" alt="{escape(shown)}">'
    )
    scripts = ["pinned.js", f"{generator.name}.js", *PANEL]
    data = manners.exhibit_data(exhibit, site.front, site.base_url)
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
            "own_panel": exhibit.body.gallery_at is not None,
            "own_scripts": exhibit.body.has_scripts,
            "live": panel is not None,
            "scripts": site.load(scripts, "../") if panel is not None else None,
            "panel": None if panel is None else Markup(panel),  # noqa: S704 escaped there
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


def _panel_json(exhibit: Exhibit, digests: Digests, script: bytes, suite: bytes | None) -> str:
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
        "grid": integrity(script),
        "vectors": suite and integrity(suite),
    }
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c")  # a JSON block must not end its script element
