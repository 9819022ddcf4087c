"""What a species is: a record of its shape, its knob and its functions, and how to find one by name.

A species is one file in this package ending in `GENERATOR = Generator(...)`; nothing else lists it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

import generator
from generator.blend import U8, quantize
from generator.ecmascript import parse_seed
from generator.layers import F32, F64, latents_from_words
from generator.prng import Words, words

Coefficients = npt.NDArray[np.floating]
Stage = Callable[..., Mapping[str, Any]]
SAFE_INTEGER = 2**53  # counts of the protocol lie below
LONGEST = 2**14  # bytes of pixels that go into one answer; of a species with larger galleries a sample is asked


@dataclass(frozen=True)
class Knob:
    """The one control beside the seed; bounds, step and default are decimals, kept as they are written."""

    name: str
    minimum: Decimal
    maximum: Decimal
    step: Decimal
    default: Decimal
    plural: str
    acts_in: Literal["route", "decode"]

    def stops(self) -> tuple[Decimal, ...]:
        """Every stop of the control, as decimals: binary steps would drift (0.35 + 0.05 is not 0.40)."""
        count = int((self.maximum - self.minimum) / self.step)
        return tuple(self.minimum + i * self.step for i in range(count + 1))

    def clamp(self, values: F64) -> F64:
        """Bring values into the knob's bounds."""
        return np.clip(values, float(self.minimum), float(self.maximum))


@dataclass(frozen=True)
class Autoplay:
    """A control that goes on by itself: what it adds to the seed (modulo 2^32), and how often, in seconds."""

    seed_step: int
    seconds: float


@dataclass(frozen=True)
class Generator:
    """One species. Its functions take whole batches and the knob's value for each sample.

    route: latents float32 [N, latent_width], values float64 [N] → coefficients [N, C].
    decode: coefficients [N, C], values float64 [N] → uint8 [N, height, width] or [N, height, width, 3].
    Of the two the one that the knob does not act in ignores the values. readout writes each sample's coefficients as
    a line. The seed control starts at seed; the button labelled batch_label adds seed_step to it (modulo 2^32).
    labels name the coefficients; scaling is how an enlarged sample is shown. stages are the steps a port can be
    checked at, each a function of keyword arguments that gives named results.
    """

    name: str
    exhibit: str
    title: str
    height: int
    width: int
    channels: Literal[1, 3]
    columns: int
    rows: int
    latent_width: int
    seed: int
    seed_step: int
    batch_label: str
    knob: Knob
    labels: tuple[str, ...]
    scaling: Literal["pixelated", "smooth"]
    autoplay: Autoplay | None
    route: Callable[[F32, F64], Coefficients]
    decode: Callable[[Coefficients, F64], U8]
    readout: Callable[[Coefficients], list[str]]
    own_stages: Mapping[str, Stage] = field(repr=False)

    @property
    def samples(self) -> int:
        """The number of samples in a gallery."""
        return self.columns * self.rows

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """The shape of one sample's pixels: (height, width) in grey, (height, width, 3) in colour."""
        return (self.height, self.width) if self.channels == 1 else (self.height, self.width, self.channels)

    def __reduce__(self) -> tuple[Callable[[str, str], Generator], tuple[str, str]]:
        """Travel to another process by name: functions stay where they are."""
        return bearing, (self.name, self.exhibit)

    def latents(self, seeds: npt.ArrayLike) -> F32:
        """Give the latents of each seed's gallery, drawn one after another: [S] → float32 [S·samples, L]."""
        drawn = words(seeds, 0, self.samples * self.latent_width)
        return latents_from_words(drawn).reshape(-1, self.latent_width)

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Every stage of the conformance protocol: those all species share, then this one's own."""
        whole = self.samples * self.height * self.width * self.channels <= LONGEST
        shared: dict[str, Stage] = {
            "prng": _prng_stage,
            "latent": lambda words: {"latent": latents_from_words(asked("words", words, "u4", self.latent_width))},
            "quantize": lambda sums: {"pixels": quantize(asked("sums", sums, "f8"))},
            "gallery": self._gallery_stage if whole else self._sample_stage,
        }
        return shared | dict(self.own_stages)

    def _gallery_stage(self, seed: Words, **knob: F64) -> dict[str, Any]:
        pixels, lines = self._drawn(seed, **knob)
        return {"pixels": pixels, "readout": "\n".join(lines)}

    def _sample_stage(self, seed: Words, sample: int, **knob: F64) -> dict[str, Any]:
        pixels, lines = self._drawn(seed, **knob)
        chosen = within("sample", sample, self.samples)
        return {"pixels": pixels[chosen], "readout": lines[chosen]}

    def _drawn(self, seed: Words, **knob: F64) -> tuple[U8, list[str]]:
        values = asked(self.knob.name, knob[self.knob.name], "f8", 1).repeat(self.samples)
        coefficients = self.route(self.latents(asked("seed", seed, "u4", 1)), values)
        return self.decode(coefficients, values), self.readout(coefficients)


def asked(name: str, values: Any, dtype: str, count: int | None = None) -> npt.NDArray[Any]:
    """Give the array that a stage was asked about; raise ValueError unless it has the dtype and the length."""
    if not isinstance(values, np.ndarray) or values.dtype != dtype or count not in (None, len(values)):
        raise ValueError(f"{name}: expected {count or 'any number of'} values of {dtype}, got {values!r}")
    return values


def within(name: str, number: Any, count: int) -> int:
    """Give an integer from 0 to count − 1; raise ValueError for anything else."""
    if type(number) is not int or not 0 <= number < count:
        raise ValueError(f"{name}: {number!r} is no integer from 0 to {count - 1}")
    return number


def _prng_stage(seed: Words, skip: int, count: int) -> dict[str, Any]:
    span = within("skip", skip, SAFE_INTEGER), within("count", count, SAFE_INTEGER)
    return {"words": words(asked("seed", seed, "u4", 1), *span)}


def seed_stage(text: str) -> dict[str, Any]:
    """Stage `seed`: what a typed text does to the seed control."""
    seed = parse_seed(text)
    return {"seed": None if seed is None else np.array([seed], np.uint32)}


@cache
def generators() -> Mapping[str, Generator]:
    """Give every species of this package by name, in order of exhibit id."""
    modules = [importlib.import_module(f"{generator.__name__}.{info.name}") for info in _modules()]
    found: list[Generator] = [module.GENERATOR for module in modules if hasattr(module, "GENERATOR")]
    return {species.name: species for species in sorted(found, key=lambda species: species.exhibit)}


def bearing(name: str, exhibit: str) -> Generator:
    """Give the species of a name, under an exhibit's own id."""
    found = generators()[name]
    return found if found.exhibit == exhibit else replace(found, exhibit=exhibit)


def _modules() -> list[pkgutil.ModuleInfo]:
    return [info for info in pkgutil.iter_modules(generator.__path__) if not info.name.startswith("_")]
