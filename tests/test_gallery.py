"""A gallery's files hold what the generator drew, in numbers that every reader takes for the same bits."""

from __future__ import annotations

import io
import json
import struct
import subprocess
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from programs import node

from generator.model import Generator, generators
from zoo import gallery

SEEDS = st.integers(0, 2**32 - 1)
GOLDEN = Path(__file__).parent.parent / "golden"


def bits(numbers: list[float]) -> str:
    """Give numbers as the bits of their binary64."""
    return struct.pack(f">{len(numbers)}d", *numbers).hex()


@settings(max_examples=20)
@given(seed=SEEDS)
def test_json_holds_every_bit(species: Generator, seed: int) -> None:
    """Latents and coefficients parse back to the bits that were computed."""
    value = float(species.knob.default)
    found = json.loads(gallery.one(species, seed, value).json)
    latents = species.latents([seed])
    coefficients = species.route(latents, np.full(len(latents), value))
    for sample, latent, own in zip(found["samples"], latents, coefficients, strict=True):
        assert bits(sample["latent"]) == bits(latent.astype(float).tolist())
        assert bits(sample["coefficients"]) == bits(own.astype(float).tolist())


def test_json_is_what_ecmascript_writes(species: Generator) -> None:
    """Every number stands as JSON.stringify would write it: each file equals its own reprint by Node."""
    stops = [float(species.knob.minimum), float(species.knob.maximum), 1.0]
    files = [drawn.json.decode() for drawn in gallery.galleries(species, [0, 1, 1337, 2**32 - 1], stops)]
    reprint = "JSON.stringify(JSON.parse(require('fs').readFileSync(0)).map((t) => JSON.stringify(JSON.parse(t))))"
    done = subprocess.run([node(), "-p", reprint], input=json.dumps(files), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [text.replace("\n", "") for text in files]


def test_png_holds_the_pixels_of_the_digests(species: Generator) -> None:
    """The sheet, cut into samples again, has the digests that the JSON states, one by one and together."""
    for drawn in gallery.galleries(species, [0, 1337], [float(stop) for stop in species.knob.stops()[:3]]):
        stated = json.loads(drawn.json)
        with Image.open(io.BytesIO(drawn.png)) as image:
            sheet = np.asarray(image)
        samples = [
            sheet[y : y + species.height, x : x + species.width]
            for y in range(0, sheet.shape[0], species.height)
            for x in range(0, sheet.shape[1], species.width)
        ]
        assert [sha256(sample.tobytes()).hexdigest() for sample in samples] == [
            sample["pixels_sha256"] for sample in stated["samples"]
        ]
        whole = sha256(b"".join(sample.tobytes() for sample in samples)).hexdigest()
        assert whole == stated["pixels_sha256"] == drawn.pixels_sha256


def test_galleries_are_those_of_the_original(species: Generator) -> None:
    """Digests and readouts equal those captured from the original's own code."""
    path = GOLDEN / species.name / "original.json"
    if not path.is_file():  # then its twin is its oracle
        path = path.with_name("captured.json")
    for case in json.loads(path.read_text(encoding="utf-8"))["galleries"]:
        drawn = gallery.one(species, case["seed"], float(case[species.knob.name]))
        assert drawn.pixels_sha256 == case["pixels_sha256"]
        readouts = [sample["readout"] for sample in json.loads(drawn.json)["samples"]]
        assert readouts == [sample["readout"] for sample in case["samples"]]
        assert readouts == gallery.readout(species, case["seed"], float(case[species.knob.name]))


def test_a_grid_is_its_galleries_one_by_one(species: Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the batches, a gallery has the same bytes."""
    seeds, values = [3, 1, 2], [float(stop) for stop in species.knob.stops()[:4]]
    alone = [gallery.one(species, seed, value) for seed in seeds for value in values]
    assert list(gallery.galleries(species, seeds, values)) == alone
    monkeypatch.setattr(gallery, "BATCH_BYTES", 1)
    assert list(gallery.galleries(species, seeds, values)) == alone


def test_a_sheet_is_that_of_the_design() -> None:
    """The default gallery of mini-digits is 84 × 84 in grey, with the digest that everybody states."""
    drawn = gallery.one(generators()["mini-digits"], 1337, 0.75)
    assert drawn.pixels_sha256 == "18bfb489902939edfe9d0e1e7d0c909a1111aed6fbacee41b5fbc548022ed8fc"
    assert drawn.path == "gallery/1337/0.75"
    with Image.open(io.BytesIO(drawn.png)) as image:
        assert (image.size, image.mode) == ((84, 84), "L")
