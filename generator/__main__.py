"""The Python adapter of the conformance protocol: JSON Lines on standard input and output, any species, any stage.

Arrays travel as packed text, `type:hex`, big-endian, elements side by side; a result is packed by its dtype.
Source: golden/PROTOCOL.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from generator.model import generators

TAGS = {"u8": ">u1", "u32": ">u4", "f32": ">f4", "f64": ">f8"}
WIDTHS = {np.dtype(code): tag for tag, code in TAGS.items()}
SAFE_INTEGER = 2**53


def unpack(value: Any) -> Any:
    """Give the array a packed text stands for; plain integers and other texts stay as they are."""
    tag, colon, digits = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not colon or tag not in TAGS:
        return _plain(value)
    array = np.frombuffer(bytes.fromhex(digits), TAGS[tag])
    return array.astype(array.dtype.newbyteorder("="))


def _plain(value: Any) -> Any:
    if isinstance(value, str) or (type(value) is int and 0 <= value < SAFE_INTEGER):
        return value
    raise ValueError(f"{value!r} is neither a packed array, a text nor an integer from 0 to 2^53")


def pack(value: Any) -> Any:
    """Give an array as packed text; texts and None stay as they are."""
    if not isinstance(value, np.ndarray):
        return value
    big = value.dtype.newbyteorder(">")
    return f"{WIDTHS[big]}:{value.astype(big).tobytes().hex()}"


def answer(line: str) -> dict[str, Any] | None:
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
        return _hello(request)
    token = {"token": request.get("token")}
    return token | (_run(request) if command == "run" else {"skip": f"unknown cmd {command!r}"})


def _hello(request: Mapping[str, Any]) -> dict[str, Any]:
    species = generators().get(str(request.get("suite")))
    known = [species] if species else list(generators().values())
    stages = dict.fromkeys(stage for one in known for stage in one.stages)
    identity = {"protocol": 1, "name": "ai-zoo-python", "version": "1.0.0", "language": "Python"}
    return identity | {"models": list(generators()), "stages": list(stages), "exp": "pinned"}


def _run(request: Mapping[str, Any]) -> dict[str, Any]:
    species = generators().get(str(request.get("model")))
    stage = species.stages.get(str(request.get("stage"))) if species else None
    if stage is None:
        return {"skip": f"no stage {request.get('stage')!r} of model {request.get('model')!r}"}
    try:
        given = {name: _argument(name, value) for name, value in request.get("in", {}).items()}
        return {"out": {name: pack(value) for name, value in stage(**given).items()}}
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _argument(name: str, value: Any) -> Any:
    return _plain(value) if name == "text" else unpack(value)  # a typed text may look like a packed array


def serve(lines: Iterable[str]) -> Iterator[str]:
    """Answer request lines one by one until bye or the end of the input."""
    for line in lines:
        response = answer(line)
        if response is None:
            return
        yield json.dumps(response, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Speak the protocol on standard input and output."""
    sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    for line in serve(sys.stdin):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
