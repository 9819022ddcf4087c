"""What every test can ask for: each species in turn, the live JavaScript twins, three browsers, the built site.

On a machine with CI in its environment Hypothesis draws the same examples every time, and a skip is a failure.
"""

import os
from collections.abc import Generator as Yields
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import Shelf, Visit, built, served
from hypothesis import settings
from programs import node
from twin import Twin

from bench.browsers import BROWSERS, Browser
from generator.model import generators

CI = bool(os.environ.get("CI"))

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.load_profile("ci" if CI else "default")


SHELF = Shelf()
# A browser that crashed says nothing about the pages, and the next may live: a test that failed under it has one more
# try. Every other failure is one.
CRASHED = pytest.mark.flaky(reruns=1, condition=lambda error: error is not None and SHELF.crashed())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that a browser's crash excuses."""
    for item in items:
        if "shelf" in getattr(item, "fixturenames", ()):
            item.add_marker(CRASHED)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `species` once for each of them."""
    if "species" in metafunc.fixturenames:
        metafunc.parametrize("species", generators().values(), ids=lambda species: species.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Yields[None, pytest.TestReport, pytest.TestReport]:
    """Under CI, let no test be skipped: everything it needs belongs on the machine."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"
    return report


def pytest_report_header() -> str:
    """Say what the bits of this run depend on, or rather must not."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return f"numpy: {np.__version__}, dispatching to: {' '.join(simd.get('found', [])) or 'nothing'}"


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    """Give the JavaScript twins of all species in a live Node process."""
    with Twin(node(), list(generators())) as process:
        yield process


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """Give the browsers of this run."""
    yield SHELF
    SHELF.close()


@pytest.fixture(params=list(BROWSERS))
def browser(request: pytest.FixtureRequest, shelf: Shelf) -> Browser:
    """Give each browser in turn."""
    return shelf[request.param]


@pytest.fixture
def chromium(shelf: Shelf) -> Browser:
    """Give Chromium, for what is of one browser only or has nothing to do with browsers' differences."""
    return shelf["chromium"]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Give a way to see pages in each browser in turn."""
    pages = Visit(browser)
    yield pages
    pages.end()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the zoo's own site, built once."""
    return built(tmp_path_factory)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Give the address that site is served at, below a path of somebody else's."""
    with served(site) as base:
        yield base
