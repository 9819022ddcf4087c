"""The conformance pages say what the suite's files say: every demand, every vector, every result, and nothing else."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from browser import Visit
from samples import GOLDEN, SUITES, VECTOR, made, page, suite, vectors
from sites import EXHIBIT, content

from bench.browsers import Browser
from bench.browsers.chromium import ChromiumPage
from generator.model import Generator
from zoo import check
from zoo.conformance.texts import with_mentions

ANCHOR = re.compile(r'<a id="([A-Z]{3}-[A-Z]+-[0-9]+)">')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site with an exhibit, whose suite has small results of every kind."""
    folder = tmp_path_factory.mktemp("conformance")
    content(folder / "content", digits=EXHIBIT)
    made(folder, suite(folder), base_url="https://zoo.example/lab/")
    return folder / "site"


def words(html: str) -> str:
    """Give what a reader sees of HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


# the texts and the vectors


def test_the_pages_are_light_and_their_links_lead_somewhere(site: Path) -> None:
    """None is above 100 KB as it travels, none links to nothing, and no id is given twice."""
    pages = sorted((site / "conformance").rglob("*.html"))
    assert len(pages) == 3 + 2 * len(SUITES)
    for path in pages:
        assert len(gzip.compress(path.read_bytes())) < 100_000, path
    assert check.links(site)[1] == []


def letters(text: str) -> str:
    """Give a text without white space and without the marks of Markdown."""
    return re.sub(r"[\s*`]", "", text)


def shown(html: str) -> set[tuple[str, str]]:
    """Give the runs of vectors that a piece of HTML links to, each by its first and its last."""
    link = r'<a href="[^"#]*#([a-z0-9-]+)">[0-9]+</a>'
    return {(found[1], found[2] or found[1]) for found in re.finditer(rf"<span>{link}(?:–{link})?</span>", html)}


def spelled(runs: set[tuple[str, str]], order: list[str]) -> set[str]:
    """Give every vector of some runs."""
    return {own for first, last in runs for own in order[order.index(first) : order.index(last) + 1]}


@pytest.mark.parametrize("name", ["SPEC.md", "PROTOCOL.md", *(f"{species}/SPEC.md" for species in SUITES)])
def test_every_demand_stands_on_its_page_beside_its_vectors(name: str, site: Path) -> None:
    """At its anchor: what it demands, and links to the vectors that name it, to no other and to all; the hub agrees."""
    html = page(site, {"SPEC.md": "spec/index.html", "PROTOCOL.md": "spec/protocol.html"}.get(
        name, f"spec/{name.replace('SPEC.md', 'index.html')}"))  # fmt: skip
    probes = json.loads((GOLDEN / "results" / "adapters.json").read_text(encoding="utf-8"))["probes"]
    every = [*probes, *(vector for species in SUITES for vector in vectors(species))]
    records = dict(re.findall(r'<div class="record demand" id="([^"]+)">(.*?)</div>', html, re.DOTALL))
    rows = dict(re.findall(r'<tr><th scope="row"><a href="[^"]*#([^"]+)">(.*?)</tr>', page(site), re.DOTALL))
    text = (GOLDEN / name).read_text(encoding="utf-8")
    demands = ANCHOR.findall(text)
    assert list(records) == demands
    assert demands
    for demand in demands:
        wanted = {vector["id"] for vector in every if demand in vector["requirements"]}
        order = [vector["id"] for vector in every]
        assert spelled(shown(records[demand]), order) == wanted
        assert spelled(shown(rows[demand]), order) == wanted
        said = re.search(rf"\*\*{demand}\.\*\*(.*?)(?:\n\n|\Z)", text, re.DOTALL)
        assert said
        assert letters(said[1]) in letters(words(records[demand]))


@pytest.mark.parametrize("name", SUITES)
def test_every_vector_stands_on_its_species_page(name: str, site: Path) -> None:
    """At its id: why it exists, and the demands it tests, which are links."""
    html = page(site, f"{name}/index.html")
    found = dict(re.findall(r'<li class="record" id="([^"]+)">(.*?)</li>', html, re.DOTALL))
    own = list(vectors(name))
    assert list(found) == [vector["id"] for vector in own]
    for vector in own:
        seen = words(found[vector["id"]])
        assert " ".join(vector["why"].split()) in seen
        for demand in vector["requirements"]:
            assert re.search(rf'<a href="[^"]+#{demand}">{demand}</a>', found[vector["id"]])


def test_texts_show_the_vectors_they_include(site: Path) -> None:
    """In the place of the comment stands the vector, with its numbers; links between texts lead to pages."""
    for name in SUITES:
        html = page(site, f"spec/{name}/index.html")
        included = re.findall(r"<!-- vector: (\S+) -->", (GOLDEN / name / "SPEC.md").read_text(encoding="utf-8"))
        assert "<!-- vector" not in html
        assert re.findall(r'<figcaption><a href="[^"#]*#([^"]+)"', html) == included
        assert 'href="../../../conformance/spec/index.html#ZOO-RND-1"' in html
        assert 'href="../index.html">../SPEC.md</a>' in html
        assert ".md" not in "".join(re.findall(r'href="([^"]*)"', html))


def test_numbers_are_those_of_the_vector(site: Path) -> None:
    """Packed bits are shown as the numbers they are; a text in quotation marks; a refusal as an error."""
    html = page(site, "mini-digits/index.html")
    assert "text “1e3” → seed 1" in words(html)
    assert "→ an error" in words(html)
    assert re.search(r"x -?[0-9.e-]+, -?[0-9.e-]+, -?[0-9.e-]+ … \d+ in all → y ", words(html))


def test_a_mention_becomes_a_link_but_no_attribute_does() -> None:
    """Only an id that has a place, and only where it is text."""
    html = '<a id="MDG-EXP-1"></a> (ZOO-RND-1, ZOO-RND-9, <a href="#ZOO-RND-1">x</a>)'
    led = '<a href="../spec.html#ZOO-RND-1">ZOO-RND-1</a>'
    expected = html.replace("(ZOO-RND-1", f"({led}")
    assert with_mentions(html, {"ZOO-RND-1": "spec.html#ZOO-RND-1", "MDG-EXP-1": "x"}, "../") == expected


# the results


def test_adapters_are_shown_stage_by_stage(site: Path) -> None:
    """The number of vectors passed of every line of the result, under its stage's name."""
    lines = json.loads((GOLDEN / "results" / "adapters.json").read_text(encoding="utf-8"))["adapters"]
    html = page(site)
    for species in SUITES:
        table = html.partition(f'id="adapters-{species}"')[2].partition("</table>")[0]
        rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[1:]]
        own = [line for line in lines if line["species"] == species]
        for row, line in zip(rows[1:], own, strict=True):
            tallies = {name: str(tally["passed"]) for name, tally in line["stages"].items() if tally["passed"]}
            assert dict(zip(rows[0], row, strict=True)).items() >= tallies.items()
            assert row[0] == line["name"]
            assert row[-1] == "conforms"


