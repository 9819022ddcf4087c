"""Templates turned into pages: the environment, what every page is told, and the policy each page gets at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zoo import manners
from zoo.exhibit import Zoo
from zoo.policy import MARK, with_policy


def environment(templates: Path) -> Environment:
    """Give the templates' environment: what is inserted is escaped, and what is missing is an error."""
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def shared(zoo: Zoo, base_url: str | None, *, conformance: bool) -> dict[str, Any]:
    """Give what every page is told; conformance says whether the site has those pages."""
    known = {"zoo": zoo.front, "base_url": base_url, "conformance": conformance}
    return known | {"policy": MARK, "address": None, "data": None}


def whereabouts(base_url: str | None, path: str, data: str, picture: str = "poster.png") -> dict[str, Any]:
    """Give what the head of a page says about it: its address and its picture's, where known, and linked data."""
    known = {"address": manners.address(base_url, path), "poster": manners.address(base_url, picture)}
    return (known if base_url else {}) | {"data": Markup(data)}  # noqa: S704 escaped there


def render(templates: Environment, name: str, context: dict[str, Any]) -> bytes:
    """Give a page's bytes."""
    return with_policy(templates.get_template(name).render(context)).encode()
