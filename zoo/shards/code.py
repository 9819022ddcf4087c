"""Which code draws: a key that is the same wherever the same files stand, whatever Python runs them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from zoo import HOUSE

DRAWING = ("generator/**/*.py", "zoo/png.py", "zoo/zipped.py", "zoo/shards/*.py")


@cache
def code_key() -> str:
    """Give the key of everything that the bytes of a shard follow from."""
    paths = sorted({path for form in DRAWING for path in HOUSE.glob(form)})
    found = sha256()
    for path in paths:
        found.update(f"{path.relative_to(HOUSE).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()
