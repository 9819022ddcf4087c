"""The scalar reference as an adapter: python -m reference, from within golden/. Slow, and right by definition."""

from __future__ import annotations

import json
import sys
from typing import Any

from reference.species import ROOT, Json, Refused, Species, load


def respond(line: str, zoo: dict[str, Species]) -> Json | None:
    """Give the response to one request line; None after bye."""
    try:
        request = json.loads(line)
    except ValueError:
        return {"token": None, "error": "broken JSON"}
    if not isinstance(request, dict):
        return {"token": None, "error": "a request is an object"}
    if request.get("cmd") == "bye":
        return None
    if request.get("cmd") == "hello":
        return hello(zoo)
    return {"token": request.get("token"), **run(request, zoo)}


def hello(zoo: dict[str, Species]) -> Json:
    """Who answers, and what it knows."""
    stages = list(dict.fromkeys(stage for species in zoo.values() for stage in species.stages))
    return {"protocol": 1, "name": "zoo-reference", "version": "1.0", "language": "Python",
            "models": list(zoo), "stages": stages, "exp": "pinned"}  # fmt: skip


def run(request: dict[str, Any], zoo: dict[str, Species]) -> Json:
    """out, skip or error."""
    if request.get("cmd") != "run":
        return {"skip": "unknown command"}
    try:
        species = zoo.get(request["model"])
        stage = species.stages.get(request["stage"]) if species else None
        return {"out": stage(request["in"])} if stage else {"skip": "unknown model or stage"}
    except (Refused, KeyError, TypeError, ValueError, OverflowError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Answer until bye or the end of input."""
    zoo = {path.parent.name: load(path.parent.name) for path in sorted(ROOT.glob("*/suite.json"))}
    for line in sys.stdin:
        answer = respond(line, zoo)
        if answer is None:
            return
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
