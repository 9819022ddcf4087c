"""Front matter: the YAML head of a page, as plain text values that remember their lines.

Values are read as they are written (`no` stays the text no, 0:16 the text 0:16); what they mean is decided by the
key. Keys given twice, anchors, aliases and tags are mistakes: no page needs them, and each has misled somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from zoo.errors import Mistake

FENCE = "---"


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
    values: dict[str, Value]
    body: str
    body_line: int
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, line: int, what: str) -> None:
        """Note a mistake on a line of the file."""
        self.mistakes.append(Mistake(self.path, line, what))

    def line_of(self, key: str) -> int:
        """Give the line a key's value stands on, or the first."""
        return self.values[key].line if key in self.values else 1


def read_page(path: Path) -> Page:
    """Read a page; what is wrong with it is noted in its mistakes, and the rest is read all the same."""
    page = Page(path, {}, "", 1)
    text = _decoded(page, path.read_bytes())
    lines = text.split("\n")
    if lines[0].rstrip("\r") != FENCE:
        page.mistake(1, f"the page does not begin with front matter, expected a line {FENCE}")
        page.body = text
        return page
    closing = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip("\r") == FENCE), None)
    if closing is None:
        page.mistake(1, f"front matter is never closed, expected a second line {FENCE}")
        return page
    page.body, page.body_line = "\n".join(lines[closing + 1 :]), closing + 2
    _parse("\n".join(lines[1:closing]), page)
    return page


def _decoded(page: Page, raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        page.mistake(line, f"byte 0x{raw[error.start]:02x} is not valid UTF-8, expected a UTF-8 text")
        return f"{FENCE}\n{FENCE}\n"
    if "\0" in text:
        page.mistake(text.count("\n", 0, text.index("\0")) + 1, "a NUL character, expected text")
    return text.removeprefix("\ufeff")


def _parse(text: str, page: Page) -> None:
    try:
        root = yaml.compose(text, Loader=_Reader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        page.mistake((mark.line if mark else 0) + 2, f"front matter is not YAML: {error.problem or error.context}")
        return
    except yaml.YAMLError as error:
        page.mistake(2, f"front matter is not YAML: {str(error).splitlines()[0]}")
        return
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        page.mistake(2, "front matter is no list of `key: value` lines")
        return
    for key, value in _entries(root, page.mistake):
        page.values[key] = value


class _Reader(yaml.SafeLoader):
    """A YAML reader that refuses anchors, aliases and tags before they can expand."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        for trait in ("anchor", "tag"):
            if getattr(event, trait, None):
                problem = f"a YAML {trait} or alias ({getattr(event, trait)}), expected plain values"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def _entries(root: yaml.MappingNode, mistake: Callable[[int, str], None]) -> Iterator[tuple[str, Value]]:
    seen: dict[str, int] = {}
    for key_node, node in root.value:
        line = key_node.start_mark.line + 2  # the fence is line 1
        key = str(key_node.value)
        if key in seen:
            mistake(line, f"{key}: given twice, first on line {seen[key]}")
        elif (value := _value(node, line)) is None:
            mistake(line, f"{key}: neither a text nor a list of texts")
        else:
            yield key, value
        seen.setdefault(key, line)


def _value(node: yaml.Node, line: int) -> Value | None:
    if isinstance(node, yaml.ScalarNode):
        return Value(line, (node.value,), is_list=False)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return Value(line, tuple(item.value for item in node.value), is_list=True)
    return None
