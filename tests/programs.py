"""Programs that only tests need: where one is missing, the test says how to get it."""

import shutil

import pytest


def program(name: str, cure: str) -> str:
    """Give the path of a program, or skip with the cure; under CI a skip is a failure (see conftest)."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is missing: {cure}")
    return found


def node() -> str:
    """Give the path of Node.js, which runs the JavaScript twins."""
    return program("node", "install Node.js 20 or newer, for instance with apt-get install nodejs")
