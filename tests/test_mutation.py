"""The mutation run: its operators, its list of equivalents, and a sample of its mutants tried again."""

import ast
import json
import os
import random
from pathlib import Path

import pytest

from bench.mutation import __main__ as run
from bench.mutation.equivalents import Group, explained, groups
from bench.mutation.mutants import Mutant, mutants
from bench.mutation.questions import SURVIVED, Question, questions
from bench.mutation.reach import unreached
from bench.mutation.texts import modules
from bench.mutation.trial import ADAPTER, ended, started

RESULTS = json.loads(run.RESULT.read_text(encoding="utf-8"))
TRIED = 60  # mutants tried again, drawn from all


def changed(source: str) -> set[str]:
    """Give every mutant of a module of that text, formatted anew."""
    return {mutant.source for mutant in mutants("m", source)}


@pytest.mark.parametrize(
    ("source", "some"),
    [
        ("y = a - b", {"y = a + b", "y = a // b", "y = a ** b", "y = a ^ b", "pass"}),
        ("y = a < b", {"y = a <= b", "y = a != b", "y = a is b"}),
        ("y = a in b", {"y = a not in b"}),
        ("y = -a", {"y = a", "y = +a", "y = not a"}),
        ("y = 0.5", {"y = 1.5", "y = -0.5", "y = 0.5000000000000001", "y = 0.49999999999999994"}),
        ("y = 7", {"y = 8", "y = 6"}),
        ("y = True", {"y = False"}),
        ("y = a and b", {"y = a or b", "y = a", "y = b"}),
        ("y = f(a, b, c=1)", {"y = a", "y = f(b, a, c=1)", "y = f(a, b)"}),
        ("y = a.astype(np.float32)", {"y = a", "y = a.astype(np.float64)", "y = np.float32"}),
        ("y = a[1:n]", {"y = a[:n]", "y = a[1:]"}),
        ("y = np.add(a, b)", {"y = np.subtract(a, b)", "y = np.add(b, a)"}),
        ("if a:\n    f()", {"if not a:\n    f()", "if True:\n    f()", "if False:\n    f()", "if a:\n    pass"}),
        ("for i in a:\n    break", {"for i in []:\n    break", "for i in reversed(list(a)):\n    break",
                                   "for i in a:\n    continue"}),
        ("y = [i for i in a if i]", {"y = [i for i in a]", "y = [i for i in [] if i]"}),
        ("try:\n    f()\nexcept (A, B):\n    g()", {"try:\n    f()\nexcept (B,):\n    g()",
                                                  "try:\n    f()\nexcept ZeroDivisionError:\n    g()"}),
        ("@d\ndef f():\n    return a", {"def f():\n    return a", "@d\ndef f():\n    return None"}),
    ],
)  # fmt: skip
def test_operators(source: str, some: set[str]) -> None:
    """Each kind of change is made, and nothing is changed into itself."""
    found = changed(source)
    assert some <= found
    assert ast.unparse(ast.parse(source)) not in found


def test_what_is_left_alone() -> None:
    """Docstrings, annotations, types with names and the words of an error are no part of what is judged."""
    source = (
        '"""One."""\nArray = npt.NDArray[np.float64]\n\ndef f(a: int | str) -> int:\n    """Two."""\n    raise A(1)'
    )
    assert {mutant.now for mutant in mutants("m", source)} == {"pass"}


def test_mutants_are_told_apart() -> None:
    """A mutant knows its line, its function, and the line that changed, of a long one the part around the change."""
    first = next(mutant for mutant in mutants("m", "def f(a):\n    return a + 1") if "-" in mutant.now)
    assert (first.module, first.line, first.where, first.was, first.now) == (
        "m",
        2,
        "f",
        "return a + 1",
        "return a - 1",
    )
    long = f"y = [{', '.join(['0'] * 100)}, 5]"
    (shortened,) = [mutant for mutant in mutants("m", long) if mutant.now.endswith("6]")]
    assert (shortened.where, len(shortened.was)) == ("y", 43)
    assert shortened.was == f"…{long[-42:]}"


def survivor(where: str = "f", was: str = "a", now: str = "b") -> Mutant:
    """Give a mutant that survived, as it were."""
    return Mutant("m", 1, where, was, now, "")


def test_the_list_of_equivalents_is_strict() -> None:
    """A survivor of no group, a group of no survivor and a change that was killed are each an error."""
    group = Group("m", "f", "why", "a", ("b", "c"))
    everywhere = Group("m", "g", "why")
    rows, wrong = explained([survivor(), survivor(now="c"), survivor("g", "x", "y")], [group, everywhere])
    assert not wrong
    assert [len(row["changes"][0]["now"]) for row in rows] == [2, 1]
    assert "survived: m:1 f" in explained([survivor(now="d")], [])[1][0]
    assert "no survivor: m f" in explained([survivor()], [group])[1][0]
    assert "no survivor: m g" in explained([], [everywhere])[1][0]


def test_results_are_of_these_sources() -> None:
    """golden/results/mutation.json is what the texts as they are gave."""
    assert RESULTS["sources"] == run.sources(), "golden/results/mutation.json is stale: run make mutation again"


def test_every_mutant_is_killed_or_explained() -> None:
    """Killed and equivalent make all, module by module, and every group has a reason that says something."""
    for row in (RESULTS, *RESULTS["modules"]):
        assert row["killed"] + row["equivalent"] == row["mutants"]
    assert RESULTS["mutants"] == sum(row["mutants"] for row in RESULTS["modules"]) > 7000
    assert {row["module"] for row in RESULTS["modules"]} == {name for name in modules() if name != "generator"}
    assert all(len(group.reason) > 20 for group in groups())


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    """Every vector there is."""
    return questions()


def test_what_no_stage_runs_is_the_builders(asked: list[Question]) -> None:
    """The functions that are not mutated are those the results name, and tests of their own run each."""
    found = [{"module": module, "name": name} for module, name in unreached(asked)]
    assert found == RESULTS["unreached"]
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    own = {"_rewritten": "number", "Generator.__reduce__": "pickle", "bearing": "pickle"}
    assert all(own.get(each["name"], each["name"].rpartition(".")[2]) in texts for each in found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants are tried in forked processes; run this on Linux or macOS")
def test_a_sample_tried_again(asked: list[Question]) -> None:
    """Mutants drawn from all modules are killed by a vector or on the list of equivalents: never both nor neither."""
    left = set(unreached(asked))
    every = [
        mutant
        for module, path in modules().items()
        if module != ADAPTER
        for mutant in mutants(module, path.read_text(encoding="utf-8"))
        if (module, mutant.where) not in left
    ]
    drawn = random.Random(11).sample(every, TRIED)  # noqa: S311 no secret
    for mutant in drawn:
        own = [group for group in groups() if group.holds(mutant)]
        survived = ended(*started(mutant, asked)) == SURVIVED
        assert own or not survived, mutant
        assert survived or not any(group.was for group in own), mutant
