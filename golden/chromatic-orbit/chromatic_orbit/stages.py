"""The stages of the protocol for GAN-002: packed inputs to packed outputs."""

from __future__ import annotations

from reference import words as stream
from reference.binary import f64, pack
from reference.inputs import numbers, whole, within
from reference.species import Json

from chromatic_orbit import model
from chromatic_orbit.tanh import expm1 as pinned_expm1
from chromatic_orbit.tanh import tanh as pinned_tanh


def prng(given: Json) -> Json:
    """Give a stretch of the stream."""
    (start,) = numbers(given["seed"], "u32", 1)
    return {"words": pack("u32", stream.words(int(start), whole(given["skip"]), whole(given["count"])))}


def latent(given: Json) -> Json:
    """Take eight words to eight numbers."""
    return {"latent": pack("f32", stream.latent([int(w) for w in numbers(given["words"], "u32", model.LATENT)]))}


def weights(_: Json) -> Json:
    """Give the constants as stored."""
    first, second = ([each for row in rows for each in row] for rows in (model.WEIGHT1, model.WEIGHT2))
    found = {"weight1": first, "bias1": model.BIAS1, "weight2": second, "bias2": model.BIAS2}
    return {name: pack("f32", values) for name, values in found.items()}


def expm1(given: Json) -> Json:
    """Give what the pinned tanh is made of."""
    return {"y": f64(*map(pinned_expm1, numbers(given["x"], "f64")))}


def tanh(given: Json) -> Json:
    """Give the pinned function itself."""
    return {"y": f64(*map(pinned_tanh, numbers(given["x"], "f64")))}


def hidden(given: Json) -> Json:
    """Take a latent to the hidden layer."""
    return {"hidden": pack("f32", model.hidden(numbers(given["latent"], "f32", model.LATENT)))}


def normalise(given: Json) -> Json:
    """Take six numbers to those of which the sizes sum to one."""
    return {"coefficients": pack("f32", model.normalised(numbers(given["c"], "f32", model.FIELDS)))}


def head(given: Json) -> Json:
    """Take the hidden layer to coefficients."""
    return {"coefficients": pack("f32", model.head(numbers(given["hidden"], "f32", model.LATENT)))}


def fields(given: Json) -> Json:
    """Give one channel of one field."""
    field, channel = within(given["field"], model.FIELDS), within(given["channel"], 3)
    return {"values": pack("f32", [pixel[channel] for pixel in model.fields()[field]])}


def blend(given: Json) -> Json:
    """Take coefficients and energy to the sums of a row."""
    (energy,) = numbers(given["energy"], "f64", 1)
    coefficients = numbers(given["coefficients"], "f32", model.FIELDS)
    return {"sums": f64(*model.blend(coefficients, energy, within(given["row"], model.SIDE)))}


def quantize(given: Json) -> Json:
    """Take sums to bytes."""
    return {"pixels": pack("u8", model.quantize(numbers(given["sums"], "f64")))}


def readout(given: Json) -> Json:
    """Take coefficients to the printed line."""
    return {"text": model.readout(numbers(given["coefficients"], "f32", model.FIELDS))}


def gallery(given: Json) -> Json:
    """Give one sample of a gallery."""
    (seed,), (energy,) = numbers(given["seed"], "u32", 1), numbers(given["energy"], "f64", 1)
    coefficients = model.head(model.hidden(model.latents(int(seed))[within(given["sample"], model.SAMPLES)]))
    return {"pixels": pack("u8", model.picture(coefficients, energy)), "readout": model.readout(coefficients)}


_ALL = (prng, latent, weights, expm1, tanh, hidden, normalise, head, fields, blend, quantize, readout, gallery)
STAGES = {stage.__name__: stage for stage in _ALL}
