"""Columns of numbers as .npy files: a line of text that tells type and shape, then the numbers, little-endian.

NumPy reads them, and so does anyone who reads the line. Written here rather than by NumPy, so that no later version of
it can change a byte.

Source: NumPy Enhancement Proposal 1, A Simple File Format for NumPy Arrays, version 1.0.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"\x93NUMPY\x01\x00"
ALIGNMENT = 64


def column(numbers: npt.NDArray[Any]) -> bytes:
    """Give the .npy file of an array."""
    numbers = np.ascontiguousarray(numbers).astype(numbers.dtype.newbyteorder("<"), copy=False)
    kind = numbers.dtype.str.replace("=", "<")
    told = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {numbers.shape}, }}".encode()
    room = -(len(MAGIC) + 2 + len(told) + 1) % ALIGNMENT
    head = told + b" " * room + b"\n"
    return b"".join((MAGIC, struct.pack("<H", len(head)), head, numbers.tobytes()))
