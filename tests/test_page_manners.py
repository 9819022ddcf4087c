"""What the site tells machines about itself."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from browser import ROOT
from PIL import Image

from generator.model import Generator, generators
from zoo import gallery
from zoo.manners import feed, robots, sitemap
from zoo.options import Options
from zoo.poster import HEIGHT, WIDTH, poster
from zoo.reading import read
from zoo.site import build

BASE = "https://zoo.example/lab/ai/zoo"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small site that knows its address."""
    folder = tmp_path_factory.mktemp("manners") / "site"
    options = Options(ROOT / "content", ROOT / "templates", folder, base_url=BASE, seeds="0:7")
    build(options, lambda _done, _total: None, lambda: None)
    return folder


class Head(HTMLParser):
    """The metadata of a page: meta contents by name or property, links by rel, and linked data."""

    def __init__(self, path: Path) -> None:
        """Read a page."""
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.data = ""
        self._in_data = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a meta or link element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[given.get("name") or given.get("property") or ""] = given.get("content", "")
        if tag == "link":
            self.links[given["rel"]] = given["href"]
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        """Note linked data."""
        self.data += data if self._in_data else ""


def test_a_page_says_who_it_is(site: Path, species: Generator) -> None:
    """Title, description, canonical address and picture, for people's feeds and for machines."""
    head = Head(site / species.name / "index.html")
    assert head.links["canonical"] == f"{BASE}/{species.name}/index.html"
    assert head.meta["og:image"] == f"{BASE}/{species.name}/poster.png"
    assert (site / species.name / "poster.png").is_file()
    assert head.meta["og:title"].startswith(species.title)
    assert head.meta["og:description"] == head.meta["description"]
    data = json.loads(head.data)
    assert (data["@type"], data["identifier"], data["url"]) == (
        "CreativeWork",
        species.exhibit,
        head.links["canonical"],
    )


def test_the_index_lists_its_parts(site: Path) -> None:
    """As linked data: a collection of every exhibit."""
    head = Head(site / "index.html")
    assert {part["identifier"] for part in json.loads(head.data)["hasPart"]} == {
        own.exhibit for own in generators().values()
    }


def test_the_feed_is_atom(site: Path) -> None:
    """Every element that RFC 4287 demands is there, and every link leads to a page of the site."""
    root = ET.fromstring((site / "feed.xml").read_bytes())  # noqa: S314 ours
    assert root.tag == f"{ATOM}feed"
    for holder in (root, *root.findall(f"{ATOM}entry")):
        assert all(holder.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", holder.findtext(f"{ATOM}updated") or "")
    links = {link.get("href", "").removeprefix(f"{BASE}/") for link in root.iter(f"{ATOM}link")}
    assert links == {"index.html", "feed.xml", *(f"{name}/index.html" for name in generators())}
    assert all((site / link).is_file() for link in links)


def test_the_sitemap_names_every_page_with_its_whole_address(site: Path) -> None:
    """And robots.txt leads to it."""
    found = {loc.text for loc in ET.fromstring((site / "sitemap.xml").read_bytes()).iter(f"{MAP}loc")}  # noqa: S314 ours
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    assert found == {f"{BASE}/{path}" for path in pages}
    assert pages > {"index.html", "conformance/index.html", *(f"{name}/index.html" for name in generators())}
    assert f"Sitemap: {BASE}/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_without_an_address_nothing_pretends_to_have_one() -> None:
    """Relative links, identifiers that stay, and no sitemap line that could not be right."""
    zoo = read(Options(ROOT / "content", ROOT / "templates", ROOT / "site"))
    assert b"https://" not in feed(zoo, None) + robots(None)
    assert len(set(re.findall(rb"urn:uuid:[0-9a-f-]{36}", feed(zoo, None)))) == 1 + len(zoo.exhibits)
    assert b"<loc>mini-digits/index.html</loc>" in sitemap(zoo, None)


def test_a_poster_is_made_of_galleries_pixel_by_pixel() -> None:
    """The first gallery on the wall is the first seed's at the lowest stop shown, each pixel a whole square."""
    zoo = read(Options(ROOT / "content", ROOT / "templates", ROOT / "site"))
    picture = np.asarray(Image.open(BytesIO(poster(zoo.exhibits[:1]))))
    assert picture.shape == (HEIGHT, WIDTH, 3)
    exhibit = zoo.exhibits[0]
    wanted = {
        np.asarray(
            Image.open(BytesIO(gallery.one(exhibit.generator, exhibit.grid.seeds[0], float(stop)).png))
        ).tobytes()
        for stop in exhibit.grid.stops
    }
    assert picture[39 : 39 + 168 : 2, 36 : 36 + 168 : 2, 0].tobytes() in wanted
