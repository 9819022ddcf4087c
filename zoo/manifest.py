"""What a site says of itself: every file that a build made, with its SHA-256, and which are there as they were made."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from json.encoder import encode_basestring_ascii
from pathlib import Path

from zoo.errors import ZooError
from zoo.placed import Stamp

MANIFEST = ".zoo.json"
FILE_MODE = 0o644
LINES = 4096  # of the manifest, written at once


def encoded(files: Mapping[str, str]) -> bytes:
    """Write the manifest: names in order, each with its SHA-256."""
    names = sorted(files)
    parts = (names[start : start + LINES] for start in range(0, len(names), LINES))  # so that it is held but once
    lines = (",\n".join([f'{encode_basestring_ascii(name)}: "{files[name]}"' for name in part]) for part in parts)
    return b"".join((b'{\n"files": {\n', b",\n".join(line.encode() for line in lines), b"\n}\n}\n"))


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


def stamp(path: str) -> Stamp | None:
    """Give the stamp of a plain file with the mode of ours, or None where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return stamp_of(found) if found.st_mode == stat.S_IFREG | FILE_MODE else None


def stamp_of(found: os.stat_result) -> Stamp:
    """Give a file's stamp as what the system says of it has it."""
    return found.st_mtime_ns, found.st_size, found.st_ino


def whole(output: Path, files: Mapping[str, str], stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Give those files that are there as the last build made them, with their stamps.

    A file whose stamp is the one that was noted is taken at its word; any other is read.
    """
    found = {}
    for name, digest in files.items():
        path = f"{output}/{name}"
        own = stamp(path)
        if own is not None and (stamps.get(name) == own or _digest(path) == digest):
            found[name] = own
    return found


def _digest(path: str) -> str | None:
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None
