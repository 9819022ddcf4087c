"""The fields of a page's front matter: what stands in each, or a mistake noted on the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from zoo.errors import nearest
from zoo.frontmatter import Page

BASE = re.compile(r"/(?:[^/\s\"'<>?#]+/)+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_keys(page: Page, known: Iterable[str], knobs: Collection[str] = ()) -> None:
    """Note every key that is not known; one of another species' knob is told what this exhibit's is."""
    known = frozenset(known)
    for key, value in page.values.items():
        if key in knobs and key not in known:
            page.mistake(value.line, f"{key}: this exhibit has no such knob{nearest(key, known & frozenset(knobs))}")
        elif key not in known:
            page.mistake(value.line, f"{key}: unknown key{nearest(key, known)}")


def required(page: Page, key: str) -> str:
    """Give a text that has to be there."""
    value = page.values.get(key)
    if value is None:
        page.mistake(1, f"{key}: missing, expected a text")
    elif value.is_list:
        page.mistake(value.line, f"{key}: a list, expected one text")
    elif not value.text.strip():
        page.mistake(value.line, f"{key}: empty, expected a text")
    return value.text if value else ""


def tags(page: Page) -> tuple[str, ...]:
    """Give the tags, each once, in the order of the page."""
    value = page.values.get("tags")
    if value is None:
        return ()
    found = [item.strip() for item in (value.items if value.is_list else value.text.split(","))]
    if "" in found:
        page.mistake(value.line, "tags: an empty tag, expected words such as [digits, softmax]")
    return tuple(dict.fromkeys(found))


def base(page: Page) -> str | None:
    """Give the path below which an author's pages stood before, or None."""
    value = page.values.get("base")
    if value is None:
        return None
    if not BASE.fullmatch(value.text):
        page.mistake(value.line, f"base: {value.text!r} is no path, expected one such as /lab/ai/zoo/")
        return None
    return value.text


def flag(page: Page, key: str) -> bool:
    """Tell whether a key says true."""
    value = page.values.get(key)
    if value is not None and value.text not in ("true", "false"):
        page.mistake(value.line, f"{key}: {value.text!r} is neither true nor false")
    return value is not None and value.text == "true"


def day(page: Page) -> str | None:
    """Give the page's date, or None."""
    value = page.values.get("date")
    if value is None:
        return None
    try:
        if DATE.fullmatch(value.text):
            return date.fromisoformat(value.text).isoformat()
    except ValueError:
        pass
    page.mistake(value.line, f"date: {value.text!r} is no date, expected one such as 2026-11-23")
    return None
