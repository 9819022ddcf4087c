"""Measure zoos of many exhibits beside other site generators.

All build the same texts in one run, in turn, round by round; medians are given, by the clock and in processor time.
Each builds cold, with nothing changed, and after one page was edited, in memory where the system has a place for that:
what a disk takes to make files is no property of a program, and the zoo makes four a page. Every page is a table, a
panel in raw HTML, prose and a script; the zoo draws its galleries besides, checks every link, and writes a feed and a
sitemap.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.corpus import Text, corpus
from bench.peers import GALLERIES, PEERS, ZOO, check
from bench.processes import MEMORY, Figures, medians, place, timed
from bench.project import AbsentError, Generator

SIZES = (1000, 5000)
LONGEST = 40.0  # seconds; a generator that would need more for one build of the larger zoo is not asked to
REST = 2.5  # seconds between writing the texts and the first build: nobody builds sooner
STEPS = ("cold", "nothing changed", "one edit")


def measure(rounds: int) -> dict[str, Any]:
    """Give seconds by number of exhibits, generator and step; and why any is absent."""
    present, absent = _installed()
    found: dict[str, Any] = {"rounds": rounds, "in memory": MEMORY.is_dir(), "absent": absent, "sizes": {}}
    for size in SIZES:
        before = found["sizes"].get(str(SIZES[0]), {})
        asked = [own for own in present if _is_quick(before.get(own.name), size / SIZES[0])]
        left_out = [own.name for own in present if own not in asked]
        results = _measured(asked, list(corpus(size)), rounds if size == SIZES[0] else max(1, rounds // 2))
        found["sizes"][str(size)] = results | {"left out": left_out}
    return found


def _installed() -> tuple[list[Generator], dict[str, str]]:
    present, absent = [ZOO, GALLERIES], {}
    for peer in PEERS:
        try:
            peer.install()
            present.append(peer)
        except AbsentError as error:
            absent[peer.name] = str(error)
    return present, absent


def _is_quick(before: dict[str, Any] | None, times: float) -> bool:
    return before is None or before["cold"]["seconds"] * times <= LONGEST


def _measured(generators: Sequence[Generator], texts: Sequence[Text], rounds: int) -> dict[str, Any]:
    with place() as top:
        folders = {own.name: Path(top, own.name.replace(" ", "-").replace(",", "")) for own in generators}
        for own in generators:
            own.set_up(folders[own.name], texts)
        time.sleep(REST)
        turns = [
            {own.name: _round(own, folders[own.name], texts, turn) for own in generators} for turn in range(rounds)
        ]
        for own in generators:
            check(own, folders[own.name], texts)
    return {own.name: medians([turn[own.name] for turn in turns]) for own in generators}


def _round(generator: Generator, folder: Path, texts: Sequence[Text], turn: int) -> dict[str, Figures]:
    for name in generator.made:
        shutil.rmtree(folder / name, ignore_errors=True)
    page = folder / generator.page(texts[len(texts) // 2])

    def build() -> Figures:
        return timed(generator.command(folder), folder, generator.environment)

    cold, unchanged = build(), build()
    page.write_text(f"{page.read_text(encoding='utf-8')}\nRead again {turn + 1} times.\n", encoding="utf-8")
    return dict(zip(STEPS, (cold, unchanged, build()), strict=True))


def table(found: dict[str, Any]) -> str:
    """Give the figures as a table."""
    lines = []
    for size, results in found["sizes"].items():
        lines.append(
            f"{int(size):,} exhibits, seconds (processor seconds)".ljust(48)
            + "".join(s.rjust(18) for s in STEPS)
            + "MB".rjust(8)
        )
        for name, own in results.items():
            if name == "left out":
                lines += [f"  {other}: left out, it would take too long" for other in own]
                continue
            figures = [f"{own[step]['seconds']:.2f} ({own[step]['processor']:.2f})".rjust(18) for step in STEPS]
            largest = max(own[step]["megabytes"] for step in STEPS)
            lines.append(f"  {name}".ljust(48) + "".join(figures) + f"{largest:8.0f}")
    lines += [f"absent: {name}: {why}" for name, why in found["absent"].items()]
    return "\n".join(lines)
