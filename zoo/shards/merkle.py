"""The Merkle root of a list of digests: one digest that stands for all, whoever computed them, in whatever order.

The hash of a leaf is SHA-256(00 · digest), that of a node SHA-256(01 · left · right); the bytes in front keep a leaf
from being taken for a node. A list of n > 1 splits behind the largest power of two below n. The root of no leaf is
SHA-256 of nothing.

Source: RFC 6962, Certificate Transparency, section 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


def root(digests: Iterable[bytes]) -> bytes:
    """Give the root; memory grows with the logarithm of the number of digests.

    >>> root([]).hex()[:16], root([b""]).hex()[:16]
    ('e3b0c44298fc1c14', '6e340b9cffb37a98')
    """
    peaks: list[tuple[int, bytes]] = []  # the whole trees so far, with their heights, each lower than the one before
    for digest in digests:
        height, tree = 0, sha256(LEAF + digest).digest()
        while peaks and peaks[-1][0] == height:
            height, tree = height + 1, sha256(NODE + peaks.pop()[1] + tree).digest()
        peaks.append((height, tree))
    if not peaks:
        return sha256().digest()
    whole = peaks.pop()[1]
    while peaks:
        whole = sha256(NODE + peaks.pop()[1] + whole).digest()
    return whole
