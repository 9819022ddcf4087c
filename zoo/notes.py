"""What a build notes of each exhibit, so that the next one need not read its page again.

A note holds what the rest of the zoo needs to know: all of the exhibit but the HTML of its body, the links it makes,
the ids it can be linked at, and what is doubtful about it. It counts as long as its key is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from generator.model import Generator, generators
from zoo.body import Body
from zoo.errors import Mistake
from zoo.exhibit import Exhibit
from zoo.grid import Grid


@dataclass(frozen=True)
class Note:
    """One exhibit as a build left it: its page's key, its id's line, the published page's ids, and its card."""

    key: str
    exhibit: Exhibit
    id_line: int
    ids: Mapping[str, int]
    card: str
    warnings: tuple[Mistake, ...] = ()
    line: bytes = field(default=b"", compare=False)  # as it was read


def write(notes: Iterable[Note]) -> bytes:
    """Write notes as JSON, a line each."""
    return b"".join(note.line or _line(note) for note in notes)


def read(data: bytes, content: Path) -> dict[str, Note]:
    """Read notes of the pages in a content folder, by slug; none where they cannot be read."""
    try:
        notes = (_note(json.loads(line), line, content) for line in data.splitlines(keepends=True))
        return {note.exhibit.slug: note for note in notes}
    except (ValueError, KeyError, TypeError):
        return {}


def _line(note: Note) -> bytes:
    return json.dumps(_record(note), separators=(",", ":")).encode() + b"\n"


def _record(note: Note) -> dict[str, Any]:
    own, body, grid = note.exhibit, note.exhibit.body, note.exhibit.grid
    return {
        "key": note.key,
        "slug": own.slug,
        "title": own.title,
        "description": own.description,
        "generator": own.generator.name,
        "id": own.id,
        "id_line": note.id_line,
        "tags": own.tags,
        "seeds": grid.seeds,
        "stops": list(map(str, grid.stops)),
        "start": [grid.seed, str(grid.stop)],
        "date": own.date,
        "draft": own.draft,
        "links": body.links,
        "own_ids": dict(body.ids),
        "has_layout": body.has_layout,
        "ids": dict(note.ids),
        "card": note.card,
        "warnings": [[mistake.line, mistake.what] for mistake in note.warnings],
    }


def _note(found: dict[str, Any], line: bytes, content: Path) -> Note:
    source = content / f"{found['slug']}.md"
    seed, stop = found["start"]
    exhibit = Exhibit(
        slug=found["slug"],
        source=source,
        title=found["title"],
        description=found["description"],
        generator=_bearing(found["generator"], found["id"]),
        tags=tuple(found["tags"]),
        grid=Grid(tuple(found["seeds"]), _stops(tuple(found["stops"])), seed, Decimal(stop)),
        date=found["date"],
        draft=found["draft"],
        body=Body(
            html="",
            links=tuple((at, target) for at, target in found["links"]),
            ids=found["own_ids"],
            has_layout=found["has_layout"],
        ),
    )
    warnings = tuple(Mistake(source, at, what, warning=True) for at, what in found["warnings"])
    return Note(found["key"], exhibit, found["id_line"], found["ids"], found["card"], warnings, line)


def _bearing(name: str, exhibit: str) -> Generator:
    """Give the species of a name under an exhibit's id, as bearing does, at an eighth of its cost."""
    own = object.__new__(Generator)
    vars(own).update(vars(generators()[name]), exhibit=exhibit)
    return own


@cache
def _stops(texts: tuple[str, ...]) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, texts))
