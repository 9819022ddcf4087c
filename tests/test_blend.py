"""The blend: quantize is ECMAScript's rounding, and the fast paint gives the bytes of the slow specification."""

import importlib
import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from twin import Twin

from generator import blend
from generator.blend import MOST_FIELDS, OFFSET, SCALE, TOLERANCE, UNIT, WIDEST_REACH, Basis, paint, quantize, sums
from generator.layers import F32, F64
from generator.model import generators

FINITE = st.floats(allow_nan=False, allow_infinity=False)
U32 = Fraction(1, 2**24)  # half a unit in the last place of 1, binary32
SUBNORMAL = 2.0**-130  # below what binary32 holds in full


def pixel(coefficients: Sequence[float], column: Sequence[float]) -> int:
    """Give one pixel as section 6 of the specification describes it, a step at a time in Python's binary64."""
    total = 0.0
    for coefficient, value in zip(coefficients, column, strict=True):
        total = total + coefficient * value
    return level(total)


def level(total: float) -> int:
    """Clamp, scale in binary64, and round by exact rational arithmetic, ties up."""
    grey = (min(max(total, -1.0), 1.0) + 1.0) / 2.0 * 255.0
    return math.floor(Fraction(grey) + Fraction(1, 2))


def own_bases() -> dict[str, Basis]:
    """Give the basis of every species that blends."""
    modules = {name: importlib.import_module(species.route.__module__) for name, species in generators().items()}
    return {name: module.BASIS for name, module in modules.items() if hasattr(module, "BASIS")}


def made_bases() -> dict[str, Basis]:
    """Give bases of other shapes: one field, many fields, ever the same columns, no two the same, thin values."""
    random = np.random.default_rng(1)
    many = random.uniform(-1, 1, (40, 300)).astype(np.float32)
    return {
        "one field": Basis(random.uniform(-1, 1, (1, 50)).astype(np.float32)),
        "many fields": Basis(many),
        "few columns": Basis(np.repeat(many[:7, :5], 60, axis=1)),
        "thin values": Basis((many[:6] * SUBNORMAL).astype(np.float32)),
    }


BASES = own_bases() | made_bases()


@pytest.fixture(params=BASES.values(), ids=list(BASES))
def basis(request: pytest.FixtureRequest) -> Basis:
    """Give each basis in turn."""
    found: Basis = request.param
    return found


# quantize


def around_boundaries() -> F64:
    """Give sums next to every boundary between two levels: the nearest number and three on each side of it."""
    boundaries = np.array([float(Fraction(2 * k - 256, 255)) for k in range(1, 256)])
    return np.concatenate([boundaries + step * np.spacing(boundaries) for step in range(-3, 4)])


def test_quantize_at_every_boundary(twin: Twin) -> None:
    """Next to each boundary between levels the level is that of exact rounding, and the twin's."""
    values = around_boundaries()
    levels = quantize(values)
    assert levels.tolist() == [level(value) for value in values.tolist()]
    assert set(levels.tolist()) == set(range(256))
    for name in own_bases():
        assert np.array_equal(twin(f"{name}.stages.quantize", {"sums": values})["pixels"], levels)


