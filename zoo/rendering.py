"""Templates turned into pages: the environment, what every page is told, and the policy each page gets at the end."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from zoo import manners
from zoo.exhibit import Front
from zoo.policy import MARK, with_policy

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment(templates: Path, version: str) -> Environment:  # noqa: ARG001 other templates have another version
    """Give the templates' environment: what is inserted is escaped, and what is missing is an error.

    Made once for each version of the templates, since making it takes as long as twenty pages.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 galleries need not wait

    from zoo.compiled import Compiled  # noqa: PLC0415

    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(templates),
    )


def warm(templates: Path, version: str) -> None:
    """Compile the templates, so that processes that start later need not; a faulty one is told of where it is used."""
    from jinja2 import TemplateError  # noqa: PLC0415

    made = environment(templates, version)
    for name in made.list_templates(extensions=["html"]):
        with suppress(TemplateError):
            made.get_template(name)


def shared(front: Front, base_url: str | None, *, conformance: bool) -> dict[str, Any]:
    """Give what every page is told; conformance says whether the site has those pages."""
    known = {"zoo": front, "base_url": base_url, "conformance": conformance}
    return known | {"policy": MARK, "address": None, "data": None}


def whereabouts(base_url: str | None, path: str, data: str, picture: str = "poster.png") -> dict[str, Any]:
    """Give what the head of a page says about it: its address and its picture's, where known, and linked data."""
    known = {"address": manners.address(base_url, path), "poster": manners.address(base_url, picture)}
    return (known if base_url else {}) | {"data": Markup(data)}  # noqa: S704 escaped there


def render(templates: Environment, name: str, context: dict[str, Any], aside: str = "") -> bytes:
    """Give a page's bytes; aside is a long part of it that the page's policy need not be searched for."""
    return with_policy(templates.get_template(name).render(context), aside).encode()
