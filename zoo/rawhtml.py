"""Raw HTML in Markdown arrives as its author wrote it, byte for byte.

Markdown engines break raw blocks at blank lines, expand their tabs and take `~~~` inside a script for a fence. So
every raw block is lifted out before Markdown sees the text, and put back after; so is fenced code.

A raw block begins with a tag at the start of a line (in a list item: of one of its lines) and ends with the line on
which that element is closed. Elements of running text that are closed on their first line are left to Markdown,
which keeps them in their paragraph; so is indented code. What cannot arrive as written is a fault with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate, count
from operator import add

from zoo.tags import element_end, tags

RUNNING_TEXT = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em font i img input ins kbd label mark q ruby s samp small span "  # noqa: SIM905
    "strong sub sup time tt u var wbr".split()
)
MAY_STAY_OPEN = frozenset("body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr".split())  # noqa: SIM905
_OPENS = re.compile(r"[ \t]*<(?:(?P<comment>!--)|(?P<name>[a-zA-Z][\w.-]*)(?=[\s/>]|\Z))")
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}(?!.*`)|~{3,})(?P<info>.*)")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_MAY_FENCE = re.compile(r"[ \t]*[`~]")
_INDENT = re.compile(r"[ \t]*")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<!--.*?-->")  # or a comment, within a line
_SCRIPT = re.compile(r"<(?P<close>/?)(?P<name>script|style)(?=[\s>])", re.IGNORECASE)
_IN_STRING = re.compile(r"</script\s*>(?=[\"'`])", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line (from 0) of the text; a warning where the page arrives as written all the same."""

    line: int
    what: str
    warning: bool = False


@dataclass(frozen=True)
class Block:
    """What was lifted, as it shall stand in the page, and the line (from 0) it began on."""

    html: str
    line: int


@dataclass
class Lifted:
    """Markdown text with a token in the place of each block, the blocks by token, and the faults found."""

    token: str  # what every token begins with
    text: str = ""
    blocks: dict[str, Block] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def restore(self, html: str) -> str:
        """Put the blocks back where their tokens stand in the HTML that Markdown made."""
        before, *rest = html.split(self.token)
        parts = [before]
        for part in rest:
            number, _, after = part.partition("x")
            if after.startswith("</p>") and parts[-1].endswith("<p>"):
                parts[-1], after = parts[-1][:-3], after[4:]
            parts += [self.blocks[f"{self.token}{number}x"].html, after]
        return "".join(parts)


def lift(text: str) -> Lifted:
    """Take every raw block and every fenced code out of a Markdown text."""
    lifted = Lifted(_unused_token(text))
    source = _Source(text, lifted.faults)
    kept: list[str] = []
    for start, end, html in source.pieces():
        if html is None:
            kept += source.lines[start:end]
            continue
        name = f"{lifted.token}{len(lifted.blocks)}x"
        lifted.blocks[name] = Block(html, start)
        indent = _indent(source.lines[start])
        kept += [indent + name] if indent else ["", name, ""]
    lifted.text = "\n".join(kept).replace("\r\n", "\n").removesuffix("\r")
    return lifted


def _unused_token(text: str) -> str:
    number = 0
    while f"rawblock{number}n" in text:
        number += 1
    return f"rawblock{number}n"


def _is_deep(line: str) -> bool:
    """Tell whether a line is indented as code is."""
    return line[:1] in " \t" and _indent(line).expandtabs(4).startswith("    ")


def _indent(line: str) -> str:
    found = _INDENT.match(line)
    return found[0] if found else ""


Piece = tuple[int, int, str | None]  # first line, line after the last, and the HTML to lift: none leaves it to Markdown


