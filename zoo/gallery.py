"""Sampling and drawing: the galleries of a grid as PNG and JSON bytes, a batch of seeds at a time.

Latents depend on the seed alone, so each is drawn once and meets every stop of the knob.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

import numpy as np

from generator import ecmascript
from generator.blend import U8
from generator.layers import F64
from generator.model import Coefficients, Generator
from zoo import png
from zoo.errors import UsageError, nearest
from zoo.grid import Grid

BATCH_BYTES = 2**23  # pixels held at once: enough to be fast, little enough to stay flat in memory


@dataclass(frozen=True)
class Gallery:
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
    count = generator.samples
    latents = generator.latents(np.array(seeds, np.uint32)).reshape(len(seeds), count, -1)
    for seed, own in zip(seeds, latents, strict=True):
        shared = [_numbers(latent) for latent in own]
        everywhere = np.tile(own, (len(values), 1))  # [values · count, L]
        knob = np.repeat(np.array(values), count)
        coefficients = generator.route(everywhere, knob)
        pixels = generator.decode(coefficients, knob)
        lines = generator.readout(coefficients)
        for i, value in enumerate(values):
            part = slice(i * count, (i + 1) * count)
            texts = map(_sample_json, shared, coefficients[part], lines[part], pixels[part])
            yield _draw(generator, seed, value, pixels[part], texts)


def _draw(generator: Generator, seed: int, value: float, pixels: U8, samples: Iterable[str]) -> Gallery:
    digest = sha256(pixels.data).hexdigest()
    head = (
        f'{{"exhibit":"{generator.exhibit}","generator":"{generator.name}","seed":{seed},'
        f'"{generator.knob.name}":{ecmascript.number(value)},"pixels_sha256":"{digest}","samples":[\n'
    )
    text = head + ",\n".join(samples) + "\n]}\n"
    return Gallery(seed, value, digest, png.encode(png.sheet(pixels, generator.columns)), text.encode())


def _sample_json(latent: str, coefficients: Coefficients, readout: str, pixels: U8) -> str:
    return (
        f'{{"latent":[{latent}],"coefficients":[{_numbers(coefficients)}],"readout":"{readout}",'
        f'"pixels_sha256":"{sha256(pixels.data).hexdigest()}"}}'
    )


def _numbers(values: F64 | Coefficients) -> str:
    """Write numbers as `ecmascript.number` does, the usual ones all at once."""
    text = repr(values.astype(np.float64).tolist())[1:-1].replace(", ", ",")
    if "e" in text or ".0," in f"{text},":
        return ",".join(map(ecmascript.number, values.tolist()))
    return text


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
