"""Every mutant of a module: its syntax tree with one node exchanged.

Left alone are what no run of the program sees or judges: docstrings, annotations and types that are given names, and
the words of an error (that there is one is judged, and stays to be mutated).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.mutation.operators import changes

LONGEST, SHOWN = 110, 40  # characters of a line shown whole, and of a longer one on either side of a change
TYPES = ("NDArray", "Callable", "Literal", "Mapping")


@dataclass(frozen=True)
class Mutant:
    """A module with one change: the changed line as it was and as it is, formatted anew, and the whole program."""

    module: str
    line: int
    where: str  # the function, class or constant it stands in
    was: str
    now: str
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is called in the list of equivalents."""
        return self.module, self.where, self.was, self.now


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Give every mutant of a module, in the order of its text; of those with the same text, the first."""
    tree = ast.parse(source)
    plain = ast.unparse(tree)
    seen = {plain}
    for node, place in _below(tree):
        for changed in changes(node):
            place(changed)
            text = ast.unparse(ast.fix_missing_locations(tree))
            if text not in seen:
                seen.add(text)
                was, now = _difference(plain.splitlines(), text.splitlines())
                yield Mutant(module, _line(node, place), place.where, was, now, text)
        place(node)


class _Place:
    """Where a node stands: a field of its parent, or one place of a list there; and within which function."""

    def __init__(self, parent: ast.AST, field: str, at: int | None, where: str) -> None:
        self.parent, self.field, self.at, self.where = parent, field, at, where

    def __call__(self, node: ast.AST) -> None:
        """Put a node there."""
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


def _below(node: ast.AST, where: str = "") -> Iterator[tuple[ast.AST, _Place]]:
    """Give every node below this one, with its place."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}".removeprefix(".")
    elif not where:
        where = _constant(node)
    for field, value in ast.iter_fields(node):
        if _untouched(node, field):
            continue
        for at, child in list(enumerate(value)) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield child, _Place(node, field, at, where)
                yield from _below(child, where)


def _constant(node: ast.AST) -> str:
    """Give the name that a statement assigns to, if it does."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _untouched(node: ast.AST, field: str) -> bool:
    """Say whether what stands in this field is no part of the program that is judged."""
    if field in ("annotation", "returns", "ctx") or isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Raise):
        return True
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and _names_type(node.value.value)


def _names_type(node: ast.expr) -> bool:
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")) in TYPES


def _is_text(node: ast.AST) -> bool:
    """Say whether a statement is a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _line(node: ast.AST, place: _Place) -> int:
    return int(getattr(node, "lineno", 0) or getattr(place.parent, "lineno", 1))


def _difference(before: list[str], after: list[str]) -> tuple[str, str]:
    """Give the lines that differ; of a single long one, the part around what differs.

    >>> _difference(["a", "b = 1", "c"], ["a", "b = 2", "c"])
    ('b = 1', 'b = 2')
    """
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    was, now = ("\n".join(line.strip() for line in text[start : len(text) - end]) for text in (before, after))
    if max(len(was), len(now)) <= LONGEST:
        return was, now
    start = max(0, _common(was, now) - SHOWN)
    end = max(0, _common(was[start:][::-1], now[start:][::-1]) - SHOWN)
    shown = [("…" if start else "") + text[start : len(text) - end] + ("…" if end else "") for text in (was, now)]
    return shown[0], shown[1]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Give how many items two sequences begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
