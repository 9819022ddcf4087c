"""Packing: the built site, and all it takes to build it again, as one file that proves itself.

The file is a ZIP with one folder in it, a BagIt bag, whose payload is an RO-Crate. The payload is laid out as the
house is, so whoever unpacks it can run its build.py. Nothing in it tells of the machine or the day it was packed on.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from zoo import HOUSE, bag, crate, payload, site
from zoo.citation import Citation, read_citation
from zoo.deposit import deposit
from zoo.errors import ContentError, Mistake, UsageError, ZooError, nearest
from zoo.exhibit import Zoo
from zoo.keys import site_key
from zoo.means import Progress
from zoo.options import Options
from zoo.reading import read
from zoo.workshop import workshop
from zoo.zipped import LOCAL, fault_of

AGENT = "build.py archive"


@dataclass(frozen=True)
class Packed:
    """An archive: where it is, its SHA-256, its bytes, its payload's files, and what is doubtful in the content."""

    path: Path
    sha256: str
    size: int
    files: int
    warnings: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class _Begun:
    """What is going to be packed: a zoo, the options that it was read with, and the key of all that it depends on."""

    options: Options
    key: str
    zoo: Zoo

    @property
    def name(self) -> str:
        """The name of the archive and of the folder in it."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.zoo.front.title.lower()).strip("-") or "zoo"
        return f"{slug}-{self.zoo.exhibits[0].slug}" if self.options.partial else slug


def archive(
    options: Options, path: Path | None, only: str | None, progress: Progress, waiting: Callable[[], None]
) -> Packed:
    """Build the site and pack it; with a slug, build and pack a site of that exhibit alone.

    Where no path is given, the archive stands beside the site under the zoo's name. Raises what a build raises, and
    ZooError where another file stands there and options.force is not said.
    """
    begun = _begin(options)
    if only is None:
        return _archive(begun, path or options.output.with_name(f"{begun.name}.zip"), progress, waiting)
    shown = {exhibit.slug: exhibit for exhibit in begun.zoo.exhibits}
    if only not in shown:
        raise UsageError(f"no exhibit {only!r}{nearest(only, shown)}")
    with tempfile.TemporaryDirectory() as folder:
        content, golden, output = (Path(folder, name) for name in ("content", "golden", "site"))
        part = replace(options, content=content, golden=golden, output=output, partial=True)
        payload.copy_content(options.content, shown[only], content)
        payload.copy_golden(options.golden, shown[only], golden)
        begun = _begin(part)
        return _archive(begun, path or options.output.with_name(f"{begun.name}.zip"), progress, waiting)


def _begin(options: Options) -> _Begun:
    return _Begun(
        options, site_key(options.content, options.templates, options.golden, options.deciding), read(options)
    )


def _archive(begun: _Begun, path: Path, progress: Progress, waiting: Callable[[], None]) -> Packed:
    options, zoo, citation = begun.options, _named(begun), read_citation(HOUSE / "CITATION.cff")
    date = _date(zoo, citation)
    built = site.build(options, progress, waiting)
    with workshop(options.output, waiting), deposit(path, _is_archive, force=options.force) as file:
        sources = list(payload.sources(options, zoo))
        sources.append(bag.source(crate.METADATA, crate.metadata(zoo, citation, date, sources)))
        _pack(file, begun.name, sources, _labels(zoo, citation, date))
        if begun.key != site_key(options.content, options.templates, options.golden, options.deciding):
            raise ZooError("something was edited while it was packed; say archive again")
    with path.open("rb") as whole:
        digest, warnings = file_digest(whole, "sha256").hexdigest(), () if options.partial else built.warnings
        return Packed(path, digest, path.stat().st_size, len(sources), warnings)


def _named(begun: _Begun) -> Zoo:
    """Give the zoo under the title that it has in the archive: a part bears the exhibit's too."""
    if not begun.options.partial:
        return begun.zoo
    front, (exhibit,) = begun.zoo.front, begun.zoo.exhibits
    return replace(begun.zoo, front=replace(front, title=f"{front.title}: {exhibit.id} {exhibit.title}"))


def _pack(file: BinaryIO, top: str, sources: list[bag.Source], labels: dict[str, str]) -> None:
    for own in sources:
        if fault := fault_of(own.name):
            raise ZooError(f"{own.name}: the name {fault}")
    try:
        bag.pack(file, top, sources, labels)
    except ValueError as error:
        raise ZooError(f"{error}; say archive again") from error


def _is_archive(file: BinaryIO) -> bool:
    head = file.read(2**16)
    return head.startswith(LOCAL) and b"/bag-info.txt" in head[:1024] and AGENT.encode() in head


def _date(zoo: Zoo, citation: Citation) -> str:
    """Give the day of the newest exhibit, or where none bears a date that of the zoo's release."""
    date = max((own.date for own in zoo.exhibits if own.date), default=citation.date)
    if not date:
        what = "date-released: missing, expected one such as 2026-11-23, since no exhibit bears a date"
        raise ContentError([Mistake(HOUSE / "CITATION.cff", 1, what)])
    return date


def _labels(zoo: Zoo, citation: Citation, date: str) -> dict[str, str]:
    return {
        "Source-Organization": ", ".join(own.name for own in citation.authors),
        "External-Description": f"{zoo.front.title}: {zoo.front.description}",
        "Bagging-Date": date,
        "Bag-Software-Agent": f"{citation.title} {citation.version}, {AGENT}",
    }
