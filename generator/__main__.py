"""The Python adapter of the conformance protocol: JSON Lines on standard input and output, any species, any stage.

Arrays travel as packed text, `type:hex`, big-endian, elements side by side; a result is packed by its dtype.
Source: golden/PROTOCOL.md.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from inspect import signature
from typing import Any

import numpy as np

from generator.model import Generator, Stage, generators

TAGS = {"u8": ">u1", "u32": ">u4", "f32": ">f4", "f64": ">f8"}
HEX = re.compile("[0-9a-f]*")
WIDTHS = {np.dtype(code): tag for tag, code in TAGS.items()}


def unpack(value: Any) -> Any:
    """Give the array a packed text stands for; what is no such text stays as it is."""
    tag, colon, digits = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not colon:
        return value
    if not HEX.fullmatch(digits):
        raise ValueError(f"{value!r} holds what is no hex digit")
    array = np.frombuffer(bytes.fromhex(digits), TAGS[tag])
    return array.astype(array.dtype.newbyteorder("="))


def pack(value: Any) -> Any:
    """Give an array as packed text; texts and None stay as they are."""
    if not isinstance(value, np.ndarray):
        return value
    big = value.dtype.newbyteorder(">")
    return f"{WIDTHS[big]}:{value.astype(big).tobytes().hex()}"


def answer(line: str | bytes) -> dict[str, Any] | None:
    """Give the response to one request line, or None where the line ends the conversation."""
    try:
        request = json.loads(line)
    except ValueError as error:
        return {"token": None, "error": f"not JSON: {error}"}
    if not isinstance(request, dict):
        return {"token": None, "error": "expected a JSON object"}
    command = request.get("cmd")
    if command == "bye":
        return None
    if command == "hello":
        return _hello()
    token = {"token": request.get("token")}
    return token | (_run(request) if command == "run" else {"skip": f"unknown cmd {command!r}"})


def _hello() -> dict[str, Any]:
    stages = dict.fromkeys(stage for species in generators().values() for stage in species.stages)
    identity = {"protocol": 1, "name": "ai-zoo-python", "version": "1.0.0", "language": "Python"}
    return identity | {"models": list(generators()), "stages": list(stages), "exp": "pinned"}


def _run(request: Mapping[str, Any]) -> dict[str, Any]:
    try:
        species = generators().get(request["model"])
        if species is None or request["stage"] not in species.stages:
            return {"skip": "unknown model or stage"}
        stage = species.stages[request["stage"]]
        takes = _inputs(species, stage)
        given = {
            name: value if name == "text" else unpack(value)  # a typed text may look like a packed array
            for name, value in request["in"].items()
            if name in takes
        }
        return {"out": {name: pack(value) for name, value in stage(**given).items()}}
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _inputs(species: Generator, stage: Stage) -> set[str]:
    """Give the names of what a stage takes; whatever else a request brings is of another version, and ignored."""
    parameters = signature(stage).parameters.items()
    return {species.knob.name if own.kind is own.VAR_KEYWORD else name for name, own in parameters}


def serve(lines: Iterable[str | bytes]) -> Iterator[str]:
    """Answer request lines one by one until bye or the end of the input; answers are ASCII, whatever was asked."""
    for line in lines:
        response = answer(line)
        if response is None:
            return
        yield json.dumps(response, separators=(",", ":"))


def main() -> None:
    """Speak the protocol on standard input and output."""
    for line in serve(sys.stdin.buffer):
        sys.stdout.buffer.write(f"{line}\n".encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
