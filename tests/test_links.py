"""Where links lead."""

from __future__ import annotations

from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from zoo.links import _place

PIECES = ["../", "a", "b-c", "/", ".html", "#", "x.png", ".", "e_1", "%20", "?q", ":", "//", "http:", "D", "#d", "é"]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.sampled_from(["", "e0", "a/b"]))
def test_a_plain_link_leads_where_any_link_does(target: str, folder: str) -> None:
    """The short way to its place ends where the long one through the standard library does."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return
    found = _place(folder, target)
    if parts.scheme or parts.netloc:
        assert found is None
    else:
        path = normpath(join(folder, unquote(parts.path))) if parts.path else ""
        assert found == (path, unquote(parts.fragment))
