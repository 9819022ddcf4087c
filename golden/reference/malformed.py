"""Bad input for every stage: a value missing, of another type, or of another length (ZOO-PROTO-4, ZOO-PROTO-6)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reference.binary import DIGITS, pack, unpack
from reference.species import ROOT, Case, Json, Series

Wrong = Iterator[tuple[str, object]]  # what is wrong with it, and the value
OTHERS = {"f64": "f32", "f32": "f64", "u32": "f64", "u8": "u32"}
COUNTS: tuple[tuple[str, object], ...] = (
    ("is negative", -1),
    ("is no integer", 1.5),
    ("is 2^53, which binary64 cannot tell from 2^53 + 1", 2**53),
    ("is true, which some languages take for 1", True),
    ("is a text", "1"),
    ("is an empty text", ""),
    ("is null", None),
    ("is false, which some languages take for 0", False),
    ("is 2^64", 2**64),
    ("is 2^64 + 1, which wraps to 1", 2**64 + 1),
    ("is packed, as counts are not", "u32:00000001"),
)


def malformed(species: str, good: Iterator[tuple[str, Case]]) -> Iterator[tuple[str, Case]]:
    """Give a species' good cases, and for each stage its first one's inputs with one value at a time gone wrong."""
    head = json.loads((ROOT / species / "suite.json").read_text("utf-8"))
    first: dict[str, Json] = {}
    for stage, case in good:
        first.setdefault(stage, case.inputs)
        yield stage, case
    for stage in head["stages"]:
        case_of = Series(head["prefix"], stage["name"], 901)
        for key, kind in stage["in"].items():
            inputs = first[stage["name"]]
            yield case_of("ZOO-PROTO-6", f"{key} is missing", **{k: v for k, v in inputs.items() if k != key})
            for fault, value in wrong(kind, inputs[key]):
                yield case_of("ZOO-PROTO-4 ZOO-PROTO-6", f"{key} {fault}", **(inputs | {key: value}))
        yield from beside_digits(head["prefix"], stage, first[stage["name"]])


def beside_digits(prefix: str, stage: Json, inputs: Json) -> Iterator[tuple[str, Case]]:
    """Give a stage's first packed input with a character for a digit that in ASCII stands beside one."""
    case = Series(prefix, stage["name"], 981)
    packed = [(key, tag) for key, kind in stage["in"].items() if (tag := kind.partition("[")[0]) in OTHERS]
    for key, tag in packed[:1]:
        for sign in "/:@G`g":
            value = f"{tag}:{sign}{'0' * (DIGITS[tag] - 1)}"
            yield case("ZOO-PROTO-4 ZOO-PROTO-6", f"{key} has {sign!r} for a digit", **(inputs | {key: value}))


def wrong(kind: str, value: object) -> Wrong:
    """Give the ways in which a value is not of its kind: `count`, `text`, `f64`, `f64[10]`, `f64[]`."""
    if kind == "count":
        yield from COUNTS
    elif kind == "text":
        yield "is a number", 7
        yield "is null", None
    else:
        yield from wrong_array(kind, str(value))


def wrong_array(kind: str, value: str) -> Wrong:
    """Give what is no packed array of that kind."""
    tag, digits = value.split(":")
    other = OTHERS[tag]
    yield f"comes as {other}", pack(other, unpack(value))
    yield "has a tag that there is not", f"{tag[0]}16:{digits}"
    yield "has no tag", digits
    yield "is a tag without a colon", tag
    yield "has another mark than the colon", f"{tag};{digits}"
    yield "has its tag in capitals", f"{tag.upper()}:{digits}"
    yield "begins with a blank", f" {value}"
    yield "ends with a blank", f"{value} "
    for sign in "+_ -":
        yield f"has {sign!r} for a digit", f"{tag}:{sign}{'0' * (DIGITS[tag] - 1)}"
    yield "is a number", 1
    yield "ends within an element", value[:-1] if digits else f"{tag}:0"
    yield "holds what is no hex digit", f"{tag}:{'g' * DIGITS[tag]}"
    if not kind.endswith("[]"):
        yield "holds one element more", value + "0" * DIGITS[tag]
        yield "holds no element", f"{tag}:"
