"""The engine matrix: made from what is here, without a differing bit, and true of the engines on this machine."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from programs import node

from bench.browsers import Browser
from bench.engines import browser_row, node_row, sources, written
from bench.engines.__main__ import RESULTS, differing
from generator.model import generators

TABLE = json.loads(RESULTS.read_text(encoding="utf-8"))
ROWS = {(row["engine"], row["version"]): row for row in TABLE["engines"]}


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give what every engine runs."""
    return written(tmp_path_factory.mktemp("engines"))


def test_the_table_is_of_these_sources() -> None:
    """Twins, vectors and probe are those it was made from."""
    assert TABLE["sources"] == sources(), "golden/results/engines.json is stale: run make engines again"


@pytest.mark.parametrize("row", TABLE["engines"], ids=lambda row: f"{row['engine']} {row['version']}")
def test_no_bit_differs_in_any_engine(row: dict[str, Any]) -> None:
    """On every vector of every stage of every species."""
    assert set(row["species"]) == set(generators())
    for name, stages in row["species"].items():
        suite = json.loads((RESULTS.parents[1] / name / "suite.json").read_text(encoding="utf-8"))
        assert list(stages) == [stage["name"] for stage in suite["stages"]]
        assert all(stage["vectors"] > 0 < stage["bits"] for stage in stages.values())
    assert differing(row) == 0


def test_four_makes_of_engine_and_seven_of_node() -> None:
    """V8 in Node.js from 16 on and in Chromium, SpiderMonkey, JavaScriptCore and QuickJS."""
    assert {row["javascript"].split()[0] for row in TABLE["engines"]} == {
        "V8",
        "SpiderMonkey",
        "JavaScriptCore",
        "QuickJS",
    }
    majors = {int(version.split(".")[0]) for engine, version in ROWS if engine == "Node.js"}
    assert {16, 18, 20, 22, 24, 25, 26} <= majors


def holds(row: dict[str, Any]) -> None:
    """Hold a fresh row against the table: no bit differs, and an engine that is in it has its mathematics."""
    assert differing(row) == 0
    assert row["native"] == ROWS.get((row["engine"], row["version"]), row)["native"]


def test_the_row_of_the_node_at_hand(scripts: list[Path]) -> None:
    """Measured anew."""
    holds(node_row(node(), scripts))


def test_the_row_of_each_browser(browser: Browser, scripts: list[Path]) -> None:
    """Measured anew, in the processes that show the pages."""
    holds(browser_row(browser, scripts))


def test_a_fault_is_counted(scripts: list[Path], tmp_path: Path) -> None:
    """One weight off in its last bits shows in its own stage, the next, and telling galleries, and nowhere else."""
    folder = shutil.copytree(scripts[0].parent, tmp_path / "faulty")
    twin = folder / "mini-digits.js"
    text = twin.read_text(encoding="utf-8")
    assert "= 1.35;" in text
    twin.write_text(text.replace("= 1.35;", "= 1.3500001;"), encoding="utf-8")
    row = node_row(node(), [folder / path.name for path in scripts])
    stages = row["species"]["mini-digits"]
    assert {name for name, stage in stages.items() if stage["differing"]} == {"weights", "logits", "gallery"}
    assert stages["weights"]["differing"] < 10 * 32
