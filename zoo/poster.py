"""The picture that goes with a link to a page: a wall of its galleries on the zoo's paper, 1200 × 630.

Seeds run across and stops of the knob down, each gallery at a whole multiple of its pixels. It carries no text, which
would bring in a font and its rasteriser, and so its bytes are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.blend import U8
from generator.model import Generator
from zoo import png
from zoo.exhibit import Exhibit
from zoo.grid import Grid

WIDTH, HEIGHT, GAP = 1200, 630, 24
ROOM = 240  # pixels a gallery may be wide
BANDS = 3  # exhibits on the index's wall
PAPER = (0xF6, 0xF1, 0xE6)


def poster(exhibits: Sequence[Exhibit]) -> bytes:
    """Give the PNG of a wall on which the first exhibits share the height."""
    wall = np.full((HEIGHT, WIDTH, 3), PAPER, np.uint8)
    shown = exhibits[:BANDS]
    for band, exhibit in zip(np.array_split(wall, max(len(shown), 1)), shown, strict=False):
        _hang(band, exhibit.generator, exhibit.grid)
    return png.encode(wall)


def _hang(band: U8, species: Generator, grid: Grid) -> None:
    """Fill a stretch of wall with galleries of one exhibit, centred, the paper showing between them."""
    width, height = species.width * species.columns, species.height * species.rows
    room = (ROOM, band.shape[0] - 2 * GAP)
    times = max(1, min(room[0] // width, room[1] // height))
    across = max(1, (WIDTH - GAP) // (width * times + GAP))
    down = max(1, (band.shape[0] - GAP) // (height * times + GAP))
    pictures = _sheets(species, _seeds(grid, across), _stops(grid, down))
    top = (band.shape[0] - down * (height * times + GAP) + GAP) // 2
    left = (WIDTH - across * (width * times + GAP) + GAP) // 2
    for place, picture in enumerate(pictures):
        x, y = left + place % across * (width * times + GAP), top + place // across * (height * times + GAP)
        space = band[max(y, 0) : y + height * times, max(x, 0) : x + width * times]
        space[:] = png.enlarge(picture, times)[: space.shape[0], : space.shape[1]]


def _seeds(grid: Grid, count: int) -> list[int]:
    return [grid.seeds[i % len(grid.seeds)] for i in range(count)]


def _stops(grid: Grid, count: int) -> list[float]:
    last = len(grid.stops) - 1
    return [float(grid.stops[round(last * (i + 0.5) / count)]) for i in range(count)]


def _sheets(species: Generator, seeds: Sequence[int], values: Sequence[float]) -> list[U8]:
    """Give the contact sheets, a row of seeds for each value, in three channels."""
    latents = species.latents(np.array(seeds, np.uint32))
    found = []
    for value in values:
        knob = np.full(len(latents), value)
        pixels = species.decode(species.route(latents, knob), knob)
        colours = np.broadcast_to(pixels.reshape(*pixels.shape[:3], -1), (*pixels.shape[:3], 3))
        found += [png.sheet(own, species.columns) for own in np.split(colours, len(seeds))]
    return found
