"""Front matter: the YAML head of a page, as plain text values that remember their lines.

Values are read as they are written (`no` stays the text no, 0:16 the text 0:16); what they mean is decided by the
key. Keys given twice, anchors, aliases and tags are mistakes: no page needs them, and each has misled somebody.

Most heads are lines of `key: a few words` alone. Those are read here, thirty times as fast; all others are YAML's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from zoo.errors import Mistake

FENCE = "---"
LARGEST = 2**21  # bytes; a page beyond this is no page
_CLOSING = re.compile(rf"^{FENCE}[^\S\n]*(?:\n|\Z)", re.MULTILINE)
_WORDS = r"[^\W_](?:[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff:#]|:(?=\S)|(?<=\S)\#)*"
_ITEM = r"[^\W_][\w.+/()× -]*"
_PLAIN = re.compile(rf"(?P<key>[a-z_]+): +(?:\[(?P<items>{_ITEM}(?:, *{_ITEM})*)\] *|(?P<text>{_WORDS}))\r?")


@dataclass(frozen=True)
class Value:
    """What stands behind a key: a text, or a list of texts, and the line (from 1) it begins on."""

    line: int
    items: tuple[str, ...]
    is_list: bool

    @property
    def text(self) -> str:
        """The items as one text."""
        return ", ".join(self.items)


@dataclass
class Page:
    """A source file taken apart: its front matter by key, and its body with the line the body begins on."""

    path: Path
    values: dict[str, Value] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, line: int, what: str, *, warning: bool = False) -> None:
        """Note a mistake on a line of the file."""
        self.mistakes.append(Mistake(self.path, line, what, warning))

    def line_of(self, key: str) -> int:
        """Give the line a key stands on, or the first."""
        return self.values[key].line if key in self.values else 1

    def line_at(self, offset: int) -> int:
        """Give the line of the file that an offset into the body falls on."""
        return self.body_line + self.body.count("\n", 0, offset)


def read_page(path: Path) -> Page:
    """Read a page; what is wrong with it is noted in its mistakes, and the rest is read all the same."""
    page = Page(path)
    text = _text(page)
    if text is None:
        return page
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        page.mistake(1, f"the page does not begin with front matter, expected a line {FENCE}")
        page.body = text
        return page
    closing = _CLOSING.search(rest)
    if closing is None:
        page.mistake(1, f"front matter is never closed, expected a second line {FENCE}")
        return page
    head = rest[: closing.start()].split("\n")[:-1]
    page.body, page.body_line = rest[closing.end() :], len(head) + 3
    plain = _plain(head)
    if plain is None:
        _parse("\n".join([*head, ""]), page)
    else:
        page.values.update(plain)
    return page


def _text(page: Page) -> str | None:
    """Give the file's text, or None where it has none."""
    try:
        size = page.path.stat().st_size
        raw = page.path.read_bytes() if size <= LARGEST and page.path.is_file() else None
    except OSError as error:
        page.mistake(1, f"cannot be read: {error.strerror}")
        return None
    if raw is None:
        found = f"{size:,} bytes" if page.path.is_file() else "not a file"
        page.mistake(1, f"{found}, expected a page of at most {LARGEST:,} bytes")
        return None
    return _decoded(page, raw)


def _decoded(page: Page, raw: bytes) -> str | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        page.mistake(line, f"byte 0x{raw[error.start]:02x} is not valid UTF-8, expected a UTF-8 text")
        return None
    if "\0" in text:
        page.mistake(text.count("\n", 0, text.index("\0")) + 1, "a NUL character, expected text")
        return None
    if text.startswith("\ufeff"):
        page.mistake(1, "the file begins with a byte order mark, expected plain UTF-8", warning=True)
    return text.removeprefix("\ufeff")


def _plain(lines: list[str]) -> dict[str, Value] | None:
    """Read a head of which every line is a key with words, or with a list of words; None where it is anything else."""
    found: dict[str, Value] = {}
    for number, line in enumerate(lines, 2):  # the fence is line 1
        match = _PLAIN.fullmatch(line)
        if match is None or match["key"] in found:
            return None
        items = match["items"].split(",") if match["items"] else [match["text"]]
        found[match["key"]] = Value(number, tuple(item.strip(" ") for item in items), is_list=bool(match["items"]))
    return found


def _parse(text: str, page: Page) -> None:
    from zoo import yamlhead  # noqa: PLC0415 few pages need it

    try:
        for key, line, items, is_list in yamlhead.entries(text):
            if items is None:
                page.mistake(line + 2, f"{key}: neither a text nor a list of texts")
            elif key in page.values:
                page.mistake(line + 2, f"{key}: given twice, first on line {page.values[key].line}")
            else:
                page.values[key] = Value(line + 2, items, is_list)
    except yamlhead.NotYamlError as error:
        page.mistake(error.line + 2, error.what)
