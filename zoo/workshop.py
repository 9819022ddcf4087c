"""Where a site is made: beside the old one, whose place it takes in one step.

Whatever stops a build, the old site stays whole: nothing in it is touched before the new one is complete and on disk.
Files in the old site that no build made are carried over.

Beside the output `site` stands the workshop `.site.zoo`: the lock, trees in the making, and what the last build noted.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from zoo.errors import ZooError
from zoo.system import exchange, settle
from zoo.tree import FOLDER_MODE, MANIFEST, Staging, link, made, strangers

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
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def staging(workshop: Path, output: Path) -> Iterator[Staging]:
    """Give a new tree to fill; it is gone afterwards, unless it took the old one's place."""
    folder = tempfile.mkdtemp(prefix="tree-", dir=workshop)
    os.chmod(folder, FOLDER_MODE)  # noqa: PTH101
    try:
        yield Staging(folder, str(output), made(output))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take_place(staging: Staging, output: Path, *, force: bool) -> None:
    """Put the new tree where the old one is, with the files in the old one that no build made."""
    new = Path(staging.folder)
    if os.path.lexists(output):
        _carry_over(staging, force=force)
    settle(new)
    if not os.path.lexists(output):
        new.rename(output)
    elif not exchange(new, output):
        _step_aside(new, output)
    settle(output.parent)


def _step_aside(new: Path, output: Path) -> None:
    previous = new.with_name(PREVIOUS)
    output.rename(previous)
    try:
        new.rename(output)
    except OSError:
        previous.rename(output)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _carry_over(staging: Staging, *, force: bool) -> None:
    for name in strangers(Path(staging.old), staging.known):
        source, target = Path(staging.old, name), Path(staging.folder, name)
        is_folder = source.is_dir() and not source.is_symlink()
        if is_folder and target.is_dir():
            continue
        if _taken(target, staging):
            if not force:
                raise ZooError(f"{source} was made by no build, and the site needs its place: move it, or say --force")
        elif is_folder:
            target.mkdir(parents=True)
        else:
            link(str(source), str(target))


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


def _taken(target: Path, staging: Staging) -> bool:
    """Tell whether the new tree has something at a path, or a file where the path has a folder."""
    above = (path for path in target.parents if path.is_relative_to(staging.folder))
    return os.path.lexists(target) or any(path.is_file() for path in above)
