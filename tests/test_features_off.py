"""The same bits on a lesser processor: goldens, blend and properties once more with every CPU feature off.

tests/test_maths.py does the same for the hash of its million results.
"""

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from generator.model import generators

ROOT = Path(__file__).resolve().parents[1]
FOUND = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])  # what NumPy dispatches to on this machine
OLDEST_CORE = {"x86_64": "Nehalem", "AMD64": "Nehalem", "aarch64": "ARMV8", "arm64": "ARMV8"}
SHARED = ("goldens", "blend", "layers", "properties")


@pytest.fixture(scope="module")
def plain() -> dict[str, str]:
    """Give an environment in which NumPy dispatches to nothing and OpenBLAS takes its oldest kernels.

    Features are named as this NumPy names them, and only those found: it warns of others.
    """
    core = OLDEST_CORE.get(platform.machine(), "")
    return os.environ | {"NPY_DISABLE_CPU_FEATURES": " ".join(FOUND), "OPENBLAS_CORETYPE": core}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python, which must succeed."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_features_are_off(plain: dict[str, str]) -> None:
    """NumPy takes the names without a warning, and OpenBLAS, where it is NumPy's, says which kernels it runs."""
    done = run(plain | {"OPENBLAS_VERBOSE": "2"}, "-W", "error", "-c", "import numpy; print(numpy.show_config())")
    for name in FOUND:
        assert re.search(rf"not found:(?s:.*){name}", done.stdout)
    if "Core: " in done.stderr:
        assert f"Core: {plain['OPENBLAS_CORETYPE']}" in done.stderr


def test_everything_once_more_with_features_off(plain: dict[str, str]) -> None:
    """The shared tests and each species' own pass without the processor's newer instructions.

    What they lack (Node.js, say) they skip, and say so, in this run as in the other.
    """
    names = (*SHARED, *(name.replace("-", "_") for name in generators()))
    files = [f"tests/test_{name}.py" for name in names if (ROOT / "tests" / f"test_{name}.py").exists()]
    assert len(files) >= len(SHARED)
    done = run(plain, "-m", "pytest", "-p", "no:cacheprovider", *files)
    assert "dispatching to: nothing" in done.stdout
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 80
