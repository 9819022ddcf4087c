"""Arithmetic as ports have it that do not follow the specification's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from reference.binary import f32

Sum = Callable[[Iterable[float]], float]


def fma(a: float, b: float, c: float) -> float:
    """Give a·b + c rounded once, as a compiler contracts it."""
    if a * b == 0:
        return a * b + c
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    return float(exact) if exact else 0.0


def forward(numbers: Iterable[float]) -> float:
    """Add from the left, from 0: what the specification asks for."""
    total = 0.0
    for number in numbers:
        total = total + number
    return total


def backward(numbers: Iterable[float]) -> float:
    """Add from the right."""
    return forward(reversed(list(numbers)))


def in_binary32(numbers: Iterable[float]) -> float:
    """Add with every product and every partial sum stored as binary32."""
    total = 0.0
    for number in numbers:
        total = f32(total + f32(number))
    return total


def pairwise(numbers: Iterable[float]) -> float:
    """Add halves of halves, as vectorised libraries do."""
    found = list(numbers)
    if len(found) < 3:
        return forward(found)
    middle = len(found) // 2
    return pairwise(found[:middle]) + pairwise(found[middle:])


def exactly(numbers: Iterable[float]) -> float:
    """Add without any rounding but the last."""
    return math.fsum(numbers)


def lanes(numbers: Iterable[float]) -> float:
    """Add in four lanes, as SIMD code does."""
    found = list(numbers)
    return forward([forward(found[lane::4]) for lane in range(4)])


def true_exp(x: float) -> float:
    """Give e^x correctly rounded, which pinned exp is on nine arguments of ten."""
    with localcontext() as context:
        context.prec = 60
        return float(Decimal(x).exp())


def true_tanh(x: float) -> float:
    """Give the hyperbolic tangent correctly rounded."""
    if not 2.0**-28 <= abs(x) < 22:
        return x if abs(x) < 1 else math.copysign(1.0, x)
    with localcontext() as context:
        context.prec = 60
        power = (2 * Decimal(x)).exp()
        return float((power - 1) / (power + 1))


def true_expm1(x: float) -> float:
    """Give e^x − 1 correctly rounded."""
    if abs(x) < 2.0**-54:
        return x
    with localcontext() as context:
        context.prec = 60
        return float(Decimal(x).exp() - 1)


def products(left: Sequence[float], right: Sequence[float]) -> list[float]:
    """Give the products of two rows, each rounded."""
    return [a * b for a, b in zip(left, right, strict=True)]
