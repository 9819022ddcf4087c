"""What a site depends on, as keys: two builds with the same key give the same bytes.

A key covers every input: the content, the code, the templates, the versions below them, and the options.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from zoo import HOUSE

ROOMS = ("build.py", "generator", "zoo")
PACKAGES = ("jinja2", "markdown", "markupsafe", "numpy", "pillow", "pyyaml")
DRAWING = ("zoo/gallery.py", "zoo/png.py", "zoo/shortest.py")  # what a gallery's files depend on beside its species


def site_key(content: Path, templates: Path, golden: Path, options: Mapping[str, object]) -> str:
    """Give the key of a whole site."""
    places = (*(HOUSE / room for room in ROOMS), content, templates, golden)
    inputs = [dict(_digests(place)) for place in places]
    return _key([inputs, options, versions()])


def conformance_key(templates: Path, golden: Path, told: object) -> str:
    """Give the key of the conformance pages: the suite, what draws it, and what they are told of the zoo."""
    inputs = [dict(_digests(place)) for place in (*(HOUSE / room for room in ROOMS), templates, golden)]
    return _key([inputs, told, versions()])


def gallery_key(exhibit: str, species: str, others: Iterable[str]) -> str:
    """Give the key of all galleries of an exhibit: its species' own file and all code that it shares with others."""
    return _key([exhibit, _species_key(species, frozenset(others))])


@cache
def _species_key(species: str, others: frozenset[str]) -> str:
    foreign = {f"{name.replace('-', '_')}.py" for name in others if name != species}
    own = {name: digest for name, digest in _digests(HOUSE / "generator") if name not in foreign}
    return _key([species, own, [dict(_digests(HOUSE / name)) for name in DRAWING], versions()])


@cache
def versions() -> dict[str, str]:
    """Give the versions of everything the code stands on."""
    found = {name: metadata.version(name) for name in PACKAGES}
    return found | {"python": sys.version, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _digests(place: Path) -> Iterator[tuple[str, str]]:
    """Give the files below a folder, or the one file, with their digests; hidden and compiled ones do not count."""
    if place.is_file():
        yield place.name, sha256(place.read_bytes()).hexdigest()
    for parent, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for path in (Path(parent, name) for name in sorted(names) if not name.startswith(".")):
            if path.is_file():
                yield path.relative_to(place).as_posix(), sha256(path.read_bytes()).hexdigest()


def _key(parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
