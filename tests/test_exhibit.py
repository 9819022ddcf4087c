"""A page becomes an exhibit: from its front matter, its own text and panel, then from its species."""

from __future__ import annotations

import json
import shutil
import textwrap
from decimal import Decimal
from pathlib import Path

import pytest
from sites import EXHIBIT, PAGES, content, run

import build
from generator.model import generators
from zoo.content import read_zoo
from zoo.exhibit import Exhibit

ASTRO = (PAGES / "astro.md").read_text(encoding="utf-8")
LINES = [pytest.param("\n", id="LF"), pytest.param("\r\n", id="CRLF")]


def only(folder: Path, text: str) -> Exhibit:
    """Read the one exhibit of a page."""
    (exhibit,) = read_zoo(content(folder / "content", mini_digits=text), generators()).exhibits
    return exhibit


@pytest.mark.parametrize("ending", LINES)
def test_a_page_for_astro_says_what_its_front_matter_does_not(ending: str, tmp_path: Path) -> None:
    """Id and generator come from its line of facts, seed, stops and start from its controls."""
    exhibit = only(tmp_path, ASTRO.replace("\n", ending))
    assert (exhibit.id, exhibit.generator.name, exhibit.title) == ("GAN-001", "mini-digits", "Mini Digits")
    assert exhibit.grid.stops == (Decimal("0.50"), Decimal("0.75"), Decimal("1.00"), Decimal("1.25"))
    assert (exhibit.grid.seed, exhibit.grid.stop) == (2024, Decimal("1.00"))
    assert exhibit.grid.seeds == (2024, *range(16))


@pytest.mark.parametrize("ending", LINES)
def test_a_page_for_astro_is_published_with_its_panel(ending: str, tmp_path: Path) -> None:
    """Panel and script reach the site byte for byte, and the published picture stands in the page's own gallery."""
    text = ASTRO.replace("\n", ending)
    content(tmp_path / "content", mini_digits=text.encode())
    assert run(tmp_path) == 0
    page = (tmp_path / "site/mini-digits/index.html").read_bytes()
    script = text[text.index("<script") : text.index("</script>" + ending) + len("</script>")]
    assert script.encode() in page
    start, end = text.index("<section"), text.index("</section>") + len("</section>")
    before, after = text[start:end].split('data-gallery aria-live="polite">')
    assert (before + 'data-gallery aria-live="polite">').encode() in page
    assert after.encode() in page
    gallery = page[page.index(b"data-gallery") : page.index(after.encode())]
    assert b'src="gallery/2024/1.00.png"' in gallery
    assert (tmp_path / "site/mini-digits/gallery/2024/1.00.png").is_file()
    assert b"<td>Latent sampler</td>" in page
    assert b"<code>{{ braces }}</code>" in page


def test_facts_may_stand_in_html(tmp_path: Path) -> None:
    """The line of facts is found with emphasis, tags and entities in it."""
    line = (
        "<p><strong>Exhibit ID:</strong> GAN-001 &middot; **Output resolution:** 28 &times; 28 · Latent width: `10`</p>"
    )
    assert only(tmp_path, f"---\ntitle: A\ndescription: B\n---\n{line}\n").generator.name == "mini-digits"


def test_front_matter_goes_before_the_panel(tmp_path: Path) -> None:
    """What the author states is taken before what the controls say; the species fills in the rest."""
    text = ASTRO.replace("title:", "seeds: 5\ntemperatures: 0.40\ntags: [b, a, b]\ndate: 2026-11-23\ntitle:", 1)
    exhibit = only(tmp_path, text)
    assert (exhibit.grid.seeds, exhibit.grid.stops) == ((5,), (Decimal("0.40"),))
    assert (exhibit.tags, exhibit.date) == (("b", "a"), "2026-11-23")


