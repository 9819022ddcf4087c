"""The reference suite's vectors of one species, as a script that a page can load from anywhere.

A page runs its twin on each and compares bit for bit. Only the vectors that expect an answer are given: those that
expect a refusal ask an adapter, not a twin, whether it reads numbers properly. A long answer stands as its SHA-256.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

from zoo import HOUSE

LONG = 71  # characters: as long as a digest with its mark


@cache
def script(species: str) -> bytes | None:
    """Give the script that hands a page its vectors, [stage, id, in, out] each, or None where there are none."""
    found: list[list[Any]] = []
    for path in sorted((HOUSE / "golden" / species / "vectors").glob("*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        found += ([suite["stage"], own["id"], own["in"], _out(own["out"])] for own in suite["vectors"] if "out" in own)
    if not found:
        return None
    text = json.dumps(found, separators=(",", ":"), ensure_ascii=False)
    return f"globalThis.zoo.vectors = {text};\n".encode()


def _out(out: dict[str, Any]) -> dict[str, Any]:
    return {name: _short(value) for name, value in out.items()}


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > LONG:
        return f"sha256:{sha256(value.encode()).hexdigest()}"
    return value
