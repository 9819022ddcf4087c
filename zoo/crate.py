"""The RO-Crate of an archive: what its files are, who made them, and which was computed from which.

Every file is described but the galleries, of which each exhibit names the one its page starts with; the rest are
named in its grid.json and in the bag's manifests, each with its digest.

Source: RO-Crate Metadata Specification 1.3.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from zoo.credits import Entity, agent_id, credits_of, license_id, refer
from zoo.formats import format_of, formats

if TYPE_CHECKING:
    from zoo.bag import Source
    from zoo.citation import Citation
    from zoo.exhibit import Exhibit, Zoo

METADATA = "ro-crate-metadata.json"
BUILDER = "build.py"
SPECIFICATION = "https://w3id.org/ro/crate/1.3"
FOLDERS = {
    "content/": "What the curator wrote: the pages in Markdown, and the models' live twins in JavaScript.",
    "generator/": "The models, in NumPy: the source that every picture was computed with.",
    "golden/": "The reference suite: specification, golden values, vectors and a runner for ports in any language.",
    "templates/": "The templates of the pages, their stylesheet and scripts.",
    "zoo/": "The builder: from Markdown to galleries, pages and this archive.",
    "site/": "The whole site as it was built; site/index.html opens with a double click.",
}
PAPERS = {
    "CITATION.cff": "How to cite the zoo.",
    "LICENSE": "The licence of everything here.",
    "README.txt": "How to look at the site, and how to compute every picture again.",
    "build.py": "The command line: builds the site, checks it, packs and proves archives.",
    "requirements.in": "The packages the builder stands on.",
    "requirements.txt": "The lock file: the packages the builder stands on, with versions and digests.",
    "site/.zoo.json": "Every file of the site with its SHA-256.",
}
GALLERY = re.compile(r"site/([^/]+)/gallery/")


def metadata(zoo: Zoo, citation: Citation, date: str, sources: Sequence[Source]) -> bytes:
    """Give the text of ro-crate-metadata.json for the other files of a payload, published on a day."""
    starts = {name for own in zoo.exhibits for name in _start(own)}
    listed = sorted((own for own in sources if not GALLERY.match(own.name) or own.name in starts), key=_order)
    known = PAPERS | _known(zoo)
    files = [_file(own, known) | (_builder(citation) if own.name == BUILDER else {}) for own in listed]
    graph = [_descriptor(), _root(zoo, citation, date, files), *_folders(zoo, files), *files]
    graph += [_action(own, citation) for own in zoo.exhibits]
    graph += [*credits_of(citation), *formats(files)]
    text = json.dumps({"@context": f"{SPECIFICATION}/context", "@graph": graph}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _order(source: Source) -> bytes:
    return source.name.encode()


def _descriptor() -> Entity:
    about = {"conformsTo": {"@id": SPECIFICATION}, "about": {"@id": "./"}}
    told = {"name": "RO-Crate metadata", "description": "What the files of this archive are."}
    return {"@id": METADATA, "@type": "CreativeWork", "encodingFormat": "application/ld+json"} | told | about


def _root(zoo: Zoo, citation: Citation, date: str, files: Sequence[Entity]) -> Entity:
    authors = [agent_id(own) for own in citation.authors]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": zoo.front.title,
        "description": zoo.front.description,
        "datePublished": date,
        "version": citation.version,
        "license": refer(license_id(citation)),
        "author": refer(*authors),
        "publisher": refer(authors[0]),
        "keywords": ", ".join(sorted({tag for own in zoo.exhibits for tag in own.tags})),
        "mainEntity": refer("site/"),
        "mentions": refer(*(_action_id(own) for own in zoo.exhibits)),
        "hasPart": refer(*(own["@id"] for own in files if "/" not in own["@id"]), *FOLDERS),
    }


def _file(source: Source, known: Mapping[str, str]) -> Entity:
    """Describe a file."""
    folder = f"{source.name.partition('/')[0]}/"
    description = known.get(source.name) or _own_words(source) or f"Belongs to {folder}: {FOLDERS[folder]}"
    return (
        {"@id": quote(source.name), "name": source.name, "description": description}
        | format_of(source.name)
        | {
            "contentSize": str(source.size),
            "sha256": source.sha256,
        }
    )


def _builder(citation: Citation) -> Entity:
    return {"version": citation.version, "softwareRequirements": refer("requirements.txt")} | (
        {"url": citation.url} if citation.url else {}
    )


def _own_words(source: Source) -> str:
    """Give what a file says of itself: a module's first line, a text's first heading."""
    if not source.name.endswith((".py", ".md")):
        return ""
    text = b"".join(source.chunks()).decode(errors="replace")
    if source.name.endswith(".py"):
        return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    heading = re.search(r"^#+ +(.+)$", text, re.MULTILINE)
    return heading[1].strip() if heading else ""


def _known(zoo: Zoo) -> dict[str, str]:
    known = {"content/index.md": f"{zoo.front.title}: the front page.", "site/index.html": zoo.front.description}
    for own in zoo.exhibits:
        (seed, stop), species = own.grid.start, own.generator
        picture = f"{species.samples} samples of {own.title}, seed {seed}, {species.knob.name} {stop:.2f}"
        sheet, numbers = _start(own)
        page = f"{own.id} {own.title}: {own.description}"
        known |= {f"content/{own.source.name}": page, f"site/{own.slug}/index.html": page}
        known |= {
            f"content/{species.name}.js": f"The live twin of {species.name}: the same model in JavaScript.",
            f"site/{own.slug}/grid.json": f"What is published of {own.id}, and the SHA-256 of each gallery's pixels.",
            sheet: f"{picture}: the contact sheet.",
            numbers: f"{picture}: latents, coefficients and digests.",
        }
    return known


def _start(exhibit: Exhibit) -> tuple[str, str]:
    """Give the two files of the gallery that an exhibit's page starts with."""
    seed, stop = exhibit.grid.start
    base = f"site/{exhibit.slug}/gallery/{seed}/{stop:.2f}"
    return f"{base}.png", f"{base}.json"


