"""Front matter: the YAML head of a page, as plain text values that remember their lines.

Values are read as they are written (`no` stays the text no, 0:16 the text 0:16); what they mean is decided by the
key. Keys given twice, anchors, aliases and tags are mistakes: no page needs them, and each has misled somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from zoo.errors import Mistake

FENCE = "---"
LARGEST = 2**21  # bytes; a page beyond this is no page


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
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        page.mistake(1, f"the page does not begin with front matter, expected a line {FENCE}")
        page.body = text
        return page
    closing = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if closing is None:
        page.mistake(1, f"front matter is never closed, expected a second line {FENCE}")
        return page
    page.body, page.body_line = "\n".join(lines[closing + 1 :]), closing + 2
    _parse("\n".join([*lines[1:closing], ""]), page)
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


def _parse(text: str, page: Page) -> None:
    try:
        root = yaml.compose(text, Loader=_Reader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 2
        page.mistake(line, f"front matter is not YAML: character {chr(int(error.character))!r} is not allowed")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        page.mistake((mark.line if mark else 0) + 2, f"front matter is not YAML: {error.problem or error.context}")
    except RecursionError:
        page.mistake(2, "front matter is nested too deeply, expected `key: value` lines")
    else:
        _keep(root, page)


def _keep(root: yaml.Node | None, page: Page) -> None:
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        page.mistake(2, "front matter is no mapping, expected `key: value` lines")
        return
    for key, line, value in _entries(root):
        if value is None:
            page.mistake(line, f"{key}: neither a text nor a list of texts")
        elif key in page.values:
            page.mistake(line, f"{key}: given twice, first on line {page.values[key].line}")
        else:
            page.values[key] = value


class _Reader(yaml.SafeLoader):
    """A YAML reader that refuses anchors, aliases and tags before they can expand."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        for trait, mark in (("anchor", "*" if isinstance(event, yaml.AliasEvent) else "&"), ("tag", "")):
            if given := getattr(event, trait, None):
                what = "alias" if mark == "*" else trait
                raise yaml.MarkedYAMLError(
                    problem=f"{mark}{given} is a YAML {what}, expected plain values", problem_mark=event.start_mark
                )
        return super().compose_node(parent, index)


def _entries(root: yaml.MappingNode) -> Iterator[tuple[str, int, Value | None]]:
    for key, node in root.value:
        line = key.start_mark.line + 2  # the fence is line 1
        if isinstance(key, yaml.ScalarNode):
            yield key.value, line, _value(node, line)
        else:
            yield "?", line, None


def _value(node: yaml.Node, line: int) -> Value | None:
    if isinstance(node, yaml.ScalarNode):
        return Value(line, (node.value,), is_list=False)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return Value(line, tuple(item.value for item in node.value), is_list=True)
    return None