def test_what_is_not_claimed_is_no_pass(tmp_path: Path) -> None:
    """A stage that was skipped is a dot with a word for those who cannot see it; one that failed is counted."""
    golden = suite(tmp_path)
    path = golden / "results" / "adapters.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["adapters"][0]["stages"]["prng"] = {"passed": 0, "failed": 0, "skipped": 10}
    found["adapters"][0]["stages"]["latent"] = {"passed": 3, "failed": 11, "skipped": 0}
    found["adapters"][0]["conforms"] = False
    path.write_text(json.dumps(found), encoding="utf-8")
    content(tmp_path / "content", digits=EXHIBIT)
    made(tmp_path, golden)
    html = page(tmp_path / "site")
    assert html.count("not claimed</span>") == 1
    assert '<td class="num bad">3 of 14</td>' in html
    assert '<td class="bad">does not</td>' in html


def test_engines_are_shown_with_what_differs(site: Path) -> None:
    """Differing bits of the twins, and of the engine's own functions; the exhibit and its card count the engines."""
    html = page(site)
    assert '<td class="num bad">7</td>' in html
    assert "7,000 <span>3.5 %</span>" in html
    assert "&lt;3&gt;" in html
    for path in (site / "index.html", site / "digits" / "index.html"):
        shown = re.findall(r'<a href="([^"]+)">(verified in [^<]+)</a>', path.read_text(encoding="utf-8"))
        assert {text for _, text in shown} == {
            f"verified in 1 of 2 engines · {len(list(vectors('mini-digits')))} vectors"
        }
        assert all(href.endswith("conformance/index.html#engines-mini-digits") for href, _ in shown)


