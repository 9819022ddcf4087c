"""Reading a content folder: every page in it, and what is wrong between them, all at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from generator.model import Generator
from zoo.errors import ContentError, Mistake
from zoo.exhibit import Exhibit, Front, Zoo, read_exhibit, read_front
from zoo.frontmatter import Page

INDEX = "index.md"


@dataclass(frozen=True)
class Read:
    """An exhibit's page as it was read: no exhibit where it holds none; the line of its id; what is wrong with it."""

    exhibit: Exhibit | None
    id_line: int
    mistakes: tuple[Mistake, ...]


Reader = Callable[[Front | None, Sequence[Path]], Iterable[Read]]  # gives what each page holds


def read_zoo(content: Path, generators: Mapping[str, Generator], *, drafts: bool = False, strict: bool = False) -> Zoo:
    """Read a content folder; raise ContentError with every mistake in it, if strict with every warning too."""

    def read(front: Front | None, paths: Sequence[Path]) -> Iterable[Read]:
        return read_each(generators, front.base if front else None, paths)

    return gather(content, read, drafts=drafts, strict=strict)


def gather(content: Path, read: Reader, *, drafts: bool, strict: bool) -> Zoo:
    """Give the zoo of a content folder, whose exhibits' pages are read in one go; ContentError as read_zoo."""
    pages, mistakes = _pages(content)
    front = _front(content / INDEX, mistakes)
    found = list(read(front, pages))
    mistakes += (mistake for own in found for mistake in own.mistakes)
    mistakes += _collisions(found)
    if front is None or any(strict or not mistake.warning for mistake in mistakes):
        raise ContentError(mistakes)
    shown = [own.exhibit for own in found if own.exhibit and (drafts or not own.exhibit.draft)]
    return Zoo(front, tuple(sorted(shown, key=lambda exhibit: exhibit.id)), tuple(sorted(mistakes)))


def read_each(generators: Mapping[str, Generator], base: str | None, paths: Iterable[Path]) -> list[Read]:
    """Read exhibits' pages."""
    found = (read_exhibit(path, generators, base) for path in paths)
    return [Read(exhibit, _id_line(page, exhibit), tuple(page.mistakes)) for page, exhibit in found]


def _front(path: Path, mistakes: list[Mistake]) -> Front | None:
    if not _is_within(path, path.parent):
        return None
    if not path.exists():
        mistakes.append(Mistake(path, 1, "no such file, expected the zoo's front page"))
        return None
    page, front = read_front(path)
    mistakes += page.mistakes
    return front


def _pages(content: Path) -> tuple[list[Path], list[Mistake]]:
    """Give the exhibits' pages, and tell of links that lead out of the folder: what they show is not the curator's."""
    pages, mistakes = [], []
    with os.scandir(content) if content.is_dir() else nullcontext(()) as found:  # a Path each costs too much
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_symlink() and not _is_within(content / entry.name, content):
            what = "a link that leads out of the content folder, expected a file in it"
            mistakes.append(Mistake(content / entry.name, 1, what))
        elif entry.name.endswith(".md") and entry.name != INDEX:
            pages.append(content / entry.name)
    return pages, mistakes


def _is_within(path: Path, content: Path) -> bool:
    return path.resolve().is_relative_to(content.resolve())


def _id_line(page: Page, exhibit: Exhibit | None) -> int:
    if exhibit is None or "id" in page.values:
        return page.line_of("id")
    return exhibit.body.facts["id"].line if "id" in exhibit.body.facts else 1


def _collisions(found: Iterable[Read]) -> Iterator[Mistake]:
    owners: dict[str, Exhibit] = {}
    for own in found:
        if own.exhibit is None:
            continue
        first = owners.setdefault(own.exhibit.id, own.exhibit)
        if first is not own.exhibit:
            what = f"id: {own.exhibit.id} is already that of {first.source.name}"
            yield Mistake(own.exhibit.source, own.id_line, what)
