"""One live Node process that runs the JavaScript twins, for as many calls as a test likes."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

HERE = Path(__file__).parent
CONTENT = HERE.parent / "content"
ARRAYS = ("uint8", "uint32", "float32", "float64")


class TwinError(Exception):
    """What a twin threw."""


class Twin:
    """Calls JavaScript functions by name: `twin("mini-digits.route", latent, 0.75)`.

    Arrays arrive as typed arrays of their dtype and come back as such; numbers, texts and None as themselves.
    """

    def __init__(self, node: str, species: Sequence[str], content: Path = CONTENT) -> None:
        """Start Node with pinned.js and the twins of these species."""
        command = [node, str(HERE / "twin.mjs"), str(content), *species]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def __enter__(self) -> Self:
        """Give the running process."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._process.communicate()

    def __call__(self, name: str, *arguments: object) -> Any:
        """Give the function's value, or raise TwinError with what it threw."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"call": name, "with": arguments}, default=_written) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline(), object_hook=_read)
        if "error" in reply:
            raise TwinError(reply["error"])
        return reply["value"]


def _written(value: object) -> dict[str, str]:
    array = np.asarray(value)
    return {array.dtype.name: array.astype(array.dtype.newbyteorder("<")).tobytes().hex()}


def _read(record: dict[str, Any]) -> Any:
    for name in ARRAYS:
        if name in record:
            return np.frombuffer(bytes.fromhex(record[name]), np.dtype(name).newbyteorder("<")).astype(name)
    return record
