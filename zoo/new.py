"""Starting an exhibit: a valid page for its author to write on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from generator.model import Generator
from zoo.content import read_zoo
from zoo.errors import UsageError, ZooError
from zoo.exhibit import RESERVED, SLUG

PAGE = """\
---
title: {title}
description: One sentence that says what it is, and why it is worth a minute.
id: {id}
generator: {generator}
seeds: {seed}, 0:16
tags: [new]
---

## Mission Profile

What this exhibit is for.

## Implementation Notes

- What a reader of the code would want to know.
"""


def new_exhibit(slug: str, content: Path, generator: Generator, known: Mapping[str, Generator]) -> Path:
    """Write a page for a generator under the next free id; ZooError where there is one of that name."""
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise UsageError(f"{slug!r} is no name for a page, expected small letters, digits and hyphens: soft-stripes")
    path = content / f"{slug}.md"
    taken = {exhibit.id for exhibit in read_zoo(content, known, drafts=True).exhibits}
    text = PAGE.format(
        title=slug.replace("-", " ").title(),
        id=_free(generator.exhibit, taken, {own.exhibit for own in known.values()}),
        generator=generator.name,
        seed=generator.seed,
    )
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ZooError(f"{path} is already there, expected a new name") from None
    return path


def _free(own: str, taken: set[str], reserved: set[str]) -> str:
    """Give the generator's own id, or if a page bears it the next that neither a page nor a generator bears."""
    if own not in taken:
        return own
    shelf, number = re.sub(r"[0-9]+$", "", own), own.rpartition("-")[2]
    used = {int(each.removeprefix(shelf)) for each in taken | reserved if each.startswith(shelf)}
    return f"{shelf}{max(used) + 1:0{len(number)}d}"
