"""The mutants that no request of the protocol can tell from the generator, each with the reason why.

`equivalents.toml` holds them in groups: a module, a function or constant in it, a line as it was, and the lines that
take its place. A group without `was` and `now` is of all survivors at its place, and its reason has to be a proof by
exhaustion: that every value which comes from there is in some vector (`*` is the whole module). A group that is of no
survivor is an error, too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.mutation.mutants import Mutant

LIST = Path(__file__).with_name("equivalents.toml")


@dataclass(frozen=True)
class Group:
    """Equivalent mutants of one place, for one reason."""

    module: str
    where: str
    reason: str
    was: str = ""
    now: tuple[str, ...] = ()

    def holds(self, mutant: Mutant) -> bool:
        """Say whether the mutant is one of these."""
        if self.module != mutant.module or self.where not in ("*", mutant.where):
            return False
        return not self.was or (self.was == mutant.was and mutant.now in self.now)


def groups(path: Path = LIST) -> list[Group]:
    """Read the list."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["equivalent"]
    return [Group(**{**each, "now": tuple(each.get("now", ()))}) for each in found]


def explained(survivors: Sequence[Mutant], known: Sequence[Group]) -> tuple[list[dict[str, Any]], list[str]]:
    """Give the groups with their mutants, as results have them, and what is wrong: mutants of none, groups of none."""
    rows = [(group, [mutant for mutant in survivors if group.holds(mutant)]) for group in known]
    listed = {mutant.key for _, own in rows for mutant in own}
    wrong = [f"survived: {described(mutant)}" for mutant in survivors if mutant.key not in listed]
    for group, own in rows:
        gone = set(group.now) - {mutant.now for mutant in own}
        if gone or not own:
            wrong.append(f"no survivor: {group.module} {group.where}: {group.was}: {sorted(gone) or 'any'}")
    return _merged(_row(group, own) for group, own in rows if own), wrong


def described(mutant: Mutant) -> str:
    """Give a mutant as one reads it."""
    return f"{mutant.module}:{mutant.line} {mutant.where}\n  - {mutant.was}\n  + {mutant.now}"


def _row(group: Group, own: Iterable[Mutant]) -> dict[str, Any]:
    found = list(own)
    changes = [{"was": was, "now": [each.now for each in found if each.was == was]} for was in _unique(found)]
    place = {"module": group.module, "where": group.where, "line": min(each.line for each in found)}
    return {**place, "changes": changes, "reason": group.reason}


def _merged(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put groups of one place and one reason together."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        first = found.setdefault((row["module"], row["where"], row["reason"]), row)
        if first is not row:
            first["changes"] += row["changes"]
            first["line"] = min(first["line"], row["line"])
    return list(found.values())


def _unique(found: Iterable[Mutant]) -> list[str]:
    return list(dict.fromkeys(mutant.was for mutant in found))
