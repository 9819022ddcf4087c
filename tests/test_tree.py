"""A tree is what its manifest says, whichever way its files were placed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoo import manifest
from zoo.errors import ZooError
from zoo.placed import Files
from zoo.tree import Staging

FILES = {f"a/{i}/{name}": name.encode() * (i + 1) for i in range(3) for name in ("x.png", "x.json", "ü.json")}
DIGESTS = {name: sha256(data).hexdigest() for name, data in FILES.items()}


@given(st.dictionaries(st.text(), st.text("0123456789abcdef", min_size=64, max_size=64)))
def test_a_manifest_is_json(files: dict[str, str]) -> None:
    """Whatever the names, a reader of JSON finds them in order, a line each."""
    data = manifest.encoded(files)
    found = json.loads(data)["files"]
    assert found == files
    assert list(found) == sorted(files)
    assert data.count(b"\n") == 4 + max(len(files), 1)


def put(folder: Path, known: dict[str, str], strangers: frozenset[str] = frozenset()) -> Files:
    """Place all files."""
    return Staging(str(folder), str(folder), known, strangers).put_all(FILES.items())


def test_all_at_once(tmp_path: Path) -> None:
    """Of a new tree all files are written; of one that has them none; of one that has others what is not the same."""
    fresh = put(tmp_path, {})
    assert fresh.digests == DIGESTS
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == FILES
    assert fresh.fresh == {name: manifest.stamp(str(tmp_path / name)) for name in FILES}
    assert put(tmp_path, DIGESTS).fresh == {}
    (tmp_path / "a/1/x.png").write_bytes(b"other")
    again = put(tmp_path, DIGESTS | {"a/1/x.png": sha256(b"other").hexdigest()})
    assert list(again.fresh) == ["a/1/x.png"]
    assert (tmp_path / "a/1/x.png").read_bytes() == FILES["a/1/x.png"]


def test_what_stands_in_the_way(tmp_path: Path) -> None:
    """An empty folder where a file belongs is refused without --force, told of or not."""
    (tmp_path / "a/1/x.png").mkdir(parents=True)
    for strangers in (frozenset[str](), frozenset({"a/1/x.png"})):
        with pytest.raises(ZooError, match="was made by no build"):
            put(tmp_path, {}, strangers)
        for path in tmp_path.glob("a/*/*.*"):
            if path.is_file():
                path.unlink()
