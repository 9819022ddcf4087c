"""The corner of ECMAScript the models rely on, held to a live engine and to exact rational numbers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twin import Twin

from generator.ecmascript import LEAST, hundredths, number, parse_seed, round_half_up, to_fixed, to_uint32

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SPACE = "\t\n\v\f\r \u00a0\ufeff\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000"
FOREIGN = "\u0085\u180e\u200b\u001c\u001f\u0660\uff11"  # white space and digits elsewhere, not in ECMAScript
DIGITS = st.text("0123456789", max_size=30) | st.text("0123456789", min_size=300, max_size=320)
TYPED = st.text(max_size=8) | st.builds(
    "".join,
    st.tuples(
        st.text(SPACE + FOREIGN, max_size=3), st.sampled_from(["", "+", "-", "+-", "- "]), DIGITS, st.text(max_size=3)
    ),
)
DECIMALS = st.builds(lambda n, digits: n / 10**digits, st.integers(-(10**9), 10**9), st.integers(0, 9))
HALVES = st.builds(lambda n, k: n / 2.0**k, st.integers(-(2**20), 2**20), st.integers(0, 12))  # ties among them


@given(FINITE | DECIMALS | st.floats(-1e11, 1e11))
@example(-1.0)
@example(1e20)
@example(-4294967296.5)
def test_to_uint32(twin: Twin, value: float) -> None:
    """The word of a number is the engine's."""
    assert to_uint32(value) == twin("engine.toUint32", value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_to_uint32_of_no_number(value: float) -> None:
    """Infinities and NaN, which the engine would make 0, are mistakes."""
    with pytest.raises(ValueError, match=str(value)):
        to_uint32(value)


@given(TYPED)
@example("12abc")
@example("1e3")
@example(" -5")
@example("0x10")
@example("9007199254740993")
@example("36893488147419107329")  # 2^65 + 2^12 + 1, past halfway by its last digit
@example("9" * 309)
@example("\u20057")
@example("\u2028+8")
def test_parse_seed(twin: Twin, text: str) -> None:
    """The seed a text stands for, or that it stands for none, is what the engine's parseInt says."""
    expected = twin("engine.typedSeed", text)
    assert parse_seed(text) == expected
    assert twin("pinned.parseSeed", text) == expected


def test_parse_seed_skips_the_spaces_of_ecmascript_alone() -> None:
    """White space of Unicode that ECMAScript does not skip makes a text no seed, nor do its digits count."""
    assert parse_seed(SPACE + "7") == 7
    assert [parse_seed(space + "7") for space in FOREIGN[:5]] == [None] * 5
    assert [parse_seed(digit) for digit in FOREIGN[5:]] == [None] * 2


@given(st.lists(FINITE | st.builds(lambda n: n / 2, st.integers(-600, 600)), min_size=1))
@example([0.49999999999999994, 0.5, 2.5, -0.5, -0.0, 254.5, 2.0**52 - 0.5, 2.0**52 + 1, 1e300])
def test_round_half_up(twin: Twin, values: list[float]) -> None:
    """Rounding is exact arithmetic's, ties up, and the engine's Math.round."""
    rounded = round_half_up(np.array(values))
    assert rounded.tolist() == [math.floor(Fraction(value) + Fraction(1, 2)) for value in values]
    assert (rounded == twin("engine.rounded", np.array(values))).all()


@given(FINITE | DECIMALS)
@example(1e21)
@example(1e-7)
@example(123456789012345680000.0)
@example(5e-324)
def test_number(twin: Twin, value: float) -> None:
    """A number is written as the engine writes it, but for −0, which keeps its sign."""
    assert number(value) == (twin("engine.text", value) if value or math.copysign(1, value) > 0 else "-0")
    assert math.copysign(1, float(number(value))) * abs(float(number(value))) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_number_of_no_number(value: float) -> None:
    """JSON has no infinities."""
    with pytest.raises(ValueError, match=str(value)):
        number(value)


def fixed(value: float, digits: int) -> str:
    """Give toFixed as ECMA-262 words it: the integer n with n / 10^digits nearest to |value|, the larger of two."""
    scaled = abs(Fraction(value)) * 10**digits
    n = math.floor(scaled + Fraction(1, 2))
    text = str(n).rjust(digits + 1, "0")
    whole = text[: len(text) - digits] + ("." + text[len(text) - digits :] if digits else "")
    return f"-{whole}" if value < 0 else whole


@given(st.floats(-1e6, 1e6) | DECIMALS | HALVES | st.floats(-1e20, 1e20), st.integers(0, 6))
@example(0.125, 2)
@example(-0.375, 2)
@example(1.005, 2)
@example(-0.0, 2)
@example(-0.001, 2)
@example(0.5, 0)
@example(2.5, 0)
@example(999999999999999868928.0, 2)  # the last number below 1e21
def test_to_fixed(twin: Twin, value: float, digits: int) -> None:
    """After to_fixed, Python's %f writes what the engine's toFixed does and what the standard says."""
    written = f"%.{digits}f" % float(to_fixed(value, digits))
    assert written == fixed(value, digits)
    assert written == twin("engine.toFixed", value, digits)


def test_to_fixed_of_every_tie() -> None:
    """All exact ties of two decimals in (−2, 2), the odd eighths, move outward, and nothing else moves."""
    ties = np.arange(-15, 16, 2) / 8
    assert [f"{x:.2f}" for x in to_fixed(ties, 2)] == [fixed(x, 2) for x in ties]
    others = np.arange(-1999, 2000) / 1000
    others = others[(others * 8) % 2 != 1]
    assert to_fixed(others, 2).tolist() == others.tolist()


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e21, -1e300])
def test_to_fixed_beyond_its_domain(value: float) -> None:
    """Where toFixed would fall back to another notation there is an error with the value in it."""
    with pytest.raises(ValueError, match=str(value).replace("+", r"\+")):
        to_fixed([0.5, value], 2)


def test_hundredths() -> None:
    """Shares from 0 to 1 are rounded as toFixed(2) words it, beside every tie and at exact ones too."""
    beside = [np.nextafter(LEAST[1:101], -np.inf), LEAST[1:101], np.nextafter(LEAST[1:101], np.inf)]
    ends = [[0.0, -0.0, 5e-324, 1.0, np.nextafter(1.0, 0.0)]]
    shares = np.concatenate([*beside, *ends, np.arange(1001) / 1000, np.random.default_rng(1).random(20_000)])
    assert hundredths(shares).tolist() == [int(fixed(abs(share), 2).replace(".", "")) for share in shares]
    assert hundredths(shares.reshape(-1, 3)).shape == (len(shares) // 3, 3)
