"""What every browser can do here, whatever drives it: open a page, ask it, and use it as a visitor does."""

from __future__ import annotations

import shutil
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Self

PATIENCE = 15.0  # seconds
EVERY = 0.02  # seconds between two looks

SEEN = "own.checkVisibility({ visibilityProperty: true }) && own.getBoundingClientRect().width > 0"
ALL = "Array.from(document.querySelectorAll(selector), (own) => {})"
EDIT = """(selector, nth, text) => {
  const field = document.querySelectorAll(selector)[nth];
  field.focus();
  field.select();
  document.execCommand(text ? "insertText" : "delete", false, text);
}"""


class Missing(Exception):  # noqa: N818 it names what is missing, and how to get it
    """A program or package that this machine lacks."""


def program(name: str, cure: str) -> str:
    """Give the path of a program."""
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is missing: {cure}")
    return found


class Page(ABC):
    """One page of a browser. Functions are JavaScript's, as text: `(a, b) => a + b`; a promise is waited for."""

    @abstractmethod
    def goto(self, address: str) -> None:
        """Go to an address and wait until it has loaded."""

    @abstractmethod
    def evaluate(self, function: str, *arguments: Any) -> Any:
        """Give what a function returns in the page; arguments and value travel as JSON."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press and release a key where the focus is: a letter, or ArrowLeft, Enter, Tab, Home …; Control+v too."""

    @abstractmethod
    def click(self, selector: str, nth: int = 0) -> None:
        """Bring an element into view and click it with the pointer."""

    @abstractmethod
    def point(self, selector: str, nth: int = 0) -> None:
        """Move the pointer onto an element."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make the page's inside this large, in CSS pixels."""

    @abstractmethod
    def screenshot(self) -> bytes:
        """Give what is seen, as a PNG."""

    @abstractmethod
    def download(self, selector: str, folder: Path) -> Path:
        """Press what downloads, and give the file under the name the page chose, in a folder."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Give the script errors, refusals of the policy and errors in the console since the page opened."""

    @abstractmethod
    def close(self) -> None:
        """Leave the page."""

    # what can be said in the page's own language

    @property
    def url(self) -> str:
        """The address as it stands now."""
        return str(self.evaluate("() => location.href"))

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self.evaluate("() => document.title"))

    def type(self, text: str) -> None:
        """Press the keys of a text, one after another."""
        for letter in text:
            self.press(letter)

    def each(self, selector: str, expression: str) -> list[Any]:
        """Give an expression of `own` for every element."""
        return list(self.evaluate(f"(selector) => {ALL.replace('{}', f'({expression})')}", selector))

    def one(self, selector: str, expression: str) -> Any:
        """Give an expression of `own` for the first element, which must exist."""
        return self.evaluate(
            f"(selector) => {{ const own = document.querySelector(selector); return {expression}; }}", selector
        )

    def count(self, selector: str) -> int:
        """Give how many elements there are."""
        return len(self.each(selector, "0"))

    def visible(self, selector: str) -> int:
        """Give how many elements can be seen, in view or not."""
        return sum(self.each(selector, SEEN))

    def text(self, selector: str) -> str:
        """Give an element's text."""
        return str(self.one(selector, "own.textContent"))

    def value(self, selector: str) -> str:
        """Give what stands in a field."""
        return str(self.one(selector, "own.value"))

    def attribute(self, selector: str, name: str) -> str | None:
        """Give an attribute of the first element."""
        found = self.one(selector, f"own.getAttribute('{name}')")
        return None if found is None else str(found)

    def boxes(self, selector: str) -> list[dict[str, float]]:
        """Give where elements stand in the window: x, y, width, height."""
        return self.each(selector, "own.getBoundingClientRect().toJSON()")

    def fill(self, selector: str, text: str, nth: int = 0) -> None:
        """Put a text into a field in place of what is there, as pasting does; the field keeps the focus."""
        self.evaluate(EDIT, selector, nth, text)

    def focus(self, selector: str, nth: int = 0) -> None:
        """Put the focus on an element."""
        self.evaluate("(selector, nth) => document.querySelectorAll(selector)[nth].focus()", selector, nth)

    def until(self, function: str, *arguments: Any, patience: float = PATIENCE) -> None:
        """Wait until a function gives something true."""
        end = time.monotonic() + patience
        while not self.evaluate(function, *arguments):
            if time.monotonic() > end:
                raise TimeoutError(f"{function} {arguments}: not within {patience} s at {self.url}")
            time.sleep(EVERY)

    def wait(self, selector: str, patience: float = PATIENCE) -> None:
        """Wait until there is an element that can be seen."""
        seen = ALL.replace("{}", f"({SEEN})")
        self.until(f"(selector) => {seen}.includes(true)", selector, patience=patience)


class Browser(ABC):
    """A running browser; its pages know nothing of each other."""

    name: ClassVar[str]  # what people call it

    @property
    @abstractmethod
    def version(self) -> str:
        """Its version, as it says."""

    @property
    @abstractmethod
    def javascript(self) -> str:
        """Its JavaScript engine, with the version."""

    @abstractmethod
    def page(self, *, script: bool = True, width: int = 1280, height: int = 720) -> Page:
        """Give a new, empty page, on which the site's scripts run or are switched off."""

    @abstractmethod
    def close(self) -> None:
        """End it."""

    def alive(self) -> bool:
        """Tell whether it still opens pages."""
        try:
            page = self.page()
            page.evaluate("() => 0")
            page.close()
        except Exception:  # noqa: BLE001 each driver has its own words for a browser that is gone
            return False
        return True

    def console(self, *addresses: str) -> list[str]:
        """Give the errors that pages cause while they load, one page after another."""
        pages = [self.see(address) for address in addresses]
        complaints = [complaint for page in pages for complaint in page.complaints()]
        for page in pages:
            page.close()
        return complaints

    def see(self, address: str, *, script: bool = True, width: int = 1280, height: int = 720) -> Page:
        """Give a page at an address."""
        page = self.page(script=script, width=width, height=height)
        page.goto(address)
        return page

    def __enter__(self) -> Self:
        """Give the running browser."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()


def arrived(folder: Path, into: Path, patience: float = PATIENCE) -> Path:
    """Wait for a download to be whole, the only file in a folder, and move it."""
    end = time.monotonic() + patience
    before = -1
    while time.monotonic() < end:
        found = [path for path in folder.iterdir() if path.is_file()]
        size = found[0].stat().st_size if len(found) == 1 else -1
        if 0 < size == before:
            return Path(shutil.move(found[0], into / found[0].name))
        before = size
        time.sleep(5 * EVERY)
    raise TimeoutError(f"{folder}: no download within {patience} s")
