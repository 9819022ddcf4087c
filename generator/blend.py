"""Decoding by blending: pixel = round((Σ coefficient[b]·field[b] + 1) / 2 · 255), exact and fast.

`sums` and `quantize` are the specification, step by step. `paint` gives the same bytes at a fraction of the
cost. Its idea is a filter: a binary32 matrix product decides every pixel that lies safely inside a grey
level, and the few that lie near a boundary between two levels are computed again as specified.

**Why the filter is safe.** Work in units of 2⁻¹⁶ of a grey level. With K = 128·2¹⁶ and scale = 127.5·2¹⁶ the
exact quantity is T = Σ c[b]·x[b]·scale + K, and the pixel is floor(T / 2¹⁶) wherever |Σ c·x| ≤ 1 (K holds the
+½ that makes floor round to nearest). Every |x[b]| ≤ 1, so with reach ≥ Σ|c[b]| the terms of T add up to at most
M = scale·reach + K in size. The filter computes T̂ in binary32, with u = 2⁻²⁴:

- c[b] is rounded to binary32 once, and so is x[b]·scale: each term carries a factor (1+δ)², |δ| ≤ u. K is exact.
- The sum of the n = B+1 products (the last one is 1·K), in any order, fused or not, errs by at most
  γₙ·Σ|terms|, γₙ = n·u / (1 − n·u) (Higham, Accuracy and Stability of Numerical Algorithms, §3.1).
- Together |T̂ − T| ≤ (γₙ·(1+u)² + 2u + u²)·M < (n + 3)·u·M, for n < 4,090 (n²·u must stay below 1).
- What is lost where a coefficient or a product is subnormal in binary32, or flushed to zero, is below 2⁻¹⁰²
  units a term: |c[b]| < 2⁻¹²⁶ against scale < 2²³. Nothing overflows: see the last paragraph.
- Truncating T̂ to an integer moves it by less than 1 unit.
- The specification's own binary64 sum and scaling err by less than (B + 4)·2⁻⁵³·M, far below 1 unit.

So a pixel is certain when trunc(T̂) mod 2¹⁶ lies from `tolerance` = ⌈(n + 3)·u·M⌉ + 2 to 2¹⁶ − 1 − tolerance, and
both computations then give the same floor. Clamping commutes with all this: the clamps map to T = ½·2¹⁶ and
T = 255½·2¹⁶, in the middle of a level, so clipping T̂ there decides nothing that was in doubt.

`paint` uses the filter for at most 12 fields and a reach of at most 2: then n ≤ 13, M ≤ 383·2¹⁶, and the tolerance
comes to ⌈16·2⁻²⁴·383·2¹⁶⌉ + 2 = 26 units. It takes 32. Whatever lies outside these bounds is computed as specified.
The argument assumes that the product is a sum of binary32 products in some order, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from generator.ecmascript import round_half_up
from generator.layers import F32, F64, finite

U8 = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.intp]

UNIT = 2**16  # the filter's units to a grey level
SCALE = 127.5 * UNIT
OFFSET = 128.0 * UNIT
CHUNK_CELLS = 2**17  # cells of a product held at once, so that each pass finds them in cache
MOST_FIELDS, WIDEST_REACH = 12, 2.0  # what the proof is for
TOLERANCE = np.uint16(32)  # units from a boundary that leave no doubt; the proof asks for 26


@dataclass(frozen=True, eq=False)
class Basis:
    """B fields of P values each, stored as binary32: float32 [B, P], all in [−1, 1].

    Positions where every field agrees need computing only once: `columns` [B, D] are the distinct ones and
    `index` [P] tells which of them stands where. Where that saves less than half, D = P and index is None.
    """

    fields: F32

    def __post_init__(self) -> None:
        """Raise ValueError for fields of another kind: the filter's proof relies on this one."""
        if self.fields.ndim != 2 or self.fields.dtype != np.float32:
            raise ValueError(f"fields: expected float32 [B, P], got {self.fields.dtype} {list(self.fields.shape)}")
        within = np.abs(self.fields) <= 1.0  # NaN is not
        if not within.all():
            raise ValueError(f"fields: {self.fields[~within][0]} lies outside [-1, 1]")

    @cached_property
    def _distinct(self) -> tuple[F32, Indices | None]:
        columns, index = np.unique(self.fields, axis=1, return_inverse=True)
        if 2 * columns.shape[1] > self.fields.shape[1]:
            return self.fields, None  # gathering would cost more than it saves
        return columns, index.reshape(-1)

    @property
    def columns(self) -> F32:
        """The columns worth computing, float32 [B, D]."""
        return self._distinct[0]

    @property
    def index(self) -> Indices | None:
        """For each position the column that stands there, or None where that is the position itself."""
        return self._distinct[1]

    @cached_property
    def filter_rows(self) -> F32:
        """The right side of the filter's product: columns·SCALE and a row of OFFSET, float32 [B+1, D]."""
        scaled = self.columns.astype(np.float64) * SCALE
        return np.vstack([scaled, np.full((1, scaled.shape[1]), OFFSET)]).astype(np.float32)


