"""The stages of the protocol for GAN-001: packed inputs to packed outputs."""

from __future__ import annotations

from reference import words as stream
from reference.binary import f64, pack, u32
from reference.inputs import numbers, typed, whole
from reference.species import Json

from mini_digits import model
from mini_digits.exp import exp as pinned_exp


def seed(given: Json) -> Json:
    """Say what was typed to a word or null."""
    found = stream.parse_seed(typed(given["text"]))
    return {"seed": None if found is None else u32(found)}


def prng(given: Json) -> Json:
    """Give a stretch of the stream."""
    (start,) = numbers(given["seed"], "u32", 1)
    return {"words": pack("u32", stream.words(int(start), whole(given["skip"]), whole(given["count"])))}


def latent(given: Json) -> Json:
    """Ten words to ten numbers."""
    drawn = [int(w) for w in numbers(given["words"], "u32", model.LATENT)]
    return {"latent": pack("f32", stream.latent(drawn))}


def weights(_: Json) -> Json:
    """Give the constants as stored."""
    flat = [weight for row in model.weights() for weight in row]
    return {"weights": pack("f32", flat), "biases": pack("f32", model.BIASES)}


def logits(given: Json) -> Json:
    """Latent and temperature to scores."""
    (temperature,) = numbers(given["temperature"], "f64", 1)
    return {"logits": f64(*model.logits(numbers(given["latent"], "f32", model.LATENT), temperature))}


def exp(given: Json) -> Json:
    """Give the pinned function itself."""
    return {"y": f64(*map(pinned_exp, numbers(given["x"], "f64")))}


def softmax(given: Json) -> Json:
    """Scores to coefficients."""
    return {"coefficients": f64(*model.softmax(numbers(given["logits"], "f64", model.DIGITS)))}


def blend(given: Json) -> Json:
    """Coefficients to sums."""
    return {"sums": f64(*model.blend(numbers(given["coefficients"], "f64", model.DIGITS)))}


def quantize(given: Json) -> Json:
    """Give sums to bytes."""
    return {"pixels": pack("u8", model.quantize(numbers(given["sums"], "f64")))}


def readout(given: Json) -> Json:
    """Coefficients to the printed line."""
    return {"text": model.readout(numbers(given["coefficients"], "f64", model.DIGITS))}


def gallery(given: Json) -> Json:
    """Nine samples, pixels and lines."""
    (start,) = numbers(given["seed"], "u32", 1)
    (temperature,) = numbers(given["temperature"], "f64", 1)
    samples = model.gallery(int(start), temperature)
    pixels = [byte for sample in samples for byte in model.quantize(model.blend(sample))]
    return {"pixels": pack("u8", pixels), "readout": "\n".join(map(model.readout, samples))}


STAGES = {f.__name__: f for f in (seed, prng, latent, weights, logits, exp, softmax, blend, quantize, readout, gallery)}
