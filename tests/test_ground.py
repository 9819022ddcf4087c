"""Sheets on a blank ground are packed as any decoder reads them, whatever stands on them."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from generator.blend import U8
from generator.model import generators
from zoo import gallery, ground, png
from zoo.ground import Ground, Mask, ground_of

GOLDEN = Path(__file__).parent.parent / "golden"
MASKS = st.tuples(st.integers(1, 2), st.integers(1, 40), st.integers(1, 40)).flatmap(
    lambda shape: arrays(np.bool_, (2 * shape[0], *shape[1:]), fill=st.booleans())
)


def lines(galleries: U8, columns: int) -> list[bytes]:
    """Give the lines of each gallery's sheet, a 0 before each."""
    sheets = png.sheets(galleries, columns)
    return [b"".join(b"\0" + line.tobytes() for line in sheet) for sheet in sheets]


@given(MASKS, st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_another_decoder_finds_the_lines(ink: Mask, seed: int, count: int) -> None:
    """zlib, which checks Adler-32 too, gives back what was packed, alone or among others."""
    own = Ground(ink, 2)
    assume(own.steps is not None and not ink.all())
    galleries = np.random.default_rng(seed).integers(0, 256, (count, *ink.shape), np.uint8) * ink
    found = [bytes(packed or b"") for packed in own.packed(galleries)]
    assert [zlib.decompress(packed) for packed in found] == lines(galleries, 2)
    assert found == [bytes(packed or b"") for one in galleries for packed in own.packed(one[None])]


def test_extremes() -> None:
    """All levels the rarest, all the most frequent, and all the highest."""
    ink = np.zeros((9, 28, 28), np.bool_)
    ink[:, 5:20, 3:18] = True
    for level in (10, 0, 255):
        galleries = (ink * np.uint8(level))[None].repeat(100, axis=0)
        found = [zlib.decompress(packed or b"") for packed in Ground(ink, 3).packed(galleries)]
        assert found == lines(galleries, 3)


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_chunks_make_no_difference(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sheets are packed at once, each has the same bytes."""
    species = generators()["mini-digits"]
    drawn = list(gallery.galleries(species, range(3), species.knob.stops()))
    monkeypatch.setattr(ground, "CHUNK", chunk)
    assert list(gallery.galleries(species, range(3), species.knob.stops())) == drawn


def test_the_ground_of_the_digits() -> None:
    """Ink stands where a glyph of the reference's own picture has some, and nowhere else."""
    with Image.open(GOLDEN / "mini-digits/glyph-basis.png") as image:
        ink: Mask = np.asarray(image).reshape(28, 10, 28).max(axis=1) > 0
    own = ground_of("mini-digits")
    assert own is not None
    assert np.array_equal(own.ink, np.stack([ink] * 9))


def test_the_sheets_of_the_digits_are_small() -> None:
    """One code for all costs less than a twentieth more than zlib's own for each."""
    species = generators()["mini-digits"]
    drawn = list(gallery.galleries(species, range(20), species.knob.stops()))
    sheets = [np.asarray(Image.open(io.BytesIO(own.png))) for own in drawn]
    assert sum(len(own.png) for own in drawn) < 1.05 * sum(len(png.encode(sheet)) for sheet in sheets)


def test_colours_have_no_ground() -> None:
    """Sheets in colour are zlib's."""
    assert ground_of("chromatic-orbit") is None


def test_ink_outside_is_zlib_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet with ink outside its species' ground is packed by zlib, and whole."""
    species = generators()["mini-digits"]
    drawn = gallery.one(species, 1, 0.75)
    own = ground_of("mini-digits")
    assert own is not None
    narrow = own.ink.copy()
    narrow[:, 10] = False
    monkeypatch.setattr(gallery, "ground_of", lambda _name: Ground(narrow, 3))
    other = gallery.one(species, 1, 0.75)
    sheet, again = (np.asarray(Image.open(io.BytesIO(data))) for data in (drawn.png, other.png))
    assert np.array_equal(sheet, again)
    assert other.png == png.encode(sheet)
