"""The README's third species, built step by step in a copy of the project, as a reader would."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from programs import node

from bench.browsers import Browser

ROOT = Path(__file__).resolve().parent.parent
FILES = re.compile(r"`((?:generator|content)/soft[-_]stripes\.\w+)`:\n\n```\w+\n(.*?)```\n", re.DOTALL)
COPIED = ("build.py", "content", "generator", "golden", "templates", "zoo")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the project with the tutorial's files added and nothing else touched."""
    folder = tmp_path_factory.mktemp("house")
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    for path, text in FILES.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def run(house: Path, *command: str) -> str:
    """Run a command of the tutorial and give what it prints."""
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_tutorial_adds_a_species_that_agrees_with_its_twin_bit_for_bit(house: Path) -> None:
    """Goldens come from the twin under Node; the model must draw the same bits; 16 seeds × 5 stops are published."""
    assert "soft-stripes: 5 galleries, 0 differences, written" in run(house, node(), "golden/capture.mjs")
    assert "3 exhibits" in run(house, sys.executable, "build.py")
    checked = run(house, sys.executable, "build.py", "check")
    assert "soft-stripes: 5 golden galleries, 0 differing bits" in checked
    assert "soft-stripes: 80 galleries identical to what the generator draws" in checked


def test_the_tutorials_page_proves_itself(house: Path, chromium: Browser) -> None:
    """The page that came of three files draws its galleries and finds all of them identical."""
    run(house, node(), "golden/capture.mjs")
    run(house, sys.executable, "build.py")
    assert "Soft Stripes" in (house / "site" / "index.html").read_text(encoding="utf-8")
    page = chromium.see((house / "site" / "soft-stripes" / "index.html").as_uri())
    page.click("[data-verify]")
    page.wait("[data-verdict]", patience=30)
    assert page.text("[data-verify-result]") == "80 of 80 galleries, 320 samples: identical in this browser"
    page.close()


def test_the_tutorial_names_three_files() -> None:
    """A model, a twin and a page."""
    found = [path for path, _ in FILES.findall((ROOT / "README.md").read_text(encoding="utf-8"))]
    assert found == ["generator/soft_stripes.py", "content/soft-stripes.js", "content/soft-stripes.md"]


def test_a_wrong_twin_is_found_out(house: Path, tmp_path: Path) -> None:
    """One ulp in the model's divisor is a golden's difference, named with its place."""
    broken = shutil.copytree(house, tmp_path / "broken")
    model = broken / "generator" / "soft_stripes.py"
    model.write_text(model.read_text(encoding="utf-8").replace("inputs / ", "inputs * 1.0000000000000002 / "), "utf-8")
    run(broken, node(), "golden/capture.mjs", "--accept")
    done = subprocess.run(
        [sys.executable, "build.py", "check"], cwd=broken, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "soft-stripes" in done.stderr
    assert "coefficients_f64 is" in done.stderr
