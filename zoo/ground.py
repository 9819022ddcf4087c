"""Packing grey sheets whose ink stands in the same cells on a blank ground, many at once.

What such a sheet begins with, and where a run of blank stands between its levels, is known beforehand; what is left are
the levels, two at a time from a table. So all sheets are packed by the same few array operations, at a quarter of what
zlib takes for them one by one. The bytes depend on the sheet and its ground alone.

Source: ZLIB Compressed Data Format Specification version 3.3, RFC 1950 (1996), for the first two bytes and Adler-32.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from generator.blend import U8
from generator.layers import F64
from generator.model import generators
from zoo import png
from zoo.bits import Codes, Indices, code, ended, pairs, pieces, written
from zoo.prefix import CODES, END, LEAST_RUN, LONGEST_RUN, Bits, header, run

Mask = npt.NDArray[np.bool_]

CHUNK = 64  # sheets packed at once, so that each step finds them in cache
SEEDS = range(64)  # whose samples show where ink may stand
ZLIB = Bits(0x0178, 16)  # what its format begins with: packed fast, a window of 2^15 bytes
ADLER = 65521
PAIRS = pairs(CODES[:256])


@cache
def ground_of(name: str) -> Ground | None:
    """Give the ground of a species' sheets, or None where they have none: in colour, or inked all over."""
    species = generators()[name]
    if species.channels != 1:
        return None
    latents = species.latents(SEEDS)
    knob = np.full(len(latents), float(species.knob.minimum))
    ink = species.decode(species.route(latents, knob), knob).max(axis=0) > 0
    found = Ground(np.repeat(ink[None], species.samples, axis=0), species.columns)
    return None if ink.all() or found.steps is None else found


@dataclass(frozen=True, eq=False)
class Ground:
    """Where the ink of a sheet may stand: a mask of its samples, [n, height, width], laid out in so many columns."""

    ink: Mask
    columns: int

    @cached_property
    def steps(self) -> list[int] | None:
        """What a sheet's lines are cut into: where two levels stand, or, below 0, how long a run of blank is.

        A run follows a blank, which it repeats. None where a lonely level would be left at the end.
        """
        lines = png.filtered(png.sheets(self.ink[None].astype(np.uint8), self.columns)).reshape(-1)
        inked = np.append(np.flatnonzero(lines), lines.size)
        blank = inked[np.searchsorted(inked, np.arange(lines.size))] - np.arange(lines.size)  # from each cell on
        found, at = [], 0
        while at < lines.size:
            length = min(int(blank[at]), LONGEST_RUN) if at and blank[at - 1] else 0
            found.append(-length if length >= LEAST_RUN else at)
            at += length if length >= LEAST_RUN else 2
        return found if at == lines.size else None

    @cached_property
    def _cells(self) -> Indices:
        """The cells of the pairs among those of all lines."""
        at = np.array([step for step in self.steps or () if step >= 0])
        return np.stack([at, at + 1], axis=1).reshape(-1)

    @cached_property
    def _pixels(self) -> Indices:
        """The pixel that stands in each of those cells, among a gallery's; a blank one for what leads a line."""
        places = png.sheets(np.arange(self.ink.size).reshape(1, *self.ink.shape), self.columns)[0]
        lines = np.full((places.shape[0], places.shape[1] + 1), np.flatnonzero(~self.ink)[0])
        lines[:, 1:] = places
        return lines.reshape(-1)[self._cells]

    @property
    def _size(self) -> int:
        """The number of cells."""
        count, height, _ = self.ink.shape
        return self.ink.size + int(count // self.columns * height)

    @cached_property
    def _weights(self) -> F64:
        """What the level in each of those cells counts in the two sums of Adler-32: float64 [cells, 2]."""
        return np.stack([np.ones(len(self._cells)), self._size - self._cells.astype(np.float64)], axis=1)

    @cached_property
    def _codes(self) -> tuple[Codes, Indices]:
        """A sheet's codes without those of its pairs, two to a place, [2, places], and where the pairs go there."""
        start, steps = pieces(ZLIB) + pieces(header()), self.steps or []
        runs = [0 if step >= 0 else code(run(-step)) for step in steps]
        own = [*start, *runs, code(END)]
        own += [0] * (len(own) % 2 + 6)
        at = len(start) + np.flatnonzero(np.array(steps) >= 0)
        return np.array(own, np.uint32).reshape(-1, 2).T, at // 2 + at % 2 * (len(own) // 2)

    @cached_property
    def _outside(self) -> U8:
        return np.where(self.ink.reshape(-1), np.uint8(0), np.uint8(255))

    def packed(self, galleries: U8) -> Iterator[memoryview | None]:
        """Give the lines of each gallery's sheet as zlib's format has them, or None where ink stands elsewhere."""
        flat = galleries.reshape(len(galleries), -1)
        for start in range(0, len(flat), CHUNK):
            yield from self._chunk(flat[start : start + CHUNK])

    def _chunk(self, pixels: U8) -> Iterator[memoryview | None]:
        strays = (pixels & self._outside).max(axis=1).tolist()
        levels = pixels.take(self._pixels, axis=1)
        codes, at = self._codes
        rows = np.repeat(codes[None], len(pixels), axis=0)
        rows.reshape(len(rows), -1)[:, at] = PAIRS.take(levels.view(np.uint16))
        ended(rows, self._adler(levels))
        data, bounds = written(rows)
        for stray, start, end in zip(strays, bounds[::2], bounds[1::2], strict=True):
            yield None if stray else data[start:end]

    def _adler(self, levels: U8) -> Codes:
        """Give Adler-32 of each sheet's lines; the sums are exact in binary64, in whatever order."""
        sums = levels.astype(np.float64) @ self._weights
        low, high = ((sums + np.array([1.0, self._size])) % ADLER).astype(np.uint32).T
        found: Codes = low | high << np.uint32(16)
        return found
