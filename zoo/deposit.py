"""Writing one large file so that it is the old one or the whole new one, whatever stops the writer."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from zoo.errors import ZooError
from zoo.manifest import FILE_MODE
from zoo.system import settle


@contextmanager
def deposit(path: Path, is_ours: Callable[[BinaryIO], bool], *, force: bool) -> Iterator[BinaryIO]:
    """Give a file to fill, which takes the path's place in one step once it is whole and on disk.

    ZooError where something stands there that is_ours does not know, unless forced. A file that is there already with
    the same bytes stays, its time too.
    """
    _refuse_strangers(path, is_ours, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fchmod(descriptor, FILE_MODE)
            os.fsync(descriptor)
            if not _same(new, path):
                new.replace(path)
                settle(path.parent)
    finally:
        new.unlink(missing_ok=True)


def _refuse_strangers(path: Path, is_ours: Callable[[BinaryIO], bool], *, force: bool) -> None:
    if path.is_dir():
        raise ZooError(f"{path} is a folder, expected a file to write to")
    if not force and path.exists():
        with path.open("rb") as file:
            if not is_ours(file):
                raise ZooError(f"{path} was made by no archive command: name another file, or say --force")


def _sweep(path: Path) -> None:
    """Remove what a writer that was killed left behind; what somebody is writing is locked."""
    for left in path.parent.glob(f".{path.name}.*.new"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def _same(new: Path, path: Path) -> bool:
    if not path.is_file() or path.stat().st_size != new.stat().st_size:
        return False
    with path.open("rb") as one, new.open("rb") as other:
        return file_digest(one, "sha256").digest() == file_digest(other, "sha256").digest()
