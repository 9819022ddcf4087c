"""One mutant before the suites: a process of its own takes the changed module for the real one and answers vectors.

What is judged, and how, is the runner's. Only the pipe between runner and adapter is left out, but for mutants of the
adapter itself: those the runner starts and asks everything, questions about the protocol included.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

from bench.mutation.changed import Changed
from bench.mutation.mutants import Mutant
from bench.mutation.questions import SURVIVED, Limits, Options, Question, Run, first_failure, load, names

ADAPTER = "generator.__main__"
SECONDS = 20  # of processor time: a mutant that takes longer is killed
BYTES = 4 * 2**30
STATUS = Path("/proc/self/statm")  # pages, on Linux


def started(mutant: Mutant, asked: Sequence[Question]) -> tuple[int, int]:
    """Start a process that tries the mutant; give its id, and the descriptor on which it says what killed it."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        verdict = "raised"
        try:
            _confine()
            verdict = _as_port(mutant) if mutant.module == ADAPTER else _in_place(mutant, asked)
        finally:
            os.write(tell, verdict.encode() or b"-")
            os._exit(0)
    os.close(tell)
    return child, told


def ended(child: int, told: int) -> str:
    """Give what a trial has said: the id of a vector, SURVIVED, or that it raised or was stopped."""
    with os.fdopen(told, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return {"-": SURVIVED, "": "stopped"}.get(said, said)


def _in_place(mutant: Mutant, asked: Sequence[Question]) -> str:
    Changed(mutant.module, mutant.source).take_over()
    return first_failure(asked)


def _as_port(mutant: Mutant) -> str:
    os.environ.pop("PYTHONUNBUFFERED", None)  # it would flush where the adapter does not
    os.environ["PYTHONIOENCODING"] = "ascii"  # nor may it rely on the terminal's
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "mutant.py")
        text.write_text(mutant.source, encoding="utf-8")
        command = [sys.executable, "-m", "bench.mutation.port", str(text)]
        limits = Limits(answer=SECONDS / 4, hello=SECONDS / 2)
        for suite in map(load, names()):
            report = Run(command, suite, Options(limits=limits)).report()
            failed = [outcome.vector.id for outcome in report.outcomes if outcome.status != "passed"]
            if failed or report.breaches:
                return failed[0] if failed else "protocol"
    return SURVIVED


def _confine() -> None:
    """Bound time and memory, and let nothing be said."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if STATUS.is_file():  # what this process has mapped already is not the mutant's
        bytes_more = BYTES + int(STATUS.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (bytes_more, bytes_more))
    signal.alarm(8 * SECONDS)
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
