"""The content security policy of a page: nothing runs and nothing styles but what the build itself put there.

Scripts and styles that stand in the page are named by their SHA-256; files come from the site alone. In Chromium this
holds on file:// too, where integrity attributes on linked files do not.

Source: Content Security Policy Level 3, W3C.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser

from zoo.tags import Tag

MARK = "policy-goes-here"  # stands in the rendered page until its policy is known
_SUSPECT = re.compile(r"<(?:script|style)|[\s/\"'](?:on[a-z]+|style)\s*=", re.IGNORECASE)
_HANDLER = re.compile(r"on[a-z]+")
_MAY_HANDLE = re.compile(r"(?:^|[\s/\"'])on[a-z]", re.IGNORECASE)
_DATA = re.compile(r"application/(?:[a-z.+-]+\+)?json", re.IGNORECASE)  # never executed


def integrity(data: bytes) -> str:
    """Give the SHA-256 of a file as scripts' integrity attributes and policies name it."""
    return "sha256-" + base64.b64encode(sha256(data).digest()).decode()


def with_policy(html: str) -> str:
    """Give a rendered page with its own policy in the place of the mark."""
    return html.replace(MARK, policy(html)) if MARK in html else html


def policy(html: str) -> str:
    """Give the strictest policy under which the page works as it stands."""
    found = _Inline(_telling(html))
    return "; ".join(
        (
            "default-src 'none'",
            _sources("script-src", found.scripts, found.handlers),
            _sources("style-src", found.styles, found.style_attributes),
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _telling(html: str) -> str:
    """Give the part of a page that can decide its policy: the head alone, where nothing after it looks like a script.

    A page of two thousand links takes a tenth of a second to read, and says nothing.
    """
    end = html.find("</head>")
    return html if end < 0 or _SUSPECT.search(html, end) else html[:end]


def brings_scripts(found: Iterable[Tag]) -> bool:
    """Tell whether the tags of an author's HTML bring scripts of its own, whose needs a build cannot know."""
    return any(_runs(tag) for tag in found if not tag.closing)


def _runs(tag: Tag) -> bool:
    given = tag.attributes if tag.name == "script" or _MAY_HANDLE.search(tag.rest) else {}
    is_script = tag.name == "script" and ("src" in given or not _DATA.fullmatch(given.get("type", "")))
    return is_script or any(_HANDLER.fullmatch(name) for name in given)


def _sources(directive: str, blocks: set[str], attributes: set[str]) -> str:
    hashes = sorted(f"'{integrity(text.encode())}'" for text in blocks | attributes)
    return " ".join([directive, "'self'", *(["'unsafe-hashes'"] if attributes else []), *hashes])


class _Inline(HTMLParser):
    """The scripts and styles that stand in a page, as elements and as attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.handlers: set[str] = set()
        self.style_attributes: set[str] = set()
        self._into: set[str] | None = None
        self._text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.style_attributes.update(value for name, value in given.items() if name == "style")
        self.handlers.update(value for name, value in given.items() if _HANDLER.fullmatch(name))
        self._text = ""
        if tag == "style":
            self._into = self.styles
        elif tag == "script" and "src" not in given and not _DATA.fullmatch(given.get("type", "")):
            self._into = self.scripts

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._into is not None and tag in ("script", "style"):
            self._into.add(self._text)
            self._into = None
