#!/usr/bin/env python3
"""Writes golden/<species>/vectors/*.json from the species' cases; a value that changed is an error, not an update.

    python golden/build_vectors.py [--check] [--accept] [SPECIES …]

Expected values come from the scalar reference under golden/, which is first held against what the source exhibit's
own code computed. --check writes nothing; --accept is for the day a vector itself was wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from reference.species import Case, Refused, Species, load

ROOT = Path(__file__).resolve().parent


def vector(species: Species, stage: str, case: Case) -> dict[str, Any]:
    """Give the case with its expected value, or the demand that it be refused."""
    line: dict[str, Any] = {"id": case.id, "requirements": list(case.requirements), "why": case.why}
    line |= {"provenance": case.provenance, "in": case.inputs}
    try:
        line["out"] = species.answer(stage, case.inputs)
    except Refused:
        line["error"] = True
    if stage == "gallery" and species.margin and "out" in line:
        line["margin"] = species.margin(case.inputs)
    return line


def render(species: Species) -> dict[str, str]:
    """Each stage's file, one vector a line."""
    lines: dict[str, list[str]] = {}
    for stage, case in species.cases():
        lines.setdefault(stage, []).append(json.dumps(vector(species, stage, case)))
    return {stage: document(species.name, stage, found) for stage, found in lines.items()}


def document(suite: str, stage: str, lines: list[str]) -> str:
    """Give a JSON document with a header line."""
    header = f'{{"$schema": "../../schema/vectors.schema.json", "suite": "{suite}", "stage": "{stage}", "vectors": [\n'
    return header + ",\n".join(lines) + "\n]}\n"


def by_id(text: str) -> dict[str, Any]:
    """Say what must never change, by id."""
    return {v["id"]: [v["in"], v.get("out"), v.get("error")] for v in json.loads(text)["vectors"]}


def changes(old: str, new: str) -> list[str]:
    """Give the ids whose input or expected value differs, or that are gone."""
    before, after = by_id(old), by_id(new)
    return [
        f"{key} is gone" if key not in after else f"{key} changed" for key in before if before[key] != after.get(key)
    ]


def build(name: str, *, check: bool, accept: bool) -> list[str]:
    """Say what is wrong; unless something is, the files are up to date afterwards."""
    species = load(name)
    species.check()
    folder = ROOT / name / "vectors"
    folder.mkdir(exist_ok=True)
    wrong = []
    for stage, text in render(species).items():
        path = folder / f"{stage}.json"
        old = path.read_text() if path.exists() else ""
        found = changes(old, text) if old and not accept else []
        if check and old != text and not found:
            found = [f"{path.name} is not what the cases give"]
        wrong += [f"{name}/vectors/{path.name}: {each}" for each in found]
        if not check and not found and old != text:
            path.write_text(text, encoding="ascii", newline="\n")
    return wrong


def main(args: list[str]) -> int:
    """0 when the vectors are what the cases give, 1 otherwise."""
    parser = argparse.ArgumentParser(description="Write the vectors; fail where a value changed.")
    parser.add_argument("species", nargs="*", default=sorted(p.parent.name for p in ROOT.glob("*/suite.json")))
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--accept", action="store_true", help="let values change")
    chosen = parser.parse_args(args)
    wrong = [line for name in chosen.species for line in build(name, check=chosen.check, accept=chosen.accept)]
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
