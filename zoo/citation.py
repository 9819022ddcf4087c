"""Reading CITATION.cff: who made the zoo, under which licence, and when it was released.

Of the Citation File Format's keys those are read that an archive needs; what else is there is left to others.

Source: Citation File Format 1.2.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from zoo.errors import ContentError, Mistake
from zoo.fields import DATE

NAMES = ("given-names", "name-particle", "family-names", "name-suffix")


@dataclass(frozen=True)
class Author:
    """A person, or where is_person is false an organization; the texts that are not known are empty."""

    name: str
    is_person: bool
    orcid: str = ""
    website: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class Citation:
    """What CITATION.cff says: license is an SPDX id, date an ISO day or empty."""

    title: str
    authors: tuple[Author, ...]
    license: str
    version: str
    date: str = ""
    url: str = ""


@dataclass
class _File:
    """The file taken apart: texts by key, the authors, the line of each key, and what is wrong."""

    path: Path
    texts: dict[str, str] = field(default_factory=dict)
    authors: list[dict[str, str]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, key: str, what: str) -> None:
        self.mistakes.append(Mistake(self.path, self.lines.get(key, 1), f"{key}: {what}"))


def read_citation(path: Path) -> Citation:
    """Read the file; ContentError with every mistake in it."""
    file = _read(path)
    for key in ("title", "license", "version"):
        if not file.texts.get(key):
            file.mistake(key, "missing, expected a text")
    date = file.texts.get("date-released", "")
    if date and not DATE.fullmatch(date):
        file.mistake("date-released", f"{date!r} is no date, expected one such as 2026-11-23")
    authors = tuple(_author(own) for own in file.authors)
    if not authors or not all(own.name for own in authors):
        file.mistake("authors", "missing, expected a list of authors with family-names or name")
    if file.mistakes:
        raise ContentError(file.mistakes)
    url = file.texts.get("url") or file.texts.get("repository-code", "")
    return Citation(file.texts["title"], authors, file.texts["license"], file.texts["version"], date, url)


def _author(given: dict[str, str]) -> Author:
    name = " ".join(given[part] for part in NAMES if given.get(part))
    texts = {key: given.get(key, "") for key in ("orcid", "website", "affiliation")}
    return Author(name or given.get("name", ""), bool(name), **texts)


def _read(path: Path) -> _File:
    file = _File(path)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise ContentError([Mistake(path, 1, "no such file, expected who is to be cited for the zoo")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Mistake(path, 1, f"cannot be read: {error}")]) from error
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        what = f"not YAML: {getattr(error, 'problem', None) or 'a character that is not allowed'}"
        raise ContentError([Mistake(path, mark.line + 1 if mark else 1, what)]) from error
    for key, line, node in _entries(root):
        file.lines[key] = line
        if isinstance(node, yaml.ScalarNode):
            file.texts[key] = node.value
        elif key == "authors" and isinstance(node, yaml.SequenceNode):
            file.authors = [_texts(own) for own in node.value]
    return file


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, int, yaml.Node]]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            yield key.value, key.start_mark.line + 1, value


def _texts(node: yaml.Node) -> dict[str, str]:
    return {key: value.value for key, _, value in _entries(node) if isinstance(value, yaml.ScalarNode)}
