"""The tags of an HTML text, found as a browser finds them; what stands in comments and scripts is no tag.

One scanner of our own, because html.parser changes between Python releases and a build must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

RAW_TEXT = frozenset({"script", "style", "textarea", "title"})
VOID = frozenset("! area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 one line reads best
_MARKUP = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
     (?P<rest>(?:=\s*+(?:"[^"]*"|'[^']*')|[^>])*+)>
    |(?P<other><!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*+(?:>|\Z))""",
    re.DOTALL | re.VERBOSE,
)
_RAW_TEXT_ENDS = {name: re.compile(rf"</(?i:{name})(?=[\s/>])(?!\s*>[\"'`])") for name in RAW_TEXT}
_BEGINS = re.compile(r"<(?=[!?/a-zA-Z])")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'][^\s]*+)))?""")


class Tag(NamedTuple):
    """A start or end tag and the offsets it stands between; a comment is a tag named `!`."""

    name: str
    start: int
    end: int
    closing: bool
    rest: str

    @property
    def empty(self) -> bool:
        """Whether no end tag belongs to it: a comment, a void element, or one its author closed with />."""
        return self.name in VOID or self.rest.endswith("/")

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by name in small letters; of two equal ones the first counts, as in a browser."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.rest):
            found.setdefault(name.lower(), unescape(double or single or bare))
        return found


def tags(text: str, position: int = 0, silent: re.Pattern[str] | None = None) -> Iterator[Tag]:
    """Give every tag from an offset on, but for silent ones, if not all.

    A tag that is never finished ends the text, as it does in a browser.
    """
    while (begins := text.find("<", _after(silent, text, position))) >= 0:
        found = _MARKUP.match(text, begins)
        if found is None:
            position = begins + 1
            if _BEGINS.match(text, begins) and ">" not in text[begins:]:
                return
            continue
        close, name, rest = found.group("close", "name", "rest")
        name = name.lower() if name else "!"
        position = found.end()
        yield Tag(name, begins, position, bool(close), rest or "")
        if name in RAW_TEXT and not close:
            position = _raw_text_end(text, name, position)


def _after(silent: re.Pattern[str] | None, text: str, position: int) -> int:
    found = silent and silent.match(text, position)
    return found.end() if found else position


@cache
def silence(names: tuple[str, ...] = (), attributes: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Give what matches a stretch of text and silent tags, which is passed over ten times as fast as they are read.

    Silent are tags in plain writing that bear none of some names, and no attribute whose name begins with one of some.
    """
    name = rf"(?!(?:{'|'.join([*sorted(RAW_TEXT), *names])})[\s>])[a-z][a-z0-9]*+"
    barred = f"(?!{'|'.join(attributes)})" if attributes else ""
    rest = rf"(?:\s++{barred}[a-z-]++(?:=\"[^\"]*+\")?+)*+\s*+>"
    raw = (
        rf"|<{own}{rest}(?:[^<]++|<(?!/(?i:{own})[\s/>]))*+</{own}\s*+>(?![\"'`])"
        for own in sorted(RAW_TEXT.difference(names))
    )
    return re.compile(rf"(?:[^<]++|</?+{name}{rest}{''.join(raw)})*+")


def _raw_text_end(text: str, name: str, position: int) -> int:
    """Give the offset of the end tag.

    subtle: a browser ends a script at the first `</script>`, be it inside a string; here one that a quotation mark
    follows is still the script's own text, so that the block arrives whole (rawhtml warns its author).
    """
    found = _RAW_TEXT_ENDS[name].search(text, position)
    return found.start() if found else len(text)


def element_end(text: str, position: int) -> int | None:
    """Give the offset just after the element or comment that begins at an offset, or None if it stays open.

    Only tags of the element's own name are counted: others may leave their end tags out. A `p` inside a `p` means
    that the outer one was left open.
    """
    first = next(tags(text, position), None)
    if first is None:
        return None
    depth = 0
    for tag in tags(text, position, silence((first.name,)) if first.name.isalpha() else None):
        if tag.name != first.name:
            continue
        depth += -1 if tag.closing else 0 if tag.empty else 1
        if depth <= 0:
            return tag.end
        if first.name == "p" and depth > 1:
            return None
    return None
