"""Parsing: a Markdown page becomes an Exhibit, ready to be sampled and drawn; its mistakes are noted on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.model import Generator
from zoo.body import Body, read_body
from zoo.controls import read_grid
from zoo.errors import Mistake, nearest
from zoo.frontmatter import Page, read_page
from zoo.grid import Grid, check_stop

FRONT_KEYS = frozenset({"title", "description", "layout"})
EXHIBIT_KEYS = FRONT_KEYS | {"id", "generator", "tags", "seeds", "draft", "date"}
ID = re.compile(r"[A-Z]{2,8}-[0-9]{1,6}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"assets", "conformance", "index"})  # folders of the site that are no exhibit's
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
        own = exhibit.grid
        stops = (self.stops or {}).get(exhibit.generator.knob.name, own.stops)
        for stop in stops:
            check_stop(stop, exhibit.generator.knob)
        return replace(exhibit, grid=replace(own, seeds=self.seeds or own.seeds, stops=stops))


def read_front(path: Path) -> tuple[Page, Front]:
    """Read the zoo's front page."""
    page = read_page(path)
    _check_keys(page, FRONT_KEYS)
    front = Front(path, _required(page, "title"), _required(page, "description"), read_body(page))
    return page, front


def read_exhibit(path: Path, generators: Mapping[str, Generator]) -> tuple[Page, Exhibit | None]:
    """Read an exhibit's page; there is no exhibit where the page cannot be read or its generator is not known."""
    page = read_page(path)
    if not SLUG.fullmatch(path.stem):
        expected = "expected small letters, digits and single hyphens, such as mini-digits.md"
        page.mistake(1, f"file name {path.name!r}, {expected}")
    elif path.stem in RESERVED:
        page.mistake(1, f"file name {path.name!r} is the site's own, expected another name")
    if page.mistakes and not page.values:
        return page, None
    body = read_body(page)
    generator = _generator(page, body, generators)
    return page, _exhibit(page, body, generator, generators) if generator else None


def _exhibit(page: Page, body: Body, generator: Generator, generators: Mapping[str, Generator]) -> Exhibit:
    _check_keys(page, EXHIBIT_KEYS | {generator.knob.plural}, {own.knob.plural for own in generators.values()})
    _check_facts(page, body, generator)
    return Exhibit(
        slug=page.path.stem,
        source=page.path,
        title=_required(page, "title"),
        description=_required(page, "description"),
        generator=generator,
        tags=_tags(page),
        grid=read_grid(page, generator, body.panel),
        date=_date(page),
        draft=_flag(page, "draft"),
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


def _check_keys(page: Page, known: Iterable[str], of_others: Iterable[str] = ()) -> None:
    known = frozenset(known)
    for key, value in page.values.items():
        if key in of_others and key not in known:
            page.mistake(value.line, f"{key}: this exhibit has no such knob{nearest(key, known - EXHIBIT_KEYS)}")
        elif key not in known:
            page.mistake(value.line, f"{key}: unknown key{nearest(key, known)}")


def _required(page: Page, key: str) -> str:
    value = page.values.get(key)
    if value is None:
        page.mistake(1, f"{key}: missing, expected a text")
    elif value.is_list:
        page.mistake(value.line, f"{key}: a list, expected one text")
    elif not value.text.strip():
        page.mistake(value.line, f"{key}: empty, expected a text")
    return value.text if value else ""


def _tags(page: Page) -> tuple[str, ...]:
    value = page.values.get("tags")
    if value is None:
        return ()
    found = [item.strip() for item in (value.items if value.is_list else value.text.split(","))]
    if "" in found:
        page.mistake(value.line, "tags: an empty tag, expected words such as [digits, softmax]")
    return tuple(dict.fromkeys(found))


def _flag(page: Page, key: str) -> bool:
    value = page.values.get(key)
    if value is not None and value.text not in ("true", "false"):
        page.mistake(value.line, f"{key}: {value.text!r} is neither true nor false")
    return value is not None and value.text == "true"


def _date(page: Page) -> str | None:
    value = page.values.get("date")
    if value is None:
        return None
    try:
        if DATE.fullmatch(value.text):
            return date.fromisoformat(value.text).isoformat()
    except ValueError:
        pass
    page.mistake(value.line, f"date: {value.text!r} is no date, expected one such as 2026-11-23")
    return None