@given(FINITE)
@example(-1.0)
@example(1.0)
@example(math.nextafter(1.0, 2.0))
@example(-1e308)
def test_quantize(value: float) -> None:
    """Any finite sum has the level of clamping, scaling and exact rounding."""
    assert quantize(np.array(value)) == level(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_quantize_of_no_number(value: float) -> None:
    """NaN and infinities have no level."""
    with pytest.raises(ValueError, match=f"sums: {value} is not"):
        quantize(np.array([0.0, value]))


# sums


@given(st.data(), st.integers(1, 12), st.integers(1, 20), st.integers(0, 4))
def test_sums(data: st.DataObject, terms: int, positions: int, samples: int) -> None:
    """Sums go through the fields in order, from zero, one rounding a step."""
    fields = data.draw(arrays(np.float32, (terms, positions), elements=st.floats(-1, 1, width=32)))
    coefficients = data.draw(arrays(np.float64, (samples, terms), elements=st.floats(-1e6, 1e6)))
    found = sums(coefficients, fields)
    for row, own in zip(coefficients.tolist(), found.tolist(), strict=True):
        for column, total in zip(fields.T.tolist(), own, strict=True):
            expected = 0.0
            for coefficient, value in zip(row, column, strict=True):
                expected = expected + coefficient * value
            assert total == expected


# paint against the specification


def on_boundaries(basis: Basis, count: int, gain: float) -> tuple[F64, npt.NDArray[np.int64]]:
    """Build coefficients [count, B] whose blend at one pixel each is a boundary between two levels, but for an ulp.

    All coefficients but one are drawn, scaled by gain; the last one is solved for in exact rationals, so that
    Σ c·x = (2k − 256)/255, rounded to binary64 and moved by up to two units in the last place. Also gives the pixels.
    """
    random = np.random.default_rng(len(basis.fields))
    terms, positions = basis.fields.shape
    coefficients: F64 = random.normal(size=(count, terms)) * gain / terms
    pixels = random.integers(positions, size=count)
    for row, position in zip(coefficients, pixels, strict=True):
        column = basis.fields[:, position].astype(np.float64)
        solved = int(np.abs(column).argmax())
        if abs(column[solved]) < 2**-20:
            continue  # no coefficient brings so thin a pixel to another level
        rest = sum(Fraction(row[b]) * Fraction(column[b]) for b in range(terms) if b != solved)
        boundary = Fraction(2 * int(random.integers(1, 256)) - 256, 255)
        nearest = float((boundary - rest) / Fraction(column[solved]))
        row[solved] = nearest + int(random.integers(-2, 3)) * math.ulp(nearest)
    return coefficients, pixels


def assert_painted(coefficients: F64, basis: Basis) -> None:
    """Hold paint to the specification, byte for byte."""
    assert np.array_equal(paint(coefficients, basis), quantize(sums(coefficients, basis.fields)))


@pytest.mark.parametrize("gain", [0.3, 1.0, 40.0])
def test_paint_on_boundaries(basis: Basis, gain: float) -> None:
    """Coefficients built to sit on boundaries paint the specified bytes, at their own pixel and elsewhere."""
    coefficients, pixels = on_boundaries(basis, 400, gain)
    assert_painted(coefficients, basis)
    painted = paint(coefficients, basis)[np.arange(len(pixels)), pixels]
    columns = basis.fields[:, pixels].T.astype(np.float64)
    assert painted.tolist() == [pixel(*pair) for pair in zip(coefficients.tolist(), columns.tolist(), strict=True)]


def test_the_filter_alone_would_fail(basis: Basis, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without looking again at doubtful pixels many of these would be wrong: the cases above do bite."""
    coefficients, _ = on_boundaries(basis, 400, 1.0)
    with monkeypatch.context() as patched:
        patched.setattr(blend, "TOLERANCE", np.uint16(0))
        unchecked = blend._filtered(coefficients, basis)
    if np.abs(basis.fields).max() > SUBNORMAL:
        assert (unchecked != paint(coefficients, basis)).sum() > 40


def corners(terms: int) -> F64:
    """Give coefficients at the ends of every range, [N, terms]: nothing, all, subnormal, beyond the clamps, huge."""
    edges = (
        0.0,
        -0.0,
        1.0,
        -1.0,
        5e-324,
        SUBNORMAL,
        -(2.0**-149),
        2.0**-150,
        1 - 2**-24,
        1 + 2**-23,
        3.0,
        1e3,
        1e30,
        1e300,
    )
    alone = np.vstack([np.eye(terms) * edge for edge in edges])
    together = np.array([[edge / terms] * terms for edge in edges])
    mixed = np.random.default_rng(2).choice(edges[:-2], (40, terms))
    return np.vstack([alone, together, mixed])


def test_paint_at_the_corners(basis: Basis) -> None:
    """Zeros of either sign, subnormals, sums beyond ±1 and huge coefficients are painted as specified, one by one."""
    every = corners(len(basis.fields))
    for row in every:
        assert_painted(row[None], basis)
    assert_painted(every, basis)
    assert_painted(every[:0], basis)


def test_paint_where_the_filter_ends(basis: Basis) -> None:
    """On both sides of the widest reach the bytes are the specified ones."""
    terms = len(basis.fields)
    near = [on_boundaries(basis, 40, WIDEST_REACH * gain)[0] for gain in (1.0, 1.25, 1.5)]
    alone = np.array([[WIDEST_REACH * factor] + [0.0] * (terms - 1) for factor in (0.999, 1, 1 + 2**-30, 1.001)])
    coefficients = np.vstack([*near, alone])
    reached = np.abs(coefficients).sum(axis=1)
    assert reached.min() <= WIDEST_REACH < reached.max()
    for row in coefficients:
        assert_painted(row[None], basis)


@pytest.mark.parametrize("terms", [MOST_FIELDS, MOST_FIELDS + 1])
def test_paint_with_the_most_fields(terms: int) -> None:
    """The widest basis that the filter is for, and one that it is not for, are painted as specified."""
    basis = Basis(np.random.default_rng(terms).uniform(-1, 1, (terms, 200)).astype(np.float32))
    assert_painted(on_boundaries(basis, 200, WIDEST_REACH)[0], basis)


def test_paint_in_chunks(basis: Basis) -> None:
    """Where one chunk ends and the next begins no row is lost, and each row is painted as if it were alone."""
    rows = min(blend.CHUNK_CELLS // basis.columns.shape[1], 5000)
    for count in (rows - 1, rows, rows + 1, 2 * rows + 1):
        coefficients = np.random.default_rng(count).dirichlet([0.5] * len(basis.fields), count)
        painted = paint(coefficients, basis)
        for k in {0, count // 2, rows - 1, rows, count - 1} & set(range(count)):
            assert np.array_equal(painted[k], quantize(sums(coefficients[k : k + 1], basis.fields))[0])


@given(st.data(), st.integers(1, 8), st.integers(1, 12), st.integers(1, 4))
def test_paint(data: st.DataObject, terms: int, positions: int, samples: int) -> None:
    """Whatever the basis and the coefficients, paint gives the pixels of the specification's own loop."""
    values = st.floats(-1, 1, width=32) | st.sampled_from([-1.0, 0.0, 1.0])
    columns = data.draw(arrays(np.float32, (terms, positions), elements=values))
    basis = Basis(np.repeat(columns, data.draw(st.integers(1, 3)), axis=1))
    weights = st.floats(-2, 2) | st.floats(-1e9, 1e9) | st.floats(-1e-300, 1e-300)
    coefficients = data.draw(arrays(np.float64, (samples, terms), elements=weights))
    painted = paint(coefficients, basis)
    for row, own in zip(coefficients.tolist(), painted.tolist(), strict=True):
        assert own == [pixel(row, column) for column in basis.fields.T.tolist()]


def test_sums_beyond_binary64() -> None:
    """Finite coefficients whose sum is not finite are reported like any other stray."""
    with pytest.raises(ValueError, match="sums: inf is not"):
        paint(np.array([[1.7e308, 1.7e308]]), Basis(np.ones((2, 3), np.float32)))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (np.zeros(3, np.float32), r"float32 \[3\]"),
        (np.zeros((2, 3)), r"float64 \[2, 3\]"),
        (np.array([[0.0, 1.5]], np.float32), "1.5 lies outside"),
        (np.array([[0.0, np.nan]], np.float32), "nan lies outside"),
    ],
)
def test_fields_the_proof_does_not_cover(fields: F32, message: str) -> None:
    """A basis of another shape or dtype, or with values beyond ±1, is refused."""
    with pytest.raises(ValueError, match=message):
        Basis(fields)