def sums(coefficients: F64, fields: F32) -> F64:
    """Give Σ coefficient[b]·field[b], added in order b = 0, 1, … from 0 in binary64: [N, B], [B, P] → [N, P]."""
    total = np.zeros((len(coefficients), fields.shape[1]))
    for column, field in zip(coefficients.T, fields.astype(np.float64), strict=True):
        total += column[:, None] * field  # [N, 1] · [P]
    return total


def quantize(values: F64) -> U8:
    """Give Math.round((clamp(v, −1, 1) + 1) / 2 · 255) for each value, ties upward: float64 [...] → uint8 [...]."""
    grey = (np.clip(finite("sums", values), -1.0, 1.0) + 1.0) / 2.0 * 255.0
    return round_half_up(grey).astype(np.uint8)


@np.errstate(over="ignore")  # a sum beyond binary64 is quantize's to report
def paint(coefficients: F64, basis: Basis) -> U8:
    """Give quantize(sums(coefficients, basis.fields)), byte for byte: float64 [N, B] → uint8 [N, P]."""
    reach = np.abs(coefficients).sum(axis=1).max(initial=0.0)
    if len(basis.fields) <= MOST_FIELDS and reach <= WIDEST_REACH:
        return _filtered(coefficients, basis)
    return quantize(sums(coefficients, basis.fields))


def _filtered(coefficients: F64, basis: Basis) -> U8:
    painted = np.empty((len(coefficients), basis.fields.shape[1]), np.uint8)
    rows = CHUNK_CELLS // basis.columns.shape[1] + 1
    for start in range(0, len(coefficients), rows):
        chunk = slice(start, start + rows)
        levels = _filter_chunk(coefficients[chunk], basis)
        if basis.index is None:
            painted[chunk] = levels
        else:
            np.take(levels, basis.index, axis=1, out=painted[chunk], mode="clip")  # valid by construction
    return painted


def _filter_chunk(coefficients: F64, basis: Basis) -> U8:
    """Give the grey levels of the distinct columns: uint8 [n, D]."""
    left = np.ones((len(coefficients), len(basis.filter_rows)), np.float32)  # [n, B+1], the last column 1
    left[:, :-1] = coefficients
    approximate = left @ basis.filter_rows  # the filter, and only that: see the module's proof
    np.clip(approximate, UNIT / 2, 255.5 * UNIT, out=approximate)
    units = approximate.astype(np.int32)  # level · 2^16 + fraction
    levels = (units >> 16).astype(np.uint8)
    fraction = units.astype(np.uint16)  # the low half
    fraction += TOLERANCE  # wraps, so that near 0 and near 2^16 both come out small
    where = np.flatnonzero(fraction < 2 * TOLERANCE)
    row, column = np.divmod(where, levels.shape[1])
    levels[row, column] = quantize(_sums_at(coefficients[row], basis.columns[:, column]))
    return levels


def _sums_at(coefficients: F64, columns: F32) -> F64:
    """Give the specified sum for K single pixels: coefficients [K, B] against columns [B, K] → [K]."""
    total = np.zeros(len(coefficients))
    for coefficient, column in zip(coefficients.T, columns.astype(np.float64), strict=True):
        total += coefficient * column
    return total
