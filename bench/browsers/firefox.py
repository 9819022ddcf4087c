"""Firefox, driven through WebDriver BiDi by puppeteer-core in a Node process beside it (firefox.mjs)."""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.browsers.page import Browser, Missing, Page, arrived, program

HERE = Path(__file__).resolve().parent
MODULES = HERE.parents[1] / "node_modules"


class FirefoxError(Exception):
    """What the driver answered instead of a value."""


class _Bridge:
    """One Node process with one Firefox; its pages' scripts run, or none does."""

    def __init__(self, *, script: bool) -> None:
        path = program("firefox-esr", "install it, for instance with apt-get install firefox-esr")
        node = program("node", "install Node.js 20 or newer, for instance with apt-get install nodejs")
        if not (MODULES / "puppeteer-core").exists():
            raise Missing("puppeteer-core is missing: make test installs it where there is npm")
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.downloads = Path(self._folder.name)
        self._process = subprocess.Popen(
            [node, str(HERE / "firefox.mjs"), path, str(self.downloads), json.dumps(script)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def __call__(self, deed: str, page: int = -1, **details: Any) -> Any:
        """Have something done, and give its value."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": deed, "page": page} | details) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "Firefox or its driver ended"}')
        if "error" in answer:
            raise FirefoxError(f"{deed}: {answer['error']}")
        return answer["value"]

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


class Firefox(Browser):
    """Headless Firefox as the system has it; a second one, without scripts, starts when first asked for."""

    name = "Firefox"

    def __init__(self) -> None:
        """Start it."""
        self._bridges = {True: _Bridge(script=True)}

    @property
    def version(self) -> str:
        """Its version."""
        return str(self._bridges[True]("version")).removeprefix("firefox/")

    @property
    def javascript(self) -> str:
        """SpiderMonkey, which bears Firefox's version."""
        return f"SpiderMonkey {self.version}"

    def page(self, *, script: bool = True, width: int = 1280, height: int = 720) -> FirefoxPage:
        """Open a page."""
        if script not in self._bridges:
            self._bridges[script] = _Bridge(script=script)
        return FirefoxPage(self._bridges[script], width, height)

    def close(self) -> None:
        """End it."""
        for bridge in self._bridges.values():
            bridge.close()


class FirefoxPage(Page):
    """A page of Firefox."""

    def __init__(self, bridge: _Bridge, width: int, height: int) -> None:
        """Open it."""
        self._bridge = bridge
        self._number = bridge("open", width=width, height=height)

    def _do(self, deed: str, **details: Any) -> Any:
        return self._bridge(deed, self._number, **details)

    def goto(self, address: str) -> None:
        """Go there."""
        self._do("goto", address=address)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """Ask the page."""
        return self._do("evaluate", code=f"({function})(...{json.dumps(arguments)})")

    def press(self, key: str) -> None:
        """Press a key."""
        self._do("press", keys=key.split("+") if len(key) > 1 else [key])

    def click(self, selector: str, nth: int = 0) -> None:
        """Click."""
        self._do("click", selector=selector, nth=nth)

    def point(self, selector: str, nth: int = 0) -> None:
        """Move the pointer."""
        self._do("point", selector=selector, nth=nth)

    def resize(self, width: int, height: int) -> None:
        """Resize."""
        self._do("resize", width=width, height=height)

    def screenshot(self) -> bytes:
        """Take a picture."""
        return base64.b64decode(self._do("screenshot"))

    def download(self, selector: str, folder: Path) -> Path:
        """Press, and wait for the file."""
        self.click(selector)
        return arrived(self._bridge.downloads, folder)

    def complaints(self) -> list[str]:
        """Give all complaints."""
        return list(self._do("complaints"))

    def close(self) -> None:
        """Close it."""
        self._do("close")
