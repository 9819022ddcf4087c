"""Checking: the generators against their goldens, a built site against its own grids, and its links."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np

from generator.model import Generator, generators
from zoo import gallery
from zoo.errors import ZooError


def all_of(golden: Path, site: Path) -> Iterator[str]:
    """Run every check, a line for each that holds; raise ZooError naming what does not."""
    for generator in generators().values():
        yield goldens(generator, golden / generator.name)
    for path in sorted(site.glob("*/grid.json")):
        yield grid(path)
    yield links(site)


def goldens(generator: Generator, folder: Path) -> str:
    """Compare a generator with the values captured from the original's own code and from its twin."""
    files = [folder / name for name in ("original.json", "captured.json") if (folder / name).is_file()]
    if not files:
        raise ZooError(f"{folder}: no goldens, expected captured.json; `make goldens` writes it")
    cases = [(path, case) for path in files for case in json.loads(path.read_text(encoding="utf-8"))["galleries"]]
    wrong = [f"{path}: {found}" for path, case in cases for found in _differences(generator, case)]
    if wrong:
        raise ZooError("\n".join(wrong))
    return f"{generator.name}: {len(cases)} golden galleries, 0 differing bits"


def _differences(generator: Generator, case: dict[str, Any]) -> Iterator[str]:
    latents = generator.latents([case["seed"]])
    values = np.full(len(latents), float(case[generator.knob.name]))
    coefficients = generator.route(latents, values)
    pixels = generator.decode(coefficients, values)
    where = f"seed {case['seed']}, {generator.knob.name} {case[generator.knob.name]}"
    got = {
        "latent_f32": [row.astype(">f4").tobytes().hex() for row in latents],
        f"coefficients_f{8 * coefficients.itemsize}": [
            row.astype(row.dtype.newbyteorder(">")).tobytes().hex() for row in coefficients
        ],
        "readout": generator.readout(coefficients),
        "pixels_sha256": [sha256(picture.data).hexdigest() for picture in pixels],
    }
    for number, sample in enumerate(case["samples"]):
        for key, found in got.items():
            expected = sample[key] if isinstance(sample[key], str) else "".join(sample[key])
            if found[number] != expected:
                yield f"{where}, sample {number + 1}: {key} is {found[number]}, expected {expected}"
    if sha256(pixels.data).hexdigest() != case["pixels_sha256"]:
        yield f"{where}: pixels_sha256 differs"


def grid(path: Path) -> str:
    """Draw every gallery of a grid.json again and compare it with the site's files, byte for byte."""
    published = json.loads(path.read_text(encoding="utf-8"))
    generator = generators()[published["generator"]]
    values = published[generator.knob.plural]
    digests = [digest for row in published["pixels_sha256"] for digest in row]
    for drawn, digest in zip(gallery.galleries(generator, published["seeds"], values), digests, strict=True):
        if drawn.pixels_sha256 != digest:
            raise ZooError(
                f"{path}: {drawn.path} has pixels_sha256 {digest}, the generator draws {drawn.pixels_sha256}"
            )
        for ending, data in ((".png", drawn.png), (".json", drawn.json)):
            file = path.parent / (drawn.path + ending)
            if not file.is_file() or file.read_bytes() != data:
                raise ZooError(f"{file}: missing or not what the generator draws")
    return f"{path.parent.name}: {len(digests)} galleries identical to what the generator draws"


def links(site: Path) -> str:
    """Follow every relative link of every page to a file and, where it names one, to an element."""
    sources = sorted(site.rglob("*.html"))
    if not sources:
        raise ZooError(f"{site}: no page found, expected a built site")
    pages = {path: _Links(path.read_text(encoding="utf-8")) for path in sources}
    broken = [f"{path}:{line}: {what}" for path, page in pages.items() for line, what in _broken(path, page, pages)]
    if broken:
        raise ZooError("\n".join(broken))
    return f"{len(pages)} pages, {sum(len(page.targets) for page in pages.values())} links, none broken"


def _broken(path: Path, page: _Links, pages: dict[Path, _Links]) -> Iterator[tuple[int, str]]:
    for line, target in page.targets:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            continue  # not ours to follow
        file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not file.is_file():
            yield line, f"{target} leads to no file"
        elif parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].ids:
            yield line, f"{target} leads to no element"


class _Links(HTMLParser):
    """The links of a page with their lines, and the ids it can be linked at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[tuple[int, str]] = []
        self.ids: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.targets.append((self.getpos()[0], value))
            elif name == "id" and value:
                self.ids.add(value)
