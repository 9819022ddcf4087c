"""The specification texts: requirement anchors and the places that include a vector."""

from __future__ import annotations

import re
from pathlib import Path

from reference.binary import DIGITS, unpack

from conformance.suite import ROOT

ANCHOR = re.compile(r'<a id="([A-Z]{3}-[A-Z]+-[0-9]+)"></a>')
MARKER = re.compile(r"<!-- vector: ([a-z0-9-]+) -->")


def texts() -> list[Path]:
    """Every text that states requirements: the shared ones, then each species' own."""
    return [ROOT / "SPEC.md", ROOT / "PROTOCOL.md", *sorted(ROOT.glob("*/SPEC.md"))]


def requirements() -> dict[str, tuple[str, str]]:
    """Anchor id to (file under golden/, its paragraph)."""
    found: dict[str, tuple[str, str]] = {}
    for path in texts():
        for paragraph in re.split(r"\n\s*\n", path.read_text("utf-8")):
            for anchor, text in stated(paragraph):
                found[anchor] = (path.relative_to(ROOT).as_posix(), text)
    return found


def stated(paragraph: str) -> list[tuple[str, str]]:
    """Give the requirements a paragraph or list states, each with its own text."""
    parts = ANCHOR.split(paragraph)
    return [(parts[at], plain(parts[at + 1])) for at in range(1, len(parts), 2)]


def plain(text: str) -> str:
    """Without markup, on one line."""
    return " ".join(re.sub(r"[*`]|^- ", "", text, flags=re.MULTILINE).split()).rstrip(" -")


def duplicates() -> list[str]:
    """Anchors that are stated twice."""
    seen = [anchor for path in texts() for anchor in ANCHOR.findall(path.read_text("utf-8"))]
    return sorted({anchor for anchor in seen if seen.count(anchor) > 1})


def included() -> list[tuple[str, str]]:
    """(file, vector id) of every include marker."""
    return [
        (path.relative_to(ROOT).as_posix(), found)
        for path in texts()
        for found in MARKER.findall(path.read_text("utf-8"))
    ]


def value(each: object, most: int = 4) -> str:
    """Give an input or output, the first few elements with their decimals."""
    if not isinstance(each, str) or each.partition(":")[0] not in DIGITS:
        return repr(each) if isinstance(each, str) else "null" if each is None else str(each)
    try:
        numbers = unpack(each)
    except ValueError:
        return repr(each)
    width, digits = DIGITS[each.partition(":")[0]], each.partition(":")[2]
    shown = [f"{digits[width * i : width * (i + 1)]} ({number!r})" for i, number in enumerate(numbers[:most])]
    rest = f" … {len(numbers)} in all" if len(numbers) > most else ""
    return " ".join([each.partition(":")[0] + ":", *shown]) + rest
