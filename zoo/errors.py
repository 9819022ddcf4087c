"""What can go wrong, said once: a library raises, only build.py speaks."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FORMATS = ("text", "json", "github")


class ZooError(Exception):
    """A mistake of the user's, whose text is ready to be read."""


class UsageError(ZooError):
    """A command called wrongly."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a file, with the line (from 1) it stands on; a warning does not stop a build."""

    path: Path
    line: int
    what: str
    warning: bool = False

    def __str__(self) -> str:
        """Give `path:line: what is wrong, what was expected`."""
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.what}"

    @property
    def severity(self) -> str:
        """Give `error` or `warning`."""
        return "warning" if self.warning else "error"

    def record(self) -> dict[str, str | int]:
        """Give the mistake as the JSON report holds it."""
        return {"file": self.path.as_posix(), "line": self.line, "severity": self.severity, "message": self.what}

    def annotation(self) -> str:
        """Give the mistake as a workflow command that marks the line in GitHub's view of a change."""
        place = _quoted(self.path.as_posix()).replace(":", "%3A").replace(",", "%2C")
        return f"::{self.severity} file={place},line={self.line}::{_quoted(self.what)}"


def _quoted(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


class ContentError(ZooError):
    """Every mistake found in the content, in order of file and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes sorted, each once."""
        self.mistakes = sorted(set(mistakes))
        super().__init__(report(self.mistakes))


def report(mistakes: Iterable[Mistake], form: str = "text") -> str:
    """Write mistakes as lines of text, as one line of JSON, or as GitHub's annotations."""
    if form == "json":
        return json.dumps({"mistakes": [mistake.record() for mistake in mistakes]})
    return "\n".join(mistake.annotation() if form == "github" else str(mistake) for mistake in mistakes)


def nearest(name: str, known: Iterable[str]) -> str:
    """Give `, did you mean 'x'?` for the known name most like this one, or list what is known."""
    choices = sorted(known)
    close = difflib.get_close_matches(name, choices, n=1)
    return f", did you mean {close[0]!r}?" if close else f", known: {', '.join(choices)}"
