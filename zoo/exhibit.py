"""Parsing: a Markdown page becomes an Exhibit, ready to be sampled and drawn; its mistakes are noted on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.model import Generator
from zoo import fields
from zoo.body import Body, read_body
from zoo.controls import read_grid
from zoo.errors import Mistake, nearest
from zoo.frontmatter import Page, read_page
from zoo.grid import Grid, check_stop

PAGE_KEYS = frozenset({"title", "description", "layout"})
FRONT_KEYS = PAGE_KEYS | {"base"}
EXHIBIT_KEYS = PAGE_KEYS | {"id", "generator", "tags", "seeds", "draft", "date"}
ID = re.compile(r"[A-Z]{2,8}-[0-9]{1,6}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"assets", "conformance", "index"})  # folders of the site that are no exhibit's


@dataclass(frozen=True)
class Exhibit:
    """One exhibit: what its page says, its generator, which bears its id here, and the grid of galleries to publish."""

    slug: str
    source: Path
    title: str
    description: str
    generator: Generator
    tags: tuple[str, ...]
    grid: Grid
    date: str | None
    draft: bool
    body: Body

    @property
    def id(self) -> str:
        """The exhibit's number in the catalogue."""
        return self.generator.exhibit


@dataclass(frozen=True)
class Front:
    """The zoo's front page."""

    source: Path
    title: str
    description: str
    body: Body
    base: str | None = None  # where an author's pages stood before, and still link to


@dataclass(frozen=True)
class Zoo:
    """All that a build publishes: the front page, the exhibits in order of id, and what is doubtful about them."""

    front: Front
    exhibits: tuple[Exhibit, ...]
    warnings: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Overrides:
    """What the command line puts in the place of every exhibit's own grid, where it fits the exhibit's knob."""

    seeds: tuple[int, ...] | None = None
    stops: Mapping[str, tuple[Decimal, ...]] | None = None  # by knob name

    def apply(self, exhibit: Exhibit) -> Exhibit:
        """Give the exhibit with the overridden grid; ZooError where a stop lies outside its knob's bounds."""
        if self.seeds is None and not self.stops:
            return exhibit
        own = exhibit.grid
        stops = (self.stops or {}).get(exhibit.generator.knob.name, own.stops)
        for stop in stops:
            check_stop(stop, exhibit.generator.knob)
        return replace(exhibit, grid=replace(own, seeds=self.seeds or own.seeds, stops=stops))


def read_front(path: Path) -> tuple[Page, Front]:
    """Read the zoo's front page."""
    page = read_page(path)
    fields.check_keys(page, FRONT_KEYS)
    base = fields.base(page)
    body = read_body(page, base)
    return page, Front(path, fields.required(page, "title"), fields.required(page, "description"), body, base)


def read_exhibit(
    path: Path, generators: Mapping[str, Generator], base: str | None = None
) -> tuple[Page, Exhibit | None]:
    """Read an exhibit's page; there is no exhibit where the page cannot be read or its generator is not known."""
    page = read_page(path)
    if not SLUG.fullmatch(path.stem):
        expected = "expected small letters, digits and single hyphens, such as mini-digits.md"
        page.mistake(1, f"file name {path.name!r}, {expected}")
    elif path.stem in RESERVED:
        page.mistake(1, f"file name {path.name!r} is the site's own, expected another name")
    if page.mistakes and not page.values:
        return page, None
    body = read_body(page, base, root="../")
    generator = _generator(page, body, generators)
    return page, _exhibit(page, body, generator, generators) if generator else None


def _exhibit(page: Page, body: Body, generator: Generator, generators: Mapping[str, Generator]) -> Exhibit:
    fields.check_keys(page, EXHIBIT_KEYS | {generator.knob.plural}, {own.knob.plural for own in generators.values()})
    _check_facts(page, body, generator)
    return Exhibit(
        slug=page.path.stem,
        source=page.path,
        title=fields.required(page, "title"),
        description=fields.required(page, "description"),
        generator=generator,
        tags=fields.tags(page),
        grid=read_grid(page, generator, body.panel),
        date=fields.day(page),
        draft=fields.flag(page, "draft"),
        body=body,
    )


def _generator(page: Page, body: Body, generators: Mapping[str, Generator]) -> Generator | None:
    """Give the generator a page names, or else the one whose record bears the page's exhibit id.

    A page that names its generator may have an id of its own, which no other generator bears.
    """
    exhibit_id, line = _exhibit_id(page, body)
    named = page.values.get("generator")
    if named and named.text not in generators:
        page.mistake(named.line, f"generator: no generator {named.text!r}{nearest(named.text, generators)}")
        return None
    if named is None and exhibit_id is None:
        page.mistake(1, "generator: missing, expected the name of a generator or a line `Exhibit ID: GAN-001`")
        return None
    by_id = {generator.exhibit: generator for generator in generators.values()}
    found = generators[named.text] if named else by_id.get(exhibit_id or "")
    if found is None:
        page.mistake(line, f"id: no generator bears {exhibit_id!r}{nearest(exhibit_id or '', by_id)}")
    elif by_id.get(exhibit_id or "", found) is not found:
        page.mistake(line, f"id: {exhibit_id!r} belongs to the generator {by_id[exhibit_id or ''].name!r}")
    return replace(found, exhibit=exhibit_id) if found and exhibit_id else found


def _exhibit_id(page: Page, body: Body) -> tuple[str | None, int]:
    """Give the exhibit id of the front matter, or else of the page's text, and its line."""
    given, said = page.values.get("id"), body.facts.get("id")
    if given is None:
        return (said.parts[0], said.line) if said else (None, 1)
    if not ID.fullmatch(given.text):
        page.mistake(given.line, f"id: {given.text!r} is not an exhibit id, expected one such as GAN-001")
        return None, given.line
    if said and said.parts[0] != given.text:
        page.mistake(said.line, f"Exhibit ID: {said.parts[0]}, but the front matter says {given.text}")
    return given.text, given.line


def _check_facts(page: Page, body: Body, generator: Generator) -> None:
    """Note where the page's line of facts disagrees with the generator."""
    own = {
        "resolution": ("Output resolution", (str(generator.width), str(generator.height))),
        "latent_width": ("Latent width", (str(generator.latent_width),)),
    }
    for fact, (name, expected) in own.items():
        said = body.facts.get(fact)
        if said and said.parts != expected:
            what = f"{name}: {'×'.join(said.parts)}, but the generator {generator.name!r} has {'×'.join(expected)}"
            page.mistake(said.line, what)
