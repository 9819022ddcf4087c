"""Mutate the generator, ask the vectors, and write golden/results/mutation.json: python -m bench.mutation [MODULE …].

Exit code 1 if a mutant survived that is not on the list of equivalents, or the list names one that did not. With names
of modules only those are tried, and nothing is written; `--survivors FILE` keeps what survived as JSON, for whoever
writes vectors or reasons.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.mutation.equivalents import explained, groups
from bench.mutation.questions import SURVIVED, Question, questions
from bench.mutation.reach import Function, unreached
from bench.mutation.texts import ROOT, modules
from bench.mutation.verdicts import Verdict, verdicts

RESULT = ROOT / "golden" / "results" / "mutation.json"
SOURCES = (
    "bench/mutation/*",
    "generator/**/*.py",
    "golden/conformance/*.py",
    "golden/*/suite.json",
    "golden/*/vectors/*.json",
)


def sources() -> str:
    """Give the SHA-256 of everything a run depends on."""
    paths = sorted({path for form in SOURCES for path in ROOT.glob(form) if path.is_file()})
    found = {path.relative_to(ROOT).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def measured(found: dict[str, list[Verdict]], left: Sequence[Function]) -> tuple[dict[str, Any], list[str]]:
    """Give the results, and what is wrong with them."""
    rows: list[dict[str, Any]] = []
    wrong, lines = [], []
    for module, own in found.items():
        survivors = [mutant for mutant, killer in own if killer == SURVIVED]
        explanations, complaints = explained(survivors, [group for group in groups() if group.module == module])
        equivalent = sum(len(change["now"]) for each in explanations for change in each["changes"])
        rows.append(
            {"module": module, "mutants": len(own), "equivalent": equivalent, "killed": len(own) - len(survivors)}
        )
        lines += explanations
        wrong += complaints
    totals = {key: sum(row[key] for row in rows) for key in ("mutants", "equivalent", "killed")}
    unasked = [{"module": module, "name": name} for module, name in left]
    return {"sources": sources(), **totals, "modules": rows, "unreached": unasked, "equivalents": lines}, wrong


def document(results: dict[str, Any]) -> str:
    """Write the results, one module or group a line."""
    parts = []
    for key, value in results.items():
        rows = [json.dumps(each, ensure_ascii=False) for each in value] if isinstance(value, list) else []
        parts.append(f'"{key}": ' + ("[\n" + ",\n".join(rows) + "\n]" if rows else json.dumps(value)))
    return "{" + ",\n".join(parts) + "}\n"


def main(args: Sequence[str]) -> int:
    """Run it."""
    asked = _parser().parse_args(args)
    every = questions()
    left = unreached(every)
    tried = {module: _tried(module, left, every, asked.jobs) for module in asked.modules or modules()}
    found = {module: own for module, own in tried.items() if own}
    if asked.survivors:
        _keep(asked.survivors, found)
    results, wrong = measured(found, left)
    print("\n".join(wrong) or "every survivor is equivalent, for a reason given")
    print(
        ", ".join(f"{results[key]} {key}" for key in ("mutants", "killed", "equivalent")),
        f"{len(wrong)} wrong",
        sep=", ",
    )
    if not wrong and not asked.modules:
        RESULT.write_text(document(results), encoding="utf-8", newline="\n")
    return int(bool(wrong))


def _tried(module: str, left: Sequence[Function], every: Sequence[Question], jobs: int) -> list[Verdict]:
    """Try a module's mutants, and say how that went."""
    begun = time.monotonic()
    found = verdicts(module, [name for own, name in left if own == module], every, jobs)
    survived = sum(killer == SURVIVED for _, killer in found)
    print(f"{module}: {len(found)} mutants, {survived} survived, {time.monotonic() - begun:.0f} s", flush=True)
    return found


def _keep(path: Path, found: dict[str, list[Verdict]]) -> None:
    survivors = [vars(mutant) for own in found.values() for mutant, killer in own if killer == SURVIVED]
    path.write_text(json.dumps(survivors, ensure_ascii=False, indent=1), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.mutation")
    parser.add_argument("modules", nargs="*", choices=[*modules(), []], metavar="MODULE", help="these alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="trials side by side")
    parser.add_argument("--survivors", type=Path, metavar="FILE", help="write what survived to FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
