"""Front matter that is more than lines of words, read as YAML; nothing in it expands, and nothing is interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml


class NotYamlError(Exception):
    """A head that cannot be read, with the line (from 0) and what is wrong on it."""

    def __init__(self, line: int, what: str) -> None:
        """Keep where and what."""
        super().__init__(what)
        self.line = line
        self.what = what


class Entry(NamedTuple):
    """A key with its line (from 0) and its texts: none where it holds neither a text nor a list of texts."""

    key: str
    line: int
    items: tuple[str, ...] | None
    is_list: bool


def entries(text: str) -> Iterator[Entry]:
    """Give the entries of a head in order; NotYamlError where it is no mapping of keys."""
    root = _root(text)
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise NotYamlError(0, "front matter is no mapping, expected `key: value` lines")
    for key, node in root.value:
        is_list = isinstance(node, yaml.SequenceNode)
        named = isinstance(key, yaml.ScalarNode)
        yield Entry(key.value if named else "?", key.start_mark.line, _texts(node) if named else None, is_list)


def _root(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Reader)
    except yaml.reader.ReaderError as error:
        what = f"front matter is not YAML: character {chr(int(error.character))!r} is not allowed"
        raise NotYamlError(text.count("\n", 0, int(error.position)), what) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"front matter is not YAML: {error.problem or error.context}"
        raise NotYamlError(mark.line if mark else 0, what) from error
    except RecursionError as error:
        raise NotYamlError(0, "front matter is nested too deeply, expected `key: value` lines") from error


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


def _texts(node: yaml.Node) -> tuple[str, ...] | None:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(item.value for item in items) if all(isinstance(item, yaml.ScalarNode) for item in items) else None
