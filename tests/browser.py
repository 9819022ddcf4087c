"""The site as built and served, a shelf of real browsers, and the pixels that pages and published sheets hold."""

import base64
import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.browsers import BROWSERS, Browser, Missing, Page
from generator.blend import U8
from generator.model import Generator
from zoo.options import Options
from zoo.site import build

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "/lab/ai/zoo/"  # sites are often served below a path of somebody else's

LEVELS = """(selector) => btoa(Array.from(document.querySelectorAll(selector), (canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from(data, (level) => String.fromCharCode(level)).join("");
}).join(""))"""


class Shelf:
    """The browsers of a test run: each starts when first asked for, or again after it crashed; all end with the run."""

    def __init__(self) -> None:
        """Start none."""
        self._running: dict[str, Browser] = {}

    def __getitem__(self, name: str) -> Browser:
        """Give a running browser, or skip with the cure."""
        if name not in self._running:
            try:
                self._running[name] = BROWSERS[name]()
            except Missing as missing:
                pytest.skip(str(missing))
        return self._running[name]

    def crashed(self) -> bool:
        """Tell whether one is no longer alive; it is taken off the shelf."""
        gone = [name for name, running in self._running.items() if not running.alive()]
        for name in gone:
            self._running.pop(name).close()
        return bool(gone)

    def close(self) -> None:
        """End them all."""
        for running in self._running.values():
            running.close()
        self._running.clear()


class Visit:
    """Pages of one browser that are closed when the test ends, and must not have complained by then."""

    def __init__(self, browser: Browser) -> None:
        """Begin without a page."""
        self.browser = browser
        self._pages: list[tuple[Page, bool]] = []

    def __call__(
        self, address: str, *, script: bool = True, width: int = 1280, height: int = 720, quiet: bool = True
    ) -> Page:
        """Give a page at an address; one that is not `quiet` may complain."""
        page = self.browser.see(address, script=script, width=width, height=height)
        self._pages.append((page, quiet))
        return page

    def end(self) -> None:
        """Close all pages, and fail if one complained."""
        complaints = [complaint for page, quiet in self._pages if quiet for complaint in page.complaints()]
        for page, _ in self._pages:
            page.close()
        assert complaints == []


def built(factory: pytest.TempPathFactory) -> Path:
    """Give the whole site as the build writes it; one build serves a whole test run."""
    site = factory.getbasetemp() / "site"
    if not site.exists():
        build(Options(ROOT / "content", ROOT / "templates", site))
    return site


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder under a sub-path and give its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")) if path.startswith(PREFIX) else "/none")

    def log_message(self, *_: object) -> None:
        pass


def drawn(page: Page, species: Generator, selector: str = "[data-gallery] canvas") -> U8:
    """Give the pixels on the page's canvases, [samples, height, width, channels]; grey must be grey and opaque."""
    levels = np.frombuffer(base64.b64decode(page.evaluate(LEVELS, selector)), np.uint8)
    levels = levels.reshape(-1, species.height, species.width, 4)
    assert (levels[..., 3] == 255).all()
    if species.channels == 1:
        assert (levels[..., :3] == levels[..., :1]).all()
    return levels[..., : species.channels]


def published(sheet: Path, species: Generator, times: int = 1) -> U8:
    """Give the samples of a contact sheet's PNG, cut apart, as `drawn` gives the page's."""
    with Image.open(sheet) as picture:
        levels = np.asarray(picture).reshape(picture.height, picture.width, -1)[::times, ::times]
    rows, columns = species.rows, species.columns
    cut = levels.reshape(rows, species.height, columns, species.width, -1).swapaxes(1, 2)
    return cut.reshape(species.samples, species.height, species.width, -1)
