"""Random inputs for every stage: what `conform.py fuzz` sends."""

from __future__ import annotations

import struct
from random import Random

from reference.binary import f64, pack, u32
from reference.species import Json
from reference.words import WHITE

from mini_digits import cases_words as typed

PIECES = [*(text for text, _ in typed.TYPED + typed.LARGE), *WHITE, "9", "0", "-", "+", ".", "e", "٣", "x", "\u200b"]


def edgy(random: Random, numbers: tuple[float, ...], low: float, high: float) -> float:
    """Give a number in [low, high], now and then one that is special."""
    return random.choice(numbers) if random.random() < 0.2 else random.uniform(low, high)


def word(random: Random) -> int:
    """Give a word, often near an end or a power of two."""
    if random.random() < 0.5:
        return random.getrandbits(32)
    return (random.choice((0, 1 << random.randrange(32), 0xFFFFFFFF)) + random.randint(-70, 70)) & 0xFFFFFFFF


def unit(random: Random) -> float:
    """Give a binary32 number in [−1, 1]."""
    return float(struct.unpack("f", struct.pack("f", edgy(random, (0.0, -0.0, 1.0, -1.0), -1, 1)))[0])


def temperature(random: Random) -> str:
    """Around and beyond both clamps."""
    return f64(edgy(random, (0.35, 1.5, 0.1, 9.0, -0.0, 5e-324, 1e308), 0.3, 1.6))


def scores(random: Random) -> list[float]:
    """Ten logits, sometimes equal, sometimes far apart."""
    width = random.choice((1e-9, 1, 5, 40, 800))
    drawn = [random.uniform(-width, width) for _ in range(10)]
    return [random.choice(drawn) for _ in drawn] if random.random() < 0.3 else drawn


def coefficient(random: Random) -> float:
    """Give a number in [0, 1], often near a rounding boundary of its two decimals."""
    return min(1.0, max(0.0, random.randrange(201) / 200 + random.choice((0, 1, -1)) * 2.0 ** -random.randint(1, 60)))


def fresh(stage: str, random: Random) -> Json:  # noqa: PLR0911 - a table of eleven lines
    """One input of that stage."""
    match stage:
        case "seed":
            return {"text": "".join(random.choices(PIECES, k=random.randint(0, 4)))}
        case "prng":
            return {
                "seed": u32(word(random)),
                "skip": random.getrandbits(random.randrange(1, 53)),
                "count": random.randrange(20),
            }
        case "latent":
            return {"words": pack("u32", [word(random) for _ in range(10)])}
        case "logits":
            return {"latent": pack("f32", [unit(random) for _ in range(10)]), "temperature": temperature(random)}
        case "exp":
            return {
                "x": f64(
                    *[-edgy(random, (0.0, 745.0, 1e-300), 0, random.choice((0.35, 1.1, 12, 745))) for _ in range(50)]
                )
            }
        case "softmax":
            return {"logits": f64(*scores(random))}
        case "blend" | "readout":
            return {"coefficients": f64(*[coefficient(random) for _ in range(10)])}
        case "quantize":
            return {"sums": f64(*[edgy(random, (1.0, -1.0, -0.0), -1.1, 1.1) for _ in range(50)])}
        case "gallery":
            return {"seed": u32(word(random)), "temperature": temperature(random)}
        case _:
            return {}
