"""Checking: the generators against their goldens, a built site against its manifest, its grids, and its links."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from generator.model import Generator, generators
from zoo import gallery
from zoo.errors import ZooError
from zoo.links import Links, doubtful, links_of
from zoo.manifest import MANIFEST, made

Outcome = tuple[str, list[str]]  # what was looked at, and what is wrong with it


def all_of(golden: Path, site: Path) -> Iterator[str]:
    """Run every check, a line for each that holds; at the end raise ZooError with all that does not hold."""
    wrong: list[str] = []
    for check in _checks(golden, site):
        looked_at, found = check()
        wrong += found
        if not found:
            yield looked_at
    if wrong:
        raise ZooError("\n".join(wrong))


def _checks(golden: Path, site: Path) -> Iterator[Callable[[], Outcome]]:
    for generator in generators().values():
        yield partial(goldens, generator, golden / generator.name)
    yield partial(files, site)
    for path in sorted(site.glob("*/grid.json")):
        yield partial(grid, path)
    yield partial(links, site)


def goldens(generator: Generator, folder: Path) -> Outcome:
    """Compare a generator with the values captured from the original's own code and from its twin."""
    found = [folder / name for name in ("original.json", "captured.json") if (folder / name).is_file()]
    if not found:
        return "", [f"{folder}: no goldens, expected captured.json; `make goldens` writes it"]
    cases = [(path, case) for path in found for case in json.loads(path.read_text(encoding="utf-8"))["galleries"]]
    wrong = [f"{path}: {what}" for path, case in cases for what in _differences(generator, case)]
    return f"{generator.name}: {len(cases)} golden galleries, 0 differing bits", wrong


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


def files(site: Path) -> Outcome:
    """Compare every file with the digest that the build noted in the manifest."""
    known = made(site)
    if not known:
        return "", [f"{site / MANIFEST}: no such file, expected a built site"]
    wrong = [f"{site / name}: {what}" for name, digest in known.items() if (what := _changed(site / name, digest))]
    return f"{len(known):,} files as they were built", wrong


def _changed(path: Path, digest: str) -> str | None:
    try:
        return None if sha256(path.read_bytes()).hexdigest() == digest else "changed since it was built"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def grid(path: Path) -> Outcome:
    """Draw every gallery of a grid.json again and compare it with the site's files, byte for byte."""
    try:
        published = json.loads(path.read_text(encoding="utf-8"))
        generator = replace(generators()[published["generator"]], exhibit=str(published["exhibit"]))
        values = [float(value) for value in published[generator.knob.plural]]
        digests = [str(digest) for row in published["pixels_sha256"] for digest in row]
        drawn = list(zip(gallery.galleries(generator, published["seeds"], values), digests, strict=True))
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        return "", [f"{path}: not a grid that a build wrote ({type(error).__name__}: {error})"]
    wrong = [what for own, digest in drawn for what in _unlike(path, own, digest)]
    return f"{path.parent.name}: {len(drawn):,} galleries identical to what the generator draws", wrong


def _unlike(path: Path, drawn: gallery.Gallery, digest: str) -> Iterator[str]:
    if drawn.pixels_sha256 != digest:
        yield f"{path}: {drawn.path} has pixels_sha256 {digest}, the generator draws {drawn.pixels_sha256}"
    for ending, data in ((".png", drawn.png), (".json", drawn.json)):
        file = path.parent / (drawn.path + ending)
        if not file.is_file() or file.read_bytes() != data:
            yield f"{file}: missing, or not what the generator draws"


def _broken(name: str, pages: Mapping[str, Links], files: Mapping[str, Links | None]) -> Iterator[tuple[int, str]]:
    return ((line, what) for line, what, may_pass in doubtful(name, pages[name], files) if not may_pass)


def links(site: Path) -> Outcome:
    """Follow every relative link of every page to a file and, where it names one, to an element."""
    found: dict[str, Links | None] = {}
    for parent, _, names in os.walk(site):
        for path in (Path(parent, name) for name in names):
            page = links_of(path.read_text(encoding="utf-8", errors="replace")) if path.suffix == ".html" else None
            found[path.relative_to(site).as_posix()] = page
    pages = {name: page for name, page in sorted(found.items()) if page}
    wrong = [f"{site / name}:{line}: {what}" for name in pages for line, what in _broken(name, pages, found)]
    wrong += (
        f"{site / name}: the id {key!r} is given {count} times"
        for name, page in pages.items()
        for key, count in page.ids.items()
        if count > 1
    )
    return f"{len(pages)} pages, {sum(len(page.targets) for page in pages.values())} links, none broken", wrong