# the proof's bound, measured


def worst_coefficients(basis: Basis, count: int, reach: float) -> F64:
    """Give coefficients that lose the most in binary32: halfway between two of its numbers, with Σ|c| near reach."""
    random = np.random.default_rng(3)
    sizes = random.dirichlet([1.0] * len(basis.fields), count) * reach
    signs = np.sign(basis.fields[:, random.integers(basis.fields.shape[1], size=count)]).T  # all terms pull one way
    halfway = sizes.astype(np.float32).astype(np.float64)
    half_step = np.spacing(halfway.astype(np.float32)).astype(np.float64) / 2
    worst: F64 = (halfway + half_step * random.choice([-1, 1], (count, 1))) * signs
    return worst


def bound(terms: int, reach: Fraction) -> Fraction:
    """Give (n + 3)·u·M, in units: what the filter's product is at most off."""
    return (terms + 4) * U32 * (reach * Fraction(SCALE) + Fraction(OFFSET))


@pytest.mark.parametrize("reach", [1.0, 1e-3, WIDEST_REACH])
def test_filter_error_stays_below_its_proved_bound(basis: Basis, reach: float) -> None:
    """|T̂ − T|, measured in exact rationals, stays below (n + 3)·u·M.

    The proof lets every rounding go the same way; measured, the worst uses about a quarter of what it allows.
    """
    coefficients = np.vstack([worst_coefficients(basis, 40, reach), on_boundaries(basis, 40, reach)[0]])
    left = np.ones((len(coefficients), coefficients.shape[1] + 1), np.float32)
    left[:, :-1] = coefficients
    approximate = left @ basis.filter_rows
    step = max(1, approximate.shape[1] // 12)
    for row, found in zip(coefficients.tolist(), approximate, strict=True):
        allowed = bound(len(row), sum((abs(Fraction(c)) for c in row), Fraction(0)))
        for column in range(0, len(found), step):
            fields = basis.columns[:, column].tolist()
            blended = sum(Fraction(c) * Fraction(x) for c, x in zip(row, fields, strict=True))
            assert abs(Fraction(float(found[column])) - blended * Fraction(SCALE) - Fraction(OFFSET)) < allowed


def test_arithmetic_of_the_proof() -> None:
    """γₙ·(1+u)² + 2u + u² < (n + 3)·u for every n in use, and the tolerance has room for what `reach` rounds off."""
    for n in range(1, MOST_FIELDS + 2):
        gamma = n * U32 / (1 - n * U32)
        assert gamma * (1 + U32) ** 2 + 2 * U32 + U32**2 < (n + 3) * U32
    assert math.ceil(bound(MOST_FIELDS, Fraction(WIDEST_REACH))) + 2 == 26
    rounded = Fraction(WIDEST_REACH) * (1 + Fraction(MOST_FIELDS, 2**52))
    assert bound(MOST_FIELDS, rounded) + 2 < int(TOLERANCE)


def test_levels_and_units() -> None:
    """One unit is 2⁻¹⁶ of a level, and the constants of the proof are exact in binary32."""
    assert UNIT == 65536
    assert np.float32(SCALE) == SCALE == 127.5 * UNIT
    assert np.float32(OFFSET) == OFFSET == 128 * UNIT
