"""The PNG files hold the pixels that were drawn, in the form the standard asks for."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from zoo import png

SHAPES = st.tuples(st.integers(1, 20), st.integers(1, 20)) | st.tuples(
    st.integers(1, 20), st.integers(1, 20), st.just(3)
)
PICTURES = SHAPES.flatmap(lambda shape: arrays(np.uint8, shape))
Picture = npt.NDArray[np.uint8]


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Take a PNG apart by the standard, every length and CRC checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(kind + body)
        found.append((kind, body))
        at += 12 + length
    return found


@given(PICTURES)
def test_another_decoder_finds_the_same_pixels(picture: Picture) -> None:
    """Pillow reads what was written, grey or colour, without loss."""
    with Image.open(io.BytesIO(png.encode(picture))) as image:
        assert image.mode == ("L" if picture.ndim == 2 else "RGB")
        assert np.array_equal(np.asarray(image), picture)


@given(PICTURES)
def test_the_file_is_whole(picture: Picture) -> None:
    """Three chunks with valid CRCs, eight bits a channel, not interlaced, and nothing after the end."""
    (header, shape), (kind, packed), end = chunks(png.encode(picture))
    assert (header, kind, end) == (b"IHDR", b"IDAT", (b"IEND", b""))
    colour = 0 if picture.ndim == 2 else 2
    assert struct.unpack(">IIBBBBB", shape) == (picture.shape[1], picture.shape[0], 8, colour, 0, 0, 0)
    assert len(zlib.decompress(packed)) == len(picture) * (1 + picture[0].size)


@pytest.mark.parametrize("columns", [1, 2, 3, 6])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_a_sheet_is_in_reading_order(columns: int, channels: tuple[int, ...]) -> None:
    """Sample i stands in row i // columns and column i % columns."""
    samples = np.arange(6 * 4 * 5 * (channels or (1,))[0], dtype=np.uint32).astype(np.uint8).reshape(6, 4, 5, *channels)
    sheet = png.sheet(samples, columns)
    assert sheet.shape == (24 // columns, 5 * columns, *channels)
    for i, sample in enumerate(samples):
        down, across = divmod(i, columns)
        assert np.array_equal(sheet[4 * down : 4 * down + 4, 5 * across : 5 * across + 5], sample)


@given(PICTURES, st.integers(1, 4))
def test_enlarging_repeats_pixels(picture: Picture, times: int) -> None:
    """Every pixel becomes a square of itself."""
    large = png.enlarge(picture, times)
    for down in range(times):
        for across in range(times):
            assert np.array_equal(large[down::times, across::times], picture)
