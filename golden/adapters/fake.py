#!/usr/bin/env python3
"""The scalar reference as an adapter that can misbehave: what the runner itself is tested with.

    python golden/conform.py run -- python golden/adapters/fake.py [FAULT]

Without a fault it is right. A fault that needs a moment strikes at the twentieth request.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reference.__main__ import respond
from reference.binary import pack, unpack
from reference.species import load

Json = dict[str, Any]
MOMENT = 20


class Fake:
    """Answers line by line; a fault changes the message, the line, or the process."""

    def __init__(self) -> None:
        """Load the species that is faked."""
        self.zoo = {"mini-digits": load("mini-digits")}
        self.asked = 0
        self.before: Json = {}

    def serve(self, fault: Callable[[Fake, Json, Json], str]) -> None:
        """Answer until bye or the end of input."""
        for line in sys.stdin:
            answer = respond(line, self.zoo)
            if answer is None:
                if fault is deaf:
                    continue
                return
            self.asked += 1
            sys.stdout.write(fault(self, request_of(line), answer))
            sys.stdout.flush()
        if fault is offended:
            sys.exit(3)

    @property
    def now(self) -> bool:
        """Whether the moment has come."""
        return self.asked == MOMENT


def request_of(line: str) -> Json:
    """Give the request, or nothing where the line holds none."""
    try:
        request = json.loads(line)
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}


def line_of(answer: Json) -> str:
    """Give an answer as it should be written."""
    return json.dumps(answer) + "\n"


def crash(fake: Fake, _: Json, answer: Json) -> str:
    """Die without a word."""
    if fake.now:
        os._exit(17)
    return line_of(answer)


def hang(fake: Fake, _: Json, answer: Json) -> str:
    """Fall asleep."""
    if fake.now:
        time.sleep(60)
    return line_of(answer)


def split(fake: Fake, _: Json, answer: Json) -> str:
    """Break a response over two lines."""
    return line_of(answer).replace(", ", ",\n", 1) if fake.now else line_of(answer)


def chatter(fake: Fake, _: Json, answer: Json) -> str:
    """Print a remark on stdout."""
    return "loading…\n" * fake.now + line_of(answer)


def farewell(fake: Fake, _: Json, answer: Json) -> str:
    """Print the last response twice."""
    return line_of(answer) * (2 if fake.now else 1)


def order(fake: Fake, _: Json, answer: Json) -> str:
    """Answer with the response before."""
    fake.before, answer = answer, (fake.before if fake.now else answer)
    return line_of(answer)


def stale(fake: Fake, request: Json, answer: Json) -> str:
    """Keep the stream between requests: every word comes but once."""
    if request.get("stage") == "prng" and "out" in answer and request["in"]["count"]:
        first = fake.before.setdefault(json.dumps(request["in"], sort_keys=True), fake.asked)
        answer["out"] = answer["out"] if first == fake.asked else {"words": "u32:00000000"}
    return line_of(answer)


def drifting(fake: Fake, request: Json, answer: Json) -> str:
    """Answer the n-th request of a stage with something only the n-th gets."""
    if request.get("stage") == "readout" and "out" in answer:
        answer["out"]["text"] += " " * (fake.asked % 7)
    return line_of(answer)


def native(_: Fake, request: Json, answer: Json) -> str:
    """Use the platform's exp, and say so."""
    answer = {**answer, "exp": "native"} if "protocol" in answer else answer
    if request.get("stage") == "exp" and "out" in answer:
        answer["out"] = {"y": nudged(answer["out"]["y"])}
    return line_of(answer)


def nudged(packed: str) -> str:
    """Move every third result up by one step, as a platform's exp might have it."""
    return pack("f64", [math.nextafter(y, 2) if i % 3 == 0 else y for i, y in enumerate(unpack(packed))])


