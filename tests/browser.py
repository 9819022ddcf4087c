"""A real browser for the page tests, the site as built, and the pixels each of them holds."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from programs import program

from generator.blend import U8
from generator.model import Generator
from zoo.options import Options
from zoo.site import build

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "/lab/ai/zoo/"  # sites are often served below a path of somebody else's

PIXELS = """() => Array.from(document.querySelectorAll("[data-gallery] canvas"), (canvas) =>
  Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data))"""


def launched() -> Iterator[Any]:
    """Give headless Chromium as Playwright drives it, or skip with the cure."""
    path = program("chromium", "install it, for instance with apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


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


def drawn(page: Any, species: Generator) -> U8:
    """Give the pixels on the page's canvases, [samples, height, width, channels]; grey must be grey and opaque."""
    levels = np.array(page.evaluate(PIXELS), np.uint8).reshape(-1, species.height, species.width, 4)
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


def see(browser: Any, address: str, **context: Any) -> Any:
    """Open an address on a page that raises on any script error or complaint in the console."""
    page = browser.new_page(**context)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.goto(address)
    return page
