"""The ZIP of an archive follows from its files alone: others can read it, and any other byte in it is noticed."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoo import unzipped, zipped
from zoo.unzipped import Broken, read, walk
from zoo.zipped import Entry, Writer, fault_of

FILES = {"a/b-c.txt": b"one", "a/b.txt": b"", "a/bc": b"x" * 70_000, "a/é": b"two"}


def written(files: dict[str, bytes]) -> bytes:
    """Give a ZIP of some files."""
    file = BytesIO()
    writer = Writer(file)
    for name, data in files.items():
        writer.add(name, len(data), [data])
    writer.close()
    return file.getvalue()


def walked(data: bytes) -> dict[str, bytes]:
    """Give the files of a ZIP as verify reads them."""
    file, found = BytesIO(data), {}

    def note(entry: Entry) -> None:
        found[entry.name] = b"".join(read(file, entry))

    walk(file, note)
    return found


names = st.from_regex(r"[a-zé]{1,3}(/[a-z.-]{1,3}[a-z]){0,2}", fullmatch=True)


@given(st.dictionaries(names, st.binary(max_size=50), max_size=6))
def test_what_is_written_is_read(files: dict[str, bytes]) -> None:
    """Python's own reader and ours find every name and every byte."""
    ordered = dict(sorted(files.items(), key=lambda item: item[0].encode()))
    data = written(ordered)
    assert walked(data) == ordered
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == ordered


def test_zip64_only_where_a_number_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With limits drawn close, sizes, offsets and counts go to ZIP64's fields, and others still read them."""
    plain = written(FILES)
    assert b"PK\x06\x06" not in plain
    monkeypatch.setattr(zipped, "MOST_16", 3)
    data = written(FILES)
    assert data.count(b"PK\x06\x06") == 1
    assert walked(data) == FILES
    assert data[: plain.index(b"PK\x01\x02")] == plain[: plain.index(b"PK\x01\x02")]


@pytest.mark.parametrize(
    ("entry", "local", "central"),
    [
        (Entry("x", 2**32 - 2, 1, 0), 0, 0),
        (Entry("x", 2**32 - 1, 1, 0), 20, 20),
        (Entry("x", 2**40, 1, 2**41), 20, 28),
        (Entry("x", 5, 1, 2**32 - 1), 0, 12),
    ],
)
def test_the_fields_of_zip64(entry: Entry, local: int, central: int) -> None:
    """A number of 2^32 − 1 or more stands as all ones, and itself in an extra field of the size APPNOTE gives."""
    header, record = zipped.local_header(entry), zipped.central_header(entry)
    assert struct.unpack_from("<H", header, 28)[0] == local == len(header) - 31
    assert struct.unpack_from("<H", record, 30)[0] == central == len(record) - 47
    numbers = [number for number in (entry.size, entry.size, entry.offset) if number >= 2**32 - 1]
    assert list(struct.unpack_from(f"<{len(numbers)}Q", record, 51)) == numbers if central else not numbers
    assert struct.unpack_from("<H", header, 4)[0] == (45 if local else 20)


def test_more_files_than_16_bits_count_are_read_by_others() -> None:
    """More than 65,535 files need ZIP64, which the standard library reads."""
    files = {f"top/{number:05d}": b"" for number in range(65_600)}
    data = written(files)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == list(files)
    assert walked(data) == files


def test_more_bytes_than_32_bits_count_are_read_by_others(tmp_path: Path) -> None:
    """A file of 5 GiB, here a hole, and one behind it: their sizes and offsets are found, and the second's bytes."""
    large = Entry("a", 5 * 2**30, 0, 0)
    small = Entry("b", 3, zlib.crc32(b"abc"), large.start + large.size)
    with (tmp_path / "x.zip").open("wb") as file:
        for entry, data in ((large, b""), (small, b"abc")):
            file.seek(entry.offset)
            file.write(zipped.local_header(entry) + data)
        for _, part in zipped.directory([large, small], small.start + small.size):
            file.write(part)
    with ZipFile(tmp_path / "x.zip") as archive:
        assert [(info.file_size, info.header_offset) for info in archive.infolist()] == [
            (large.size, 0),
            (3, small.offset),
        ]
        assert archive.read("b") == b"abc"


