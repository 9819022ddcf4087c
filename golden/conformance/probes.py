"""Questions about the protocol itself; they stand before the pipeline as a stage of their own (ZOO-PROTO)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from conformance.judge import Mismatch, short
from conformance.session import Answer, Session, dumps, run_line
from conformance.suite import Json, Suite, Vector

STAGE = "protocol"
Line = Callable[[str, Suite, Json], str]  # of token, suite and hello


@dataclass(frozen=True)
class Probe:
    """A line that is no ordinary request, and the kind of answer it deserves."""

    id: str
    requirements: tuple[str, ...]
    why: str
    line: Line
    expects: str
    null_token: bool = False
    stage: str = STAGE


def padded(token: str, suite: Suite, _: Json) -> str:
    """Give an unknown key first, another order of keys, blanks, and CR before LF."""
    request = f'{{ "x-note" : [1, {{"cmd": "bye"}}], "in" : {{ }}, "stage" : "nothing", "model" : "{suite.name}", '
    return request + f'"token" : {json.dumps(token)}, "cmd" : "run" }}\r'


def asked(token: str, suite: Suite, hello: Json, turn: int = 0) -> Json:
    """Give a request that the port can answer, if there is one; each turn asks another stage."""
    good: dict[str, Vector] = {}
    for each in suite.vectors:
        if each.stage in hello["stages"] and each.out is not None:
            good.setdefault(each.stage, each)
    vector = [*good.values()][turn % len(good)] if good else suite.vectors[0]
    return {"cmd": "run", "token": token, "model": suite.name, "stage": vector.stage, "in": vector.inputs}


def changed(**fields: object) -> Line:
    """Give such a request with something exchanged."""
    return lambda token, suite, hello: dumps(asked(token, suite, hello) | fields)


def without_inputs(token: str, suite: Suite, hello: Json) -> str:
    """Give such a request without its inputs."""
    return dumps({key: value for key, value in asked(token, suite, hello).items() if key != "in"})


def unescaped(token: str, suite: Suite, hello: Json) -> str:
    """Give such a request with characters beyond ASCII as they are."""
    return json.dumps({"x-note": "µ １ \u2028\u0085"} | asked(token, suite, hello), ensure_ascii=False)


def spaced(turn: int) -> Line:
    """Give such a request with notes that are like one; at even turns with white space wherever JSON has it, too."""
    note: Json = {"x-note": {"cmd": "bye", "token": "?", "model": "?", "stage": "?", "in": {"?": [[{}]]}}}

    def line(token: str, suite: Suite, hello: Json) -> str:
        request = note | asked(token, suite, hello, turn)
        if turn:
            request["in"] = note | {"seeds": "u32:00000001", "": [None, -0.5e-7, True]} | request["in"]
        return dumps(request) if turn % 2 else "\t " + json.dumps(request, separators=("\t,  ", " :\t")) + " \t"

    return line


def escaped(token: str, suite: Suite, hello: Json) -> str:
    """Give such a request beside every escape that JSON has, in capitals, too."""
    note = r'{"x-note": "\"\\\/\b\f\n\r\t\u00C5\uD83D\uDE00", '
    return note + dumps(asked(token, suite, hello))[1:]


def capital(key: str) -> Line:
    """Give such a request in which one name has its first letter in upper case."""
    return lambda token, suite, hello: dumps((own := asked(token, suite, hello)) | {key: own[key].capitalize()})


def longer(key: str) -> Line:
    """Give such a request in which one name has a letter more."""
    return lambda token, suite, hello: dumps((own := asked(token, suite, hello)) | {key: f"{own[key]}s"})


NO_NUMBERS = {
    "f64": ("7ff8000000000000", "7ff0000000000000", "fff0000000000000"),
    "f32": ("7fc00000", "7f800000", "ff800000"),
}


def no_number(tag: str, turn: int) -> Line:
    """Give a request with NaN or an infinity first or last in an array; each turn asks another stage."""

    def line(token: str, suite: Suite, hello: Json) -> str:
        asked_of = {
            (vector.stage, key): vector
            for vector in reversed(suite.vectors)
            if vector.stage in hello["stages"] and vector.out is not None
            for key, value in vector.inputs.items()
            if str(value).startswith(f"{tag}:") and str(value) != f"{tag}:"
        }
        if not asked_of:
            return "{"  # broken, which is an error as well
        (stage, key), vector = list(asked_of.items())[turn % len(asked_of)]
        own, digits = NO_NUMBERS[tag][turn % 3], vector.inputs[key].removeprefix(f"{tag}:")
        placed = own + digits[len(own) :] if turn // 3 % 2 else digits[: -len(own)] + own
        return run_line(token, suite.name, stage, vector.inputs | {key: f"{tag}:{placed}"})

    return line


PROBES = (
    Probe("zoo-protocol-0001", ("ZOO-PROTO-5",), "a stage of a later version gets skip, not an error and not a crash",
          lambda token, suite, _: run_line(token, suite.name, "no-such-stage", {}), "skip"),
    Probe("zoo-protocol-0002", ("ZOO-PROTO-5",), "so does a model the port does not have",
          lambda token, _, hello: run_line(token, "no-such-model", str(first(hello)), {}), "skip"),
    Probe("zoo-protocol-0003", ("ZOO-PROTO-5",), "and a command of a later version",
          lambda token, *_: dumps({"cmd": "no-such-command", "token": token}), "skip"),
    Probe("zoo-protocol-0004", ("ZOO-PROTO-6",), "broken JSON is answered with an error; the adapter lives on",
          lambda token, *_: f'{{"cmd":"run","token":{json.dumps(token)},', "error", null_token=True),
    Probe("zoo-protocol-0005", ("ZOO-PROTO-6",), "JSON that is no object is bad input, too",
          lambda *_: "[]", "error", null_token=True),
    Probe("zoo-protocol-0006", ("ZOO-PROTO-3",), "order of keys, unknown keys, blanks and CR before LF mean nothing",
          padded, "skip"),
    Probe("zoo-protocol-0007", ("ZOO-PROTO-6",), "JSON that holds something and is no object",
          lambda *_: '["run"]', "error", null_token=True),
    Probe("zoo-protocol-0008", ("ZOO-PROTO-6",), "a number is JSON, too, and no request",
          lambda *_: "7", "error", null_token=True),
    *(Probe(f"zoo-protocol-{number:04}", ("ZOO-PROTO-5",), f"{command} is no command, whatever else is in order",
            changed(cmd=command), "skip") for number, command in enumerate(("ask", "greet", "walk"), 9)),
    Probe("zoo-protocol-0012", ("ZOO-PROTO-6",), "a request without `in` is bad input",
          without_inputs, "error", null_token=True),
    Probe("zoo-protocol-0013", ("ZOO-PROTO-6",), "`in` is an object, nothing else",
          changed(**{"in": ["u32:00000001"]}), "error", null_token=True),
    Probe("zoo-protocol-0014", ("ZOO-PROTO-1",), "lines are UTF-8 as it is, and end in LF alone: no U+2028, no U+0085",
          unescaped, "out"),
    Probe("zoo-protocol-0015", ("ZOO-PROTO-3",), "white space, and a note that looks like a request, mean nothing",
          spaced(0), "out"),
    Probe("zoo-protocol-0016", ("ZOO-PROTO-3",), "every escape that JSON has", escaped, "out"),
    *(Probe(f"zoo-protocol-{number:04}", ("ZOO-PROTO-5",), f"a {key} that only begins like one is another",
            longer(key), "skip") for number, key in enumerate(("cmd", "model", "stage"), 17)),
    *(Probe(f"zoo-protocol-{number:04}", ("ZOO-PROTO-5",), f"{command!r} is no command",
            changed(cmd=command), "skip") for number, command in enumerate(("byes", "Run", "hello ", ""), 20)),
    *(Probe(f"zoo-protocol-{number:04}", ("ZOO-NUM-3",), f"what is no number is refused: {tag}, turn {turn + 1}",
            no_number(tag, turn), "error", null_token=True)
      for number, (tag, turn) in enumerate([*(("f64", n) for n in range(8)), *(("f32", n) for n in range(6))], 24)),
    *(Probe(f"zoo-protocol-{turn + 37:04}", ("ZOO-PROTO-3",), f"so do white space and notes within `in`: turn {turn}",
            spaced(turn), "out") for turn in range(1, 14)),
    *(Probe(f"zoo-protocol-{number:04}", ("ZOO-PROTO-5",), f"a {key} in another case is another",
            capital(key), "skip") for number, key in enumerate(("model", "stage"), 51)),
)  # fmt: skip


def first(hello: Json) -> object:
    """Give a stage the port has, so that only the model is unknown."""
    return hello["stages"][0] if hello["stages"] else "prng"


def put(probe: Probe, session: Session, suite: Suite) -> list[Mismatch]:
    """Ask it; what is wrong with the answer."""
    token = session.token()
    line = probe.line(token, suite, session.hello)
    answer = session.exchange(line, [None, token] if probe.null_token else [token])
    wrong = verdict(probe, answer)
    return wrong if probe.expects != "out" or plain(json.loads(line), session, suite).kind == "out" else []


def plain(request: Json, session: Session, suite: Suite) -> Answer:
    """Ask the same without anything unusual; where that gets no output either, the protocol is not at fault."""
    takes = suite.stage(request["stage"]).takes
    return session.ask(request["stage"], {key: value for key, value in request["in"].items() if key in takes})


def verdict(probe: Probe, answer: Answer) -> list[Mismatch]:
    """Give the kind of answer is all that counts."""
    if answer.kind == probe.expects:
        return []
    return [Mismatch("answer", f"{answer.kind} {short(answer.value)}", probe.expects)]
