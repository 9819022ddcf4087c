"""Where a site is made: beside the old one, whose place it takes in one step.

Whatever stops a build, the old site stays whole: nothing in it is touched before the new one is complete and on disk.
Files in the old site that no build made are carried over.

Beside the output `site` stands the workshop `.site.zoo`: the lock, what the last build noted, and the spare, the tree
that was the site before. A build brings the spare up to date and exchanges the two. Both share the inodes of all files
that are the same in them, so that it costs next to no room, and a build of a large zoo as little as what it changes.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from zoo.manifest import MANIFEST, made
from zoo.system import exchange, settle
from zoo.tree import FOLDER_MODE, Staging, mirror

SPARE = "spare"
PREVIOUS = "previous"  # where the old site waits for the new one to take its place, where the two cannot be exchanged


@contextmanager
def workshop(output: Path, waiting: Callable[[], None]) -> Iterator[Path]:
    """Hold the workshop of an output: one build at a time, and nothing left over from one that was killed.

    Files made meanwhile have the same modes whatever the umask.
    """
    folder = output.with_name(f".{output.name}.zoo")
    umask = os.umask(0o777 & ~FOLDER_MODE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("wb") as lock:
            _lock(lock.fileno(), waiting)
            _recover(folder, output)
            yield folder
    finally:
        os.umask(umask)


def _lock(descriptor: int, waiting: Callable[[], None]) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _recover(folder: Path, output: Path) -> None:
    if (folder / PREVIOUS).exists() and not os.path.lexists(output):
        (folder / PREVIOUS).rename(output)
    for left in folder.iterdir():
        if left.is_dir() and left.name != SPARE:
            shutil.rmtree(left, ignore_errors=True)


def moment(folder: Path) -> int:
    """Give the present by the clock of the workshop's file system, in ns: what changes from now on is not older."""
    clock = folder / "lock"
    os.utime(clock)
    return clock.stat().st_mtime_ns


@contextmanager
def staging(workshop: Path, output: Path, known: Mapping[str, str], *, force: bool) -> Iterator[Staging]:
    """Give a new tree to fill, which holds what the old one holds but for files that a build made and are not known."""
    folder = workshop / SPARE
    try:
        there = _mirrored(output, folder)
        ours = made(output).keys() & there
        kept = {name: digest for name, digest in known.items() if name in ours}
        if MANIFEST in there:
            kept[MANIFEST] = sha256((output / MANIFEST).read_bytes()).hexdigest()
        for name in ours - kept.keys():
            (folder / name).unlink()
        yield Staging(str(folder), str(output), kept, frozenset(there - ours - {MANIFEST}), force)
    except BaseException as error:
        if isinstance(error, OSError) or not os.path.lexists(output):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _mirrored(output: Path, folder: Path) -> set[str]:
    """Make the spare hold what the output holds, and give the names of all files in it."""
    if not os.path.lexists(output):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return set()
    folder.mkdir(exist_ok=True)
    return set(mirror(str(output), str(folder)))


def take_place(staging: Staging, output: Path) -> int:
    """Put the new tree where the old one is, which becomes the spare; give a moment after all was written to it."""
    new = Path(staging.folder)
    settle(new)
    settled = moment(new.parent)
    if not os.path.lexists(output):
        new.rename(output)
    elif not exchange(new, output):
        _step_aside(new, output)
    settle(output.parent)
    return settled


def _step_aside(new: Path, output: Path) -> None:
    previous = new.with_name(PREVIOUS)
    output.rename(previous)
    try:
        new.rename(output)
    except OSError:
        previous.rename(output)
        raise
    previous.rename(new)


def clean(output: Path) -> int:
    """Remove what builds made of an output, and nothing else; give the number of files removed."""
    with workshop(output, lambda: None) as folder:
        names = [*made(output), MANIFEST]
        there = [name for name in names if os.path.lexists(output / name) and _is_own(output / name)]
        for name in there:
            (output / name).unlink()
        above = {parent for name in names for parent in (output / name).parents if parent.is_relative_to(output)}
        for parent in sorted(above, reverse=True):  # the deepest first
            with suppress(OSError):
                parent.rmdir()
        shutil.rmtree(folder)
    return len(there)


def _is_own(path: Path) -> bool:
    """Tell whether a path leads through folders alone: behind a link are somebody else's files."""
    return path.parent.resolve() == path.parent
