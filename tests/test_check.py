"""`check` finds what is wrong with a built site, and names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sites import EXHIBIT, content, run

import build


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a site that was built, in the current folder."""
    monkeypatch.chdir(tmp_path)
    content(tmp_path / "content", a=EXHIBIT)
    assert run(tmp_path) == 0
    return tmp_path / "site"


def check(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Check the site of the current folder and give the exit code and the findings."""
    capsys.readouterr()
    code = build.main(["check", "--output", "site"])
    return code, capsys.readouterr().err.splitlines()


def test_a_good_site_passes(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is found in a site as it was built, whatever else lies in its folder."""
    (built / "CNAME").write_text("zoo.example")
    assert check(capsys) == (0, [])


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put other bytes in a file."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


CHANGED, UNLIKE = "changed since it was built", "missing, or not what the generator draws"
GONE = "cannot be read: No such file or directory"


def test_a_changed_pixel_is_found(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One bit of a picture, and the manifest and the generator both speak."""
    path = built / "a/gallery/7/0.50.png"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert check(capsys) == (1, [f"site/a/gallery/7/0.50.png: {CHANGED}", f"site/a/gallery/7/0.50.png: {UNLIKE}"])


def test_a_changed_number_is_found(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One digit of a JSON file."""
    replace(built / "a/gallery/7/0.50.json", b'"seed":7', b'"seed":8')
    assert check(capsys) == (1, [f"site/a/gallery/7/0.50.json: {CHANGED}", f"site/a/gallery/7/0.50.json: {UNLIKE}"])


def test_a_missing_file_is_found(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is gone."""
    (built / "a/gallery/1/0.75.png").unlink()
    found = [f"site/a/gallery/1/0.75.png: {GONE}", f"site/a/gallery/1/0.75.png: {UNLIKE}"]
    code, lines = check(capsys)
    assert (code, lines[:2]) == (1, found)


def test_a_wrong_digest_with_a_repaired_manifest_is_found(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever mends the manifest does not deceive the generator."""
    grid = built / "a/grid.json"
    digest = json.loads(grid.read_bytes())["pixels_sha256"][0][0]
    replace(grid, digest.encode(), b"0" * 64)
    (built / ".zoo.json").write_text(json.dumps({"files": {"index.html": "x"}}))
    code, lines = check(capsys)
    assert code == 1
    assert f"site/a/grid.json: gallery/7/0.50 has pixels_sha256 {'0' * 64}, the generator draws {digest}" in lines


@pytest.mark.parametrize("harm", ["", "{}", "[1]", '{"generator":"mini-digits"}', '{"generator":"none"}', "\xff"])
def test_a_grid_that_is_none_is_named(harm: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A grid.json that no build wrote is a finding, not a traceback."""
    (built / "a/grid.json").write_bytes(harm.encode("latin-1"))
    code, lines = check(capsys)
    assert code == 1
    assert lines[1].startswith("site/a/grid.json: not a grid that a build wrote")


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("<a href=gone.html>", "gone.html leads to no file of the site"),
        ("<img src='../x.png?y'>", "../x.png?y leads to no file of the site"),
        ("<a href='b/'>", "b/ leads to no file of the site"),
        ("<a href='../index.html#nowhere'>", "../index.html#nowhere leads to no element of index.html"),
        ("<img srcset='../index.html 1x, y.png 2x'>", "y.png leads to no file of the site"),
        ("<p id=twice><p id=twice>", "the id 'twice' is given 2 times"),
    ],
)
def test_a_broken_link_is_found(link: str, what: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link to nowhere, to a folder or to no element, with its page."""
    page = built / "a/index.html"
    page.write_bytes(page.read_bytes() + b"\n" + link.encode())
    code, lines = check(capsys)
    assert code == 1
    assert lines[0] == f"site/a/index.html: {CHANGED}"
    assert lines[1].startswith("site/a/index.html:")
    assert lines[1].endswith(what)


def test_links_that_lead_somewhere_are_none(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Links to other hosts, to the top, to elements and to escaped names are left in peace."""
    page = built / "a/index.html"
    links = "<a href='https://example.org/x'><a href='#top'><a href='../a/index.html#é'><a href='mailto:a@b.example'>"
    shown = "<!-- <a href=gone> --><script>'<a href=gone>'</script><p id=é><a href='../a/gallery/7/0%2e50.png'>"
    page.write_text(page.read_text(encoding="utf-8") + links + shown, encoding="utf-8")
    assert check(capsys) == (1, [f"site/a/index.html: {CHANGED}"])


def test_no_site_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds no site, or that is not there, fails the check."""
    assert build.main(["check", "--output", str(tmp_path / "none")]) == 1
    assert "no such file, expected a built site" in capsys.readouterr().err