def test_the_museum_is_shown_where_its_pieces_are_caught(site: Path) -> None:
    """In its own table, beside the demands that the vector tests, and at the vector."""
    html = page(site)
    assert '<tr id="piece-steep-exp">' in html
    assert "exp is &lt;b&gt;one&lt;/b&gt; off" in html
    assert '<th scope="row">sleeper</th><td class="words">never answers</td><td>timeout</td>' in html
    assert f"{VECTOR}</a> <span>and 29 more</span> <span>(conforms under native-exp)</span></td>" in html
    demands = next(vector["requirements"] for vector in vectors("mini-digits") if vector["id"] == VECTOR)
    assert html.count('href="#piece-steep-exp"') == len(demands)
    assert 'href="../../conformance/index.html#piece-steep-exp"' in page(site, "mini-digits/index.html")


def test_the_mutation_score_has_its_denominator(site: Path) -> None:
    """Killed, of those that can be told from the original; a module short of all is not rounded up to all."""
    text = words(page(site))
    assert "1,100 of the 1,100 mutants that some request can tell from the original were killed: 100 %" in text
    assert "1,200 mutants were made; 100 of them are equivalent" in text
    assert "the two are never equal" in text
    assert "Left alone is what no stage runs: model.Knob.stops ." in text
    assert "<del>a &lt; b</del><ins>a &lt;= b</ins>" in page(site)


def test_what_was_not_measured_is_left_out_and_said(tmp_path: Path, species: Generator) -> None:
    """No section, no figure, no empty table; the build notes which file is missing and what makes it."""
    golden = suite(tmp_path, {})
    (golden / "results" / "adapters.json").unlink()
    content(
        tmp_path / "content", own=EXHIBIT.replace("mini-digits", species.name).replace("temperatures: 0.50, 0.75\n", "")
    )
    built = made(tmp_path, golden)
    assert [note.partition(": ")[0] for note in built.notes] == [
        str(golden / "results" / f"{kind}.json") for kind in ("adapters", "engines", "museum", "mutation")
    ]
    assert "make engines writes it" in built.notes[1]
    assert made(tmp_path, golden).notes == list(built.notes)
    html = page(tmp_path / "site")
    assert not re.search(r'id="(adapters|engines|museum|mutation)"', html)
    assert "of mutants" not in html
    assert f"{len(list(vectors(species.name)))} vectors</a>" in (tmp_path / "site/own/index.html").read_text("utf-8")
    assert check.links(tmp_path / "site")[1] == []


# a reader's view


def test_pages_are_in_order_and_fit_a_telephone(visit: Visit, site: Path) -> None:
    """From file://, without a complaint, nothing wider than the screen, headings one level at a time."""
    for path in sorted((site / "conformance").rglob("*.html")):
        view = visit(path.as_uri(), width=360, height=640)
        assert view.evaluate("() => document.documentElement.scrollWidth") <= view.evaluate("() => innerWidth")
        levels = [int(level) for level in view.each("h1, h2, h3, h4", "own.localName[1]")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(view.each(".scroll", "own.tabIndex === 0 && own.ariaLabel"))


def test_tables_say_what_their_cells_are(site: Path) -> None:
    """Each has a caption, a head with scopes, and in each row a header."""
    tables = re.findall(r"<table.*?</table>", page(site), re.DOTALL)
    assert len(tables) > 5
    for table in tables:
        assert "<caption" in table
        head, body = table.split("</thead>")
        assert head.count("<th ") == head.count('scope="col"') > 0
        assert body.count("<tr") == body.count('<th scope="row">')


def test_a_vector_is_found_by_its_address(visit: Visit, site: Path) -> None:
    """A link with an id shows the vector, marked, also in a page of hundreds."""
    view = visit(f"{(site / 'conformance/mini-digits/index.html').as_uri()}#{VECTOR}")
    assert view.one(":target", "own.id") == VECTOR
    (box,) = view.boxes(":target")
    assert 0 <= box["y"] < 720


def test_print_is_black_on_white_and_loses_no_column(chromium: Browser, site: Path) -> None:
    """On paper as wide as A4, in a dark setting too, no table is cut off."""
    view = chromium.see((site / "conformance/index.html").as_uri(), width=718, height=1000)
    assert isinstance(view, ChromiumPage)
    view.own.emulate_media(media="print", color_scheme="dark")
    assert view.one(":root", "getComputedStyle(own).backgroundColor") == "rgb(255, 255, 255)"
    assert max(box["x"] + box["width"] for box in view.boxes("table")) <= 719
    view.close()
