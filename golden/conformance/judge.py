"""One answer held against what is known: to the bit, or within the steps a profile allows."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from reference.binary import DIGITS, unpack

from conformance.session import Answer
from conformance.suite import Stage, Vector

Profile = Literal["exact", "native-exp"]
PACKED = re.compile(r"(u8|u32|f32|f64):((?:[0-9a-f]{2})*)")


@dataclass(frozen=True)
class Mismatch:
    """Where an output first differs, in words and bits."""

    field: str
    got: str
    want: str
    at: int | None = None  # the first differing element
    wrong: int = 1  # how many differ
    of: int = 1
    ulps: int | None = None  # the largest distance among them, steps between neighbouring numbers

    def __str__(self) -> str:
        """One line for people."""
        place = self.field if self.at is None else f"{self.field}[{self.at}]"
        count = f"; {self.wrong} of {self.of} differ" if self.of > 1 else ""
        far = "" if self.ulps is None else f", at most {self.ulps} ulp" if self.wrong > 1 else f", {self.ulps} ulp"
        return f"{place}: got {self.got}, want {self.want}{count}{far}"


def judge(vector: Vector, stage: Stage, answer: Answer, profile: Profile) -> list[Mismatch]:
    """Say what is wrong with the answer; nothing means it passes. A skip is not for this function."""
    if vector.out is None:
        return [] if answer.kind == "error" else [Mismatch("answer", short(answer.value), "an error: the input is bad")]
    if answer.kind == "error":
        return [Mismatch("answer", f"error {short(answer.value)}", "an output")]
    allowed = stage.native if profile == "native-exp" else {}
    found = (
        compare(key, want, answer.value.get(key, MISSING), allowed.get(key, 0)) for key, want in vector.out.items()
    )
    return [mismatch for mismatch in found if mismatch]


MISSING = object()


def short(value: object) -> str:
    """At most sixty characters of it."""
    text = "nothing" if value is MISSING else "null" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def compare(field: str, want: Any, got: Any, allowed: int) -> Mismatch | None:
    """None if got is as good as want."""
    if isinstance(want, str) and PACKED.fullmatch(want):
        return compare_packed(field, want, got, allowed)
    if type(got) is type(want) and got == want:
        return None
    if isinstance(want, str) and isinstance(got, str):
        return compare_text(field, want, got)
    return Mismatch(field, short(got), short(want))


def compare_text(field: str, want: str, got: str) -> Mismatch:
    """Give the first differing line, or character within a single line."""
    wants, gots = want.split("\n"), got.split("\n")
    rows = list(zip_longest(wants, gots))
    differ = [row for row, (left, right) in enumerate(rows) if left != right]
    left, right = rows[differ[0]]
    if len(wants) == 1:
        return Mismatch(field, repr(got), repr(want))
    return Mismatch(field, repr(right), repr(left), differ[0], len(differ), len(rows))


def compare_packed(field: str, want: str, got: Any, allowed: int) -> Mismatch | None:
    """Element by element; −0 and +0 differ, upper-case hex is as good as lower."""
    tag, _, digits = want.partition(":")
    text = got.partition(":")[0] + ":" + got.partition(":")[2].lower() if isinstance(got, str) else ""
    if not PACKED.fullmatch(text) or not text.startswith(tag + ":"):
        return Mismatch(field, short(got), f"a {tag}: string")
    width = DIGITS[tag]
    if len(text) != len(want):
        return Mismatch(field, f"{(len(text) - len(tag) - 1) / width:g} elements", f"{len(digits) // width}")
    if text == want:
        return None
    return compare_elements(field, tag, elements(want, width), elements(text, width), allowed)


def elements(text: str, width: int) -> list[str]:
    """Give the hex of each element."""
    digits = text.partition(":")[2]
    return [digits[at : at + width] for at in range(0, len(digits), width)]


def compare_elements(field: str, tag: str, wants: list[str], gots: list[str], allowed: int) -> Mismatch | None:
    """Give the first element that is further off than allowed."""
    far = {at: ulps(tag, want, got) for at, (want, got) in enumerate(zip(wants, gots, strict=True)) if want != got}
    wrong = {at: steps for at, steps in far.items() if steps is None or not 0 < steps <= allowed}
    if not wrong:
        return None
    at, steps = min(wrong), [steps for steps in wrong.values() if steps is not None]
    return Mismatch(field, show(tag, gots[at]), show(tag, wants[at]), at, len(wrong), len(wants),
                    max(steps) if steps and len(steps) == len(wrong) else None)  # fmt: skip


def show(tag: str, digits: str) -> str:
    """Hex and decimal: 3ff0000000000000 (1.0)."""
    (number,) = unpack(f"{tag}:{digits}")
    return f"{digits} ({number!r})"


def ulps(tag: str, want: str, got: str) -> int | None:
    """Give steps between two binary numbers, −0 next to +0 as 0 steps; None for words, bytes, and what is no number."""
    if tag not in ("f32", "f64") or not math.isfinite(unpack(f"{tag}:{got}")[0]):
        return None
    sign = 1 << (4 * DIGITS[tag] - 1)
    places = [-(bits - sign) if bits & sign else bits for bits in (int(want, 16), int(got, 16))]
    return abs(places[0] - places[1])
