"""The folder of an archive: `shards/4f/4f….zip` by their SHA-256, and `manifest.json`, which names them in order.

A file takes its name when it is whole, in one step; until then it stands in `unfinished`. A killed run leaves at most
such files, and shards that the next run finds by what they say of themselves.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from generator.model import generators
from zoo.errors import ZooError
from zoo.manifest import FILE_MODE
from zoo.shards import merkle
from zoo.shards.code import code_key
from zoo.shards.drawing import HEADER, VERSION, header, render_shard
from zoo.shards.plan import Galleries, Plan
from zoo.system import settle

FORMAT = "archive of shards"
MANIFEST, ABOUT, SHARDS, UNFINISHED = "manifest.json", "README.txt", "shards", "unfinished"
TOLD = """\
An archive of pictures in shards: ZIP files below shards/, each named by the SHA-256 of its bytes, each with a
README.txt that says what is in it. manifest.json names them in order of their seeds.

merkle_root in manifest.json stands for all of them. It is the Merkle tree hash of RFC 6962, section 2.1, over the 32
bytes of each SHA-256 in order: a leaf is SHA-256(00 digest), a node SHA-256(01 left right), and a list of n > 1 splits
behind the largest power of two below n. Whoever draws the same pictures comes to the same root.
"""
_NAME = re.compile(r"[0-9a-f]{64}")


class Shard(NamedTuple):
    """A shard in a folder: its seeds, its name, its size, and the seconds that drawing it took, if it had to be."""

    seeds: str
    sha256: str
    size: int
    seconds: float = 0.0

    def line(self) -> str:
        """Give the shard as manifests hold it."""
        return json.dumps({"seeds": self.seeds, "sha256": self.sha256, "bytes": self.size})


def path_of(folder: Path, digest: str) -> Path:
    """Give where a shard stands."""
    return folder / SHARDS / digest[:2] / f"{digest}.zip"


@dataclass(frozen=True)
class Task:
    """A shard to have in a folder, the key of the code that draws it, and the file that claims to be it, if any."""

    galleries: Galleries
    folder: Path
    code: str
    found: str | None = None


def place(task: Task) -> Shard:
    """Have a shard in the folder: the one found there if it is whole, else one that is drawn; ZooError if it fails."""
    if task.code != code_key():
        raise ZooError("a worker has other code than this: expected the same version of the zoo everywhere")
    try:
        return _found(task) or _drawn(task)
    except OSError as error:  # a full disk is no failure of the engine
        raise ZooError(f"{error.filename or task.folder}: {error.strerror or error}") from None


def _found(task: Task) -> Shard | None:
    if task.found is None or digest_of(path := path_of(task.folder, task.found)) != task.found:
        return None
    return Shard(task.galleries.seeds, task.found, path.stat().st_size)


def _drawn(task: Task) -> Shard:
    begun = time.perf_counter()
    (task.folder / UNFINISHED).mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=task.folder / UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), FILE_MODE)
            digest, size = sha256(), 0
            for part in render_shard(task.galleries):
                digest.update(part)
                size += file.write(part)
        path = path_of(task.folder, digest.hexdigest())
        path.parent.mkdir(parents=True, exist_ok=True)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return Shard(task.galleries.seeds, digest.hexdigest(), size, time.perf_counter() - begun)


def digest_of(path: Path) -> str | None:
    """Give the SHA-256 of a file, or None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def shards(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name of each shard of a folder, and its header; its bytes are not looked at."""
    for path in sorted((folder / SHARDS).glob("*/*.zip")):
        with suppress(OSError, BadZipFile, KeyError, NotImplementedError, ValueError), ZipFile(path) as shard:
            if _NAME.fullmatch(path.stem):
                yield path.stem, shard.read(HEADER)


def tasks(plan: Plan, folder: Path, numbers: Iterable[int]) -> dict[int, Task]:
    """Give the shards of a plan to have in a folder, by their numbers."""
    known, code = {head: name for name, head in shards(folder)}, code_key()
    wanted = ((number, plan[number]) for number in numbers)
    return {number: Task(own, folder, code, known.get(header(own)) if known else None) for number, own in wanted}


def record(plan: Plan, found: Mapping[int, Shard], **more: Any) -> bytes:
    """Write what a manifest says: which galleries, what more there is to say, and a line a shard in order."""
    size = sum(shard.size for shard in found.values())
    told = {"format": FORMAT, "version": VERSION, **plan.whole.record(), "galleries": plan.whole.galleries}
    told |= {"bytes": size, **more}
    lines = ",\n".join(found[number].line() for number in sorted(found))
    return f'{json.dumps(told, indent=1)[:-2]},\n "shards": [\n{lines}\n]}}\n'.encode()


def finish(plan: Plan, folder: Path, found: Mapping[int, Shard]) -> str:
    """Write the manifest of a folder that has all shards; give the Merkle root."""
    root = root_of(found[number].sha256 for number in range(len(plan)))
    shutil.rmtree(folder / UNFINISHED, ignore_errors=True)
    settle(folder)
    write(folder / ABOUT, TOLD.encode())
    write(folder / MANIFEST, record(plan, found, merkle_root=root))
    return root


def root_of(names: Iterable[str]) -> str:
    """Give the Merkle root of shards by their names, in order."""
    return merkle.root(map(bytes.fromhex, names)).hex()


def write(path: Path, data: bytes) -> None:
    """Write a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


class Listing(NamedTuple):
    """What a manifest says: its plan, its shards, and everything else by name."""

    plan: Plan
    shards: list[Shard]
    told: Mapping[str, Any]


def read(path: Path) -> Listing:
    """Read a manifest, or the note of a part; ZooError where it is none."""
    try:
        told = json.loads(path.read_bytes())
        found = [Shard(str(own["seeds"]), str(own["sha256"]), int(own["bytes"])) for own in told["shards"]]
        listing = Listing(Plan(galleries_of(told)), found, told)
        whole = (told["format"], told["version"]) == (FORMAT, VERSION)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ZooError(f"{path}: not a manifest that can be read ({type(error).__name__}: {error})") from error
    if not whole or not all(_NAME.fullmatch(shard.sha256) for shard in found):
        raise ZooError(f"{path}: not a manifest of an {FORMAT}, version {VERSION}")
    return listing


def galleries_of(told: Mapping[str, Any]) -> Galleries:
    """Give the galleries that a header or a manifest tells of."""
    plural = generators()[told["generator"]].knob.plural
    values = tuple(f"{float(value):.2f}" for value in told[plural])
    return Galleries(str(told["generator"]), str(told["exhibit"]), str(told["seeds"]), values)
