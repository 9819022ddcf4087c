"""The golden values of a species: computed by its original's own code, if it has one, and by its JavaScript twin."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = ("original.json", "captured.json")
BINARY: dict[str, np.dtype[Any]] = {"_f32": np.dtype(">f4"), "_f64": np.dtype(">f8")}

Sample = dict[str, Any]


def galleries(species: str, *files: str) -> list[dict[str, Any]]:
    """Give the golden galleries of a species: those of the files named, or of all it has."""
    present = files or [file for file in FILES if (GOLDEN / species / file).exists()]
    return [gallery for file in present for gallery in read(species, file)["galleries"]]


def read(species: str, file: str) -> dict[str, Any]:
    """Give a golden file."""
    found: dict[str, Any] = json.loads((GOLDEN / species / file).read_text(encoding="utf-8"))
    return found


def species_with_original() -> list[str]:
    """Give the names of the species whose goldens have an outside oracle."""
    return sorted(path.parent.name for path in GOLDEN.glob("*/original.json"))


def numeric_steps(sample: Sample) -> dict[str, npt.NDArray[np.floating]]:
    """Give a sample's recorded steps by name, as arrays: `logits_f64` becomes logits, float64."""
    return {key[:-4]: from_hex(digits, BINARY[key[-4:]]) for key, digits in sample.items() if key[-4:] in BINARY}


def from_hex(digits: list[str], dtype: np.dtype[Any]) -> npt.NDArray[np.floating]:
    """Give the numbers with these big-endian bit patterns."""
    return np.frombuffer(bytes.fromhex("".join(digits)), dtype).astype(dtype.newbyteorder("="))
