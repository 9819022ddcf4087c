"""Chromium, driven through Playwright."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.browsers.page import Browser, Missing, Page, program


class Chromium(Browser):
    """Headless Chromium as the system has it."""

    name = "Chromium"

    def __init__(self) -> None:
        """Start it."""
        path = program("chromium", "install it, for instance with apt-get install chromium")
        try:
            from playwright.sync_api import sync_playwright  # noqa: PLC0415 a user may not have it
        except ImportError:
            raise Missing("playwright is missing: pip install playwright") from None
        self._driver = sync_playwright().start()
        self.own = self._driver.chromium.launch(executable_path=path, args=["--no-sandbox"])

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.own.version)

    @property
    def javascript(self) -> str:
        """V8, with the version."""
        return f"V8 {self.own.new_browser_cdp_session().send('Browser.getVersion')['jsVersion']}"

    def page(self, *, script: bool = True, width: int = 1280, height: int = 720) -> ChromiumPage:
        """Open a page in a context of its own."""
        size = {"width": width, "height": height}
        return ChromiumPage(self.own.new_page(java_script_enabled=script, viewport=size))  # type: ignore[arg-type]

    def close(self) -> None:
        """End it and its driver."""
        self.own.close()
        self._driver.stop()


class ChromiumPage(Page):
    """A page of Chromium; `own` is Playwright's."""

    def __init__(self, own: Any) -> None:
        """Listen from the beginning."""
        self.own = own
        self._complaints: list[str] = []
        own.on("pageerror", lambda error: self._complaints.append(str(error)))
        own.on("console", lambda said: self._complaints.append(said.text) if said.type == "error" else None)

    def goto(self, address: str) -> None:
        """Go there."""
        self.own.goto(address)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """Ask the page; one that was about to load itself anew is asked again once it has."""
        try:
            return self.own.evaluate(f"(all) => ({function})(...all)", list(arguments))
        except Exception as error:
            if "context was destroyed" not in str(error):
                raise
            self.own.wait_for_load_state()
            return self.evaluate(function, *arguments)

    def press(self, key: str) -> None:
        """Press a key."""
        self.own.keyboard.press(key)

    def click(self, selector: str, nth: int = 0) -> None:
        """Click."""
        self.own.locator(selector).nth(nth).click()

    def point(self, selector: str, nth: int = 0) -> None:
        """Move the pointer."""
        self.own.locator(selector).nth(nth).hover()

    def resize(self, width: int, height: int) -> None:
        """Resize."""
        self.own.set_viewport_size({"width": width, "height": height})

    def screenshot(self) -> bytes:
        """Take a picture."""
        return bytes(self.own.screenshot())

    def download(self, selector: str, folder: Path) -> Path:
        """Press, and save."""
        with self.own.expect_download() as waiting:
            self.click(selector)
        path = folder / str(waiting.value.suggested_filename)
        waiting.value.save_as(path)
        return path

    def complaints(self) -> list[str]:
        """Give all complaints."""
        return self._complaints

    def close(self) -> None:
        """Close it with its context."""
        self.own.close()
