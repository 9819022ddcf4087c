"""Raw HTML in Markdown arrives as its author wrote it, byte for byte.

Markdown engines break raw blocks at blank lines, expand their tabs and take `~~~` inside a script for a fence. So
every raw block is lifted out before Markdown sees the text, and put back after.

A raw block begins with a tag at the start of a line and ends with the line on which that element is closed. An inline
element that is closed on the line it begins on is left to Markdown, which keeps it in its paragraph. Fenced and
indented code is code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

RAW_TEXT = frozenset({"script", "style", "textarea", "title"})
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 one line reads best
BLOCK = frozenset(
    "address article aside blockquote body center details dialog dd div dl dt fieldset figcaption figure footer form "  # noqa: SIM905
    "h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li main menu nav noscript ol optgroup option p pre "
    "script search section style summary table tbody td template textarea tfoot th thead title tr ul".split()
)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<self>/?)>",
    re.DOTALL,
)
_OPENS_BLOCK = re.compile(r" {0,3}<(?:!--|(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>]))")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_SCRIPT = re.compile(r"<(script|style)(?=[\s>])", re.IGNORECASE)


@dataclass(frozen=True)
class Lifted:
    """Markdown text with a token in the place of each raw block, and the blocks by token."""

    text: str
    blocks: dict[str, str]


class UnkeptHtmlError(Exception):
    """Raw HTML that could not arrive as written, with the line (from 0) of the text it stands on."""

    def __init__(self, line: int, what: str) -> None:
        """Keep the line beside the message."""
        super().__init__(what)
        self.line = line


def lift(text: str) -> Lifted:
    """Take every raw block out of a Markdown text; raise UnkeptHtmlError for one that is never closed."""
    lines = text.split("\n")
    token = _unused_token(text)
    blocks: dict[str, str] = {}
    kept: list[str] = []
    at, in_list = 0, False
    while at < len(lines):
        line = lines[at]
        in_list = bool(_LIST_ITEM.match(line)) or (in_list and (not line.strip() or line[0] in " \t"))
        code_end = _code_end(lines, at)
        block_end = None if code_end or in_list else _block_end(lines, at)
        end = code_end or block_end or at + 1
        if block_end is not None:
            name = f"{token}{len(blocks)}x"
            blocks[name] = "\n".join(lines[at:end])
            kept += ["", name, ""]
        else:
            if code_end is None:
                _refuse_script(line, at, "inside a list item" if in_list else "in the middle of a line")
            kept += lines[at:end]
        at = end
    return Lifted("\n".join(kept), blocks)


def restore(html: str, blocks: dict[str, str]) -> str:
    """Put the raw blocks back where their tokens stand."""
    for token, block in blocks.items():
        html = html.replace(f"<p>{token}</p>", block).replace(token, block)
    return html


def _unused_token(text: str) -> str:
    number = 0
    while f"rawblock{number}n" in text:
        number += 1
    return f"rawblock{number}n"


def _code_end(lines: list[str], at: int) -> int | None:
    """Give the line after the fenced or indented code that begins here, or None where none does."""
    opening = _FENCE.match(lines[at])
    if opening is None:
        indented = lines[at].startswith(("    ", "\t")) and (at == 0 or not lines[at - 1].strip())
        return at + 1 if indented else None
    mark = opening["mark"]
    for i in range(at + 1, len(lines)):
        shown = lines[i].strip()
        if shown.startswith(mark) and not shown.strip(mark[0]):
            return i + 1
    raise UnkeptHtmlError(at, f"the code fence {mark} is never closed")


def _refuse_script(line: str, at: int, where: str) -> None:
    if (found := _SCRIPT.search(line)) is not None and not _in_code_span(line, found.start()):
        raise UnkeptHtmlError(
            at, f"<{found[1]}> {where} would be mangled, expected it at the start of a line of its own"
        )


def _in_code_span(line: str, position: int) -> bool:
    return line.count("`", 0, position) % 2 == 1


def _block_end(lines: list[str], at: int) -> int | None:
    """Give the line after the raw block that begins here, or None where Markdown may have the line."""
    opening = _OPENS_BLOCK.match(lines[at])
    if opening is None:
        return None
    rest = "\n".join(lines[at:])
    stop = _element_end(rest)
    name = (opening["name"] or "!--").lower()
    inline = name not in BLOCK and name != "!--" and "-" not in name
    if inline and at > 0 and lines[at - 1].strip():
        return None  # the paragraph goes on
    if stop is None:
        if inline:
            return None
        raise UnkeptHtmlError(at, f"<{name}> is never closed")
    last = rest.count("\n", 0, stop)
    return None if inline and last == 0 else at + last + 1


def _element_end(text: str) -> int | None:
    """Give the offset just after the element (or comment) that a text begins with, or None if it stays open."""
    opened, depth, position = None, 0, 0
    while (tag := _TAG.search(text, position)) is not None:
        position = tag.end()
        name = (tag["name"] or "").lower()
        opened = name if opened is None else opened
        if name == opened:  # other elements may leave their end tags out
            depth += -1 if tag["close"] else 0 if name in VOID or tag["self"] or not name else 1
        if name in RAW_TEXT and not tag["close"]:
            position = _raw_text_end(text, name, position)
        if depth <= 0:
            return position
    return None


def _raw_text_end(text: str, name: str, position: int) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, position)
    return found.start() if found else len(text)
