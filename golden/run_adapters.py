#!/usr/bin/env python3
"""Runs every adapter of adapters/adapters.json and writes results/adapters.json, which the site's page shows.

    python golden/run_adapters.py [--check]

--check writes nothing and fails where the file is not what a fresh run gives. The file holds no date and no seconds:
the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from conformance.probes import PROBES

ROOT = Path(__file__).resolve().parent
HOUSE = ROOT.parent
LIST = ROOT / "adapters" / "adapters.json"
RESULT = ROOT / "results" / "adapters.json"
SOURCES = (
    "golden/run_adapters.py",
    "golden/conformance/*.py",
    "golden/adapters/**/*",
    "golden/*/suite.json",
    "golden/*/vectors/*.json",
    "generator/**/*.py",
    "content/*.js",
)


class AdapterError(Exception):
    """An adapter could not be built or judged."""


@dataclass(frozen=True)
class Adapter:
    """How one adapter is built, if it has to be, and started."""

    key: str
    run: tuple[str, ...]
    build: tuple[str, ...] = ()
    profile: str = "exact"

    def command(self, folder: Path) -> list[str]:
        """Build it into a folder and give its command; AdapterError where a program is missing or fails."""
        words = {"{python}": sys.executable, "{golden}": str(ROOT), "{out}": str(folder / self.key)}
        if self.build:
            done = execute(filled(self.build, words))
            if done.returncode:
                raise AdapterError(f"{self.key}: cannot be built\n{done.stderr}")
        return filled(self.run, words)


def adapters() -> list[Adapter]:
    """Give every adapter of the list."""
    found = json.loads(LIST.read_text("utf-8"))["adapters"]
    return [
        Adapter(each["key"], tuple(each["run"]), tuple(each.get("build", ())), each.get("profile", "exact"))
        for each in found
    ]


def filled(command: Sequence[str], words: dict[str, str]) -> list[str]:
    """Put paths in the place of their names."""
    for name, path in words.items():
        command = [word.replace(name, path) for word in command]
    return list(command)


def execute(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder that holds the suite's; AdapterError where its program is missing."""
    if shutil.which(command[0]) is None:
        raise AdapterError(f"{command[0]} is missing")
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)  # noqa: S603 our own list


def measured() -> dict[str, Any]:
    """Give what all adapters do, each under its profile, and the questions about the protocol that are no vectors."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [line for adapter in adapters() for line in judged(adapter, Path(folder))]
    probes = [{"id": each.id, "requirements": list(each.requirements), "why": each.why} for each in PROBES]
    return {"sources": sources(), "adapters": lines, "probes": probes}


def judged(adapter: Adapter, folder: Path) -> Iterator[dict[str, Any]]:
    """Give an adapter's tallies, a species at a time."""
    words = ["run", "--seed", "0", "--profile", adapter.profile, "--json", "-", "--", *adapter.command(folder)]
    done = execute([sys.executable, str(ROOT / "conform.py"), *words])
    try:
        runs = json.loads(done.stdout)["runs"]
    except ValueError:
        raise AdapterError(f"{adapter.key}: no report\n{done.stderr}") from None
    yield from (tally(run) for run in runs)


def tally(run: dict[str, Any]) -> dict[str, Any]:
    """Give one run without what changes from machine to machine."""
    hello = run["adapter"]
    stages = {stage["stage"]: counts(stage) for stage in run["stages"]}
    head = {"name": hello["name"], "language": hello.get("language", "?"), "exp": hello["exp"]}
    return {**head, "species": run["suite"], "profile": run["profile"], "stages": stages, "conforms": run["exit"] == 0}


def counts(stage: dict[str, Any]) -> dict[str, int]:
    """Give how many vectors of a stage passed, failed, and were not answered or not decided."""
    passed, failed = stage["passed"], stage["failed"]
    return {"passed": passed, "failed": failed, "skipped": stage["vectors"] - passed - failed}


def sources() -> str:
    """Give the SHA-256 of everything the tallies are made from."""
    paths = {
        path for form in SOURCES for path in HOUSE.glob(form) if path.is_file() and "__pycache__" not in path.parts
    }
    found = {path.relative_to(HOUSE).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def document(found: dict[str, Any]) -> str:
    """Write the result, one adapter a line."""
    parts = [f'"sources": "{found["sources"]}"']
    for key in ("adapters", "probes"):
        lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in found[key])
        parts.append(f'"{key}": [\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def main(args: Sequence[str]) -> int:
    """0 done, 1 the file on disk is another, 2 an adapter could not be run."""
    parser = argparse.ArgumentParser(description="Runs every adapter and writes results/adapters.json.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the file would change")
    check = parser.parse_args(args).check
    try:
        text = document(measured())
    except AdapterError as error:
        sys.stderr.write(f"run_adapters.py: {error}\n")
        return 2
    if check and (not RESULT.is_file() or RESULT.read_text("utf-8") != text):
        sys.stderr.write(f"{RESULT.relative_to(HOUSE)} is not what a fresh run gives: make adapters\n")
        return 1
    if not check:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
