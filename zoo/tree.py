"""The files of a site: those a build made, known by their digests, and those that are somebody else's.

A new tree is filled beside the old one. What did not change is linked from there, so that its modification time stays.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from zoo.errors import ZooError

MANIFEST = ".zoo.json"  # every file a build made, with its SHA-256
FILE_MODE, FOLDER_MODE = 0o644, 0o755


class Placed(NamedTuple):
    """A file of the new tree: its name, the SHA-256 of its bytes, and whether it had to be written."""

    name: str
    digest: str
    written: bool


@dataclass(frozen=True)
class Staging:
    """A tree in the making, and the old one it will replace, whose files and digests are in `known`."""

    folder: str
    old: str
    known: Mapping[str, str] = field(default_factory=dict)

    def put(self, name: str, data: bytes) -> Placed:
        """Place a file: linked from the old tree where its bytes are the same there."""
        digest = sha256(data).hexdigest()
        same = _read(f"{self.old}/{name}") == data
        if same:
            link(f"{self.old}/{name}", f"{self.folder}/{name}")
        else:
            _write(f"{self.folder}/{name}", data)
        return Placed(name, digest, not same)

    def recall(self, name: str) -> bytes | None:
        """Give the bytes of a file that is in the old tree as the last build made it, or None where it is not."""
        data = _read(f"{self.old}/{name}") if name in self.known else None
        return data if data is not None and sha256(data).hexdigest() == self.known[name] else None

    def keep(self, name: str) -> Placed:
        """Link a file of the old tree that was recalled."""
        link(f"{self.old}/{name}", f"{self.folder}/{name}")
        return Placed(name, self.known[name], written=False)


def _read(path: str) -> bytes | None:
    """Give the bytes of a plain file with the mode of ours, or None."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        mode = os.fstat(descriptor).st_mode
        return file.read() if mode == 0o100000 | FILE_MODE else None


def _write(path: str, data: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 a Path a file costs as much as the write
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        written = 0
        while written < len(data):
            written += os.write(file.fileno(), memoryview(data)[written:])


def link(source: str, target: str) -> None:
    """Give a file a second name, in a folder that is made if need be; a copy where there are no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except FileNotFoundError:
        if os.path.isdir(os.path.dirname(target)):  # noqa: PTH112, PTH120 as above
            raise
        os.makedirs(os.path.dirname(target))  # noqa: PTH103, PTH120
        link(source, target)
    except OSError:  # not every file system has links
        shutil.copy2(source, target, follow_symlinks=False)


def manifest(files: Mapping[str, str]) -> bytes:
    """Write the manifest: names in order, each with its SHA-256."""
    return (json.dumps({"files": dict(sorted(files.items()))}, indent=0) + "\n").encode()


def made(output: Path) -> dict[str, str]:
    """Give the files a build made with their digests; none where no build made any."""
    try:
        found = json.loads((output / MANIFEST).read_bytes())["files"]
        return {_inside(name): str(digest) for name, digest in found.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ZooError(f"{output / MANIFEST} cannot be read ({error}); delete it and say --force to rebuild") from error


def _inside(name: str) -> str:
    if name.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"{name!r} is no file of the site")
    return name


def intact(output: Path, files: Mapping[str, str]) -> bool:
    """Tell whether every file is there with the bytes the last build gave it."""
    old = Staging("", str(output), files)
    return all(old.recall(name) is not None for name in files)


def strangers(output: Path, known: Mapping[str, str]) -> Iterator[str]:
    """Give every file, link and empty folder of a tree that no build made."""
    for parent, folders, names in os.walk(output, onerror=_raise):
        here = Path(parent).relative_to(output)
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted(names + links):
            path = (here / name).as_posix()
            if path not in known and path != MANIFEST:
                yield path
        if not folders and not names and parent != str(output):
            yield here.as_posix()


def _raise(error: OSError) -> None:
    raise error
