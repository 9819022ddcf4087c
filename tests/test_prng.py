"""Mulberry32: the words of the original, in any stretch of the stream, for any number of seeds."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from twin import Twin

from generator.prng import INCREMENT, seed_words, words

GOLDEN = Path(__file__).parents[1] / "golden"
WORD = 2**32
SEEDS = st.integers(0, WORD - 1)
SKIPS = st.integers(0, 2**53 - 1000) | st.integers(0, 100) | st.integers(WORD - 50, WORD + 50)
EDGES = {4294967295: 4917758, 0: 4917759, 1: 4917760, 1337: 4917760}  # seed → first draw that parts, from 1


def outputs(seed: int, skip: int, count: int) -> list[int]:
    """Give the stream as section 1 of the specification describes it, a draw at a time in exact integers."""
    found = []
    for n in range(skip + 1, skip + count + 1):
        t = (seed + n * INCREMENT) % WORD
        r = (t ^ (t >> 15)) * (1 | t) % WORD
        r ^= (r + (r ^ (r >> 7)) * (61 | r)) % WORD
        found.append(r ^ (r >> 14))
    return found


def test_words_of_the_original() -> None:
    """The first words of every captured seed are the original's."""
    cases = [case for path in GOLDEN.glob("*/original.json") for case in json.loads(path.read_text()).get("prng", [])]
    assert len(cases) >= 9
    for case in cases:
        assert words([int(case["seed"])], 0, len(case["outputs_u32"])).tolist() == [case["outputs_u32"]]


@given(seed=SEEDS, skip=SKIPS, count=st.integers(0, 100))
@example(seed=1337, skip=WORD - 1, count=3)
@example(seed=WORD - 1, skip=5 * WORD + 7, count=3)
def test_words_of_the_live_twin(twin: Twin, seed: int, skip: int, count: int) -> None:
    """Any stretch of any stream is the twin's, far beyond 2^32 draws too, and the specification's."""
    stretch = words([seed], skip, count)[0]
    assert np.array_equal(stretch, twin("pinned.mulberry32", seed, skip, count))
    assert stretch[:5].tolist() == outputs(seed, skip, count)[:5]


@given(seed=SEEDS, skip=st.integers(0, 3000), count=st.integers(0, 200))
def test_random_access(seed: int, skip: int, count: int) -> None:
    """Drawing from the middle gives what drawing from the start gives there."""
    assert np.array_equal(words([seed], skip, count), words([seed], 0, skip + count)[:, skip:])


@given(seeds=arrays(np.uint32, st.integers(0, 20)), skip=SKIPS, count=st.integers(0, 50))
def test_seeds_side_by_side(seeds: np.ndarray[tuple[int], np.dtype[np.uint32]], skip: int, count: int) -> None:
    """Each seed's row is that of the seed alone."""
    together = words(seeds, skip, count)
    assert together.shape == (len(seeds), count)
    for seed, row in zip(seeds, together, strict=True):
        assert np.array_equal(row, words([int(seed)], skip, count)[0])


@pytest.mark.parametrize(("seed", "edge"), EDGES.items())
def test_known_edge(twin: Twin, seed: int, edge: int) -> None:
    """The source's Number state leaves the 32-bit stream at the stated draw, its first odd sum beyond 2^53, for good.

    Seed 0's streams meet once more, at the next draw: the rounding that parted them then goes the other way.
    """
    sources = twin("engine.numberState", seed, edge - 101, 1100)  # 100 draws before the edge, 1,000 from it on
    ours = words([seed], edge - 101, 1100)[0]
    odd_sums = [n for n in range(edge - 100, edge + 1) if (seed + n * INCREMENT) % 2 and seed + n * INCREMENT > 2**53]
    assert odd_sums == [edge]
    assert np.array_equal(sources[:100], ours[:100])
    assert np.flatnonzero(sources[100:] == ours[100:]).tolist() == ([1] if seed == 0 else [])
    assert np.array_equal(ours, twin("pinned.mulberry32", seed, edge - 101, 1100))


@pytest.mark.parametrize(
    ("number", "word"),
    [(-1, WORD - 1), (1.9, 1), (-1.9, WORD - 1), (WORD, 0), (1e20, 1661992960), (-0.5, 0), (5e-324, 0)],
)
def test_seeds_that_are_no_word(number: float, word: int) -> None:
    """Other numbers go through ToUint32: the specification's values, and truncation worked out by hand."""
    assert seed_words([number]).tolist() == [word]
    assert np.array_equal(words([number], 0, 3), words([word], 0, 3))


@pytest.mark.parametrize(
    ("seeds", "skip", "count", "message"),
    [
        ([float("nan")], 0, 1, "nan"),
        ([float("-inf")], 0, 1, "-inf"),
        ([[1, 2]], 0, 1, r"\(1, 2\)"),
        (1337, 0, 1, r"\(\)"),
        ([1], -1, 1, "-1"),
        ([1], 0, -7, "-7"),
    ],
)
def test_mistakes(seeds: object, skip: int, count: int, message: str) -> None:
    """A call that makes no sense is a ValueError with the value in it."""
    with pytest.raises(ValueError, match=message):
        words(seeds, skip, count)  # type: ignore[arg-type]
