"""What a site depends on, as keys: two builds with the same key give the same bytes.

A key covers every input: the content, the code, the templates, the versions below them, and the options.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from zoo import HOUSE
from zoo.inputs import Inputs
from zoo.options import Options

ROOMS = ("build.py", "generator", "zoo")
PACKAGES = ("jinja2", "markdown", "markupsafe", "numpy", "pillow", "pyyaml")
# what a gallery's files depend on beside its species
DRAWING = tuple(f"zoo/{name}.py" for name in ("bits", "gallery", "ground", "png", "prefix", "shortest"))


def site_key(
    content: Path, templates: Path, golden: Path, options: Mapping[str, object], inputs: Inputs | None = None
) -> str:
    """Give the key of a whole site."""
    return _inputs_key((*_house(), content, templates, golden), options, inputs or Inputs())


def conformance_key(templates: Path, golden: Path, told: object, inputs: Inputs | None = None) -> str:
    """Give the key of the conformance pages: the suite, what draws it, and what they are told of the zoo."""
    return _inputs_key((*_house(), templates, golden), told, inputs or Inputs())


def pages_key(options: Options, told: object, inputs: Inputs) -> str:
    """Give the key of all that exhibits' pages depend on beside their own text: told is what they say of the zoo."""
    content = inputs.of(options.content).items()
    assets = {name: digest for name, digest in content if not name.endswith(".md")}
    return _inputs_key((*_house(), options.templates, options.golden), [told, assets, options.deciding], inputs)


def templates_key(templates: Path, inputs: Inputs) -> str:
    """Give the key of the templates."""
    return _key(inputs.of(templates))


def page_key(shared: str, digest: str) -> str:
    """Give the key of one exhibit's page, from the digest of its text and the key of all the rest."""
    return sha256(f'["{shared}", "{digest}"]'.encode()).hexdigest()


def _house() -> list[Path]:
    return [HOUSE / room for room in ROOMS]


def _inputs_key(places: Iterable[Path], told: object, inputs: Inputs) -> str:
    return _key([[inputs.of(place) for place in places], told, versions()])


def gallery_key(exhibit: str, species: str, others: Iterable[str]) -> str:
    """Give the key of all galleries of an exhibit: its species' own file and all code that it shares with others."""
    return sha256(f'["{exhibit}", "{_species_key(species, frozenset(others))}"]'.encode()).hexdigest()


@cache
def _species_key(species: str, others: frozenset[str]) -> str:
    foreign = {f"{name.replace('-', '_')}.py" for name in others if name != species}
    own = {name: digest for name, digest in _digests(HOUSE / "generator").items() if name not in foreign}
    return _key([species, own, [_digests(HOUSE / name) for name in DRAWING], versions()])


@cache
def versions() -> dict[str, str]:
    """Give the versions of everything the code stands on."""
    installed = _installed()
    found = {name: installed.get(name) or _version(name) for name in PACKAGES}
    return found | {"python": sys.version, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _installed() -> dict[str, str]:
    """Give the versions that the names of installed packages' folders tell, the first on the path for each."""
    found: dict[str, str] = {}
    for place in filter(os.path.isdir, sys.path):
        for entry in os.listdir(place):  # noqa: PTH208
            name, _, version = entry.removesuffix(".dist-info").partition("-")
            if entry.endswith(".dist-info"):
                found.setdefault(name.lower(), version)
    return found


def _version(name: str) -> str:
    from importlib import metadata  # noqa: PLC0415 takes as long as all the rest of a build with nothing to do

    return metadata.version(name)


def _digests(place: Path) -> dict[str, str]:
    return Inputs().of(place)


def _key(parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