def _folders(zoo: Zoo, files: Sequence[Entity]) -> Iterator[Entity]:
    names = [own["@id"] for own in files]
    shown = {f"site/{own.slug}/": own for own in zoo.exhibits}
    for folder, about in FOLDERS.items():
        own_files = [name for name in names if name.startswith(folder) and not name.startswith(tuple(shown))]
        yield _folder(folder, about, [*own_files, *(shown if folder == "site/" else ())])
    for folder, own in shown.items():
        parts = [name for name in names if name.startswith(folder) and not GALLERY.match(name)]
        about = f"{own.id} {own.title}: its page, its grid and its galleries."
        yield _folder(folder, about, [*parts, f"{folder}gallery/"])
        seeds, stops, knob = len(own.grid.seeds), len(own.grid.stops), own.generator.knob.name
        about = f"{seeds * stops:,} galleries: {seeds:,} seeds at {stops:,} stops of {knob}. grid.json names them all."
        yield _folder(f"{folder}gallery/", about, _start(own))


def _folder(name: str, description: str, parts: Sequence[str]) -> Entity:
    told = {"name": name.rstrip("/"), "description": description}
    return {"@id": name, "@type": "Dataset"} | told | {"hasPart": refer(*parts)}


def _action_id(exhibit: Exhibit) -> str:
    return f"#draw-{exhibit.slug}"


def _action(exhibit: Exhibit, citation: Citation) -> dict[str, Any]:
    """Tell what drew an exhibit's galleries, from what."""
    species = exhibit.generator
    about = f"The generator {species.name} computed each gallery from a seed and a {species.knob.name}."
    source = f"generator/{species.name.replace('-', '_')}.py"
    return {
        "@id": _action_id(exhibit),
        "@type": "CreateAction",
        "name": f"Drawing the galleries of {exhibit.id} {exhibit.title}",
        "description": about,
        "agent": refer(agent_id(citation.authors[0])),
        "instrument": refer(BUILDER),
        "object": refer(f"content/{exhibit.source.name}", source),
        "result": refer(f"site/{exhibit.slug}/gallery/", f"site/{exhibit.slug}/grid.json"),
    }
