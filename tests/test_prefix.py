"""The code that all sheets share is one that every inflater reads."""

from __future__ import annotations

import zlib

import pytest

from zoo.prefix import CODES, END, LEAST_RUN, LONGEST_RUN, Bits, codes, header, joined, run


def inflated(parts: list[Bits]) -> bytes:
    """Have zlib read a block of such symbols, and hold it to its end."""
    block = joined([header(), *parts, END])
    reader = zlib.decompressobj(-15)
    data = reader.decompress(block.value.to_bytes(-(-block.size // 8), "little"))
    assert reader.eof
    assert reader.unused_data == b""
    return data


def test_every_level() -> None:
    """Each level stands for itself."""
    assert inflated(CODES[:256]) == bytes(range(256))


@pytest.mark.parametrize("length", range(LEAST_RUN, LONGEST_RUN + 1))
def test_every_run(length: int) -> None:
    """A run repeats the last level, for every length there is."""
    assert inflated([CODES[7], run(length), CODES[9]]) == b"\x07" + b"\x07" * length + b"\x09"


def test_the_example_of_the_standard() -> None:
    """RFC 1951, section 3.2.2: ABCDEFGH of lengths 3, 3, 3, 3, 3, 2, 4, 4, here with the first bit lowest."""
    found = codes([3, 3, 3, 3, 3, 2, 4, 4])
    shown = [f"{code.value:0{code.size}b}"[::-1] for code in found]
    assert shown == ["010", "011", "100", "101", "110", "00", "1110", "1111"]
