"""What holds of every species, for any seed and any value of the knob that Hypothesis finds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from twin import Twin, TwinError

from generator.layers import F32, F64, latents_from_words
from generator.model import Coefficients, Generator
from generator.prng import words
from zoo import gallery

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=25)  # each draws galleries twice


def knob_values(species: Generator) -> st.SearchStrategy[float]:
    """Give values of the knob: its stops, anything between its bounds, and what lies beyond them."""
    knob = species.knob
    inside = st.floats(float(knob.minimum), float(knob.maximum))
    return st.sampled_from([float(stop) for stop in knob.stops()]) | inside | st.floats(-1e300, 1e300)


def latents_of(species: Generator, most: int = 12) -> st.SearchStrategy[F32]:
    """Give batches of latents [N, L] from words that Hypothesis chooses."""
    shape = st.tuples(st.integers(0, most), st.just(species.latent_width))
    return arrays(np.uint32, shape).map(latents_from_words)


def knobs_of(species: Generator, count: int) -> st.SearchStrategy[F64]:
    """Give a value of the knob for each of `count` samples."""
    return arrays(np.float64, count, elements=knob_values(species))


def drawn(species: Generator, latents: F32, values: F64) -> tuple[Coefficients, npt.NDArray[np.uint8], list[str]]:
    """Give coefficients, pixels and readout of a batch."""
    coefficients = species.route(latents, values)
    return coefficients, species.decode(coefficients, values), species.readout(coefficients)


@FEW
@given(st.data(), SEEDS)
def test_any_gallery_is_the_twins(species: Generator, twin: Twin, data: st.DataObject, seed: int) -> None:
    """Every latent, coefficient, pixel and line of a gallery is the twin's, bit for bit."""
    value = data.draw(knob_values(species))
    other = twin(f"{species.name}.gallery", seed, value)
    latents = species.latents([seed])
    coefficients, pixels, lines = drawn(species, latents, np.full(species.samples, value))
    assert latents.tobytes() == b"".join(row.tobytes() for row in other["latents"])
    assert coefficients.dtype == other["coefficients"][0].dtype
    assert coefficients.tobytes() == b"".join(row.tobytes() for row in other["coefficients"])
    assert pixels.tobytes() == b"".join(picture.tobytes() for picture in other["pixels"])
    assert lines == other["readout"]


@FEW
@given(st.data())
def test_any_latent_is_the_twins(species: Generator, twin: Twin, data: st.DataObject) -> None:
    """So is what becomes of latents that no short stream contains, of those at the ends of their range too."""
    ends = st.sampled_from([0, 1, 2**31 - 1, 2**31, 2**32 - 1])
    chosen = data.draw(arrays(np.uint32, species.latent_width, elements=ends | st.integers(0, 2**32 - 1)))
    latent, value = latents_from_words(chosen), data.draw(knob_values(species))
    coefficients, pixels, (line,) = drawn(species, latent[None], np.array([value]))
    assert coefficients.tobytes() == twin(f"{species.name}.route", latent, value).tobytes()
    assert pixels.tobytes() == twin(f"{species.name}.decode", coefficients[0], value).tobytes()
    assert line == twin(f"{species.name}.readout", coefficients[0])


@given(st.data())
def test_any_readout_is_the_twins(species: Generator, twin: Twin, data: st.DataObject) -> None:
    """Coefficients are written as the twin writes them, ties of the second decimal and both zeros included."""
    coefficients = species.route(species.latents([species.seed]), np.ones(species.samples))
    chosen = st.integers(0, 1000).map(lambda n: n / 1000) | st.integers(0, 8).map(lambda n: n / 8) | st.just(-0.0)
    row = data.draw(arrays(coefficients.dtype, coefficients.shape[1], elements=chosen.map(coefficients.dtype.type)))
    assert species.readout(row[None]) == [twin(f"{species.name}.readout", row)]


@FEW
@given(st.data())
def test_batches_equal_one_by_one(species: Generator, data: st.DataObject) -> None:
    """A sample does not depend on the batch it is computed in."""
    latents = data.draw(latents_of(species))
    values = data.draw(knobs_of(species, len(latents)))
    coefficients, pixels, lines = drawn(species, latents, values)
    assert pixels.shape == (len(latents), *species.sample_shape)
    assert pixels.dtype == np.uint8
    for k in range(len(latents)):
        alone = drawn(species, latents[k : k + 1], values[k : k + 1])
        assert alone[0].tobytes() == coefficients[k].tobytes()
        assert alone[1].tobytes() == pixels[k].tobytes()
        assert alone[2] == [lines[k]]


def test_a_large_batch_equals_small_ones(species: Generator) -> None:
    """However a batch is cut, its bytes stay."""
    seeds = np.arange(40, dtype=np.uint32)
    latents = species.latents(seeds)
    values = np.resize([float(stop) for stop in species.knob.stops()], len(latents))
    whole = drawn(species, latents, values)
    for cut in (7, 64, 100):
        parts = [drawn(species, latents[i : i + cut], values[i : i + cut]) for i in range(0, len(latents), cut)]
        assert np.concatenate([part[0] for part in parts]).tobytes() == whole[0].tobytes()
        assert np.concatenate([part[1] for part in parts]).tobytes() == whole[1].tobytes()


