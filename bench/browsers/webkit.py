"""WebKitGTK's MiniBrowser, driven through WebKitWebDriver, on a screen that only it sees (Xvfb)."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from bench.browsers.page import Browser, Missing, Page, arrived, program

CURE = "install it, for instance with apt-get install"
LOADING = 4.0  # seconds that pages get to load
# MiniBrowser's toolbar is wider than a telephone; with no room for anything in it, it is not.
NARROW = "* { padding: 0; margin: 0; min-width: 0; min-height: 0; border-width: 0; font-size: 4px; }"
KEYS = {
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Tab": "\ue004",
    "Enter": "\ue007", "Home": "\ue011", "End": "\ue010", "Control": "\ue009", "Shift": "\ue008", "Escape": "\ue00c",
    "Backspace": "\ue003", "Space": " ",
}  # fmt: skip

# subtle: this driver tells nothing of the console, so the page is listened to from the moment it has loaded;
# WebKit.console is for what comes before.
LISTEN = """if (!window.complaints) {
  window.complaints = [];
  const note = (what) => window.complaints.push(String(what));
  addEventListener("error", (event) => note(event.message || event.target), true);
  addEventListener("unhandledrejection", (event) => note(event.reason));
  addEventListener("securitypolicyviolation", (event) => note(`${event.violatedDirective} ${event.blockedURI}`));
  const said = console.error;
  console.error = (...all) => (note(all.join(" ")), said(...all));
}"""


def mini_browser() -> Path:
    """Give the path of MiniBrowser."""
    for folder in ("/usr/lib", "/usr/libexec"):
        for path in sorted(Path(folder).glob("**/webkit2gtk-4.*/MiniBrowser"), reverse=True):
            return path
    raise Missing(f"MiniBrowser is missing: {CURE} webkit2gtk-driver")


class Screen:
    """A screen in memory, with a home of its own for what runs on it."""

    def __init__(self) -> None:
        """Start it."""
        xvfb = program("Xvfb", f"{CURE} xvfb")
        command = [xvfb, "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii")
        assert self._process.stdout is not None
        number = self._process.stdout.readline().strip()
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        home = Path(self._folder.name)
        self.downloads = home / "downloads"
        settings = home / "gtk-3.0" / "gtk.css"
        for folder in (self.downloads, settings.parent):
            folder.mkdir()
        settings.write_text(NARROW, encoding="ascii")
        (home / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{self.downloads}"\n', encoding="utf-8")
        homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(home))
        self.environment = os.environ | homes | {"DISPLAY": f":{number}", "NO_AT_BRIDGE": "1"}

    def close(self) -> None:
        """Switch it off."""
        self._process.terminate()
        self._process.communicate()
        self._folder.cleanup()


class _Session:
    """One MiniBrowser whose pages' scripts run, or none does; a window that a page leaves waits for the next."""

    def __init__(self, screen: Screen, *, script: bool) -> None:
        try:
            from selenium import webdriver  # noqa: PLC0415 a user may not have it
        except ImportError:
            raise Missing("selenium is missing: pip install selenium") from None
        path = program("WebKitWebDriver", f"{CURE} webkit2gtk-driver")
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(mini_browser())
        for argument in ("--automation", f"--enable-javascript={str(script).lower()}"):
            options.add_argument(argument)
        service = webdriver.WebKitGTKService(path, env=screen.environment)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Selenium's ways with itself
            self.driver: Any = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_script_timeout(120)
        self.downloads = screen.downloads
        self._idle = [self.driver.current_window_handle]

    def window(self) -> str:
        """Give a window that shows nothing."""
        if not self._idle:
            self.driver.switch_to.new_window("window")
            self._idle.append(self.driver.current_window_handle)
        return str(self._idle.pop())

    def left(self, window: str) -> None:
        """Take a window back."""
        self.at(window).get("about:blank")
        self._idle.append(window)

    def at(self, window: str) -> Any:
        """Give the driver, looking at a window."""
        if self.driver.current_window_handle != window:
            self.driver.switch_to.window(window)
        return self.driver


