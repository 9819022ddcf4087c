"""The rest of content/pinned.js, held to hashlib, ECMAScript and the specification."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

PINNED = Path(__file__).parents[1] / "content" / "pinned.js"
LENGTHS = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 7056, 100_003]
SPACES = "\t\n\v\f\r \u00a0\ufeff\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000"
FOREIGN_SPACES = ["\u0085", "\u180e", "\u200b", "\u001c"]


def evaluate(expression: str, *values: Any) -> Any:
    """Return what the JavaScript function `expression` makes of JSON values, with p as zoo.pinned."""
    if shutil.which("node") is None:
        pytest.skip("These run in Node. Node 20 or newer: apt-get install nodejs")
    script = f"require({json.dumps(str(PINNED))}); const p = zoo.pinned;"
    script += f"console.log(JSON.stringify(({expression})(...JSON.parse(require('fs').readFileSync(0, 'utf8')))))"
    answer = subprocess.run(
        ["node", "-e", script], input=json.dumps(values), capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)


def test_sha256() -> None:
    """Hashes are hashlib's for every way of padding, of a view into a larger buffer too."""
    body = bytes(i * i % 251 for i in range(LENGTHS[-1] + 5))
    script = "(body, lengths) => lengths.map((n) => p.sha256(Uint8Array.from(body).subarray(5, 5 + n)))"
    expected = [hashlib.sha256(body[5 : 5 + n]).hexdigest() for n in LENGTHS]
    assert evaluate(script, list(body), LENGTHS) == expected


@pytest.mark.parametrize(
    ("text", "seed"),
    [
        *((text, None) for text in ("", "Infinity", "-", "+-1", "x1", "- 1", "9" * 400, "-" + "9" * 309)),
        *((space + "7", None) for space in FOREIGN_SPACES),
        (SPACES + "+7 ", 7),
        ("12abc", 12),
        ("1e3", 1),
        ("0x10", 0),
        ("-0", 0),
        ("-5", 4294967291),
        ("4294967296", 0),
        ("0" * 500 + "42", 42),
        ("100000000000000000000", 1661992960),
        ("9007199254740993", 0),  # halfway: to even, 2^53
        ("36893488147419107329", 8192),  # 2^65 + 2^12 + 1: past halfway by its last digit
        ("295147905179352858625", 65536),  # 2^68 + 2^15 + 1: the same beyond the twentieth digit
    ],
)
def test_parse_seed(text: str, seed: int | None) -> None:
    """A typed text gives the nearest number's 32-bit word, or nothing."""
    assert evaluate("(text) => p.parseSeed(text)", text) == seed


def test_mulberry32_is_random_access() -> None:
    """Any stretch of the stream equals that part of a longer one, and skip counts modulo 2^32."""
    script = "(seed, skip, count) => Array.from(p.mulberry32(seed, skip, count))"
    stream = evaluate(script, 1337, 0, 90)
    assert [f"{word:08x}" for word in stream[:2]] == ["2f359d26", "30a322b5"]
    assert evaluate(script, 1337, 40, 50) == stream[40:]
    assert evaluate(script, 1337, 2**32 + 40, 50) == stream[40:]
    assert evaluate(script, 1337, 3, 0) == []


def test_latents_round_once() -> None:
    """A latent is u·2 − 1 in binary64, rounded once to binary32."""
    words = [0, 1, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFF, 0x2F359D26]
    expected = (np.array(words) / 2.0**32 * 2 - 1).astype(np.float32)
    assert evaluate("(words) => Array.from(p.latents(Uint32Array.from(words)))", words) == expected.tolist()


def test_levels_and_text() -> None:
    """Ties go up: in levels toward the brighter, in text away from zero."""
    sums = [0.0, 1.0, -1.0, 7.0, -1e300, -0.0, 0.25, 1 - 2.0**-53, -1 + 2.0**-53]
    assert evaluate("(sums) => sums.map(p.quantize)", sums) == [128, 255, 0, 255, 0, 128, 159, 255, 0]
    assert evaluate("(xs) => xs.map(p.toFixed2)", [0.125, 1.005, -0.001]) == ["0.13", "1.00", "-0.00"]


def test_layers_keep_the_order_of_sums() -> None:
    """A dense layer starts from the bias and adds left to right; softmax divides by the sum in order."""
    script = "(x, w, b) => Array.from(p.dense(x, Float32Array.from(w), Float32Array.from(b)))"
    assert evaluate(script, [1, 1, 1], [2.0**60, 1, -(2.0**60), 1, 2, 3], [0.5, 0.25]) == [0, 6.25]
    assert evaluate("(x) => Array.from(p.softmax(x))", [5, 5, -900]) == [0.5, 0.5, 0]


@pytest.mark.parametrize(
    "call", ["exp(1e-9)", "exp(NaN)", "expm1(710)", "tanh(-Infinity)", "sin(2e6)", "atan2(1, NaN)"]
)
def test_strays_throw(call: str) -> None:
    """An argument outside a function's domain is a RangeError that names the function."""
    message = evaluate(f"() => {{ try {{ return p.{call}; }} catch (e) {{ return String(e); }} }}")
    assert message.startswith(f"RangeError: {call.partition('(')[0]}(")
