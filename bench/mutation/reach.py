"""Which functions of the generator the vectors run at all: what no stage asks for is the builder's, and not mutated."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from types import CodeType

from bench.mutation.apart import apart
from bench.mutation.questions import Question, first_failure
from bench.mutation.texts import ROOT, modules
from bench.mutation.trial import ADAPTER

Function = tuple[str, str]  # module, name within it


def unreached(asked: Sequence[Question]) -> list[Function]:
    """Give every function that neither importing the generator nor answering all vectors runs, in the texts' order."""
    called = {(module, name) for module, name in apart(_called, asked)}
    return [each for module in modules() if module != ADAPTER for each in _functions(module) if each not in called]


def _functions(module: str) -> Iterator[Function]:
    for top in ast.parse(modules()[module].read_text(encoding="utf-8")).body:
        inner = [(f"{top.name}.", each) for each in top.body] if isinstance(top, ast.ClassDef) else [("", top)]
        yield from ((module, owner + each.name) for owner, each in inner if isinstance(each, ast.FunctionDef))


def _called(asked: Sequence[Question]) -> list[Function]:
    """Answer everything, and note each function that is called."""
    for name in modules():
        sys.modules.pop(name, None)
    codes: set[CodeType] = set()
    sys.setprofile(lambda frame, event, _: codes.add(frame.f_code) if event == "call" else None)
    importlib.import_module(ADAPTER)
    first_failure(asked)
    sys.setprofile(None)
    return sorted({_name(code) for code in codes})


def _name(code: CodeType) -> Function:
    path = code.co_filename.removeprefix(f"{ROOT}{os.sep}").removesuffix(".py").replace(os.sep, ".")
    return path.removesuffix(".__init__"), code.co_qualname.partition(".<locals>")[0]
