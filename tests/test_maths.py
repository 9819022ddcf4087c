"""The pinned functions: fdlibm's bits, in every engine and on every processor, and close to the truth."""

import hashlib
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from maths_arguments import ARGUMENTS, Array, around, upper

from generator import maths

ROOT = Path(__file__).parents[1]
NAMES = sorted(ARGUMENTS)
FULL = bool(os.environ.get("AI_ZOO_FULL"))
# In units in the last place. fdlibm states "less than 1" for functions of one step; tanh and atan2 work on a
# rounded result, and the errors add up. These are properties of the algorithm, pinned with its bits.
LARGEST_ERROR = {"tanh": 2.5, "atan2": 1.6}
LAST_NODE_WITH_FDLIBM = 25
CPU_FEATURES = "X86_V4 X86_V3 AVX512_ICL AVX512_SPR"


# mpmath has no signed zeros, and cannot hold e^−1e308: known values below decide these.
NEVER: Callable[[Array], Array] = np.zeros_like
WITHOUT_ANSWER: dict[str, Callable[[Array], Array]] = dict.fromkeys(NAMES, NEVER)
WITHOUT_ANSWER["exp"] = WITHOUT_ANSWER["expm1"] = lambda x: np.where(x < -1e5, 1.0, 0.0)
WITHOUT_ANSWER["atan2"] = lambda x: np.where(x == 0.0, 1.0, 0.0)


def differing(left: Array, right: Array) -> int:
    """Return how many numbers differ in their bits."""
    return int(np.count_nonzero(left.view(np.int64) != right.view(np.int64)))


def number(bits: int) -> float:
    """Return the number with these 64 bits."""
    return float(np.uint64(bits).view(np.float64))


def node() -> list[str]:
    """Return the command of a Node whose Math is fdlibm's, or skip with what is missing."""
    if shutil.which("node") is None:
        pytest.skip("Node is the oracle here. Node 20 or newer: apt-get install nodejs")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version[1:].split(".")[0]) > LAST_NODE_WITH_FDLIBM:
        pytest.skip(f"Node {version.strip()} no longer has fdlibm's Math: install Node 20 to 25")
    options = subprocess.run(["node", "--v8-options"], capture_output=True, text=True, check=True).stdout
    trigonometric = "--use-libm-trig-functions"  # V8 12: glibc's sin and cos unless told otherwise
    return ["node", "--no-use-libm-trig-functions"] if trigonometric in options else ["node"]


@pytest.mark.parametrize("name", NAMES)
def test_bits_of_v8_and_of_the_live_twin(name: str, tmp_path: Path) -> None:
    """A million results are V8's fdlibm bit for bit, and content/pinned.js's."""
    files = [tmp_path / f"argument{i}" for i in range(len(ARGUMENTS[name]))]
    for file, values in zip(files, ARGUMENTS[name], strict=True):
        values.tofile(file)
    outputs = [tmp_path / "math", tmp_path / "pinned"]
    oracle = [str(ROOT / "tests" / "maths_oracle.mjs"), str(ROOT / "content" / "pinned.js"), name]
    subprocess.run([*node(), *oracle, *outputs, *files], check=True)
    with np.errstate(all="raise"):
        ours = getattr(maths, name)(*ARGUMENTS[name])
    assert ours.size == 1_000_000
    assert [differing(ours, np.fromfile(file)) for file in outputs] == [0, 0]


def ulps_off(got: Array, exact: Callable[..., mpmath.mpf], arguments: tuple[Array, ...]) -> float:
    """Return the largest distance from the exact values, in units in the last place of these."""
    worst = mpmath.mpf(0)
    with mpmath.workprec(120):
        for value, *point in zip(got.tolist(), *(argument.tolist() for argument in arguments), strict=True):
            truth = exact(*point)
            worst = max(worst, abs(truth - value) / math.ulp(float(truth)))
    return float(worst)


