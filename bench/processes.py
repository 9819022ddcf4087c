"""Running other programs to measure them: time by the clock and of processors, memory, medians of several rounds."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event, Thread

EVERY = 0.05  # seconds between two looks at the memory
SHOWN = 800  # characters of what a program that failed has said
MEMORY = Path("/dev/shm")  # noqa: S108 measured in, if it is there
Figures = dict[str, float]


@contextmanager
def place() -> Iterator[Path]:
    """Give a folder to measure in, in memory where the system has a place for that."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


def timed(command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None) -> Figures:
    """Run a command; give its seconds, processor seconds of all it starts, and megabytes of the largest process.

    Python keeps what it compiles, as it does unless it is told not to.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=cwd, env={**own, **(environment or {})}, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            told = said.read().decode(errors="replace")[-SHOWN:]
            raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}: {told}")
    return {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss * 1024 / 1e6}


def weighed(command: Sequence[str], cwd: Path) -> Figures:
    """Run a command; give its seconds, and the megabytes of all its processes together at the peak."""
    found = [0.0]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    done = Event()

    def look() -> None:
        while not done.wait(EVERY):
            found[0] = max(found[0], sum(map(_megabytes, _family(process.pid))))

    watcher = Thread(target=look)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        raise RuntimeError(f"{' '.join(command)}: exit code {code}")
    return {"seconds": time.perf_counter() - begun, "megabytes": found[0]}


def medians(turns: Sequence[Mapping[str, Figures]]) -> dict[str, Figures]:
    """Give each figure's median over rounds, by what was measured."""
    return {
        name: {figure: median(turn[name][figure] for turn in turns) for figure in turns[0][name]} for name in turns[0]
    }


def _family(pid: int) -> Iterator[int]:
    """Give a process and all that it started."""
    yield pid
    try:
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in path.read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _megabytes(pid: int) -> float:
    """Give the memory of a process; what several share is divided among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6
