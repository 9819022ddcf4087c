"""Who stands behind an archive: its authors and its licence, as entities of an RO-Crate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zoo.citation import Author, Citation

SPDX = "https://spdx.org/licenses/"

Entity = dict[str, Any]


def refer(*names: str) -> Entity | list[Entity]:
    """Give references to entities; one stands by itself, as compacted JSON-LD wants it."""
    found = [{"@id": name} for name in names]
    return found[0] if len(found) == 1 else found


def license_id(citation: Citation) -> str:
    """Give the address of a licence."""
    return f"{SPDX}{citation.license}.html"


def agent_id(author: Author) -> str:
    """Give what identifies an author: an ORCID, a web site, or the name."""
    return author.orcid or author.website or _slug(author.name)


def _slug(name: str) -> str:
    return "#" + re.sub(r"[^\w]+", "-", name.lower()).strip("-")


def credits_of(citation: Citation) -> Iterator[Entity]:
    """Give the entities of the authors, their organizations and the licence."""
    for author in citation.authors:
        yield _agent(author)
    for name in dict.fromkeys(own.affiliation for own in citation.authors if own.affiliation):
        yield _named(_slug(name), "Organization", name, "An organization of the authors.")
    about = f"The licence with the SPDX identifier {citation.license}; its text is in LICENSE."
    yield _named(license_id(citation), "CreativeWork", citation.license, about) | {"identifier": citation.license}


def _named(name: str, kind: str, title: str, description: str) -> Entity:
    return {"@id": name, "@type": kind, "name": title, "description": description}


def _agent(author: Author) -> Entity:
    kind = "Person" if author.is_person else "Organization"
    found = _named(agent_id(author), kind, author.name, "Author of the zoo.")
    found |= {"url": author.website} if author.website else {}
    return found | ({"affiliation": {"@id": _slug(author.affiliation)}} if author.affiliation else {})
