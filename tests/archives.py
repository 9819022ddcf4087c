"""Archives for the tests: a small one, and what it takes to change one and repair all its digests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from sites import EXHIBIT, content

import build
from zoo import bag

ROOT = Path(__file__).parent.parent
ORBIT = EXHIBIT.replace("mini-digits", "chromatic-orbit").replace("temperatures: 0.50, 0.75", "energies: 1")
DATED = ORBIT.replace("title:", "date: 2026-02-03\ntitle:")
DATA = "a-zoo/data/"


def packed(folder: Path, *args: str) -> Path:
    """Pack a zoo of two exhibits and give the archive."""
    content(folder / "content", a=EXHIBIT, b=DATED)
    where = ["--content", str(folder / "content"), "--output", str(folder / "site"), "-o", str(folder / "a.zip")]
    assert build.main(["archive", *where, *args]) == 0
    return folder / "a.zip"


def entries(path: Path) -> dict[str, bytes]:
    """Give the files of an archive by name, as the standard library reads them."""
    with ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def unpacked(path: Path, folder: Path) -> Path:
    """Unpack an archive and give its payload's folder."""
    with ZipFile(path) as archive:
        archive.extractall(folder)
    return next(folder.glob("*/data"))


def repacked(path: Path, changes: Mapping[str, bytes]) -> Path:
    """Change files of the payload and repair every digest that the bag and the crate hold of them."""
    files = {name.removeprefix(DATA): data for name, data in entries(path).items() if name.startswith(DATA)}
    files |= changes
    described = json.loads(files["ro-crate-metadata.json"])
    for own in described["@graph"]:
        if own["@id"] in changes:
            own |= {"sha256": sha256(changes[own["@id"]]).hexdigest(), "contentSize": str(len(changes[own["@id"]]))}
    files["ro-crate-metadata.json"] = json.dumps(described).encode()
    write(path, files)
    return path


def write(path: Path, files: Mapping[str, bytes], top: str = "a-zoo") -> None:
    """Write a payload as a bag."""
    with path.open("wb") as file:
        bag.pack(file, top, [bag.source(name, data) for name, data in files.items()], {"Bagging-Date": "2026-02-03"})


def tiny(files: Mapping[str, bytes] | None = None) -> bytes:
    """Give the bytes of the smallest archive that verifies, or of one with these files."""
    file = BytesIO()
    payload = {"a.txt": b"one\n", "folder/ä.txt": b"two\n", "ro-crate-metadata.json": b'{"@graph": []}\n'}
    sources = [bag.source(name, data) for name, data in (payload if files is None else files).items()]
    bag.pack(file, "top", sources, {})
    return file.getvalue()


@cache
def pythons() -> list[str]:
    """Give a Python of each version from 3.11 on that is here: this one, and what the PATH and pyenv have."""
    names = [f"python3.{minor}" for minor in range(11, 15)]
    found = [shutil.which(name) for name in names]
    found += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3"))]
    versions = {_version(path): path for path in [*(path for path in found if path), sys.executable]}
    return [path for version, path in sorted(versions.items()) if version >= (3, 11)]


def _version(path: str) -> tuple[int, ...]:
    command = [path, "-c", "import sys; print(*sys.version_info[:2])"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else ()
