"""Drawing a shard: from its galleries to the bytes of its file, a few seeds at a time, so that memory stays flat."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256

import numpy as np

from generator.blend import U8
from generator.layers import F32, F64
from generator.model import Coefficients, Generator
from zoo import png
from zoo.gallery import BATCH_BYTES
from zoo.shards.columns import column
from zoo.shards.plan import Galleries
from zoo.zipped import Entry, directory, local_header

FORMAT, VERSION = "shard of galleries", 1
HEADER = "shard.json"
README = """\
Galleries of {title} ({exhibit}): pictures that a tiny generative model draws from a seed and a {knob}, always the same.

shard.json         says what is here: the seeds, the {plural}, the sizes, and the axes of the columns
galleries/SEED.png the galleries of a seed, one below the other, in the order of the {plural} in shard.json;
                   each is a sheet of {columns} x {rows} samples of {width} x {height} pixels, in reading order
seeds.npy          the seeds
latents.npy        the numbers each sample is drawn from
coefficients.npy   what the model makes of them: how much of each pattern is in the sample
pixels_sha256.npy  the SHA-256 of each gallery's pixels, sample after sample, each row by row

A .npy file is a line of text, which tells the type and the shape, and then plain numbers, little-endian, the last axis
running fastest. Nothing in this ZIP is compressed but the pixels in the PNG files. The name of the ZIP is its SHA-256.
"""


def render_shard(galleries: Galleries) -> Iterator[bytes]:
    """Give the bytes of a shard in pieces; they depend on its galleries alone."""
    return packed(files(galleries))


def packed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Give the bytes of a ZIP of files, which come in order of their names."""
    entries: list[Entry] = []
    at = 0
    for name, data in files:
        entries.append(Entry(name, len(data), zlib.crc32(data), at))
        yield local_header(entries[-1])
        yield data
        at = entries[-1].start + len(data)
    yield from (part for _, part in directory(entries, at))


def files(galleries: Galleries) -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of each file in a shard, in order."""
    species = galleries.species
    seeds = np.array([seed for part in galleries.ranges for seed in part], np.uint32)
    values = np.array([float(value) for value in galleries.values])
    latents = species.latents(seeds).reshape(len(seeds), species.samples, -1)
    coefficients = _coefficients(species, latents, values)
    digests: list[bytes] = []
    yield "README.txt", readme(species).encode()
    yield "coefficients.npy", column(coefficients)
    yield from _pictures(species, seeds.tolist(), values, coefficients, digests)
    yield "latents.npy", column(latents)
    yield "pixels_sha256.npy", column(np.frombuffer(b"".join(digests), np.uint8).reshape(len(seeds), len(values), 32))
    yield "seeds.npy", column(seeds)
    yield HEADER, header(galleries)


def _coefficients(species: Generator, latents: F32, values: F64) -> Coefficients:
    """Give coefficients, [seeds, stops, samples, C], or [seeds, samples, C] where they do not depend on the knob."""
    seeds, count, width = latents.shape
    stops = values if species.knob.acts_in == "route" else values[:1]
    inputs = latents.repeat(len(stops), axis=0).reshape(-1, width)
    found = species.route(inputs, np.tile(np.repeat(stops, count), seeds))
    shape = (seeds, len(stops), count) if species.knob.acts_in == "route" else (seeds, count)
    return found.reshape(*shape, -1)


def _pictures(
    species: Generator,
    seeds: list[int],
    values: F64,
    coefficients: Coefficients,
    digests: list[bytes],
) -> Iterator[tuple[str, bytes]]:
    """Give a picture for each seed; note the digest of each gallery's pixels."""
    step = max(1, BATCH_BYTES // (len(values) * species.samples * int(np.prod(species.sample_shape))))
    for start in range(0, len(seeds), step):
        pixels = _pixels(species, coefficients[start : start + step], values)  # [seeds, stops, samples, …]
        digests += (sha256(drawn).digest() for own in pixels for drawn in own)
        sheets = png.sheets(pixels.reshape(-1, *pixels.shape[2:]), species.columns)
        pictures = png.encode_all(sheets.reshape(len(pixels), -1, *sheets.shape[2:]))
        for seed, picture in zip(seeds[start : start + step], pictures, strict=True):
            yield f"galleries/{seed:010}.png", picture


def _pixels(species: Generator, coefficients: Coefficients, values: F64) -> U8:
    if coefficients.ndim == 3:  # the knob acts in decode
        coefficients = coefficients[:, None].repeat(len(values), axis=1)
    seeds, stops, count, width = coefficients.shape
    knob = np.tile(np.repeat(values, count), seeds)
    pixels = species.decode(coefficients.reshape(-1, width), knob)
    return np.ascontiguousarray(pixels).reshape(seeds, stops, count, *species.sample_shape)


def readme(species: Generator) -> str:
    """Give the README.txt of a species' shards."""
    knob = species.knob
    sizes = {name: getattr(species, name) for name in ("title", "exhibit", "columns", "rows", "width", "height")}
    return README.format(knob=knob.name, plural=knob.plural, **sizes)


def header(galleries: Galleries) -> bytes:
    """Give shard.json."""
    species = galleries.species
    knob = species.knob.name
    axes = ["seed", knob, "sample"] if species.knob.acts_in == "route" else ["seed", "sample"]
    told = {
        "format": FORMAT,
        "version": VERSION,
        **galleries.record(),
        "gallery": {"columns": species.columns, "rows": species.rows},
        "sample": {"height": species.height, "width": species.width, "channels": species.channels},
        "axes": {
            "seeds.npy": ["seed"],
            "latents.npy": ["seed", "sample", "latent"],
            "coefficients.npy": [*axes, "coefficient"],
            "pixels_sha256.npy": ["seed", knob, "byte"],
        },
        "coefficients": species.labels,
    }
    return (json.dumps(told, indent=1) + "\n").encode()