class _Source:
    """A Markdown text, cut into pieces from top to bottom; what is wrong with it is added to the faults."""

    def __init__(self, text: str, faults: list[Fault]) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.faults = faults
        self._ends = list(map(add, accumulate(map(len, self.lines)), count()))
        self._left_open: set[str] = set()  # looked for once, or a page of them would take for ever

    def pieces(self) -> Iterator[Piece]:
        plain, at = 0, 0  # where the lines begin that are Markdown's alone, and the line looked at
        in_list, code_may_begin = False, True
        while at < len(self.lines):
            line = self.lines[at]
            if "<" not in line and line[:1].isalpha():  # most lines
                in_list = code_may_begin = False
                at += 1
                continue
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and (not line.strip() or line[0] in " \t"))
            if "<" not in line and not _MAY_FENCE.match(line):
                code_may_begin = not line.strip() or (code_may_begin and not in_list and _is_deep(line))
                at += 1
                continue
            deep = not in_list and _is_deep(line)
            piece = (at, at + 1, None) if deep and code_may_begin else self._piece(at, in_list=in_list, deep=deep)
            code_may_begin = piece[2] is not None or not line.strip() or (deep and code_may_begin)
            at = piece[1]
            if piece[2] is not None:
                yield plain, piece[0], None
                yield piece
                plain = at
        yield plain, at, None

    def _piece(self, at: int, *, in_list: bool, deep: bool) -> Piece:
        piece = None if deep else self._fenced(at) or self._raw(at)
        if piece is None or in_list:
            self._refuse_scripts(at, piece, "inside a list item" if in_list else "in the middle of a line")
        return piece or (at, at + 1, None)

    def _fenced(self, at: int) -> Piece | None:
        opening = _FENCE.match(self.lines[at].rstrip())
        if opening is None:
            return None
        mark = opening["mark"]
        for i in range(at + 1, len(self.lines)):
            shown = self.lines[i].strip()
            if shown.startswith(mark) and not shown.strip(mark[0]):
                return at, i + 1, _code(self.lines[at + 1 : i], opening.start("mark"), opening["info"].split())
        self._fault(at, f"the code fence {mark} is never closed, expected a line {mark}")
        return at, len(self.lines), ""

    def _raw(self, at: int) -> Piece | None:
        opening = _OPENS.match(self.lines[at])
        if opening is None:
            return None
        name = (opening["name"] or "!--").lower()
        end = self._raw_end(at, name)
        if name in RUNNING_TEXT and (end in (None, at + 1) or not self._stands_alone(at)):
            return None
        if end is None:
            self._fault(at, f"<{name} is never closed" if name == "!--" else f"<{name}> is never closed")
            return at, len(self.lines), ""
        html = "\n".join(self.lines[at:end])
        for found in _IN_STRING.finditer(html):
            what = "</script> in a string ends the script in a browser, expected <\\/script>"
            self._fault(at + html.count("\n", 0, found.start()), what, warning=True)
        return at, end, html

    def _raw_end(self, at: int, name: str) -> int | None:
        """Give the line after the raw block that begins on a line, or None where it is never closed."""
        stop = None if name in self._left_open else self._closed(self._start(at) + len(_indent(self.lines[at])))
        if stop is None:
            self._left_open.add(name)
            return self._paragraph_end(at) if name in MAY_STAY_OPEN else None
        while (further := self._closed_after(stop)) is not None:
            stop = further
        return bisect_left(self._ends, stop) + 1

    def _closed(self, position: int) -> int | None:
        unfinished = self.text.startswith("<!--", position) and "-->" not in self.text[position:]
        return None if unfinished else element_end(self.text, position)

    def _closed_after(self, stop: int) -> int | None:
        """Give the end of another element that begins on the rest of the line."""
        line_end = self._ends[bisect_left(self._ends, stop)]
        for tag in tags(self.text, stop):
            if tag.start >= line_end:
                break
            if not tag.closing and (end := element_end(self.text, tag.start)) is not None:
                return end
        return None

    def _paragraph_end(self, at: int) -> int:
        return next((i for i in range(at, len(self.lines)) if not self.lines[i].strip()), len(self.lines))

    def _stands_alone(self, at: int) -> bool:
        tag = next(tags(self.text, self._start(at)))
        return not self.text[tag.end : self._ends[bisect_left(self._ends, tag.end)]].strip()

    def _start(self, at: int) -> int:
        return self._ends[at - 1] + 1 if at else 0

    def _refuse_scripts(self, at: int, piece: Piece | None, where: str) -> None:
        """Note scripts and styles that Markdown would mangle: all but those shown in code."""
        if piece is not None and _FENCE.match(self.lines[at]):
            return
        for i in range(at, piece[1] if piece else at + 1):
            found = _SCRIPT.search(_CODE_SPAN.sub("", self.lines[i]))
            if found and found["close"]:
                self._fault(i, f"</{found['name']}> closes nothing")
            elif found:
                expected = "expected it at the start of a line of its own, outside lists"
                self._fault(i, f"<{found['name']}> {where} would be mangled, {expected}")
                return

    def _fault(self, line: int, what: str, *, warning: bool = False) -> None:
        self.faults.append(Fault(line, what, warning))


def _code(lines: list[str], indent: int, info: list[str]) -> str:
    """Show fenced code as it is written, but for the indent of its fence."""
    language = f' class="language-{escape(info[0])}"' if info else ""
    own = (line[min(indent, len(_indent(line))) :].removesuffix("\r") for line in lines)
    return f"<pre><code{language}>" + "".join(f"{escape(line, quote=False)}\n" for line in own) + "</code></pre>"
