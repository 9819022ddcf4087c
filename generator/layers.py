"""The layers the species share: sampling a latent, a dense layer, softmax.

Sums stand in the order of the specification, one column at a time over the whole batch: a matrix product
may add in another order or fuse, and then its bits depend on the processor.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from generator.ecmascript import WORD
from generator.maths import exp
from generator.prng import Words

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]


def latents_from_words(words: Words) -> F32:
    """Map words to latents in [−1, 1]: f32(u·2 − 1) with u = word / 2^32. uint32 [...] → float32 [...]."""
    uniform = words.astype(np.float64) / WORD
    return (uniform * 2.0 - 1.0).astype(np.float32)  # both steps in binary64, one rounding at the end


def checked_batch(name: str, values: npt.NDArray[np.generic], width: int, *dtypes: type[np.floating]) -> F64:
    """Give a finite batch [N, width] widened to binary64, or raise ValueError with what was wrong in it."""
    if values.ndim != 2 or values.shape[1] != width:
        raise ValueError(f"{name}: expected shape [N, {width}], got {list(values.shape)}")
    if values.dtype not in [np.dtype(dtype) for dtype in dtypes]:
        expected = " or ".join(np.dtype(dtype).name for dtype in dtypes)
        raise ValueError(f"{name}: expected dtype {expected}, got {values.dtype}")
    return finite(name, values.astype(np.float64))


def finite(name: str, values: F64) -> F64:
    """Give the values back if all are finite; raise ValueError naming the first that is not."""
    good = np.isfinite(values)
    if not good.all():
        raise ValueError(f"{name}: {float(values[~good][0])} is not a finite number")
    return values


def knob_column(name: str, values: F64, rows: int) -> F64:
    """Give the knob's values as a finite column [N, 1], one for each of `rows` samples."""
    if values.shape != (rows,) or values.dtype != np.float64:
        raise ValueError(f"{name}: expected float64 [{rows}], got {values.dtype} {list(values.shape)}")
    return finite(name, values)[:, None]


def dense(inputs: F64, weights: F32, biases: F32) -> F64:
    """Give bias[i] + Σ weight[i][j]·input[j], added for j = 0, 1, … in binary64: [N, J] → [N, I].

    weights [I, J] and biases [I] are stored as binary32 and widened first.
    """
    sums = np.empty((len(inputs), len(biases)))
    sums[:] = biases
    for column, weight in zip(inputs.T, weights.T.astype(np.float64), strict=True):
        sums += column[:, None] * weight  # [N, 1] · [I]
    return sums


def softmax(logits: F64) -> F64:
    """Give e[i] / Σ e with e[i] = exp(logit[i] − max), the sum taken in order from 0: [N, C] → [N, C]."""
    powers = exp(logits - logits.max(axis=1, keepdims=True))
    total = np.zeros(len(logits))
    for column in powers.T:
        total = total + column
    coefficients: F64 = powers / total[:, None]
    return coefficients