@given(arrays(np.uint32, st.integers(1, 5)))
def test_random_access_equals_sequential(species: Generator, seeds: npt.NDArray[np.uint32]) -> None:
    """Sample k of a gallery has draws k·L+1 to (k+1)·L of its seed, drawn alone or with other seeds."""
    width, samples = species.latent_width, species.samples
    together = species.latents(seeds)
    assert together.shape == (len(seeds) * samples, width)
    for i, latent in enumerate(together):
        own = words(seeds[i // samples : i // samples + 1], i % samples * width, width)
        assert np.array_equal(latents_from_words(own)[0], latent)


@FEW
@given(st.data(), SEEDS)
def test_same_seed_same_bytes(species: Generator, data: st.DataObject, seed: int) -> None:
    """Both files of a gallery are the same in any company, and again."""
    value = data.draw(knob_values(species))
    alone = gallery.one(species, seed, value)
    other = data.draw(SEEDS)
    crowd = list(gallery.galleries(species, [other, seed], [float(species.knob.minimum), value]))
    assert crowd[3] == alone
    assert gallery.one(species, seed, value) == alone


def test_other_seeds_other_pictures(species: Generator) -> None:
    """A hundred seeds give a hundred galleries, and stops of the knob differ from each other."""
    start = float(species.knob.default)
    assert len({found.pixels_sha256 for found in gallery.galleries(species, range(100), [start])}) == 100
    stops = species.knob.stops()
    assert len({found.pixels_sha256 for found in gallery.galleries(species, [1], stops)}) == len(stops)


@FEW
@given(st.data(), SEEDS)
def test_knob_is_clamped(species: Generator, data: st.DataObject, seed: int) -> None:
    """Beyond its bounds the knob acts as at the bound."""
    beyond = data.draw(st.floats(0, 1e300))
    for bound, value in ((species.knob.minimum, -beyond), (species.knob.maximum, beyond)):
        outside = float(bound) + value
        assert (
            gallery.one(species, seed, outside).pixels_sha256 == gallery.one(species, seed, float(bound)).pixels_sha256
        )


@given(st.data())
def test_knob_acts_in_one_place(species: Generator, data: st.DataObject) -> None:
    """The function the knob does not act in gives the same bytes for all of its values."""
    latents = data.draw(latents_of(species, 3))
    one, another = data.draw(knobs_of(species, len(latents))), data.draw(knobs_of(species, len(latents)))
    coefficients = species.route(latents, one)
    if species.knob.acts_in == "decode":
        assert species.route(latents, another).tobytes() == coefficients.tobytes()
    else:
        assert species.decode(coefficients, another).tobytes() == species.decode(coefficients, one).tobytes()


# mistakes


def acting(species: Generator) -> Callable[[F64], object]:
    """Give the function the knob acts in, for two samples, as a function of the knob's values."""
    latents = species.latents([species.seed])[:2]
    if species.knob.acts_in == "route":
        return lambda values: species.route(latents, values)
    coefficients = species.route(latents, np.ones(2))
    return lambda values: species.decode(coefficients, values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.array([1.0, np.nan]), "nan"),
        (np.array([np.inf, 1.0]), "inf"),
        (np.array([1.0, -np.inf]), "-inf"),
        (np.array([1.0]), r"float64 \[1\]"),
        (np.array([[1.0, 1.0]]), r"float64 \[1, 2\]"),
        (np.array([1.0, 1.0], np.float32), r"float32 \[2\]"),
        (np.array([1, 1]), r"int64 \[2\]"),
    ],
)
def test_mistaken_knob(species: Generator, values: F64, message: str) -> None:
    """Values that are not finite binary64, one a sample, are a ValueError with the knob's name and what was given."""
    with pytest.raises(ValueError, match=f"{species.knob.name}: .*{message}"):
        acting(species)(values)


def mistaken(batch: npt.NDArray[Any]) -> list[tuple[npt.NDArray[Any], str]]:
    """Give batches spoilt in every way, and what the message shows."""
    strays = [(np.where(np.arange(batch.size).reshape(batch.shape) == 3, x, batch), str(x)) for x in (np.nan, -np.inf)]
    shapes = [batch[0], batch[:, 1:], np.hstack([batch, batch[:, :1]]), batch[None]]
    others = [dtype for dtype in (np.float16, np.float32, np.float64, np.int32) if dtype != batch.dtype]
    return [
        *((stray.astype(batch.dtype), text) for stray, text in strays),
        *((shape, str(list(shape.shape)).replace("[", r"\[")) for shape in shapes),
        *((batch.astype(dtype), np.dtype(dtype).name) for dtype in others),
    ]


def test_mistaken_latents(species: Generator) -> None:
    """Latents of another shape or dtype, or not finite, are a ValueError that shows which."""
    latents = species.latents([species.seed])
    for spoilt, message in mistaken(latents):
        with pytest.raises(ValueError, match=f"latent: .*{message}"):
            species.route(spoilt, np.ones(len(spoilt)))


def test_mistaken_coefficients(species: Generator) -> None:
    """So are coefficients, in decode and in readout."""
    coefficients = species.route(species.latents([species.seed]), np.ones(species.samples))
    for spoilt, message in mistaken(coefficients):
        for use in (lambda batch: species.decode(batch, np.ones(len(batch))), species.readout):
            with pytest.raises(ValueError, match=f"coefficients: .*{message}"):
                use(spoilt)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_mistaken_knob_of_the_twin(species: Generator, twin: Twin, value: str) -> None:
    """The twin refuses what is no finite number too, with the value in its message."""
    with pytest.raises(TwinError, match=f"{species.knob.name}: {value}"):
        twin("engine.withNumber", species.name, species.seed, value)