def transposed(_: Fake, request: Json, answer: Json) -> str:
    """Leave the sums' rows for columns."""
    if request.get("stage") == "blend" and "out" in answer:
        digits = answer["out"]["sums"].removeprefix("f64:")
        cells = [digits[16 * at : 16 * at + 16] for at in range(784)]
        answer["out"]["sums"] = "f64:" + "".join(cells[x * 28 + y] for y in range(28) for x in range(28))
    return line_of(answer)


def partial(_: Fake, __: Json, answer: Json) -> str:
    """Claim two stages alone."""
    return line_of({**answer, "stages": ["prng", "latent"]} if "protocol" in answer else answer)


def lazy(fake: Fake, request: Json, answer: Json) -> str:
    """Skip some vectors of a stage it answers."""
    skipping = request.get("stage") == "exp" and "out" in answer and "x-note" not in request and fake.asked % 2
    return line_of({"token": answer.get("token"), "skip": "too hard"} if skipping else answer)


def shirking(_: Fake, request: Json, answer: Json) -> str:
    """Claim every stage in hello and skip one throughout."""
    return line_of({"token": answer["token"], "skip": "later"} if request.get("stage") == "exp" else answer)


def nothing(_: Fake, __: Json, answer: Json) -> str:
    """Claim no stage at all."""
    return line_of({**answer, "stages": []} if "protocol" in answer else answer)


def future(_: Fake, __: Json, answer: Json) -> str:
    """Speak another protocol."""
    return line_of({**answer, "protocol": 2} if "protocol" in answer else answer)


def nameless(_: Fake, __: Json, answer: Json) -> str:
    """Say hello without a name."""
    return line_of({key: value for key, value in answer.items() if key != "name"})


def upper(_: Fake, __: Json, answer: Json) -> str:
    """Write hex in upper case and end lines with CR LF, which is allowed."""
    for key, value in answer.get("out", {}).items():
        if isinstance(value, str) and value[:3] in ("u32", "f32", "f64", "u8:"):
            tag, digits = value.split(":")
            answer["out"][key] = f"{tag}:{digits.upper()}"
    return line_of({"x-unknown": [1], **answer}).replace("\n", "\r\n")


def right(_: Fake, __: Json, answer: Json) -> str:
    """Do all as it should be."""
    return line_of(answer)


def noisy(_: Fake, __: Json, answer: Json) -> str:
    """Fill stderr, which is nobody's business."""
    sys.stderr.write("log\n" * 5000)
    return line_of(answer)


def stubborn(_: Fake, __: Json, answer: Json) -> str:
    """Call errors what deserves a skip."""
    return line_of({"token": answer["token"], "error": answer["skip"]} if "skip" in answer else answer)


def fragile(_: Fake, __: Json, answer: Json) -> str:
    """Die of broken JSON."""
    if "error" in answer and answer["token"] is None:
        os._exit(1)
    return line_of(answer)


def unbounded(fake: Fake, _: Json, answer: Json) -> str:
    """Write a line of more than 64 KiB."""
    return line_of({**answer, "pad": "x" * 70000} if fake.now else answer)


def strict(_: Fake, request: Json, answer: Json) -> str:
    """Refuse what it does not know within `in`."""
    refused = "out" in answer and "x-note" in request.get("in", {})
    return line_of({"token": answer["token"], "error": "x-note?"} if refused else answer)


def deaf(_: Fake, __: Json, answer: Json) -> str:
    """Do not leave at bye; `serve` sees to it."""
    return line_of(answer)


def offended(_: Fake, __: Json, answer: Json) -> str:
    """Leave with code 3 where the input ends without bye; `serve` sees to it."""
    return line_of(answer)


def not_json(fake: Fake, _: Json, answer: Json) -> str:
    """Write NaN where JSON has none."""
    return line_of({**answer, "pad": math.nan} if fake.now else answer)


if __name__ == "__main__":
    Fake().serve(globals()[sys.argv[1] if len(sys.argv) > 1 else "right"])
