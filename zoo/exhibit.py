"""Parsing: a Markdown page becomes an Exhibit, ready to be sampled and drawn, or a list of mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.model import Generator
from zoo.body import Body, read_body
from zoo.errors import ContentError, Mistake, nearest
from zoo.frontmatter import Page, read_page
from zoo.grid import Grid, check_stop, read_grid

INDEX = "index.md"
INDEX_KEYS = frozenset({"title", "description", "layout"})
EXHIBIT_KEYS = INDEX_KEYS | {"id", "generator", "tags", "seeds", "draft", "date"}
ID = re.compile(r"[A-Z]{2,8}-\d{1,6}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TAG = re.compile(r"\S(?:.*\S)?")
DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class Exhibit:
    """One exhibit: what its page says, its generator, and the grid of galleries to publish."""

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
    """All that a build publishes: the front page and the exhibits in order of id."""

    front: Front
    exhibits: tuple[Exhibit, ...]


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


def read_zoo(content: Path, generators: Mapping[str, Generator], *, drafts: bool = False) -> Zoo:
    """Read a content folder; raise ContentError with every mistake in it."""
    mistakes: list[Mistake] = []
    front = _read_front(content / INDEX, mistakes)
    sources = sorted(path for path in content.glob("*.md") if path.name != INDEX)
    exhibits = [found for path in sources if (found := _read_exhibit(path, generators, mistakes))]
    mistakes += _collisions(exhibits)
    if mistakes or front is None:
        raise ContentError(mistakes)
    shown = [exhibit for exhibit in exhibits if drafts or not exhibit.draft]
    return Zoo(front, tuple(sorted(shown, key=lambda exhibit: exhibit.id)))


def _read_front(path: Path, mistakes: list[Mistake]) -> Front | None:
    if not path.is_file():
        mistakes.append(Mistake(path, 1, "no such file, expected the zoo's front page"))
        return None
    page = read_page(path)
    _check_keys(page, INDEX_KEYS)
    title, description = _required(page, "title"), _required(page, "description")
    body = read_body(page)
    mistakes += page.mistakes
    return Front(path, title, description, body)


def _read_exhibit(path: Path, generators: Mapping[str, Generator], mistakes: list[Mistake]) -> Exhibit | None:
    page = read_page(path)
    body = read_body(page)
    slug = path.stem
    if not SLUG.fullmatch(slug):
        page.mistake(
            1, f"file name {path.name!r}: expected small letters, digits and single hyphens, such as mini-digits.md"
        )
    generator = _generator(page, body, generators)
    exhibit = _exhibit(page, body, slug, generator) if generator else None
    mistakes += page.mistakes
    return exhibit


def _exhibit(page: Page, body: Body, slug: str, generator: Generator) -> Exhibit:
    _check_keys(page, EXHIBIT_KEYS | {generator.knob.plural})
    return Exhibit(
        slug=slug,
        source=page.path,
        title=_required(page, "title"),
        description=_required(page, "description"),
        generator=generator,
        tags=_texts(page, "tags", TAG, "a tag"),
        grid=read_grid(page, generator, body.panel),
        date=_date(page),
        draft=_flag(page, "draft"),
        body=body,
    )


def _generator(page: Page, body: Body, generators: Mapping[str, Generator]) -> Generator | None:
    named = page.values.get("generator")
    given = page.values.get("id")
    exhibit_id = given.text if given else body.exhibit_id
    if given and not ID.fullmatch(given.text):
        page.mistake(given.line, f"id: {given.text!r} is not an exhibit id, expected one such as GAN-001")
    if named and named.text not in generators:
        page.mistake(named.line, f"generator: no generator {named.text!r}{nearest(named.text, generators)}")
        return None
    if named is None and exhibit_id is None:
        page.mistake(1, "generator: missing, expected the name of a generator (or an `Exhibit ID:` line in the page)")
        return None
    by_id = {generator.exhibit: generator for generator in generators.values()}
    found = generators[named.text] if named else by_id.get(exhibit_id or "")
    if found is None:
        page.mistake(page.line_of("id"), f"id: no generator bears {exhibit_id!r}{nearest(exhibit_id or '', by_id)}")
    elif exhibit_id not in (None, found.exhibit):
        page.mistake(page.line_of("id"), f"id: {exhibit_id!r}, but generator {found.name!r} is {found.exhibit}")
    return found


def _check_keys(page: Page, known: Iterable[str]) -> None:
    known = frozenset(known)
    for key, value in page.values.items():
        if key not in known:
            page.mistake(value.line, f"{key}: unknown key{nearest(key, known)}")


def _required(page: Page, key: str) -> str:
    value = page.values.get(key)
    if value is None or not value.text.strip():
        page.mistake(page.line_of(key), f"{key}: missing, expected a text")
        return ""
    if value.is_list:
        page.mistake(value.line, f"{key}: a list, expected one text")
    return value.text


def _texts(page: Page, key: str, form: re.Pattern[str], what: str) -> tuple[str, ...]:
    value = page.values.get(key)
    if value is None:
        return ()
    items = value.items if value.is_list else [item.strip() for item in value.text.split(",")]
    for item in items:
        if not form.fullmatch(item):
            page.mistake(value.line, f"{key}: {item!r} is not {what}")
    return tuple(dict.fromkeys(items))


def _flag(page: Page, key: str) -> bool:
    value = page.values.get(key)
    if value is not None and value.text not in ("true", "false"):
        page.mistake(value.line, f"{key}: {value.text!r} is neither true nor false")
    return value is not None and value.text == "true"


def _date(page: Page) -> str | None:
    value = page.values.get("date")
    if value is not None and not DATE.fullmatch(value.text):
        page.mistake(value.line, f"date: {value.text!r} is no date, expected one such as 2026-11-23")
    return value.text if value else None


def _collisions(exhibits: Sequence[Exhibit]) -> list[Mistake]:
    owners: dict[str, Exhibit] = {}
    mistakes = []
    for exhibit in exhibits:
        first = owners.setdefault(exhibit.id, exhibit)
        if first is not exhibit:
            line = read_page(exhibit.source).line_of("id")
            mistakes.append(Mistake(exhibit.source, line, f"id: {exhibit.id} is already {first.source.name}'s"))
    return mistakes
