"""Rendering: the pages of the site, from exhibits and their galleries' digests, through the templates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zoo.exhibit import Exhibit, Zoo

STRIP = 6  # galleries in a card's preview

Digests = Sequence[Sequence[str]]  # a row for each seed, a digest for each stop


@dataclass(frozen=True)
class Site:
    """What pages need to know of the whole: the zoo, each exhibit's digests, and where the site will live."""

    zoo: Zoo
    digests: Mapping[str, Digests]
    base_url: str | None


def pages(site: Site, templates: Path, scripts: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Give every page's path and bytes; scripts are the file names that stand under assets/."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    front = site.zoo.front
    cards = [_card(exhibit) for exhibit in site.zoo.exhibits]
    shared: dict[str, Any] = {"zoo": front, "base_url": site.base_url}
    yield (
        "index.html",
        _render(environment, "index.html", shared | {"root": "", "cards": cards, "body": Markup(front.body.html)}),  # noqa: S704 author's HTML
    )
    for exhibit in site.zoo.exhibits:
        context = shared | {"root": "../"} | _exhibit(exhibit, site.digests[exhibit.slug], scripts)
        yield f"{exhibit.slug}/index.html", _render(environment, "exhibit.html", context)
    yield "404.html", _render(environment, "404.html", shared | {"root": ""})


def _render(environment: Environment, name: str, context: dict[str, Any]) -> bytes:
    return environment.get_template(name).render(context).encode()


def _card(exhibit: Exhibit) -> dict[str, Any]:
    seed, stop = exhibit.grid.start
    return {
        "exhibit": exhibit,
        "generator": exhibit.generator,
        "href": f"{exhibit.slug}/index.html",
        "galleries": len(exhibit.grid.seeds) * len(exhibit.grid.stops),
        "preview": [f"{exhibit.slug}/gallery/{own}/{stop:.2f}.png" for own in _first(exhibit, seed)],
    }


def _first(exhibit: Exhibit, seed: int) -> list[int]:
    return [seed, *(own for own in exhibit.grid.seeds if own != seed)][:STRIP]


def _exhibit(exhibit: Exhibit, digests: Digests, scripts: frozenset[str]) -> dict[str, Any]:
    seed, stop = exhibit.grid.start
    generator = exhibit.generator
    picture = Markup('<img src="gallery/{}/{}.png" width="{}" height="{}" alt="{}">').format(
        seed,
        f"{stop:.2f}",
        generator.width * generator.columns,
        generator.height * generator.rows,
        f"{generator.samples} samples of {exhibit.title}, seed {seed}, {generator.knob.name} {stop:.2f}",
    )
    return {
        "exhibit": exhibit,
        "generator": generator,
        "grid": exhibit.grid,
        "digests": digests,
        "start_seed": seed,
        "start_stop": f"{stop:.2f}",
        "picture": picture,
        "body": Markup(exhibit.body.with_gallery(str(picture))),  # noqa: S704 author's HTML
        "own_panel": exhibit.body.gallery_at is not None,
        "twin": f"{generator.name}.js" if f"{generator.name}.js" in scripts else None,
        "panel": Markup(_panel_json(exhibit, digests)),  # noqa: S704 escaped there
    }


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
            "acts_in": knob.acts_in,
        },
        "seeds": grid.seeds,
        "stops": grid.labels,
        "pixels_sha256": digests,
    }
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c")  # a JSON block must not end its script element
