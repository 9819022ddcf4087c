"""Building again and again while somebody writes, in a process each that already stood ready for it.

A process loads all that a build needs and waits for the word; so nothing of one build is left over in the next, and
yet no edit waits for an import. When code changes, the one that stands ready is sent away for one that has read it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep

from zoo import HOUSE

PAUSE = 0.05  # seconds between two looks at the sources
SETTLED = 0.02  # seconds a source has to stay as it is: some programs write a file in several goes
READY = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import build, generator.model, zoo.making, zoo.site, zoo.workers
generator.model.generators()
zoo.workers.calm()
sys.stdin.readline() or sys.exit()
sys.exit(build.main(sys.argv[1:]))
"""

Stamps = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Job:
    """What to build: the arguments of build.py, the folders it is built from, and those of them that are code."""

    arguments: Sequence[str]
    sources: Sequence[Path]
    code: Sequence[Path]


def keep_built(job: Job, tell: Callable[[str], None], say: Callable[[str], None]) -> None:
    """Start building in the background: now, and after each change of the sources.

    tell is called after each build with what is wrong, which is nothing after a good one; say with what it printed.
    """
    Thread(target=_build_for_ever, args=(job, tell, say), daemon=True).start()


def _build_for_ever(job: Job, tell: Callable[[str], None], say: Callable[[str], None]) -> None:
    built: Stamps | None = None
    ready = _Builder(job)
    while True:
        seen = _settled(job.sources)
        if seen == built:
            sleep(PAUSE)
            continue
        built = seen  # of before the build: what is edited meanwhile is built next
        done = ready.build()
        tell((done.stderr.strip() or "the build failed") if done.returncode else "")
        say((done.stderr + done.stdout).strip())
        ready = _Builder(job)


class _Builder:
    """A process that stands ready to build once."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._start()

    def _start(self) -> None:
        self._code = stamps(self._job.code)
        self._process = subprocess.Popen(  # noqa: S603 our own
            [sys.executable, "-c", READY, str(HOUSE), *self._job.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )

    def build(self) -> subprocess.CompletedProcess[str]:
        """Build, with the code as it is now."""
        if stamps(self._job.code) != self._code:
            self._process.communicate("")
            self._start()
        out, wrong = self._process.communicate("\n")
        return subprocess.CompletedProcess([], self._process.returncode, out, wrong)


def _settled(sources: Iterable[Path]) -> Stamps:
    """Give the stamps of the sources once they stay the same."""
    seen = stamps(sources)
    while True:
        sleep(SETTLED)
        again = stamps(sources)
        if again == seen:
            return seen
        seen = again


def stamps(sources: Iterable[Path]) -> Stamps:
    """Give every file of some folders, or those files, with what changes when it does."""
    return dict(_stamps(sources))


def _stamps(sources: Iterable[Path]) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in _files(sources):
        try:
            found = os.stat(path)  # noqa: PTH116 looked at many times a second
        except FileNotFoundError:
            continue
        yield path, (found.st_mtime_ns, found.st_size)


def _files(sources: Iterable[Path]) -> Iterator[str]:
    for source in sources:
        if source.is_file():
            yield str(source)
        for parent, folders, names in os.walk(source):
            folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
            yield from (f"{parent}/{name}" for name in names if not name.startswith("."))
