"""Ports that are right about every bit and wrong about the protocol: the faults of adapters/fake.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misbehaviour:
    """One fault of the fake adapter, and what the runner must say of it."""

    fault: str  # its name in adapters/fake.py
    says: str
    finding: str  # within the runner's report
    exit: int = 3
    stage: str = ""  # that alone is asked, where the fault needs a question repeated

    @property
    def id(self) -> str:
        """Its name in the museum."""
        return f"protocol-{self.fault.replace('_', '-')}"


MISBEHAVIOURS = (
    Misbehaviour("crash", "It dies in the middle of a run.", "exited with 17 instead of answering"),
    Misbehaviour("hang", "It falls asleep over a request.", "no answer within"),
    Misbehaviour("split", "It breaks a response over two lines.", "a line that is no response"),
    Misbehaviour("chatter", "It prints a remark on stdout.", "a line that is no response"),
    Misbehaviour("farewell", "It prints a response twice.", "out of order or invented"),
    Misbehaviour("order", "It answers with the response before.", "out of order or invented"),
    Misbehaviour("stale", "It keeps the stream between requests.", "another answer when asked again", 1, "prng"),
    Misbehaviour("drifting", "Its answers depend on how many it has given.", "want 'd0:", 1),
    Misbehaviour("lazy", "It skips some vectors of a stage that it answers.", "other vectors of this stage", 1),
    Misbehaviour("future", "It speaks another version of the protocol.", "hello speaks protocol 2"),
    Misbehaviour("nameless", "It says hello without a name.", "hello without a proper 'name'"),
    Misbehaviour("nothing", "It claims no stage at all.", "not claimed", 2),
    Misbehaviour("stubborn", "It calls errors what deserves a skip.", "zoo-protocol-0001", 1),
    Misbehaviour("fragile", "It dies of broken JSON.", "exited with 1 instead of answering"),
    Misbehaviour("unbounded", "It writes a line of more than 64 KiB.", "a line of more than 64 KiB"),
    Misbehaviour("strict", "It refuses unknown keys within `in`.", "zoo-protocol-0038", 1),
    Misbehaviour("deaf", "It does not leave at bye.", "bye: still running"),
    Misbehaviour("offended", "It leaves with code 3 where its input just ends.", "end of input: exit code 3"),
    Misbehaviour("not_json", "It writes NaN, which JSON has not.", "a line that is no response"),
)
