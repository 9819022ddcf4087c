"""The conformance pages' place in a build: made anew when something of theirs changed, and kept otherwise."""

from __future__ import annotations

from zoo import tree
from zoo.conformance.pages import pages
from zoo.conformance.texts import FOLDER
from zoo.exhibit import Zoo
from zoo.options import Options
from zoo.rendering import environment


def told(zoo: Zoo, base_url: str | None) -> object:
    """Give what the pages say of the zoo they stand in, for their key."""
    exhibits = [[exhibit.id, exhibit.title, exhibit.slug, exhibit.generator.name] for exhibit in zoo.exhibits]
    return [zoo.front.title, base_url, exhibits]


def place(zoo: Zoo, options: Options, staging: tree.Staging, *, unchanged: bool) -> list[tree.Placed]:
    """Place the pages: those of the old tree where nothing of theirs changed and all are whole, else new ones."""
    names = [name for name in staging.known if name.startswith(f"{FOLDER}/")]
    if unchanged and all(staging.recall(name) is not None for name in names):
        return [staging.keep(name) for name in names]
    made = pages(options.golden, zoo, options.base_url, environment(options.templates))
    return [staging.put(name, data) for name, data in made]
