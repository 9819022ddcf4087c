"""Sampling and drawing: the galleries of a grid as PNG and JSON bytes, a batch of seeds at a time.

Latents depend on the seed alone, so each is drawn once and meets every stop of the knob.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import product
from typing import NamedTuple

import numpy as np

from generator import ecmascript
from generator.blend import U8
from generator.model import Coefficients, Generator
from zoo import png
from zoo.errors import UsageError, nearest
from zoo.grid import Grid
from zoo.ground import ground_of
from zoo.shortest import rows

BATCH_BYTES = 2**23  # pixels held at once: enough to be fast, little enough to stay flat in memory


class Gallery(NamedTuple):
    """One published gallery: a seed, a value of the knob, and the two files with the digest of their pixels."""

    seed: int
    value: float
    pixels_sha256: str
    png: bytes
    json: bytes

    @property
    def path(self) -> str:
        """Where the gallery stands below its exhibit, without a file's ending."""
        return path_of(self.seed, self.value)

    def of(self, species_exhibit: str, exhibit: str) -> Gallery:
        """Give the same gallery as another exhibit's of the species."""
        head, other = (f'{{"exhibit":"{own}",'.encode() for own in (species_exhibit, exhibit))
        return self._replace(json=other + self.json.removeprefix(head))


def path_of(seed: int, value: float) -> str:
    """Give where a gallery stands below its exhibit, without a file's ending."""
    return f"gallery/{seed}/{value:.2f}"


def generator_named(name: str, known: Mapping[str, Generator]) -> Generator:
    """Give the generator of a name, or raise UsageError with the nearest one."""
    if name not in known:
        raise UsageError(f"no exhibit {name!r}{nearest(name, known)}")
    return known[name]


def one(generator: Generator, seed: int, value: float) -> Gallery:
    """Give the gallery of one seed and one value of the knob, a stop or not."""
    return next(galleries(generator, [seed], [value]))


def readout(generator: Generator, seed: int, value: float) -> list[str]:
    """Give the readout of one gallery, a line a sample."""
    latents = generator.latents([seed])
    return generator.readout(generator.route(latents, np.full(len(latents), value)))


def galleries(generator: Generator, seeds: Sequence[int], values: Sequence[float | Decimal]) -> Iterator[Gallery]:
    """Give the gallery of each seed and each value, seed by seed."""
    floats = [float(value) for value in values]
    for batch in _batches(generator, seeds, len(floats)):
        yield from _batch(generator, batch, floats)


def _batches(generator: Generator, seeds: Sequence[int], values: int) -> Iterator[Sequence[int]]:
    size = generator.samples * int(np.prod(generator.sample_shape)) * values
    step = max(1, BATCH_BYTES // size)
    return (seeds[start : start + step] for start in range(0, len(seeds), step))


def _batch(generator: Generator, seeds: Sequence[int], values: Sequence[float]) -> Iterator[Gallery]:
    count, stops = generator.samples, len(values)
    own = generator.latents(np.array(seeds, np.uint32))  # [seeds · count, L]
    latents = own.reshape(len(seeds), count, -1).repeat(stops, axis=0).reshape(-1, own.shape[1])
    knob = np.tile(np.repeat(values, count), len(seeds))
    coefficients = generator.route(latents, knob)
    pixels = np.ascontiguousarray(generator.decode(coefficients, knob))  # [seeds · stops · count, …]
    pictures = _pictures(generator, pixels.reshape(-1, count, *generator.sample_shape))
    texts = _texts(generator, rows(own), coefficients, pixels, stops)
    start, values_told = _told(generator, values)
    places, parts = product(seeds, zip(values, values_told, strict=True)), _parts(pixels, len(seeds) * stops)
    for (seed, (value, told)), picture, drawn, text in zip(places, pictures, parts, texts, strict=True):
        digest = sha256(drawn).hexdigest()
        yield Gallery(seed, value, digest, picture, f"{start}{seed}{told}{digest}{text}".encode())


def _pictures(generator: Generator, drawn: U8) -> Iterator[bytes]:
    """Give the PNG of each gallery, [g, n, …]: the lines of a sheet that keeps to its species' ground need no zlib."""
    ground = ground_of(generator.name)
    if ground is None:
        yield from png.encode_all(png.sheets(drawn, generator.columns))
        return
    head = png.head((generator.rows * generator.height, generator.columns * generator.width))
    for i, packed in enumerate(ground.packed(drawn)):
        yield png.encode(png.sheet(drawn[i], generator.columns)) if packed is None else png.framed(head, packed)


def _parts(pixels: U8, parts: int) -> Iterator[memoryview]:
    """Give the bytes of each of so many equal parts."""
    whole = pixels.data.cast("B")
    size = len(whole) // parts
    return (whole[at : at + size] for at in range(0, len(whole), size))


def _told(generator: Generator, values: Sequence[float]) -> tuple[str, list[str]]:
    """Give what stands in a gallery's JSON before its seed, and for each value what stands behind it."""
    name = generator.knob.name
    behind = [f',"{name}":{ecmascript.number(value)},"pixels_sha256":"' for value in values]
    return f'{{"exhibit":"{generator.exhibit}","generator":"{generator.name}","seed":', behind


def _texts(
    generator: Generator, latents: list[str], coefficients: Coefficients, pixels: U8, stops: int
) -> Iterator[str]:
    """Give each gallery's JSON from its samples on; latents are those of one gallery a seed, which its stops share."""
    count = generator.samples
    shares, lines = rows(coefficients), generator.readout(coefficients)
    digests = [sha256(drawn).hexdigest() for drawn in _parts(pixels, len(lines))]
    before = [('"},\n' if i % count else '","samples":[\n') + f'{{"latent":[{own}' for i, own in enumerate(latents)]
    parts = ["", '],"coefficients":[', "", '],"readout":"', "", '","pixels_sha256":"', ""] * count + ['"}\n]}\n']
    for at in range(0, len(lines), count):
        own, seed = slice(at, at + count), at // stops // count * count
        parts[:-1:7], parts[2::7] = before[seed : seed + count], shares[own]
        parts[4::7], parts[6::7] = lines[own], digests[own]
        yield "".join(parts)


def grid_json(generator: Generator, grid: Grid, digests: Sequence[Sequence[str]]) -> bytes:
    """Give grid.json: what was published, where the controls start, and a row of pixel digests for each seed."""
    knob = generator.knob
    shown = ",".join(ecmascript.number(float(stop)) for stop in grid.stops)
    rows = ",\n".join('["' + '","'.join(row) + '"]' for row in digests)
    return (
        f'{{"exhibit":"{generator.exhibit}","generator":"{generator.name}","samples":{generator.samples},\n'
        f'"seeds":[{",".join(map(str, grid.seeds))}],\n"{knob.plural}":[{shown}],\n'
        f'"defaults":{{"seed":{grid.seed},"{knob.name}":{ecmascript.number(float(grid.stop))}}},\n'
        f'"pixels_sha256":[\n{rows}\n]}}\n'
    ).encode()
