"""The content security policy of a page: nothing runs and nothing styles but what the build itself put there.

Scripts and styles that stand in the page are named by their SHA-256; files come from the site alone. In Chromium this
holds on file:// too, where integrity attributes on linked files do not.

Source: Content Security Policy Level 3, W3C.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from zoo.tags import Tag, tags

MARK = "policy-goes-here"  # stands in the rendered page until its policy is known
_ATTRIBUTE = re.compile(r"[\s/\"'](?:on[a-z]+|style)\s*=")  # a handler or a style, in small letters
_HANDLER = re.compile(r"on[a-z]+")
_MAY_MATTER = re.compile(r"(?:^|[\s/\"'])(?:on[a-z]|style)", re.IGNORECASE)
_MAY_HANDLE = re.compile(r"(?:^|[\s/\"'])on[a-z]", re.IGNORECASE)
_DATA = re.compile(r"application/(?:[a-z.+-]+\+)?json", re.IGNORECASE)  # never executed


def integrity(data: bytes) -> str:
    """Give the SHA-256 of a file as scripts' integrity attributes and policies name it."""
    return "sha256-" + base64.b64encode(sha256(data).digest()).decode()


def with_policy(html: str, aside: str = "") -> str:
    """Give a rendered page with its own policy in the place of the mark.

    aside is a part of the page, whole elements, that is only searched where it looks like a script or a style.
    """
    if MARK not in html:
        return html
    return html.replace(MARK, policy(html if _is_suspect(aside) else html.replace(aside, "", 1)))


def policy(html: str) -> str:
    """Give the strictest policy under which the page works as it stands."""
    found = _inline(_telling(html))
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
    return html if end < 0 or _is_suspect(html[end:]) else html[:end]


def _is_suspect(html: str) -> bool:
    """Tell whether something in a part of a page looks like a script or a style."""
    small = html.lower()
    return "<script" in small or "<style" in small or bool(_ATTRIBUTE.search(small))


def brings_scripts(found: Iterable[Tag]) -> bool:
    """Tell whether the tags of an author's HTML bring scripts of its own, whose needs a build cannot know."""
    return any(_runs(tag) for tag in found if (tag.rest or tag.name == "script") and not tag.closing)


def _runs(tag: Tag) -> bool:
    given = tag.attributes if tag.name == "script" or _MAY_HANDLE.search(tag.rest) else {}
    is_script = tag.name == "script" and ("src" in given or not _DATA.fullmatch(given.get("type", "")))
    return is_script or any(_HANDLER.fullmatch(name) for name in given)


def _sources(directive: str, blocks: set[str], attributes: set[str]) -> str:
    hashes = sorted(f"'{integrity(text.encode())}'" for text in blocks | attributes)
    return " ".join([directive, "'self'", *(["'unsafe-hashes'"] if attributes else []), *hashes])


@dataclass
class _Inline:
    """The scripts and styles that stand in a page, as elements and as attributes."""

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    handlers: set[str] = field(default_factory=set)
    style_attributes: set[str] = field(default_factory=set)


def _inline(html: str) -> _Inline:
    found = _Inline()
    for tag in tags(html):
        if tag.closing or not (tag.name in ("script", "style") or _MAY_MATTER.search(tag.rest)):
            continue
        given = tag.attributes
        found.style_attributes |= {given["style"]} if "style" in given else set()
        found.handlers |= {value for name, value in given.items() if _HANDLER.fullmatch(name)}
        if tag.name == "style":
            found.styles.add(_text(html, tag))
        elif tag.name == "script" and "src" not in given and not _DATA.fullmatch(given.get("type", "")):
            found.scripts.add(_text(html, tag))
    return found


def _text(html: str, tag: Tag) -> str:
    """Give the text of a script or style as a browser delimits it."""
    ending = re.compile(rf"</{tag.name}(?=[\s/>])|\Z", re.IGNORECASE).search(html, tag.end)
    return html[tag.end : ending.start() if ending else None]
