"""Take the README's picture: the first exhibit's page as a visitor first sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "site" / "mini-digits" / "index.html"


def main() -> None:
    """Write bench/page.png, 1280 × 800."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(PAGE.as_uri())
        page.wait_for_selector("[data-mark=same]")
        page.wait_for_selector(".sum")
        page.wait_for_timeout(300)  # the strip is drawn in slices
        page.screenshot(path=ROOT / "bench" / "page.png")
        browser.close()


if __name__ == "__main__":
    main()
