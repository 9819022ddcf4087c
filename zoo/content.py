"""Reading a content folder: every page in it, and what is wrong between them, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.model import Generator
from zoo.errors import ContentError, Mistake
from zoo.exhibit import Exhibit, Front, Zoo, read_exhibit, read_front
from zoo.frontmatter import Page

INDEX = "index.md"


def read_zoo(content: Path, generators: Mapping[str, Generator], *, drafts: bool = False, strict: bool = False) -> Zoo:
    """Read a content folder; raise ContentError with every mistake in it, if strict with every warning too."""
    mistakes = list(_links_out(content))
    front = _front(content / INDEX, mistakes)
    pages = [path for path in sorted(content.glob("*.md")) if path.name != INDEX and _is_within(path, content)]
    read = [read_exhibit(path, generators, front.base if front else None) for path in pages]
    mistakes += (mistake for page, _ in read for mistake in page.mistakes)
    mistakes += _collisions(read)
    if front is None or any(strict or not mistake.warning for mistake in mistakes):
        raise ContentError(mistakes)
    shown = [exhibit for _, exhibit in read if exhibit and (drafts or not exhibit.draft)]
    return Zoo(front, tuple(sorted(shown, key=lambda exhibit: exhibit.id)), tuple(sorted(mistakes)))


def _front(path: Path, mistakes: list[Mistake]) -> Front | None:
    if not _is_within(path, path.parent):
        return None
    if not path.exists():
        mistakes.append(Mistake(path, 1, "no such file, expected the zoo's front page"))
        return None
    page, front = read_front(path)
    mistakes += page.mistakes
    return front


def _links_out(content: Path) -> Iterator[Mistake]:
    """Tell of every link in the folder that leads out of it: what it shows is not the curator's to publish."""
    for path in sorted(content.glob("*")):
        if not _is_within(path, content):
            yield Mistake(path, 1, "a link that leads out of the content folder, expected a file in it")


def _is_within(path: Path, content: Path) -> bool:
    return path.resolve().is_relative_to(content.resolve())


def _collisions(read: Iterable[tuple[Page, Exhibit | None]]) -> Iterator[Mistake]:
    owners: dict[str, Exhibit] = {}
    for page, exhibit in read:
        if exhibit is None:
            continue
        first = owners.setdefault(exhibit.id, exhibit)
        if first is not exhibit:
            line = exhibit.body.facts["id"].line if "id" in exhibit.body.facts else 1
            line = page.line_of("id") if "id" in page.values else line
            yield Mistake(page.path, line, f"id: {exhibit.id} is already that of {first.source.name}")
