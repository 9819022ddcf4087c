"""What a build is asked for, and what it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zoo import HOUSE
from zoo.errors import Mistake


@dataclass(frozen=True)
class Options:
    """What a build is asked for; seeds and stops (by the knob's plural) as they were typed."""

    content: Path
    templates: Path
    output: Path
    golden: Path = HOUSE / "golden"
    base_url: str | None = None
    seeds: str | None = None
    stops: Mapping[str, str] = field(default_factory=dict)
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    force: bool = False
    yes: bool = False
    partial: bool = False  # links to what is not here may pass: it is a part of a zoo

    @property
    def deciding(self) -> dict[str, object]:
        """The options that decide the site's bytes."""
        return {"base_url": self.base_url, "seeds": self.seeds, "stops": dict(self.stops), "drafts": self.drafts}


@dataclass(frozen=True)
class Built:
    """What a build made: counts, bytes in all, how many files it had to write, and what is doubtful in the content.

    notes say what the site goes without, through no mistake of its author's.
    """

    exhibits: int
    galleries: int
    files: int
    size: int
    written: int = 0
    warnings: tuple[Mistake, ...] = ()
    notes: Sequence[str] = ()
