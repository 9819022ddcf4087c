"""Questions about the protocol itself; they stand before the pipeline as a stage of their own (ZOO-PROTO)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conformance.judge import Mismatch, short
from conformance.session import Answer, Session, dumps, run_line
from conformance.suite import Json, Suite

STAGE = "protocol"


@dataclass(frozen=True)
class Probe:
    """A line that is no ordinary request, and the kind of answer it deserves."""

    id: str
    requirements: tuple[str, ...]
    why: str
    line: Callable[[str, Suite, Json], str]  # of token, suite and hello
    expects: str
    null_token: bool = False
    stage: str = STAGE


def padded(token: str, suite: Suite, _: Json) -> str:
    """Give an unknown key first, another order of keys, blanks, and CR before LF."""
    request = f'{{ "x-note" : [1, {{"cmd": "bye"}}], "in" : {{ }}, "stage" : "nothing", "model" : "{suite.name}", '
    return request + f'"token" : "{token}", "cmd" : "run" }}\r'


PROBES = (
    Probe("zoo-protocol-0001", ("ZOO-PROTO-5",), "a stage of a later version gets skip, not an error and not a crash",
          lambda token, suite, _: run_line(token, suite.name, "no-such-stage", {}), "skip"),
    Probe("zoo-protocol-0002", ("ZOO-PROTO-5",), "so does a model the port does not have",
          lambda token, _, hello: run_line(token, "no-such-model", str(first(hello)), {}), "skip"),
    Probe("zoo-protocol-0003", ("ZOO-PROTO-5",), "and a command of a later version",
          lambda token, *_: dumps({"cmd": "no-such-command", "token": token}), "skip"),
    Probe("zoo-protocol-0004", ("ZOO-PROTO-6",), "broken JSON is answered with an error; the adapter lives on",
          lambda token, *_: f'{{"cmd":"run","token":"{token}",', "error", null_token=True),
    Probe("zoo-protocol-0005", ("ZOO-PROTO-6",), "JSON that is no object is bad input, too",
          lambda *_: "[]", "error", null_token=True),
    Probe("zoo-protocol-0006", ("ZOO-PROTO-3",), "order of keys, unknown keys, blanks and CR before LF mean nothing",
          padded, "skip"),
)  # fmt: skip


def first(hello: Json) -> object:
    """Give a stage the port has, so that only the model is unknown."""
    return hello["stages"][0] if hello["stages"] else "prng"


def put(probe: Probe, session: Session, suite: Suite) -> list[Mismatch]:
    """Ask it; what is wrong with the answer."""
    token = session.token()
    line = probe.line(token, suite, session.hello)
    answer = session.exchange(line, [None, token] if probe.null_token else [token])
    return verdict(probe, answer)


def verdict(probe: Probe, answer: Answer) -> list[Mismatch]:
    """Give the kind of answer is all that counts."""
    if answer.kind == probe.expects:
        return []
    return [Mismatch("answer", f"{answer.kind} {short(answer.value)}", probe.expects)]
