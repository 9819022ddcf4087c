"""Real browsers, headless: Chromium, Firefox and WebKit, each as its own driver has it, behind one small interface.

`page` says what a page can be asked for; the other modules each bring one browser. What a machine lacks is a Missing
with the cure in it.
"""

from bench.browsers.chromium import Chromium
from bench.browsers.firefox import Firefox
from bench.browsers.page import Browser, Missing, Page
from bench.browsers.webkit import WebKit

BROWSERS: dict[str, type[Browser]] = {"chromium": Chromium, "firefox": Firefox, "webkit": WebKit}

__all__ = ["BROWSERS", "Browser", "Chromium", "Firefox", "Missing", "Page", "WebKit"]
