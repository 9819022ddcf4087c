"""All mutants of a module, several side by side: which vector killed each."""

from __future__ import annotations

import importlib
import select
from collections.abc import Collection, Iterator, Sequence

from bench.mutation.apart import apart
from bench.mutation.mutants import Mutant, mutants
from bench.mutation.questions import Question
from bench.mutation.texts import leading_to, modules
from bench.mutation.trial import ADAPTER, ended, started

Verdict = tuple[Mutant, str]  # what killed it, or SURVIVED


def verdicts(module: str, left: Collection[str], asked: Sequence[Question], jobs: int) -> list[Verdict]:
    """Try every mutant of a module but of the functions left out, from a process that has loaded all other modules."""
    return [(Mutant(**mutant), killer) for mutant, killer in apart(_tried, module, left, list(asked), jobs)]


def _tried(module: str, left: Collection[str], asked: list[Question], jobs: int) -> list[tuple[dict[str, object], str]]:
    _load_others(module)
    return [(vars(mutant), killer) for mutant, killer in _side_by_side(module, left, asked, jobs)]


def _side_by_side(module: str, left: Collection[str], asked: list[Question], jobs: int) -> Iterator[Verdict]:
    running: dict[int, tuple[int, Mutant]] = {}
    for mutant in mutants(module, modules()[module].read_text(encoding="utf-8")):
        if mutant.where in left:
            continue
        child, told = started(mutant, asked)
        running[told] = child, mutant
        if len(running) >= jobs:
            yield from _finished(running, asked)
    while running:
        yield from _finished(running, asked)


def _finished(running: dict[int, tuple[int, Mutant]], asked: list[Question]) -> Iterator[Verdict]:
    """Wait for some trial; vectors that killed lately are asked first from now on."""
    for told in select.select(list(running), [], [])[0]:
        child, mutant = running.pop(told)
        killer = ended(child, told)
        asked.sort(key=lambda each: each.vector.id != killer)
        yield mutant, killer


def _load_others(module: str) -> None:
    """Import every module that does not lead to this one, so that no trial has to."""
    importlib.import_module("numpy")
    for name in modules().keys() - leading_to(module) - {ADAPTER}:
        importlib.import_module(name)
