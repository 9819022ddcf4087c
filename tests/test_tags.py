"""Tags are found as a browser finds them; those that say nothing may be passed over."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from zoo.tags import silence, tags

PIECES = [
    "a", " ", "<", ">", "</", "<p>", "</p>", '<a href="b">', "<a href=b>", '<a\nid="c>">', "<A HREF='d'>", "<script>",
    "</script>", "<script ", "<title>", "</title>", "<!-- ", "-->", "<br/>", '<p class="e" f>', '"', "'", "=", "<h1>",
    "<h2 id>", "<x-y>", "<style>", "</style>", "<scripts>", '<p data-x="<p>">', "\n", "<p\u00a0id>", "<![CDATA[", "]]>",
]  # fmt: skip
ATTRIBUTES = ("id", "href")


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from([(), ("h1",), ("h1", "script")]))
def test_silent_tags_alone_are_passed_over(text: str, names: tuple[str, ...]) -> None:
    """All others are found where they are found otherwise, with all that they say."""
    heard = list(tags(text, 0, silence(names, ATTRIBUTES)))
    silent = [tag for tag in tags(text) if tag not in heard]
    assert heard == [tag for tag in tags(text) if tag not in silent]
    for tag in silent:
        assert tag.name not in {*names, "!"}
        assert not any(name.startswith(ATTRIBUTES) for name in tag.attributes)
