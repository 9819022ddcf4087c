"""Whatever stops a build, the site is whole, the old one or the new one, and the next build needs no help."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sites import EXHIBIT, content, run, tree

from zoo import workshop

ROOT = Path(__file__).parent.parent
KILLS = int(os.environ.get("KILLS", "12"))
SEEDS = ["0:2", "1:5"]  # what the two sites differ in


def sites(folder: Path) -> list[dict[str, bytes]]:
    """Build two sites in turn and give what they hold; the second is left in place."""
    content(folder / "content", a=EXHIBIT)
    (folder / "site").mkdir()
    found = []
    for seeds in SEEDS:
        assert run(folder, "--seeds", seeds) == 0
        (folder / "site/keep").write_text("mine")
        found.append(tree(folder / "site"))
    return found


STEPS = [(os, name) for name in ("open", "write", "link", "mkdir", "rename", "replace", "unlink", "rmdir")]
OURS = [(workshop, "settle"), (workshop, "exchange")]


@contextmanager
def failing(number: int, code: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let one step that changes the disk fail, counted from the build's first; tells which steps it saw."""
    seen: list[str] = []

    def wrapped(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if name != "open" or args[1] & os.O_CREAT:
                seen.append(name)
                if len(seen) == number:
                    raise OSError(code, os.strerror(code), name)
            return step(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for place, name in (*STEPS, *OURS):
            patch.setattr(place, name, wrapped(name, getattr(place, name)))
        yield seen


@pytest.mark.parametrize("way", [(errno.ENOSPC, True), (errno.EACCES, False)], ids=["full disk", "no exchange"])
def test_a_step_that_fails_leaves_a_whole_site(
    way: tuple[int, bool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """Each step of a build fails once: the site is the old one or the new one, and success means the new one."""
    code, exchanging = way
    whole = sites(tmp_path)
    if not exchanging:
        monkeypatch.setattr(workshop, "exchange", lambda _one, _other: False)
    number, seen, found = 0, ["none yet"], Counter[str]()
    while len(seen) >= number:
        number += 1
        wanted = 1 - number % 2
        with failing(number, code, monkeypatch) as seen:
            exit_code = run(tmp_path, "--seeds", SEEDS[wanted], "--jobs", "1")
        assert tree(tmp_path / "site") in ([whole[wanted]] if exit_code == 0 else whole)
        found["new" if tree(tmp_path / "site") == whole[wanted] else "old"] += 1
        assert "Traceback" not in capsys.readouterr().err
        assert run(tmp_path, "--seeds", SEEDS[wanted]) == 0
        assert tree(tmp_path / "site") == whole[wanted]
    assert number > 50
    record_property(f"faults {errno.errorcode[code]}", json.dumps(found))


def test_a_build_that_is_killed_leaves_a_whole_site(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Killed at any moment, with its whole family: the old site or the new one, and the next build needs no help."""
    whole = sites(tmp_path)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    command = [sys.executable, str(ROOT / "build.py"), *where, "--seeds"]
    begun = time.perf_counter()
    subprocess.run([*command, SEEDS[0]], check=True, capture_output=True)
    longest = time.perf_counter() - begun
    draws = random.Random(1337)  # noqa: S311
    found = Counter[str]()
    for turn in range(KILLS):
        wanted = 1 - turn % 2
        process = subprocess.Popen(
            [*command, SEEDS[wanted], "--force"], start_new_session=True, stdout=subprocess.DEVNULL
        )
        time.sleep(draws.uniform(0.2, 1.2) * longest)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert tree(tmp_path / "site") in whole
        found["new" if tree(tmp_path / "site") == whole[wanted] else "old"] += 1
        assert run(tmp_path, "--seeds", SEEDS[wanted]) == 0
        assert tree(tmp_path / "site") == whole[wanted]
        left = {path.name for path in (tmp_path / ".site.zoo").iterdir()}
        assert left == {"lock", "notes.jsonl", "record.json", "spare"}
    record_property("kills", json.dumps(found))


def test_a_kill_between_two_renames_is_mended(tmp_path: Path) -> None:
    """Where folders cannot be exchanged, the next build first brings back the site that had stepped aside."""
    whole = sites(tmp_path)
    (tmp_path / "site").rename(tmp_path / ".site.zoo" / workshop.PREVIOUS)
    with workshop.workshop(tmp_path / "site", lambda: None):
        assert tree(tmp_path / "site") == whole[1]


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    """The second waits for the first, says so, and both succeed."""
    sites(tmp_path)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    command = [sys.executable, str(ROOT / "build.py"), *where, "--seeds", "0:5"]
    with workshop.workshop(tmp_path / "site", lambda: None):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert process.stderr.readline() == "another build is writing this site; waiting for it to end\n"
        assert process.poll() is None
    assert process.wait(30) == 0
    process.communicate()
    assert (tmp_path / "site/a/gallery/4").is_dir()


def test_the_umask_is_the_caller_s_again(tmp_path: Path) -> None:
    """A build leaves the umask of its process as it found it."""
    content(tmp_path / "content", a=EXHIBIT)
    before = os.umask(0o027)
    try:
        assert run(tmp_path) == 0
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
