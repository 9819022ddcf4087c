"""Results as rows: adapters × stages, engines × stages, engines × functions, and the score of the mutation run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zoo.conformance.results import Results
from zoo.conformance.suite import Suite

Cell = Mapping[str, int] | None  # a stage's tally; none where it was not asked


@dataclass(frozen=True)
class Row:
    """One adapter or engine: what was measured of it, and its tally in each column."""

    of: Mapping[str, Any]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Rows under the names of stages or functions; totals say how many vectors or arguments a column is made of."""

    title: str
    key: str  # what its id is made of
    columns: tuple[str, ...]
    totals: tuple[int, ...]
    rows: tuple[Row, ...]


def adapter_tables(suites: Sequence[Suite], results: Results) -> list[Table]:
    """Give a table a species: what every adapter that has it passed at each stage."""
    lines = results.adapters["adapters"] if results.adapters else ()
    found = []
    for suite in suites:
        own = [(line, line["stages"]) for line in lines if line["species"] == suite.species]
        found.append(_table(suite.title, suite.species, ["protocol", *_stages(suite)], own))
    return [table for table in found if table.rows]


def engine_tables(suites: Sequence[Suite], results: Results) -> list[Table]:
    """Give a table a species: how many vectors of each stage differ in each engine."""
    lines = results.engines["engines"] if results.engines else ()
    found = []
    for suite in suites:
        own = [(line, line["species"][suite.species]) for line in lines if suite.species in line["species"]]
        found.append(_table(suite.title, suite.species, _stages(suite), own))
    return [table for table in found if table.rows]


def native_table(results: Results) -> Table:
    """Give how often each engine's own functions differ from the pinned ones."""
    lines = results.engines["engines"] if results.engines else ()
    names = dict.fromkeys(name for line in lines for name in line.get("native", {}))
    return _table("", "native", names, [(line, line["native"]) for line in lines if line.get("native")])


def _stages(suite: Suite) -> list[str]:
    return [stage.name for stage in suite.stages]


def _table(
    title: str, key: str, names: Iterable[str], lines: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> Table:
    """Give a table of the columns that any line fills."""
    columns = tuple(name for name in names if any(name in tallies for _, tallies in lines))
    rows = tuple(Row(line, tuple(tallies.get(name) for name in columns)) for line, tallies in lines)
    totals = tuple(max(_size(row.cells[at]) for row in rows) for at in range(len(columns)))
    return Table(title, key, columns, totals, rows)


def _size(cell: Cell) -> int:
    """Give how many vectors or arguments a tally counts."""
    if cell is None:
        return 0
    return cell.get("vectors") or cell.get("arguments") or cell.get("passed", 0) + cell.get("failed", 0)


def share(part: int, whole: int) -> str:
    """Give a share in per cent, with as many decimals as it takes not to be nothing.

    >>> share(35464, 200000), share(61, 200000), share(1, 200000)
    ('17.7 %', '0.03 %', '0.0005 %')
    """
    percent = 100 * part / whole
    decimals = next((digits for digits in range(1, 9) if percent >= 10**-digits), 9)
    return f"{percent:.{decimals}f} %"


def by_species(
    suites: Sequence[Suite], pieces: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Give the museum's pieces under their species' titles, and those that belong to none under the protocol's."""
    titles = {suite.species: suite.title for suite in suites}
    found: dict[str, list[Mapping[str, Any]]] = {title: [] for title in (*titles.values(), "The protocol")}
    for piece in pieces:
        found[titles.get(piece["species"], "The protocol")].append(piece)
    return [(title, own) for title, own in found.items() if own]


@dataclass(frozen=True)
class Score:
    """The mutation run's score: of the mutants that some request can tell from the original, how many were killed."""

    killed: int
    of: int

    def __str__(self) -> str:
        """Give it in per cent, never rounded up to a hundred.

        >>> str(Score(9, 9)), str(Score(9999, 10000)), str(Score(2, 3))
        ('100 %', '99.9 %', '66.6 %')
        """
        if self.killed == self.of:
            return "100 %"
        return f"{1000 * self.killed // self.of / 10} %"


def score(mutation: Mapping[str, Any]) -> Score:
    """Give the score of a mutation run, or of one module of it."""
    return Score(mutation["killed"], mutation["mutants"] - mutation["equivalent"])