class WebKit(Browser):
    """WebKitGTK as the system has it; a second one, without scripts, starts when first asked for."""

    name = "WebKitGTK"

    def __init__(self) -> None:
        """Start it."""
        mini_browser()
        self._screen = Screen()
        try:
            self._sessions = {True: _Session(self._screen, script=True)}
        except BaseException:
            self._screen.close()
            raise

    @property
    def version(self) -> str:
        """Its version."""
        return str(self._sessions[True].driver.capabilities["browserVersion"])

    @property
    def javascript(self) -> str:
        """JavaScriptCore, which bears WebKitGTK's version."""
        return f"JavaScriptCore {self.version}"

    def console(self, *addresses: str) -> list[str]:
        """Give the errors that pages cause while they load, in a MiniBrowser that nobody drives; it writes them."""
        told = "--enable-write-console-messages-to-stdout=true"
        command = ["stdbuf", "-oL", str(mini_browser()), told, *addresses]  # each in a tab of its own
        options: dict[str, Any] = {"env": self._screen.environment, "encoding": "utf-8"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options) as running:
            time.sleep(LOADING)
            running.terminate()
            said, _ = running.communicate()
        return re.findall(r"CONSOLE .*ERROR .*", said)

    def page(self, *, script: bool = True, width: int = 1280, height: int = 720) -> WebKitPage:
        """Give a window."""
        if script not in self._sessions:
            self._sessions[script] = _Session(self._screen, script=script)
        page = WebKitPage(self._sessions[script])
        page.resize(width, height)
        return page

    def close(self) -> None:
        """End it."""
        for session in self._sessions.values():
            session.driver.quit()
        self._screen.close()


class WebKitPage(Page):
    """A window of MiniBrowser."""

    def __init__(self, session: _Session) -> None:
        """Take a window."""
        self._session = session
        self._window = session.window()

    @property
    def _driver(self) -> Any:
        return self._session.at(self._window)

    def goto(self, address: str) -> None:
        """Go there."""
        self._driver.get(address)
        self._driver.execute_script(LISTEN)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """Ask the page."""
        return self._driver.execute_script(f"return ({function})(...arguments)", *arguments)

    def press(self, key: str) -> None:
        """Press a key."""
        from selenium.webdriver import ActionChains  # noqa: PLC0415

        keys = [KEYS.get(part, part) for part in (key.split("+") if len(key) > 1 else [key])]
        chain = ActionChains(self._driver, duration=0)
        for held in keys[:-1]:
            chain.key_down(held)
        chain.key_down(keys[-1]).key_up(keys[-1])
        for held in reversed(keys[:-1]):
            chain.key_up(held)
        chain.perform()

    def _element(self, selector: str, nth: int) -> Any:
        script = "const own = document.querySelectorAll(arguments[0])[arguments[1]];"
        script += " own.scrollIntoView({ block: 'nearest' }); return own;"
        return self._driver.execute_script(script, selector, nth)

    def click(self, selector: str, nth: int = 0) -> None:
        """Click."""
        self._element(selector, nth).click()

    def point(self, selector: str, nth: int = 0) -> None:
        """Move the pointer."""
        from selenium.webdriver import ActionChains  # noqa: PLC0415

        ActionChains(self._driver, duration=0).move_to_element(self._element(selector, nth)).perform()

    def resize(self, width: int, height: int) -> None:
        """Resize the window until its inside is right; how much of it that is shows only afterwards."""
        driver = self._driver
        for _ in range(40):
            inside = driver.execute_script("return [innerWidth, innerHeight]")
            if inside == [width, height]:
                return
            outside = driver.get_window_size()
            driver.set_window_size(width + outside["width"] - inside[0], height + outside["height"] - inside[1])
            time.sleep(0.05)
        raise TimeoutError(f"the window will not be {width} × {height}, but {inside}")

    def screenshot(self) -> bytes:
        """Take a picture."""
        return bytes(self._driver.get_screenshot_as_png())

    def download(self, selector: str, folder: Path) -> Path:
        """Press, and wait for the file."""
        self.click(selector)
        return arrived(self._session.downloads, folder)

    def complaints(self) -> list[str]:
        """Give the complaints since the page had loaded."""
        return list(self._driver.execute_script("return window.complaints || []"))

    def close(self) -> None:
        """Leave the window to others."""
        self._session.left(self._window)
