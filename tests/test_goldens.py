"""Every stage of every golden gallery, bit for bit, in Python and in the JavaScript twin."""

import inspect
import json
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from goldens import FILES, galleries, numeric_steps, species_with_original
from twin import Twin

from generator.model import Coefficients, Generator, generators
from zoo import gallery

Pixels = npt.NDArray[np.uint8]


def computed(species: Generator, latents: npt.NDArray[np.float32], value: float, name: str) -> Any:
    """Give step `name` of one sample: its coefficients, or whatever stage bears the name of the step."""
    known: dict[str, Any] = {"latent": latents, species.knob.name: np.array([value])}
    if name == "coefficients":
        return species.route(latents[None], known[species.knob.name])[0]
    stage = species.stages[name]
    return stage(**{key: known[key] for key in inspect.signature(stage).parameters})[name]


def assert_same_bits(found: Any, expected: npt.NDArray[np.floating]) -> None:
    """Hold an array to another's dtype and bytes."""
    assert found.dtype == expected.dtype
    assert found.tobytes() == expected.tobytes()


def assert_gallery(pixels: Pixels, lines: list[str], record: dict[str, Any]) -> None:
    """Hold a gallery's pixels and readout to their records."""
    assert [sha256(picture.tobytes()).hexdigest() for picture in pixels] == [
        sample["pixels_sha256"] for sample in record["samples"]
    ]
    assert sha256(pixels.tobytes()).hexdigest() == record["pixels_sha256"]
    assert lines == [sample["readout"] for sample in record["samples"]]


def test_bits_of_the_generator(species: Generator) -> None:
    """Latents, each step on the way, coefficients, pixels and readout of every gallery are the recorded bits."""
    for record in galleries(species.name):
        value = record[species.knob.name]
        latents = species.latents([record["seed"]])
        values = np.full(species.samples, float(value))
        for latent, sample in zip(latents, record["samples"], strict=True):
            recorded = numeric_steps(sample)
            assert_same_bits(latent, recorded.pop("latent"))
            assert "coefficients" in recorded
            for name, expected in recorded.items():
                assert_same_bits(computed(species, latent, float(value), name), expected)
        coefficients = species.route(latents, values)
        pixels = species.decode(coefficients, values)
        assert_gallery(pixels, species.readout(coefficients), record)


def test_pixels_from_recorded_coefficients(species: Generator) -> None:
    """Decoding and writing out depend on the recorded coefficients alone, all galleries in one batch."""
    records = galleries(species.name)
    samples = [sample for record in records for sample in record["samples"]]
    coefficients: Coefficients = np.array([numeric_steps(sample)["coefficients"] for sample in samples])
    values = np.repeat([float(record[species.knob.name]) for record in records], species.samples)
    pixels = species.decode(coefficients, values)
    assert [sha256(picture.tobytes()).hexdigest() for picture in pixels] == [s["pixels_sha256"] for s in samples]
    assert species.readout(coefficients) == [sample["readout"] for sample in samples]


def test_bits_of_the_twin(species: Generator, twin: Twin) -> None:
    """The same of the JavaScript twin, asked directly and not through golden/capture.mjs."""
    for record in galleries(species.name):
        value = record[species.knob.name]
        drawn = twin(f"{species.name}.gallery", record["seed"], value)
        assert_gallery(np.array(drawn["pixels"]), drawn["readout"], record)
        for latent, coefficients, sample in zip(
            drawn["latents"], drawn["coefficients"], record["samples"], strict=True
        ):
            steps = {step["name"]: step["values"] for step in twin(f"{species.name}.trace", latent, value)}
            assert_same_bits(coefficients, steps["coefficients"])
            for name, expected in numeric_steps(sample).items():
                assert_same_bits(steps[name], expected)


def test_published_files(species: Generator) -> None:
    """The digests and texts in a gallery's JSON are the recorded ones."""
    for record in galleries(species.name):
        drawn = gallery.one(species, record["seed"], float(record[species.knob.name]))
        published = json.loads(drawn.json)
        assert drawn.pixels_sha256 == published["pixels_sha256"] == record["pixels_sha256"]
        for sample, expected in zip(published["samples"], record["samples"], strict=True):
            assert sample["pixels_sha256"] == expected["pixels_sha256"]
            assert sample["readout"] == expected["readout"]
            for name in ("latent", "coefficients"):
                assert_same_bits(
                    np.array(sample[name], numeric_steps(expected)[name].dtype), numeric_steps(expected)[name]
                )


@pytest.mark.parametrize("name", species_with_original())
def test_captured_goldens_go_beyond_the_original(name: str) -> None:
    """Every gallery of the original is captured from the twin too, and some of other seeds."""
    knob = generators()[name].knob.name
    original, captured = ({(g["seed"], g[knob]) for g in galleries(name, file)} for file in FILES)
    assert original < captured
    assert len(original) >= 9


def test_some_species_have_an_outside_oracle() -> None:
    """The first two exhibits were published elsewhere, and their own code computed their goldens."""
    assert {"mini-digits", "chromatic-orbit"} <= set(species_with_original())
