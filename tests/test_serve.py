"""`serve` shows what an author writes within a second, and what is wrong with it until it is mended."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
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
    """An edit is seen within a second; a broken one shows its line over the last good page; mended, it is gone."""
    page = chromium.see(address + "a/index.html")
    path = tmp_path / "content/a.md"
    says = "(where, what) => Boolean(document.querySelector(where)?.textContent.includes(what))"

    path.write_text(EXHIBIT + "Some *fresh* words.\n", encoding="utf-8")
    begun = time.perf_counter()
    page.until(says, "em", "fresh")
    assert time.perf_counter() - begun < 5  # a second on a machine of its own; tests share theirs

    path.write_text(EXHIBIT.replace("7, 1:3", "hot") + "Some *fresh* words.\n", encoding="utf-8")
    page.until(says, "[role=alert]", "a.md:5: seeds: 'hot' is not a seed")
    assert page.text("em") == "fresh"

    for number in range(8):  # faster than a build
        path.write_text(EXHIBIT + f"Take *{number}*.\n", encoding="utf-8")
        time.sleep(0.05)
    page.until(says, "em", "7")
    assert page.count("[role=alert]") == 0
    page.close()


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
