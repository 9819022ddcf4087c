"""What a site generator is to the benchmarks, and the pages that all of them are given alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import Text


class AbsentError(Exception):
    """A generator that cannot be had here, and why."""


@dataclass(frozen=True)
class Generator:
    """One site generator: what installs it, what writes a project of given exhibits, what builds it, what it leaves.

    made are the folders a cold build starts without; page gives the source of an exhibit below the project, output the
    folder of the built site.
    """

    name: str
    install: Callable[[], None]
    set_up: Callable[[Path, Sequence[Text]], None]
    command: Callable[[Path], list[str]]
    page: Callable[[Text], str]
    output: str
    made: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)


def write(path: Path, text: str) -> None:
    """Write a file, its folder with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def front_matter(text: Text, *more: str) -> str:
    """Give an exhibit's text as a Markdown page with front matter, more lines of it at the end."""
    tags = f"tags: [{', '.join(text.tags)}]"
    lines = [
        "---",
        f"title: {text.title}",
        f"description: {text.description}",
        tags,
        f"date: {text.date}",
        *more,
        "---",
    ]
    return "\n".join(lines) + f"\n\n{text.body}"


# the pages' frame, about as large as the zoo's own

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%(title)s · A Zoo</title>
<meta name="description" content="%(description)s">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f1e6">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#151310">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/zoo.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead"><nav aria-label="Zoo"><a href="/index.html">A Zoo</a> / %(title)s</nav></header>
<main id="main">
"""
FOOT = """
</main>
<footer class="colophon"><p>A Zoo. A static page: no cookies, no third parties, nothing measured.</p></footer>
</body>
</html>
"""


def framed(title: str, description: str, body: str) -> str:
    """Put a page's body into the frame that every generator's pages have."""
    return HEAD % {"title": title, "description": description} + body + FOOT