@pytest.mark.parametrize("name", generators())
def test_the_species_gives_what_a_page_leaves_open(name: str, tmp_path: Path) -> None:
    """The shortest page publishes the generator's seed, sixteen more, and every stop of its knob."""
    exhibit = only(tmp_path, f"---\ntitle: A\ndescription: B\ngenerator: {name}\n---\n")
    assert exhibit.grid.seeds == (exhibit.generator.seed, *range(16))
    assert exhibit.grid.stops == exhibit.generator.knob.stops()
    assert exhibit.grid.stop == exhibit.generator.knob.default


def test_drafts_are_checked_but_not_shown(tmp_path: Path) -> None:
    """A draft is published on demand alone."""
    folder = content(tmp_path / "content", x=EXHIBIT.replace("title:", "draft: true\ntitle:"))
    assert read_zoo(folder, generators()).exhibits == ()
    assert len(read_zoo(folder, generators(), drafts=True).exhibits) == 1


def test_a_generator_may_have_more_exhibits(tmp_path: Path) -> None:
    """A second page on one generator has an id of its own, which its galleries, its grid and its page state."""
    content(tmp_path / "content", a=EXHIBIT, b=EXHIBIT.replace("title:", "id: GAN-101\ntitle:"))
    assert run(tmp_path) == 0
    assert [exhibit.id for exhibit in read_zoo(tmp_path / "content", generators()).exhibits] == ["GAN-001", "GAN-101"]
    for name, stated in (("a", "GAN-001"), ("b", "GAN-101")):
        for file in ("gallery/7/0.50.json", "grid.json"):
            assert json.loads((tmp_path / "site" / name / file).read_bytes())["exhibit"] == stated
    assert build.main(["check", "--output", str(tmp_path / "site")]) == 0


def test_the_readme_s_exhibit_builds(tmp_path: Path) -> None:
    """What the README says to write is a valid page beside those that are there."""
    text = (PAGES.parent.parent / "README.md").read_text(encoding="utf-8")
    head = textwrap.dedent(text[text.index("   ---\n") : text.index("   ```\n\n2.")])
    shutil.copytree(PAGES.parent.parent / "content", tmp_path / "content")
    content(tmp_path / "content", my_exhibit=head)
    assert run(tmp_path, "--seeds", "7", "--temperatures", "0.35") == 0
    assert (tmp_path / "site/my-exhibit/gallery/7/0.35.png").is_file()


MOVED = {
    "/lab/ai/zoo/": "../index.html",
    "/lab/ai/zoo": "../index.html",
    "/lab/ai/zoo/x/": "../x/index.html",
    "/lab/ai/zoo/x#a": "../x/index.html#a",
    "/lab/ai/zoo/assets/x.js?v=1": "../assets/x.js?v=1",
    "/lab/ai/zookeeper/": "/lab/ai/zookeeper/",
    "/lab/": "/lab/",
    "https://example.org/lab/ai/zoo/": "https://example.org/lab/ai/zoo/",
}


@pytest.mark.parametrize(("link", "moved"), MOVED.items())
def test_links_to_an_old_place_lead_here(link: str, moved: str, tmp_path: Path) -> None:
    """With `base` in the front page, links below it lead to this site, in Markdown and in HTML; scripts stay."""
    front = "---\ntitle: A\ndescription: B\nbase: /lab/ai/zoo/\n---\n"
    script = f"<script>\nlet a = '<a href=\"{link}\">';\n</script>"
    page = f"{EXHIBIT}[a]({link})\n\n<div>\n<a class=b href='{link}'>c</a>\n</div>\n\n{script}\n"
    folder = content(tmp_path / "content", index=front, x=page)
    (exhibit,) = read_zoo(folder, generators()).exhibits
    assert f'<a href="{moved}">a</a>' in exhibit.body.html
    assert f"<a class=b href='{moved}'>c</a>" in exhibit.body.html
    assert script in exhibit.body.html
    assert [line for line, _ in exhibit.body.links] == [8, 8]
