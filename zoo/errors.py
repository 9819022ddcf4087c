"""What can go wrong, said once: a library raises, only build.py speaks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class ZooError(Exception):
    """A mistake of the user's, whose text is ready to be read."""


class UsageError(ZooError):
    """A command called wrongly."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a file, with the line (from 1) it stands on."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        """Give `path:line: what is wrong, what was expected`."""
        return f"{self.path}:{self.line}: {self.what}"


class ContentError(ZooError):
    """Every mistake found in the content, in order of file and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes sorted."""
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def nearest(name: str, known: Iterable[str]) -> str:
    """Give `, did you mean 'x'?` for the known name most like this one, or list what is known."""
    choices = sorted(known)
    close = difflib.get_close_matches(name, choices, n=1)
    return f", did you mean {close[0]!r}?" if close else f", known: {', '.join(choices)}"
