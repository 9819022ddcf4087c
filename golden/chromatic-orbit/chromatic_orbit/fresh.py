"""Random inputs for every stage: what `conform.py fuzz` sends."""

from __future__ import annotations

from random import Random

from reference.binary import f32, f64, pack, u32
from reference.species import Json


def word(random: Random) -> int:
    """Give a word, often near an end or a power of two."""
    near = random.choice((0, 1 << random.randrange(32), 0xFFFFFFFF)) + random.randint(-70, 70)
    return random.choice((random.getrandbits(32), near & 0xFFFFFFFF))


def units(random: Random, count: int) -> str:
    """Give binary32 numbers in [−1, 1], some of them special."""
    drawn = [
        random.choice((0.0, -0.0, 1.0, -1.0)) if random.random() < 0.1 else random.uniform(-1, 1) for _ in range(count)
    ]
    return pack("f32", map(f32, drawn))


def energy(random: Random) -> str:
    """Give an energy around and beyond both clamps."""
    return f64(random.choice((0.4, 1.6, 0.1, 9.0, -0.0)) if random.random() < 0.2 else random.uniform(0.3, 1.7))


def fresh(stage: str, random: Random) -> Json:  # noqa: C901, PLR0911, PLR0912 - a table of thirteen lines
    """Give one input of that stage."""
    match stage:
        case "prng":
            return {
                "seed": u32(word(random)),
                "skip": random.getrandbits(random.randrange(1, 53)),
                "count": random.randrange(20),
            }
        case "latent":
            return {"words": pack("u32", [word(random) for _ in range(8)])}
        case "expm1":
            return {"x": f64(*[random.uniform(-1, 1) * random.choice((1e-15, 0.3, 1.2, 50)) for _ in range(50)])}
        case "tanh":
            return {"x": f64(*[random.uniform(-1, 1) * random.choice((1e-9, 0.3, 1.2, 25)) for _ in range(50)])}
        case "hidden":
            return {"latent": units(random, 8)}
        case "normalise":
            return {"c": units(random, 6)}
        case "head":
            return {"hidden": units(random, 8)}
        case "fields":
            return {"field": random.randrange(6), "channel": random.randrange(3)}
        case "blend":
            return {"coefficients": units(random, 6), "energy": energy(random), "row": random.randrange(64)}
        case "quantize":
            return {"sums": f64(*[random.choice((1.0, -1.0, random.uniform(-1.2, 1.2))) for _ in range(50)])}
        case "readout":
            return {
                "coefficients": pack(
                    "f32", [f32(random.randint(-100, 99) / 100 + random.choice((0, 0.005, 0.01))) for _ in range(6)]
                )
            }
        case "gallery":
            return {"seed": u32(word(random)), "energy": energy(random), "sample": random.randrange(6)}
        case _:
            return {}
