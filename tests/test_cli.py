"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sites import EXHIBIT, content, run, tree

import build
from generator.model import Generator
from zoo.conformance.results import notes

ROOT = Path(__file__).parent.parent
BUILD = [sys.executable, str(ROOT / "build.py")]


def sample(capsysbinary: pytest.CaptureFixture[bytes], *args: str) -> bytes:
    """Give what `sample` writes."""
    assert build.main(["sample", *args]) == 0
    return capsysbinary.readouterr().out


def test_a_sample_is_the_very_file_of_the_site(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], species: Generator
) -> None:
    """JSON and PNG of every stop equal the site's files, byte for byte, also written to a file."""
    head = f"---\ntitle: A\ndescription: B\ngenerator: {species.name}\nseeds: 4294967295\n---\n"
    content(tmp_path / "content", a=head)
    assert run(tmp_path) == 0
    capsysbinary.readouterr()
    files = {name: data for name, data in tree(tmp_path / "site").items() if "gallery" in name}
    assert len(files) == 2 * len(species.knob.stops())
    for name, data in sorted(files.items())[:6]:
        stop, form = name.rsplit("/", 1)[1].rsplit(".", 1)
        args = [species.name, "--seed", "4294967295", f"--{species.knob.name}", stop, "--format", form]
        assert sample(capsysbinary, *args) == data
        assert sample(capsysbinary, *args, "-o", str(tmp_path / "out")) == b""
        assert (tmp_path / "out").read_bytes() == data


def test_a_sample_is_text_by_default(capsysbinary: pytest.CaptureFixture[bytes], species: Generator) -> None:
    """Without more words: the readout of the default gallery, a line a sample."""
    lines = sample(capsysbinary, species.name).decode().splitlines()
    assert len(lines) == species.samples
    assert (
        sample(capsysbinary, species.name, f"--{species.knob.name}={species.knob.default}").decode().splitlines()
        == lines
    )


def test_a_build_says_one_line(tmp_path: Path) -> None:
    """In a pipe: nothing on stderr; on stdout one line with counts, time and place, and what was never measured."""
    content(tmp_path / "content", a=EXHIBIT)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    done = subprocess.run([*BUILD, *where], capture_output=True, text=True, check=True, encoding="utf-8")
    files = len(tree(tmp_path / "site")) - 1  # all but the manifest
    expected = rf"1 exhibit, 6 galleries, {files} files, \d\.\d MB, {files} written in \d+\.\d\d s → {tmp_path}/site\n"
    expected += "".join(re.escape(f"note: {note}\n") for note in notes(build._shown(ROOT / "golden")))
    assert re.fullmatch(expected, done.stdout)
    assert done.stderr == ""


def test_a_terminal_sees_a_bar(tmp_path: Path) -> None:
    """On a terminal a bar is drawn, and wiped at the end."""
    content(tmp_path / "content", a=EXHIBIT)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    ours, theirs = pty.openpty()
    subprocess.run([*BUILD, *where], stderr=theirs, stdout=subprocess.DEVNULL, check=True)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "█ 6 of 6 galleries" in shown
    assert shown.endswith("\r\x1b[K")


WRONG = {
    "an unknown command": (["bild"], "invalid choice: 'bild'"),
    "an unknown option": (["--colour", "red"], "unknown argument --colour"),
    "an abbreviated option": (["--out", "x"], "unknown argument --out"),
    "a knob without a value": (["--temperatures"], "--temperatures: expected a value after it"),
    "a misspelt knob": (["--temperature", "1"], "unknown argument --temperature, did you mean 'temperatures'?"),
    "a bad seed": (["--seeds", "x"], "'x' is not a seed"),
    "a stop out of bounds": (["--temperatures", "9"], "temperature 9.00 lies outside 0.35 to 1.50"),
    "no process": (["--jobs", "0"], "--jobs: 0 is not a number of processes"),
    "an unknown species": (["sample", "mini-digit"], "no exhibit 'mini-digit', did you mean 'mini-digits'?"),
    "a sample of two seeds": (["sample", "mini-digits", "--seed", "0:2"], "'0:2' is a range, expected one seed"),
    "a temperature that is none": (["sample", "mini-digits", "--temperature", "nan"], "'nan' is not a finite number"),
    "another's knob": (["sample", "mini-digits", "--energy", "1"], "unknown argument --energy"),
    "a check of a word": (["check", "word"], "unknown argument word"),
}


@pytest.mark.parametrize(("args", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_call_has_exit_code_2(
    args: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each wrong call is answered on stderr, and nothing is built."""
    content(tmp_path / "content", a=EXHIBIT)
    where = [] if args[0] in ("sample", "check", "bild") else ["--content", str(tmp_path / "content")]
    output = [] if args[0] in ("sample", "check", "bild") else ["--output", str(tmp_path / "site")]
    assert build.main([*where, *output, *args]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert not (tmp_path / "site").exists()


def test_no_content_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A content folder that is not there is told as one line."""
    assert run(tmp_path) == 1
    told = capsys.readouterr().err
    assert told == f"{tmp_path}/content/index.md:1: no such file, expected the zoo's front page\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where a folder has to be is one line, no traceback."""
    content(tmp_path / "content", a=EXHIBIT)
    (tmp_path / "file").write_text("x")
    assert run(tmp_path, "--output", str(tmp_path / "file")) == 1
    assert run(tmp_path, "--output", str(tmp_path / "file/site")) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == f"{tmp_path}/file is a file, expected a folder to write the site to"
    assert "Not a directory" in second or "File exists" in second


def test_help_is_fast_and_loads_nothing() -> None:
    """--help names the commands and imports no library of ours."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *BUILD[1:], "--help"], capture_output=True, text=True, check=True
    )
    assert "sample" in done.stdout
    assert not re.search(r"\b(numpy|jinja2|markdown|yaml)\b", done.stderr)


def test_a_reader_that_leaves_is_no_traceback() -> None:
    """`sample … | head` ends in silence."""
    command = f"{sys.executable} {ROOT}/build.py sample mini-digits --format json | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