@pytest.mark.parametrize("name", NAMES)
def test_close_to_the_truth(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No result is as far from the exact value as the algorithm allows (AI_ZOO_FULL=1: of a million)."""
    step = 1 if FULL else 67  # about 15,000 of the million
    arguments = tuple(values[::step] for values in ARGUMENTS[name])
    askable = np.all([WITHOUT_ANSWER[name](values) == 0 for values in arguments], axis=0)
    arguments = tuple(values[askable] for values in arguments)
    worst = ulps_off(getattr(maths, name)(*arguments), getattr(mpmath, name), arguments)
    if FULL:
        with capsys.disabled():
            print(f"{name}: {worst:.4f} ulp over {arguments[0].size} arguments")  # noqa: T201
    assert worst < LARGEST_ERROR.get(name, 1.0)


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("exp", (0.0,), 1.0),
        ("exp", (-0.0,), 1.0),
        ("exp", (-745.0,), 5e-324),
        ("exp", (number(0xC0874910D52D3051),), 5e-324),
        ("exp", (number(0xC0874910D52D3052),), 0.0),
        ("exp", (-1e308,), 0.0),
        ("exp", (-5e-324,), 1.0),
        ("exp", (-(2.0**-54),), 1.0),  # halfway between 1 and its lower neighbour: to even
        ("exp", (-3 * 2.0**-54,), 1 - 2.0**-52),  # halfway again
        ("expm1", (-0.0,), -0.0),
        ("expm1", (5e-324,), 5e-324),
        ("expm1", (-1e308,), -1.0),
        ("expm1", (-40.0,), -1.0),
        ("tanh", (-0.0,), -0.0),
        ("tanh", (22.0,), 1.0),
        ("tanh", (-1e308,), -1.0),
        ("sin", (-0.0,), -0.0),
        ("sin", (np.pi,), 1.2246467991473532e-16),  # what the nearest number misses of π
        ("sin", (np.pi / 2,), 1.0),
        ("cos", (-0.0,), 1.0),
        ("cos", (np.pi / 2,), 6.123233995736766e-17),
        ("cos", (np.pi,), -1.0),
        ("atan", (-0.0,), -0.0),
        ("atan", (1.0,), np.pi / 4),
        ("atan", (-1e308,), -np.pi / 2),
        ("atan2", (0.0, 0.0), 0.0),
        ("atan2", (-0.0, 0.0), -0.0),
        ("atan2", (0.0, -0.0), np.pi),
        ("atan2", (-0.0, -0.0), -np.pi),
        ("atan2", (0.0, -1.0), np.pi),
        ("atan2", (-0.0, -5e-324), -np.pi),
        ("atan2", (5e-324, 0.0), np.pi / 2),
        ("atan2", (-5e-324, -0.0), -np.pi / 2),
        ("atan2", (1.0, -1.0), 3 * np.pi / 4),
        ("atan2", (-1e308, 1e-308), -np.pi / 2),
        ("atan2", (1e-308, 1e308), 0.0),
    ],
)
def test_known_values(name: str, arguments: tuple[float, ...], result: float) -> None:
    """Values anyone can derive come out with their very bits, the sign of zero included."""
    ours = getattr(maths, name)(*arguments)
    assert ours.shape == ()
    assert float(ours).hex() == float(result).hex()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, (bad,) * len(ARGUMENTS[name])) for name in NAMES for bad in (np.nan, np.inf, -np.inf)),
        *(("atan2", pair) for pair in ((1.0, np.nan), (np.inf, 1.0))),
        ("exp", (5e-324,)),
        ("expm1", (709.7827128933841,)),
        ("sin", (1647100.0,)),
        ("cos", (-1647100.0,)),
    ],
)
def test_strays_are_refused_by_value(name: str, arguments: tuple[float, ...]) -> None:
    """An argument outside the domain, in the midst of good ones, is an error that names it."""
    good = [np.array([-0.5, value, -0.25]) for value in arguments]
    stray = next(value for value in arguments if value != 1.0)
    with pytest.raises(ValueError, match=rf"{name}\({stray}\)"):
        getattr(maths, name)(*good)


@pytest.mark.parametrize("name", ["tanh", "sin", "atan"])
def test_odd(name: str) -> None:
    """f(−x) is −f(x), to the bit."""
    (x,) = ARGUMENTS[name]
    function = getattr(maths, name)
    assert differing(function(-x), -function(x)) == 0


def test_even() -> None:
    """cos(−x) is cos(x), and atan2 changes its sign with y, to the bit."""
    (x,) = ARGUMENTS["cos"]
    assert differing(maths.cos(-x), maths.cos(x)) == 0
    assert differing(maths.atan2(-x, x[::-1]), -maths.atan2(x, x[::-1])) == 0


@pytest.mark.parametrize("name", ["exp", "expm1", "tanh", "atan"])
def test_never_falls_at_a_branch(name: str) -> None:
    """Across every branch point the function does not decrease from one number to the next."""
    words = (0x3FD62E43, 0x3FF0A2B2, 0x3E300000, 0x3C900000, 0x3FDC0000, 0x3FE60000, 0x3FF30000, 0x40038000)
    points = np.concatenate([upper(*words), [1.0, 22.0]])
    x = -around(points, 500).reshape(points.size, -1)
    assert np.all(np.diff(getattr(maths, name)(x), axis=1) <= 0)


@pytest.mark.parametrize("name", NAMES)
def test_shape_and_place_do_not_matter(name: str) -> None:
    """A result depends on its own argument alone: not on shape, strides, neighbours or batch."""
    arguments = [values[:60_000] for values in ARGUMENTS[name]]
    function = getattr(maths, name)
    whole = function(*arguments)
    folded = function(*(values.reshape(200, 300).T for values in arguments))
    assert folded.shape == (300, 200)
    assert differing(np.ascontiguousarray(folded.T).reshape(-1), whole) == 0
    alone = np.array([function(*(values[i] for values in arguments)) for i in range(0, 60_000, 1009)])
    assert differing(alone, whole[::1009]) == 0
    assert function(*(values[:0] for values in arguments)).shape == (0,)


def digest() -> str:
    """Return the SHA-256 of every tenth result of every function."""
    results = [getattr(maths, name)(*(values[::10] for values in ARGUMENTS[name])) for name in NAMES]
    return hashlib.sha256(np.concatenate(results).tobytes()).hexdigest()


def test_processor_features_do_not_matter() -> None:
    """NumPy gives the same bits with its AVX2 and AVX-512 paths switched off."""
    environment = {
        **os.environ,
        "NPY_DISABLE_CPU_FEATURES": CPU_FEATURES,
        "PYTHONPATH": f"{ROOT}:{ROOT}/tests",
    }
    command = [sys.executable, "-W", "ignore", "-c", "import test_maths; print(test_maths.digest())"]
    plain = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert plain.stdout.strip() == digest()
