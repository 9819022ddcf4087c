"""Browsers crash now and then, and a test that one crashed under deserves a second try: once, and for that alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from browser import ROOT, Shelf

from bench.browsers import BROWSERS

# The process whose end is a crash of the page's: of WebKit it is the one that was seen to crash.
VICTIMS = {"chromium": "chromium", "firefox": "firefox-esr", "webkit": "WebKitWebProcess"}

CRASHES = """
from test_shelf import crash

attempts = []

def test_crashes_once(shelf):
    attempts.append("once")
    page = shelf["webkit"].page()
    if len(attempts) == 1:
        crash("webkit")
    page.evaluate("() => 0")

def test_crashes_always(shelf):
    attempts.append("always")
    page = shelf["webkit"].page()
    crash("webkit")
    page.evaluate("() => 0")

def test_is_wrong(shelf):
    attempts.append("wrong")
    assert shelf["webkit"].page().evaluate("() => 0") == 1

def test_attempts():
    assert attempts == ["once", "once", "always", "always", "wrong"]
"""


def below(name: str) -> set[int]:
    """Give the processes of that name among those which this one started, and which they did."""
    children: dict[int, list[int]] = {}
    names = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, tail = status.read_text(encoding="utf-8").rsplit(")", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue
        number = int(status.parent.name)
        names[number] = head.split("(", 1)[1]
        children.setdefault(int(tail.split()[1]), []).append(number)
    found = children.get(os.getpid(), [])
    for number in found:
        found += children.get(number, [])
    return {number for number in found if names[number].startswith(name[:15])}  # as many letters as the kernel keeps


def crash(name: str) -> None:
    """Kill what draws a browser's pages."""
    victims = below(VICTIMS[name])
    assert victims
    for victim in victims:
        os.kill(victim, signal.SIGKILL)


@pytest.mark.parametrize("name", BROWSERS)
def test_a_browser_that_crashed_is_started_again(shelf: Shelf, name: str) -> None:
    """One that lives stays."""
    first = shelf[name]
    assert not shelf.crashed()
    assert shelf[name] is first
    crash(name)
    assert shelf.crashed()
    assert shelf[name] is not first
    page = shelf[name].page()
    assert page.evaluate("() => 6 * 7") == 42
    page.close()


def test_a_test_is_tried_again_when_its_browser_crashed(shelf: Shelf, tmp_path: Path) -> None:
    """Once more, and not for a failure of its own."""
    assert shelf["webkit"].alive()  # or skip
    tests = tmp_path / "test_crashes.py"
    tests.write_text(CRASHES, encoding="utf-8")
    here = ["-p", "conftest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    command = [sys.executable, "-m", "pytest", *here, str(tests)]
    paths = os.pathsep.join(map(str, (ROOT / "tests", ROOT)))
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, check=False)
    last = done.stdout.splitlines()[-1]
    assert "2 failed, 2 passed, 2 rerun" in last, done.stdout + done.stderr
    assert {line.split("::")[1].split(" ")[0] for line in done.stdout.splitlines() if line.startswith("FAILED")} == {
        "test_crashes_always", "test_is_wrong",
    }  # fmt: skip
