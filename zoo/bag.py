"""A BagIt 1.0 bag in a ZIP: a payload with the digests of its files, and the digests of those lists.

Source: RFC 8493.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import new
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Self

from zoo.zipped import CHUNK, Writer

ALGORITHMS = ("sha256", "sha512")
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
TAGS = (
    "bag-info.txt",
    "bagit.txt",
    *(f"{kind}-{own}.txt" for kind in ("manifest", "tagmanifest") for own in ALGORITHMS),
)
LISTED = TAGS[:4]  # tag files whose digests the tag manifests hold


@dataclass(frozen=True)
class Source:
    """A file to pack: its name in the payload, its size and SHA-256, and its bytes or where they are."""

    name: str
    size: int
    sha256: str
    place: Path | bytes

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in pieces."""
        if isinstance(self.place, bytes):
            yield self.place
            return
        with self.place.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def source(name: str, place: Path | bytes) -> Source:
    """Give a file to pack, which is read once to know it."""
    known = Source(name, 0, "", place)
    size, digest = 0, new("sha256")
    for chunk in known.chunks():
        size += len(chunk)
        digest.update(chunk)
    return Source(name, size, digest.hexdigest(), place)


def info(labels: Mapping[str, str], size: int, count: int) -> bytes:
    """Write bag-info.txt: the labels, each value on one line, and how many bytes and files the payload has."""
    lines = [f"{label}: {' '.join(value.split())}\n" for label, value in labels.items()]
    return "".join([*lines, f"Payload-Oxum: {size}.{count}\n"]).encode()


def line(digest: str, name: str) -> bytes:
    """Give the line of a manifest that says a file's digest."""
    return f"{digest}  {name}\n".encode()


def pack(file: BinaryIO, top: str, sources: Sequence[Source], labels: Mapping[str, str]) -> None:
    """Write a bag into an empty file as a ZIP with one folder, top; ValueError where a file is no longer as it was.

    Takes the memory of the names alone, however large the files are.
    """
    payload = sorted(sources, key=lambda own: own.name.encode())
    about = info(labels, sum(own.size for own in payload), len(payload))
    writer = Writer(file)
    with Lists() as tags, Lists() as manifests:
        for name, data in (("bag-info.txt", about), ("bagit.txt", DECLARATION)):
            writer.add(f"{top}/{name}", len(data), tags.noting(name, [data]))
        for own in payload:
            writer.add(f"{top}/{PAYLOAD}{own.name}", own.size, manifests.noting(PAYLOAD + own.name, own.chunks()))
            if manifests.last["sha256"] != own.sha256:
                raise ValueError(f"{own.name} changed while it was packed")
        for algorithm in ALGORITHMS:
            name = f"manifest-{algorithm}.txt"
            writer.add(f"{top}/{name}", manifests.size(algorithm), tags.noting(name, manifests.text(algorithm)))
        for algorithm in ALGORITHMS:
            writer.add(f"{top}/tagmanifest-{algorithm}.txt", tags.size(algorithm), tags.text(algorithm))
    writer.close()


class Lists:
    """Manifests in the making, one for each algorithm, kept on disk."""

    def __init__(self) -> None:
        """Begin with no line."""
        self.last: dict[str, str] = {}  # the digests of the last file by algorithm
        self._files = {algorithm: TemporaryFile() for algorithm in ALGORITHMS}  # noqa: SIM115 closed at the exit

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget the lines."""
        for file in self._files.values():
            file.close()

    def noting(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the bytes of a file on, then note its digests."""
        digests = {algorithm: new(algorithm) for algorithm in ALGORITHMS}
        for chunk in chunks:
            for digest in digests.values():
                digest.update(chunk)
            yield chunk
        self.last = {algorithm: digest.hexdigest() for algorithm, digest in digests.items()}
        for algorithm, noted in self.last.items():
            self._files[algorithm].write(line(noted, name))

    def size(self, algorithm: str) -> int:
        """Give the size of a manifest."""
        return self._files[algorithm].tell()

    def text(self, algorithm: str) -> Iterator[bytes]:
        """Give a manifest in pieces."""
        self._files[algorithm].seek(0)
        while chunk := self._files[algorithm].read(CHUNK):
            yield chunk
