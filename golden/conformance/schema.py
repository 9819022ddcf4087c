"""As much of JSON Schema as golden/schema uses; an unknown keyword is an error, not a shrug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from conformance.errors import SuiteError

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
}  # fmt: skip
SILENT = {"$schema", "title", "description", "$defs", "additionalProperties"}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Say what in the value the schema does not allow, each with its place."""
    for keyword, wanted in schema.items():
        if keyword in SILENT:
            continue
        if keyword not in RULES:
            raise SuiteError(f"schema keyword {keyword!r} is not understood")
        yield from RULES[keyword](value, wanted, schema, root, at)


def of_ref(value: Any, wanted: Any, _: Any, root: Any, at: str) -> Iterator[str]:
    """$ref, within the document."""
    yield from problems(value, root["$defs"][wanted.rpartition("/")[2]], root, at)


def of_type(value: Any, wanted: Any, *rest: Any) -> Iterator[str]:
    """Type; a boolean is no number."""
    if not isinstance(value, TYPES[wanted]) or (isinstance(value, bool) and wanted != "boolean"):
        yield f"{rest[-1]}: {wanted} wanted"


def of_required(value: Any, wanted: Any, *rest: Any) -> Iterator[str]:
    """Name the required keys that are missing."""
    yield from (f"{rest[-1]}: {key!r} is missing" for key in wanted if isinstance(value, dict) and key not in value)


def of_properties(value: Any, wanted: Any, schema: Any, root: Any, at: str) -> Iterator[str]:
    """Known keys, and what may be said of the others."""
    other = schema.get("additionalProperties", True)
    for key, each in value.items() if isinstance(value, dict) else ():
        if key in wanted:
            yield from problems(each, wanted[key], root, f"{at}.{key}")
        elif other is False:
            yield f"{at}: unknown key {key!r}; known: {', '.join(wanted)}"
        elif other is not True:
            yield from problems(each, other, root, f"{at}.{key}")


def of_items(value: Any, wanted: Any, _: Any, root: Any, at: str) -> Iterator[str]:
    """Every element."""
    for n, each in enumerate(value if isinstance(value, list) else ()):
        yield from problems(each, wanted, root, f"{at}[{n}]")


def of_bound(value: Any, wanted: Any, *rest: Any) -> Iterator[str]:
    """At least so many, so long or so large."""
    size = value if isinstance(value, (int, float)) else len(value)
    if size < wanted:
        yield f"{rest[-1]}: less than {wanted}"


def of_pattern(value: Any, wanted: Any, *rest: Any) -> Iterator[str]:
    """Give a regular expression."""
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{rest[-1]}: {value!r} does not match {wanted}"


def of_choice(value: Any, wanted: Any, *rest: Any) -> Iterator[str]:
    """One of a few values."""
    if value not in (wanted if isinstance(wanted, list) else [wanted]):
        yield f"{rest[-1]}: {value!r} is not {wanted!r}"


RULES = {
    "$ref": of_ref, "type": of_type, "required": of_required, "properties": of_properties, "items": of_items,
    "minItems": of_bound, "minLength": of_bound, "minProperties": of_bound, "minimum": of_bound,
    "pattern": of_pattern, "enum": of_choice, "const": of_choice,
}  # fmt: skip
