"""The protocol spoken with one adapter: hello, tokens, answers, bye (PROTOCOL.md)."""

from __future__ import annotations

import json
import string
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from conformance.errors import Breach
from conformance.process import Adapter
from conformance.suite import Json, Suite

PROTOCOL = 1
TOKENS = string.ascii_letters + string.digits + string.punctuation + " "
REQUIRED: dict[str, type] = {"protocol": int, "name": str, "models": list, "stages": list, "exp": str}


@dataclass(frozen=True)
class Limits:
    """Seconds an adapter may take."""

    answer: float = 10.0
    hello: float = 30.0


@dataclass(frozen=True)
class Answer:
    """A response that kept to the protocol; whether it is right is the judge's business."""

    kind: Literal["out", "skip", "error"]
    value: Any


def dumps(message: Json, *, ascii_only: bool = True) -> str:
    """One request line, in ASCII or with other characters as they are: JSON allows both, and so must an adapter."""
    return json.dumps(message, separators=(",", ":"), ensure_ascii=ascii_only)


def refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON, although Python reads them."""
    raise ValueError(f"{name} is no JSON")


def hello_line(suite: Suite) -> str:
    """Give the first line of every session."""
    return dumps({"cmd": "hello", "protocol": PROTOCOL, "suite": suite.name, "version": suite.version})


def run_line(token: str, suite: str, stage: str, inputs: Json, *, ascii_only: bool = True) -> str:
    """Give the request that a vector becomes; its answer is not in it."""
    message = {"cmd": "run", "token": token, "model": suite, "stage": stage, "in": inputs}
    return dumps(message, ascii_only=ascii_only)


class Session:
    """An adapter that has said hello. After a Breach it is of no further use: kill it and start another."""

    def __init__(self, command: Sequence[str], suite: Suite, limits: Limits, random: Random) -> None:
        """Start the command and shake hands."""
        self._limits = limits
        self._random = random
        self._suite = suite
        self.adapter = Adapter(command)
        try:
            self.adapter.send(hello_line(suite))
            self.hello = checked_hello(self._object(self.adapter.receive(limits.hello)))
        except BaseException:
            self.adapter.kill()
            raise

    def token(self) -> str:
        """Give a token nobody can foresee: 4 to 40 characters, of which JSON escapes two."""
        return "".join(self._random.choices(TOKENS, k=self._random.randint(4, 40)))

    def ask(self, stage: str, inputs: Json) -> Answer:
        """Give the adapter's answer to one request."""
        token = self.token()
        shuffled = dict(self._random.sample(list(inputs.items()), len(inputs)))
        line = run_line(token, self._suite.name, stage, shuffled, ascii_only=self._random.random() < 0.5)
        return self.exchange(line, [token])

    def exchange(self, line: str, tokens: Sequence[str | None]) -> Answer:
        """Send a line as it is; the answer must carry one of these tokens."""
        self.adapter.send(line)
        message = self._object(self.adapter.receive(self._limits.answer))
        if "token" not in message or message["token"] not in tokens:
            raise Breach(f"token {message.get('token')!r} where {tokens[-1]!r} was asked: out of order or invented")
        return answer_of(message)

    def finish(self, *, bye: bool = True) -> None:
        """Say bye, or end the adapter's input, and see it off."""
        try:
            self.adapter.finish(dumps({"cmd": "bye"}) if bye else None, self._limits.answer)
        finally:
            self.adapter.kill()

    @staticmethod
    def _object(line: str) -> Json:
        """Give the JSON object on this line."""
        try:
            message = json.loads(line, parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            raise Breach(f"a line that is no response: {line.strip()[:80]!r}") from None
        if not isinstance(message, dict):
            raise Breach(f"a line that is no JSON object: {line.strip()[:80]!r}")
        return message


def answer_of(message: Json) -> Answer:
    """Give the one of out, skip, error that the response carries."""
    kinds = [kind for kind in ("out", "skip", "error") if kind in message]
    if len(kinds) != 1:
        raise Breach(f"a response needs exactly one of out, skip, error; this one has {' and '.join(kinds) or 'none'}")
    kind = kinds[0]
    if kind == "out" and not isinstance(message["out"], dict):
        raise Breach("out is no object")
    if kind == "out":
        return Answer("out", message["out"])
    return Answer("skip" if kind == "skip" else "error", message[kind])


def checked_hello(message: Json) -> Json:
    """Give the hello, if it has what it must; Breach otherwise."""
    for key, kind in REQUIRED.items():
        if not isinstance(message.get(key), kind):
            raise Breach(f"hello without a proper {key!r}: {dumps(message)[:120]}")
    if message["protocol"] != PROTOCOL:
        raise Breach(f"hello speaks protocol {message['protocol']}, this runner speaks {PROTOCOL}")
    if message["exp"] not in ("pinned", "native"):
        raise Breach(f'hello says exp {message["exp"]!r}; it is "pinned" or "native"')
    return message
