"""The conformance pages' place in a build: drawn anew when something of theirs changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zoo.exhibit import Front, Zoo
from zoo.options import Options
from zoo.placed import Placed
from zoo.rendering import environment
from zoo.tree import Staging


def has_pages(golden: Path) -> bool:
    """Tell whether there is a suite to make pages of."""
    return any(golden.glob("*/suite.json"))


def told(zoo: Zoo, base_url: str | None) -> object:
    """Give what the pages say of the zoo they stand in, for their key."""
    return [zoo.front.title, base_url, shown(zoo)]


def shown(zoo: Zoo) -> list[tuple[str, str, str, str]]:
    """Give what the pages say of each exhibit: id, title, slug and species."""
    return [(exhibit.id, exhibit.title, exhibit.slug, exhibit.generator.name) for exhibit in zoo.exhibits]


@dataclass(frozen=True)
class Placing:
    """What it takes to place the pages anew, in any process; version is a key of the templates."""

    front: Front
    shown: Sequence[tuple[str, str, str, str]]
    options: Options
    staging: Staging
    version: str

    def place(self) -> list[Placed]:
        """Place the pages."""
        from zoo.conformance.pages import Shown, pages  # noqa: PLC0415 most builds keep them

        options, exhibits = self.options, [Shown(*own) for own in self.shown]
        made = pages(
            options.golden, self.front, exhibits, options.base_url, environment(options.templates, self.version)
        )
        return [self.staging.put(name, data) for name, data in made]
