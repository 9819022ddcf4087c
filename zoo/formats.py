"""What kind of file a file is: its media type, its place in a registry of formats, and its language.

Source: the National Archives' PRONOM registry; IANA's media types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

PRONOM = "https://www.nationalarchives.gov.uk/PRONOM/"


class Format(NamedTuple):
    """A format: its media type, its id in PRONOM and the name it has there."""

    media: str
    puid: str
    name: str


TEXT = Format("text/plain", "x-fmt/111", "Plain Text File")
SCRIPT = Format("text/javascript", "x-fmt/423", "JavaScript file")
FORMATS = {
    ".cff": Format("application/yaml", "fmt/818", "YAML"),
    ".css": Format("text/css", "x-fmt/224", "Cascading Style Sheet"),
    ".html": Format("text/html", "fmt/471", "Hypertext Markup Language 5"),
    ".in": TEXT,
    ".js": SCRIPT,
    ".json": Format("application/json", "fmt/817", "JSON Data Interchange Format"),
    ".md": Format("text/markdown", "fmt/1149", "Markdown"),
    ".mjs": SCRIPT,
    ".png": Format("image/png", "fmt/11", "Portable Network Graphics 1.0"),
    ".py": Format("text/x-python", "fmt/938", "Python Source Code File"),
    ".svg": Format("image/svg+xml", "fmt/92", "Scalable Vector Graphics 1.1"),
    ".txt": TEXT,
    ".xml": Format("application/xml", "fmt/101", "Extensible Markup Language 1.0"),
    "": TEXT,
}
PYTHON = "#python"


def format_of(name: str) -> dict[str, Any]:
    """Give what a crate says of a file's format."""
    suffix = PurePosixPath(name).suffix
    known = FORMATS.get(suffix)
    if known is None:
        return {"@type": "File", "encodingFormat": "application/octet-stream"}
    told: dict[str, Any] = {"encodingFormat": [known.media, {"@id": PRONOM + known.puid}]}
    if suffix == ".py":
        return {"@type": ["File", "SoftwareSourceCode"]} | told | {"programmingLanguage": {"@id": PYTHON}}
    return {"@type": "File"} | told


def formats(files: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the entities that what format_of gave refers to."""
    given = [own["encodingFormat"] for own in files]
    names = {PRONOM + known.puid: known.name for known in FORMATS.values()}
    for page in sorted({own[1]["@id"] for own in given if isinstance(own, list)}):
        about = f"The file format {names[page]}, as the National Archives describe it."
        yield {"@id": page, "@type": ["WebPage", "Standard"], "name": names[page], "description": about}
    about = "The programming language of the generators and the builder."
    told = {"name": "Python", "version": "3.11", "url": "https://www.python.org/", "description": about}
    yield {"@id": PYTHON, "@type": "ComputerLanguage"} | told
