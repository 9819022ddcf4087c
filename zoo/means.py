"""What a build works with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from zoo.inputs import Inputs
from zoo.notes import Note
from zoo.options import Options
from zoo.workers import Workers

Progress = Callable[[int, int], None]  # galleries done, galleries in all


@dataclass(frozen=True)
class Last:
    """What the last build left: the keys of the site's parts by folder, its notes of exhibits by slug.

    damaged names the folders that hold files which are not as that build made them; of those there are no notes.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    damaged: Collection[str] = ()


@dataclass(frozen=True)
class Means:
    """What a build works with: what is asked for, what it is made from, what the last build left, and who helps."""

    options: Options
    inputs: Inputs
    last: Last
    workers: Workers
    progress: Progress
