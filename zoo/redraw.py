"""Drawing again what an archive shows: every gallery of its grids, by the generator at hand, compared byte for byte."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from generator.blend import U8
from generator.model import Generator, generators
from zoo import bag, gallery
from zoo.errors import nearest

if TYPE_CHECKING:
    from zoo.contents import Contents

SITE = f"{bag.PAYLOAD}site/"
ENDINGS = ("png", "json")
NO_GRID = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
NO_PICTURE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)


def exhibits(contents: Contents) -> list[str]:
    """Give the slugs of the exhibits whose galleries an archive holds."""
    parts = [name.split("/") for name in contents.files if name.startswith(SITE)]
    return sorted({own[2] for own in parts if own[3:] == ["grid.json"] or own[3:4] == ["gallery"]})


def exhibit(contents: Contents, slug: str) -> tuple[str, list[str]]:
    """Draw an exhibit's galleries: say how many, and what is not what the generator draws."""
    grid = f"{SITE}{slug}/grid.json"
    try:
        generator, seeds, values, digests = _grid(json.loads(contents.data(grid)))
        named = {f"{gallery.path_of(seed, value)}": None for seed in seeds for value in values}
        drawn = zip(gallery.galleries(generator, seeds, values), digests, strict=True)
        missing = [
            f"{SITE}{slug}/{name}.{ending} is missing, and grid.json names it"
            for name in named
            for ending in ENDINGS
            if f"{SITE}{slug}/{name}.{ending}" not in contents.files
        ]
        wrong = missing or [what for own, digest in drawn for what in _unlike(contents, slug, generator, own, digest)]
    except NO_GRID as error:
        return "", [f"{grid}: not a grid that a build wrote ({type(error).__name__}: {error})"]
    wrong += _strange(contents, slug, set(named))
    return f"{slug}: {len(digests):,} galleries identical to what the generator draws", wrong


def _grid(published: dict[str, Any]) -> tuple[Generator, list[int], list[float], list[str]]:
    name = published["generator"]
    if name not in generators():
        raise ValueError(f"no generator {name!r} here{nearest(str(name), generators())}")
    generator = replace(generators()[name], exhibit=str(published["exhibit"]))
    digests = [str(digest) for row in published["pixels_sha256"] for digest in row]
    seeds, values = published["seeds"], [float(value) for value in published[generator.knob.plural]]
    if len(digests) != len(seeds) * len(values):
        raise ValueError(f"{len(digests):,} digests of {len(seeds):,} × {len(values):,} galleries")
    return generator, seeds, values, digests


def _strange(contents: Contents, slug: str, named: set[str]) -> Iterator[str]:
    start = f"{SITE}{slug}/"
    for name in contents.files:
        if name.startswith(f"{start}gallery/") and name.removeprefix(start).rpartition(".")[0] not in named:
            yield f"{name} is no gallery of grid.json"


def _unlike(contents: Contents, slug: str, generator: Generator, own: gallery.Gallery, digest: str) -> Iterator[str]:
    if own.pixels_sha256 != digest:
        yield f"{SITE}{slug}/grid.json: {own.path} has pixels_sha256 {digest}, the generator draws {own.pixels_sha256}"
    for ending, data, differences in (("png", own.png, _pixels), ("json", own.json, _numbers)):
        name = f"{SITE}{slug}/{own.path}.{ending}"
        if contents.files[name].sha256 != sha256(data).hexdigest():
            for what in differences(contents.data(name), data, generator):
                yield f"{name}: {what}"


def _pixels(packed: bytes, drawn: bytes, generator: Generator) -> Iterator[str]:
    """Tell in which samples two contact sheets differ, and where first."""
    try:
        found, expected = _picture(packed, generator), _picture(drawn, generator)
    except NO_PICTURE as error:
        yield f"not a contact sheet ({type(error).__name__}: {error})"
        return
    height, width = generator.height, generator.width
    places = np.argwhere((found != expected).any(axis=2))
    samples = places[:, 0] // height * generator.columns + places[:, 1] // width
    for sample in np.unique(samples):
        own = places[samples == sample]
        y, x = own[0]
        yield (
            f"sample {sample + 1}: {len(own):,} wrong, first the pixel in column {x % width + 1} of row "
            f"{y % height + 1}: {_level(found[y, x])}, the generator draws {_level(expected[y, x])}"
        )
    if not len(places):
        yield "the right pixels, but not packed as a build packs them"


def _picture(data: bytes, generator: Generator) -> U8:
    """Give the pixels of a contact sheet: [height, width, channels]."""
    expected = (generator.height * generator.rows, generator.width * generator.columns, generator.channels)
    with Image.open(BytesIO(data), formats=["PNG"]) as picture:
        shape = (picture.height, picture.width, len(picture.getbands()))
        if shape != expected:
            raise ValueError(f"{shape[1]} × {shape[0]} pixels in {shape[2]} channels")
        return np.asarray(picture).reshape(expected)


def _level(pixel: U8) -> str:
    return " ".join(map(str, pixel.tolist()))


def _numbers(packed: bytes, drawn: bytes, _generator: Generator) -> Iterator[str]:
    """Tell in which samples two galleries' numbers differ, and what there."""
    try:
        found, expected = json.loads(packed), json.loads(drawn)
        samples = list(zip(found.pop("samples"), expected.pop("samples"), strict=True))
        wrong = [
            f"{key} is {found.get(key)!r}, expected {expected[key]!r}"
            for key in expected
            if found.get(key) != expected[key]
        ]
        for number, (own, other) in enumerate(samples, 1):
            wrong += (
                f"sample {number}: its {key} is not what the generator gives"
                for key in other
                if own.get(key) != other[key]
            )
    except NO_GRID as error:
        wrong = [f"not a gallery that a build wrote ({type(error).__name__}: {error})"]
    yield from wrong or ["the right numbers, but not written as a build writes them"]
