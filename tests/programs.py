"""Programs that only tests need: where one is missing, the test says how to get it."""

import pytest

from bench.browsers import Missing
from bench.browsers.page import program as found


def program(name: str, cure: str) -> str:
    """Give the path of a program, or skip with the cure; under CI a skip is a failure (see conftest)."""
    try:
        return found(name, cure)
    except Missing as missing:
        pytest.skip(str(missing))


def node() -> str:
    """Give the path of Node.js, which runs the JavaScript twins."""
    return program("node", "install Node.js 20 or newer, for instance with apt-get install nodejs")
