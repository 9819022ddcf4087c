"""The conformance pages' place in a build: drawn anew when something of theirs changed."""

from __future__ import annotations

from pathlib import Path

from zoo.exhibit import Zoo
from zoo.options import Options
from zoo.placed import Placed
from zoo.rendering import environment
from zoo.tree import Staging


def has_pages(golden: Path) -> bool:
    """Tell whether there is a suite to make pages of."""
    return any(golden.glob("*/suite.json"))


def told(zoo: Zoo, base_url: str | None) -> object:
    """Give what the pages say of the zoo they stand in, for their key."""
    exhibits = [[exhibit.id, exhibit.title, exhibit.slug, exhibit.generator.name] for exhibit in zoo.exhibits]
    return [zoo.front.title, base_url, exhibits]


def place(zoo: Zoo, options: Options, staging: Staging, version: str) -> list[Placed]:
    """Place the pages anew; version is a key of the templates."""
    from zoo.conformance.pages import pages  # noqa: PLC0415 most builds keep them

    made = pages(options.golden, zoo, options.base_url, environment(options.templates, version))
    return [staging.put(name, data) for name, data in made]
