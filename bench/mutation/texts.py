"""The generator's modules: their texts, and which of them lead to which."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def modules() -> dict[str, Path]:
    """Give every module of the generator by its name."""
    paths = sorted((ROOT / "generator").rglob("*.py"))
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def leading_to(module: str) -> frozenset[str]:
    """Give every module whose import comes by this one, itself included."""
    imported = {name: _imported(name) for name in modules()}
    found = {module}
    while more := {name for name, own in imported.items() if own & found} - found:
        found |= more
    return frozenset(found)


def _imported(name: str) -> set[str]:
    """Give the modules that a module imports, and the package that it lies in."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    lines = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named = {f"{line.module}.{alias.name}" for line in lines for alias in line.names}
    return (named | {f"{line.module}" for line in lines} | {name.rpartition(".")[0]}) & modules().keys()
