"""The reference suite's vectors of one species, as a script that a page can load from anywhere.

A page runs its twin on each and compares bit for bit. Only the vectors that expect an answer are given: those that
expect a refusal ask an adapter, not a twin, whether it reads numbers properly. A long answer stands as its SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from zoo.conformance.suite import read_vectors

LONG = 71  # characters: as long as a digest with its mark


@cache
def script(golden: Path, species: str) -> bytes | None:
    """Give the script that hands a page its vectors, [stage, id, in, out] each, or None where there are none."""
    every = (vector for vectors in read_vectors(golden / species).values() for vector in vectors)
    found = [[own.stage, own.id, own.given, _out(own.out)] for own in every if own.out is not None]
    if not found:
        return None
    text = json.dumps(found, separators=(",", ":"), ensure_ascii=False)
    return f"globalThis.zoo.vectors = {text};\n".encode()


def _out(out: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _short(value) for name, value in out.items()}


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > LONG:
        return f"sha256:{sha256(value.encode()).hexdigest()}"
    return value
