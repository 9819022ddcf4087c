#!/usr/bin/env python3
"""Puts every piece of the museum before the suite and writes results/museum.json, which the site's page shows.

    python golden/run_museum.py [--check] [PIECE …]

A piece is caught where it says if every stage before its own passes and its own vector is among those that fail at it.
Exit code 1 if one is not, whatever else; --check writes nothing and fails where the file would change.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from conformance import text
from conformance.probes import STAGE
from conformance.report import Report
from conformance.run import Options, Run
from conformance.session import Limits
from conformance.suite import Suite, load
from museum.collection import PIECES
from museum.piece import Piece
from museum.protocol import MISBEHAVIOURS, Misbehaviour

ROOT = Path(__file__).resolve().parent
RESULT = ROOT / "results" / "museum.json"
SOURCES = (
    "run_museum.py",
    "museum/*.py",
    "adapters/fake.py",
    "conformance/*.py",
    "reference/*.py",
    "*/*_*/*.py",
    "*/suite.json",
    "*/vectors/*.json",
)
HANG = Limits(answer=1.0)  # what sleeps, sleeps for a minute


class Escaped(Exception):  # noqa: N818 - what the museum says of it
    """A wrong port was not caught, or not where it says."""


def shown(piece: Piece) -> dict[str, Any]:
    """Run a piece; what caught it. Escaped if it was not, or elsewhere."""
    suite = suite_of(piece.species)
    report = run(suite, [str(ROOT / "museum"), piece.id], Options(stages=until(suite, piece.stage)))
    first = report.first
    if report.exit_code != 1 or first is None:
        raise Escaped(f"{piece.id}: {report.headline}; {piece.vector} should fail")
    failed = [
        each.vector.id for each in report.outcomes if each.status == "failed" and each.vector.stage == piece.stage
    ]
    if first.vector.stage != piece.stage or piece.vector not in failed:
        raise Escaped(f"{piece.id}: first caught by {first.vector.id}, not by {piece.vector}")
    if piece.conforms:
        tolerated(piece, suite)
    caught = {"stage": first.vector.stage, "vector": first.vector.id, "vectors": len(failed)}
    line = {"id": piece.id, "species": piece.species, "kind": "bits", "fault": piece.fault}
    return {**line, "stage": piece.stage, "vector": piece.vector, "conforms": piece.conforms, "caught": caught}


suite_of = cache(load)


def until(suite: Suite, last: str) -> frozenset[str]:
    """Give the stages up to that one, the protocol's own questions first: what comes later is no verdict."""
    names = [STAGE, *(stage.name for stage in suite.stages)]
    return frozenset(names[: names.index(last) + 1])


def tolerated(piece: Piece, suite: Suite) -> None:
    """See that it satisfies the profile that it names."""
    report = run(suite, [str(ROOT / "museum"), piece.id], Options(profile=piece.conforms))  # type: ignore[arg-type]
    if report.exit_code:
        raise Escaped(f"{piece.id}: {report.headline}, profile {piece.conforms}")


def endured(fault: Misbehaviour) -> dict[str, Any]:
    """Run a port that breaks the protocol; Escaped unless the runner says what it should."""
    stages = frozenset({fault.stage} if fault.stage else ())
    options = Options(stages=stages, limits=HANG if fault.fault in ("hang", "deaf") else Limits())
    report = run(suite_of("mini-digits"), [str(ROOT / "adapters" / "fake.py"), fault.fault], options)
    said = "\n".join([*text.lines(report), *map(str, report.breaches)])
    if report.exit_code != fault.exit or fault.finding not in said:
        raise Escaped(f"{fault.id}: exit {report.exit_code}, not {fault.exit}, or not a word of {fault.finding!r}")
    line = {"id": fault.id, "species": "", "kind": "protocol", "fault": fault.says, "stage": "protocol"}
    return {**line, "finding": fault.finding, "exit": fault.exit}


def run(suite: Suite, command: list[str], options: Options) -> Report:
    """Run an adapter of ours, in an interpreter like this one."""
    return Run([sys.executable, "-S", *command], suite, options).report()


def sources() -> str:
    """Give the SHA-256 of everything the museum is made from."""
    paths = sorted({path for form in SOURCES for path in ROOT.glob(form)})
    found = {path.relative_to(ROOT).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def attempt(piece: Piece | Misbehaviour) -> dict[str, Any] | Escaped:
    """Give what a visit to it gives."""
    try:
        return shown(piece) if isinstance(piece, Piece) else endured(piece)
    except Escaped as escaped:
        return escaped


def visited(wanted: Iterable[str]) -> list[dict[str, Any] | Escaped]:
    """Visit the pieces of these ids, or all, several at a time."""
    names = set(wanted)
    everything: list[Piece | Misbehaviour] = [*PIECES.values(), *MISBEHAVIOURS]
    pieces = [piece for piece in everything if not names or piece.id in names]
    if names - {piece.id for piece in pieces}:
        raise SystemExit(f"no piece {', '.join(sorted(names - {piece.id for piece in pieces}))}")
    with ProcessPoolExecutor() as visitors:
        return list(visitors.map(attempt, pieces))


def document(found: list[dict[str, Any]]) -> str:
    """Write the result, one piece a line."""
    lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in found)
    return f'{{"sources": "{sources()}",\n"pieces": [\n{lines}\n]}}\n'


def main(args: Sequence[str]) -> int:
    """0 every piece was caught where it says, 1 one was not or the file is another."""
    parser = argparse.ArgumentParser(description="Puts every piece of the museum before the suite.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where results/museum.json would change"
    )
    parser.add_argument("pieces", nargs="*", metavar="PIECE", help="these alone; nothing is written")
    options = parser.parse_args(args)
    found = visited(options.pieces)
    escaped = [each for each in found if isinstance(each, Escaped)]
    sys.stderr.writelines(f"{each}\n" for each in escaped)
    sys.stdout.write(f"{len(found) - len(escaped)} of {len(found)} pieces caught where they say\n")
    if escaped or options.pieces:
        return int(bool(escaped))
    result = document([each for each in found if not isinstance(each, Escaped)])
    if options.check and (not RESULT.is_file() or RESULT.read_text("utf-8") != result):
        sys.stderr.write("golden/results/museum.json is not what a fresh run gives: make museum\n")
        return 1
    if not options.check:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(result, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
