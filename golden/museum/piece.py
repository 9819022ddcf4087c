"""What a piece is, and how it puts its fault into the reference."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fault = Callable[[], None]
PACKAGES = ("reference", "mini_digits", "chromatic_orbit")


@dataclass(frozen=True)
class Piece:
    """One wrong port."""

    id: str
    species: str
    vector: str  # must fail, and its stage must be the first that does
    fault: str
    spoil: Fault
    conforms: str = ""  # the profile it satisfies all the same
    exp: str = "pinned"  # what it says of itself in hello

    @property
    def stage(self) -> str:
        """The stage at which it must be caught: the vector's own."""
        return self.vector.split("-")[1]


PIECES: dict[str, Piece] = {}


def wrong(species: str, vector: str, **more: str) -> Callable[[Fault], Fault]:
    """Put the function below into the museum, under its own name."""

    def hang(spoil: Fault) -> Fault:
        identity = f"{vector.partition('-')[0]}-{spoil.__name__.replace('_', '-')}"
        if identity in PIECES or not spoil.__doc__:
            raise ValueError(f"{identity}: twice in the museum, or without a word on its fault")
        PIECES[identity] = Piece(identity, species, vector, spoil.__doc__.strip(), spoil, **more)
        return spoil

    return hang


def instead(right: Any, faulty: Any) -> None:
    """Put `faulty` wherever the reference holds the object `right`, by whatever name."""
    count = 0
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES:
            count += exchange(vars(module), right, faulty)
    if not count:
        raise ValueError(f"the reference does not hold {right!r}")


def exchange(names: dict[str, Any], right: Any, faulty: Any) -> int:
    """Exchange it in one module's names and in the tables that they hold; give how often."""
    count = 0
    for name, value in list(names.items()):
        if value is right:
            names[name] = faulty
            count += 1
        elif type(value) is dict and name.isupper():
            count += exchange(value, right, faulty)
    return count


def within(right: Callable[..., Any], replaced: Any, faulty: Any) -> None:
    """Put a fault into one function alone: the part it concerns is right for everybody else."""

    def spoiled(*given: Any) -> Any:
        instead(replaced, faulty)
        try:
            return right(*given)
        finally:
            instead(faulty, replaced)

    instead(right, spoiled)
