"""Raw HTML arrives as its author wrote it, byte for byte; what cannot is reported with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import PAGES

from zoo.body import Body, read_body
from zoo.frontmatter import Page
from zoo.rawhtml import lift
from zoo.tags import tags

RAW = {
    "blank lines in a script": "<script>\nlet a = 1;\n\n\nlet b = a <2 && a> 0;\n\n</script>",
    "blank lines in a script within a section": "<section>\n<p>x</p>\n\n<script>\n\n  a();\n\n</script>\n\n</section>",
    "nested elements of one name": "<div>\n<div>\n\n<div>*a*</div>\n\n</div>\n\n</div>",
    "unclosed p and li": "<ul>\n<li>one\n\n<li>*two*\n\n<p>three\n</ul>",
    "an unclosed p of its own": "<p>one\n*two*",
    "a comment holding tags": "<!-- <div>\n\n<script> *a*\n\n</div> -->",
    "a comment before a script": "<!-- x --><script>\n\n*a*\n\n</script>",
    "an escaped </script> in a string": '<script>\nconst s = "<\\/script>";\n\n*a*\n</script>',
    "a bare </script> in a string": '<script>\nconst s = "</script>";\n\nconst t = `*a*`;\n\n</script>',
    "tags in strings": "<div>\n<script>\n\nlet s = '</div></div><div>';\n\n</script>\n\n</div>",
    "a style with blank lines": "<style>\na > b { color: red }\n\n* { margin: 0 }\n\n_ { x: y }\n</style>",
    "a textarea": "<textarea>\n<div>\n\n*a*\n\n    b\n</textarea>",
    "a pre": "<pre>\n*a*\n\n\tb  \n\n# c\n</pre>",
    "an svg": '<svg viewBox="0 0 9 9"\n     width="9">\n\n<title>a</title>\n<path d="M0 0"/>\n\n</svg>',
    "a template": "<template>\n\n<slot name=a></slot>\n\n*a*\n</template>",
    "a details": "<details open>\n<summary>a</summary>\n\n*a*\n\n</details>",
    "custom elements": "<x-panel.a>\n\n<x-panel.a>*a*</x-panel.a>\n\n</x-panel.a>",
    "template braces": "<script>\nconst a = '{{ x }} {% y %} {# z #} ${w}';\n\n</script>",
    "tabs": "<script>\n\tif (a) {\n\n\t\tb\t=\t1;\n\t}\n</script>",
    "fences inside a template literal": "<script>\nconst a = `\n~~~\n```\n\n~~~\n`;\n</script>",
    "attributes with > and tags": "<div title=\"a > b </div> <p>\" data-x='</div>'>\n\n*a*\n\n</div>",
    "an apostrophe in an unquoted attribute": "<div title=it's>\n\n*a*\n\n</div>",
    "HTML entities": "<div>\n&lt;script&gt; &amp;amp; &copy; & &nbsp;\n\n</div>",
    "two elements that share a line": "<div>a\n\n</div><div>\n\n*b*\n\n</div>",
    "capital letters": "<DIV>\n\n*a*\n\n</div>",
    "a tag that ends on a later line": '<div\n  class="a"\n\n  id="b">\n\n*a*\n\n</div>',
    "a link around blocks": '<a href="x">\n<div>\n\n*a*\n\n</div>\n</a>',
    "a script with the type of data": '<script type="application/json">\n{"a": "<b>\\u003c",\n\n"_c_": 1}\n</script>',
    "void and self-closed elements": "<div>\n<br><img src=a><x-y/>\n\n<hr>\n*a*\n</div>",
    "a cdata section": "<svg><![CDATA[ </svg>\n\n*a* ]]>\n\n</svg>",
    "characters beyond ASCII": "<div>\n« 28×28 » — 数字\n\n\u2028*a*\u00a0\n</div>",
    "a carriage return before each line's end": "<script>\r\nlet a;\r\n\r\n\tlet b;\r\n</script>",
    "an indent of three": "   <div>\n\n*a*\n\n   </div>",
    "a token of the engine": "<div>\nrawblock0n0x klzzwxh:0001 \x02wzxhzdk:0\x03\n\n</div>",
}


def body(text: str) -> tuple[Body, list[tuple[int, str]]]:
    """Read a body and give the lines and texts of its errors."""
    page = Page(Path("x.md"), body=text, body_line=1)
    return read_body(page), [(mistake.line, mistake.what) for mistake in page.mistakes if not mistake.warning]


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_it_arrives_as_written(raw: str) -> None:
    """A raw block stands in the page byte for byte, and what is around it is Markdown."""
    read, faults = body(f"*before*\n\n{raw}\n\n*after*\n")
    assert raw in read.html
    assert "<em>before</em>" in read.html
    assert "<em>after</em>" in read.html
    assert faults == []


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_it_needs_no_blank_lines_around_it(raw: str) -> None:
    """A block interrupts a paragraph and may follow a heading; only a p left open needs the blank line after it."""
    read, _ = body(f"# H\n{raw}\n\n- *item*\n\n{raw}\n\n- *item*\n")
    assert read.html.count(raw) == 2
    assert read.html.count("<em>item</em>") == 2


def test_running_text_stays_markdown() -> None:
    """An element that is closed on its first line stays in its paragraph, even across lines of it."""
    read, faults = body("<b>a</b> *b*\n<i>c\nd</i> *e*\n")
    assert read.html.startswith("<p><b>a</b> <em>b</em>")
    assert "<em>e</em>" in read.html
    assert faults == []


@pytest.mark.parametrize(
    "code", ["```html\n{}\n```", "~~~\n{}\n~~~", "   ```\n{}\n   ```", "- a\n\n  ```\n  {}\n  ```"], ids=repr
)
def test_fenced_code_shows_markup(code: str) -> None:
    """Fenced code is shown as it is written, in list items too."""
    read, faults = body(code.format("<script>\talert(`&amp;`)</script>"))
    assert "&lt;script&gt;\talert(`&amp;amp;`)&lt;/script&gt;\n</code></pre>" in read.html
    assert "<script>" not in read.html
    assert faults == []


def test_indented_code_and_code_spans_show_markup() -> None:
    """Scripts shown in indented code and in code spans are no scripts."""
    read, faults = body("a `<script>` and ``<style> ` ``\n\n    <script>\n    b()\n    </script>\n")
    assert "<script>" not in read.html
    assert read.html.count("&lt;script&gt;") == 2
    assert faults == []


FAULTS = {
    "a script in a list item": ("a\n\n- b\n- c <script>d()</script>", 4, "<script> inside a list item"),
    "a script indented in a list item": ("- b\n\n  <script>\n\n  d()\n  </script>", 3, "<script> inside a list item"),
    "a script in a block of a list item": ("- b\n\n  <div>\n  <script>d()</script></div>", 4, "<script> inside a list"),
    "a script in the middle of a line": ("a\nb <script>c()</script> d", 2, "<script> in the middle of a line"),
    "a style in a quotation": ("a\n\n> <style>b</style>", 3, "<style> in the middle of a line"),
    "an unclosed div": ("a\n\n<div>\n<p>b</p>", 3, "<div> is never closed"),
    "an unclosed comment": ("a\n\n<!-- b", 3, "<!-- is never closed"),
    "an unclosed script": ("<script>\na()\n\n", 1, "<script> is never closed"),
    "an unclosed fence": ("a\n\n```js\nb\n~~~\n", 3, "the code fence ``` is never closed"),
    "a </script> too many": ("a\n\nb();\n</script>\n", 4, "</script> closes nothing"),
}


@pytest.mark.parametrize(("text", "line", "what"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_arrive_is_reported(text: str, line: int, what: str) -> None:
    """Markup that would be mangled is reported with its own line."""
    _, faults = body(text)
    assert [(own, said[: len(what)]) for own, said in faults] == [(line, what)]


def test_all_faults_are_reported_at_once() -> None:
    """One fault does not hide the next."""
    _, faults = body("- <script>a</script>\n\nb <style>c</style>\n\n<div>\n")
    assert [line for line, _ in faults] == [1, 3, 5]


def test_a_script_that_ends_in_a_string_is_warned_of() -> None:
    """The page arrives whole; its author hears that a browser ends the script there."""
    page = Page(Path("x.md"), body="\n<script>\na = '</script>';\n</script>", body_line=5)
    read_body(page)
    assert [(mistake.line, mistake.warning) for mistake in page.mistakes] == [(7, True)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_page_for_astro_keeps_its_script(ending: str) -> None:
    """A script of two hundred lines arrives byte for byte, with either line ending."""
    text = (PAGES / "astro.md").read_text(encoding="utf-8").replace("\n", ending)
    script = text[text.index("<script") : text.index("</script>\n".replace("\n", ending)) + len("</script>")]
    read, faults = body(text)
    assert script.count("\n") >= 200
    assert script in read.html
    assert faults == []


@given(st.text(alphabet="ab<>/!-`~ \n\t\"'=*{}", max_size=60))
def test_any_text_is_read(text: str) -> None:
    """No mixture of markup breaks the builder, and lifting loses none of the lines it does not report."""
    lifted = lift(text)
    assert len([*tags(text)]) <= text.count("<")
    if not lifted.faults:
        kept = lifted.restore(lifted.text)
        assert all(
            line.strip() in kept for line in text.split("\n") if "`" not in line and "~" not in line and "&" not in line
        )


@pytest.mark.parametrize(
    "piece", ["<b>\n", "<a <a ", '<a ="', "<p>\n", "<div>\n", "<!-- \n", "- <li>\n", "<div>x</div>\n"]
)
def test_a_page_of_one_thing_is_read_in_linear_time(piece: str) -> None:
    """Ten thousand times the same markup is read at once: no scan starts over for each."""
    lift(piece * 10_000)
