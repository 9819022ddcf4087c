"""`serve` shows what an author writes at once, and what is wrong with it until it is mended."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sites import EXHIBIT, content, tree

from bench.browsers import Browser

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a zoo of one exhibit, built once, and give its address."""
    content(tmp_path / "content", a=EXHIBIT)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        found = [re.search(r"http://[\d.:]+/|1 exhibit", process.stdout.readline()) for _ in range(2)]
        (url,) = (match[0] for match in found if match and match[0].startswith("http"))
        yield url
        process.terminate()


def get(address: str, path: str, host: str | None = None) -> tuple[int, bytes, dict[str, str]]:
    """Ask for a path as it stands, and give status, body and headers."""
    place = address.removeprefix("http://").rstrip("/")
    connection = HTTPConnection(place, timeout=10)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or place)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.headers)
    connection.close()
    return found


def test_pages_reload_and_faults_show_and_mend(address: str, tmp_path: Path, chromium: Browser) -> None:
    """An edit is seen; a broken one shows its line over the last good page; mended, it is gone.

    How soon is in bench/preview.json: here other tests share the machine, and five seconds are a fault all the same.
    """
    page = chromium.see(address + "a/index.html")
    path = tmp_path / "content/a.md"
    says = "(where, what) => Boolean(document.querySelector(where)?.textContent.includes(what))"

    path.write_text(EXHIBIT + "Some *fresh* words.\n", encoding="utf-8")
    begun = time.perf_counter()
    page.until(says, "em", "fresh")
    assert time.perf_counter() - begun < 5

    path.write_text(EXHIBIT.replace("7, 1:3", "hot") + "Some *fresh* words.\n", encoding="utf-8")
    page.until(says, "[role=alert]", "a.md:5: seeds: 'hot' is not a seed")
    assert page.text("em") == "fresh"

    for number in range(8):  # faster than a build
        path.write_text(EXHIBIT + f"Take *{number}*.\n", encoding="utf-8")
        time.sleep(0.05)
    page.until(says, "em", "7")
    assert page.count("[role=alert]") == 0
    page.close()


def processes(mark: str) -> list[str]:
    """Give the command lines of all processes that hold a text."""
    listed = subprocess.run(["ps", "-axww", "-o", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if mark in line]


def assert_soon(holds: Callable[[], bool]) -> None:
    """Wait until something holds, or fail."""
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_nothing_stays_when_it_is_killed(tmp_path: Path) -> None:
    """The process that stands ready for the next build ends with the one that serves, however that ends."""
    content(tmp_path / "content", a=EXHIBIT)
    where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for _ in range(2):
            process.stdout.readline()
        assert_soon(lambda: len(processes(str(tmp_path))) == 2)
        process.kill()
    assert_soon(lambda: not processes(str(tmp_path)))


def test_code_is_read_anew(tmp_path: Path) -> None:
    """An edit of the builder itself, or of a template, is in the next build."""
    house = tmp_path / "house"
    for room in ("generator", "zoo", "templates", "golden"):
        shutil.copytree(ROOT / room, house / room)
    shutil.copy(ROOT / "build.py", house)
    content(house / "content", a=EXHIBIT)
    command = [sys.executable, str(house / "build.py"), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for _ in range(2):
            process.stdout.readline()
        for room, name, old in (("zoo", "manners.py", "Allow: /"), ("templates", "404.html", "<h1>")):
            path = house / room / name
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, f"{old}changed", 1), encoding="utf-8")
            process.stdout.readline()
        process.terminate()
    assert b"Allow: /changed" in (house / "site/robots.txt").read_bytes()
    assert b"<h1>changed" in (house / "site/404.html").read_bytes()


def test_files_are_those_of_the_site(address: str, tmp_path: Path) -> None:
    """Pictures and JSON come as they are published; pages too, but for the script that reloads them."""
    for name, data in tree(tmp_path / "site").items():
        status, body, headers = get(address, f"/{name}")
        if name.startswith("."):
            assert status == 404
            continue
        assert (status, headers["Cache-Control"]) == (200, "no-store")
        if name.endswith(".html"):
            body = re.sub(rb'<script src="/.zoo/reload.js\?[\d.]+"></script>', b"", body)
        assert body == data


@pytest.mark.parametrize(
    "path",
    ["/nowhere.html", "/a/gallery/", "/.zoo.json", "/../content/a.md", "/%2e%2e/content/a.md", "/a/.git/x", "//x"],
)
def test_what_is_not_the_site_s_is_not_found(path: str, address: str) -> None:
    """No listing, no hidden file, nothing outside the site."""
    assert get(address, path)[0] == 404


def test_other_hosts_are_refused(address: str) -> None:
    """A name that somebody pointed at this machine reads nothing."""
    assert get(address, "/index.html", host="zoo.example:80")[0] == 403
    assert get(address, "/index.html", host=f"localhost:{address.rsplit(':', 1)[1].rstrip('/')}")[0] == 200


def test_a_taken_port_is_told(address: str, tmp_path: Path) -> None:
    """A port that somebody listens on already is one line and exit code 1."""
    port = address.rsplit(":", 1)[1].rstrip("/")
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", port, "--output", str(tmp_path / "other")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert "Traceback" not in done.stderr
