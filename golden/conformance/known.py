"""Known failures: ids a port may still fail, one a line, # starts a comment. Strict both ways."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from conformance.errors import SuiteError


def read(path: Path) -> frozenset[str]:
    """Give the ids listed; SuiteError if the file cannot be read or lists one twice."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror}") from error
    ids = [found for line in lines if (found := line.partition("#")[0].strip())]
    twice = {each for each in ids if ids.count(each) > 1}
    if twice:
        raise SuiteError(f"{path}: listed twice: {', '.join(sorted(twice))}")
    return frozenset(ids)


def complaints(listed: Iterable[str], existing: Iterable[str], passed: Iterable[str]) -> list[str]:
    """Say what is wrong with the list itself: ids that do not exist, vectors that pass."""
    there, fine = set(existing), set(passed)
    unknown = [
        f"{each}: listed as a known failure, but there is no such vector" for each in listed if each not in there
    ]
    fixed = [f"{each}: listed as a known failure, but it passes; remove it" for each in listed if each in fine]
    return sorted(unknown + fixed)