def test_names_come_in_order_and_once() -> None:
    """The writer refuses a name that is out of order or there already; so does the reader."""
    for files in ({"b": b"", "a": b""}, {"a/é": b"", "a/z": b""}):
        with pytest.raises(ValueError, match="comes before"):
            written(files)
    one = written({"a": b"1"})
    local = one[: one.index(b"PK\x01\x02")]
    with pytest.raises(Broken, match="a comes after a, expected each name once"):
        walked(local + local + one[len(local) :])


def test_a_file_that_changes_while_it_is_packed_is_noticed() -> None:
    """The size was said before the bytes came."""
    with pytest.raises(ValueError, match="a changed while it was packed"):
        Writer(BytesIO()).add("a", 3, [b"12"])


def others(**changes: int) -> bytes:
    """Give a ZIP by Python's own writer, which makes other choices."""
    file = BytesIO()
    with ZipFile(file, "w", compression=changes.get("method", 0)) as archive:
        archive.writestr(ZipInfo("top/a", (2020, 3, 5, 10, 31, 2)), b"1" * 100, changes.get("method", 0))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "byte 0: neither the header of a file nor the directory stands here"),
        (b"GIF89a" * 10, "byte 0: neither the header of a file nor the directory stands here"),
        (others(), "byte 10: top/a: the time in its header is not as `archive` writes it"),
        (others(method=8), "byte 0: top/a: compressed, expected a file as it is"),
        (written({"a": b"1"}) + b"\0", "byte 101: there are bytes behind the end"),
        (written({"a": b"1"})[:-1], "byte 100: the end of the directory is not as `archive` writes it"),
        (written({"a": b"1" * 9})[:35], "byte 35: the ZIP ends inside a"),
    ],
)
def test_what_is_no_archive_is_told(data: bytes, said: str) -> None:
    """Foreign, compressed, longer and shorter files: the place, and what is wrong there."""
    with pytest.raises(Broken) as broken:
        walked(data)
    assert str(broken.value) == said


def test_an_encrypted_file_is_refused() -> None:
    """The flag alone is enough."""
    data = bytearray(written({"a": b"1"}))
    data[6] |= 1
    with pytest.raises(Broken, match="byte 0: a: encrypted, expected a file as it is"):
        walked(bytes(data))


@pytest.mark.parametrize(
    "name",
    ["/a", "../a", "a/../b", "a//b", "a/", "./a", "", "a\\b", "a\nb", "a%41", "a\x7fb", "a\u202eb", "C:\\x"],
)
def test_names_that_lead_elsewhere(name: str) -> None:
    """Absolute paths, steps up, folders and characters that mean something else are refused, by the reader too."""
    assert fault_of(name)
    with pytest.raises(Broken, match="the name"):
        walked(written({name: b""}))


@pytest.mark.parametrize("name", ["a", "a-b/c.d_e", "é/ü ß", ".zoo.json", "a..b", "50 km"])
def test_names_that_do_not(name: str) -> None:
    """Letters of any script, spaces, dots and hyphens are fine."""
    assert fault_of(name) is None


@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_are_read_or_told(data: bytes, cut: int) -> None:
    """Whatever the file holds, the reader ends, and says what is wrong in one way."""
    for file in (data, written(FILES)[:cut] + data):
        with pytest.raises(Broken):
            walked(file)


def test_every_field_has_its_name() -> None:
    """Each byte of a header is told by the field it belongs to."""
    told = [unzipped._field(offset) for offset in range(zipped.HEADER.size)]
    assert list(dict.fromkeys(told)) == list(unzipped._FIELDS)
    assert told[14:18] == ["CRC-32"] * 4
