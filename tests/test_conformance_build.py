"""The conformance pages within the site: what leads to them, when they are made anew, and the commands they show."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from samples import GOLDEN, RESULTS, TEMPLATES, VECTOR, made, page, suite
from sites import EXHIBIT, FRONT, content, times, tree

from zoo import keys
from zoo.conformance import pages as drawn
from zoo.conformance import suite as suite_module
from zoo.conformance.pages import read_all
from zoo.conformance.texts import section
from zoo.errors import ContentError
from zoo.options import Options
from zoo.site import build


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site with an exhibit, whose suite has small results of every kind."""
    folder = tmp_path_factory.mktemp("conformance")
    content(folder / "content", digits=EXHIBIT)
    made(folder, suite(folder), base_url="https://zoo.example/lab/")
    return folder / "site"


# in the site


def test_every_page_leads_to_the_conformance_page(site: Path) -> None:
    """In its head and in its foot, also the one for pages that are not there; the sitemap knows them all."""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert len(re.findall(r'href="[^"]*conformance/index.html"', html)) >= 1 + (path.parent.name != "conformance")
    places = set(re.findall(r"<loc>https://zoo.example/lab/(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8")))
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    assert places == pages
    assert '<link rel="canonical" href="https://zoo.example/lab/conformance/index.html">' in page(site)
    assert "Content-Security-Policy" in page(site)


def test_a_species_without_a_suite_goes_without(tmp_path: Path) -> None:
    """Its exhibit is built as ever and claims nothing; where no species has one, no page and no link speaks of it."""
    content(tmp_path / "content", digits=EXHIBIT)
    golden = suite(tmp_path)
    (golden / "mini-digits" / "suite.json").unlink()
    made(tmp_path, golden)
    assert "verified in" not in (tmp_path / "site/digits/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "site/conformance/mini-digits").exists()
    assert "piece-sleeper" in page(tmp_path / "site")
    assert "piece-steep-exp" not in page(tmp_path / "site")
    assert (tmp_path / "site/conformance/index.html").is_file()
    shutil.rmtree(golden)
    golden.mkdir()
    built = made(tmp_path, golden)
    assert not built.notes
    assert not (tmp_path / "site/conformance").exists()
    assert "conformance/" not in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_what_did_not_change_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose leaves the pages as they are; a build with nothing to do does not even read the vectors."""
    content(tmp_path / "content", digits=EXHIBIT)
    golden = suite(tmp_path)
    made(tmp_path, golden)
    before = times(tmp_path / "site" / "conformance")
    with monkeypatch.context() as patch:
        patch.setattr(drawn, "pages", lambda *_: pytest.fail("made again"))
        content(tmp_path / "content", digits=EXHIBIT + "More.\n")
        assert made(tmp_path, golden).written == 1
        patch.setattr(suite_module, "json", None)
        assert made(tmp_path, golden).written == 0
    assert times(tmp_path / "site" / "conformance") == before


def test_what_changed_is_made_again(tmp_path: Path) -> None:
    """A result, a text, a title of the zoo, a page that somebody spoilt: the site is the one a first build gives."""
    content(tmp_path / "content", digits=EXHIBIT)
    golden = suite(tmp_path)
    made(tmp_path, golden)
    harms = (
        (golden / "results" / "mutation.json").unlink,
        lambda: (golden / "SPEC.md").write_text("# Another text\n", encoding="utf-8"),
        lambda: content(tmp_path / "content", index=FRONT.replace("A Zoo", "The Zoo")),
        lambda: content(tmp_path / "content", digits=EXHIBIT.replace("Digits", "Ciphers")),
        lambda: (tmp_path / "site/conformance/spec/index.html").write_text("spoilt", encoding="utf-8"),
        (tmp_path / "site/conformance/spec/index.html").unlink,
    )
    for harm in harms:
        harm()
        made(tmp_path, golden)
        build(Options(tmp_path / "content", TEMPLATES, tmp_path / "anew", golden, force=True))
        assert tree(tmp_path / "site") == tree(tmp_path / "anew")


def test_a_key_covers_texts_and_results(tmp_path: Path) -> None:
    """Whatever file of the suite changes, so does the key."""
    golden = suite(tmp_path)
    seen = {keys.conformance_key(TEMPLATES, golden, [])}
    for name in ("SPEC.md", "README.md", "ci/conformance.yml", "results/museum.json", "mini-digits/vectors/exp.json"):
        path = golden / name
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(keys.conformance_key(TEMPLATES, golden, []))
    assert len(seen) == 6


def test_authors_may_link_to_a_vector(tmp_path: Path) -> None:
    """A link to one that is there passes, one to a wrong id fails, also when the pages are kept from the last build."""
    golden = suite(tmp_path)
    link = "[x](../conformance/mini-digits/index.html#{})\n"
    content(tmp_path / "content", digits=EXHIBIT + link.format(VECTOR))
    made(tmp_path, golden)
    content(tmp_path / "content", digits=EXHIBIT + link.format("mdg-exp-9999"))
    with pytest.raises(ContentError, match=r"leads to no element of conformance/mini-digits/index\.html"):
        made(tmp_path, golden)


# the commands


ADAPTER = f"#!/bin/sh\nexec '{sys.executable}' golden/adapters/fake.py \"$@\"\n"


@pytest.fixture
def port(tmp_path: Path) -> Path:
    """Give the repository of a port: the suite in golden/, an adapter that is right."""
    shutil.copytree(GOLDEN, tmp_path / "golden", ignore=shutil.ignore_patterns("__pycache__"))
    adapter = tmp_path / "my-adapter"
    adapter.write_text(ADAPTER, encoding="utf-8")
    adapter.chmod(adapter.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(sys.executable)
    return tmp_path


def shell(port: Path, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line as a runner's shell does."""
    env = os.environ | {"PATH": f"{port / 'bin'}:{os.environ['PATH']}", **variables}
    return subprocess.run(["bash", "-e", "-c", command], cwd=port, env=env, capture_output=True, text=True, check=False)


def job() -> dict[str, Any]:
    """Give the workflow, as YAML reads it."""
    found: dict[str, Any] = yaml.safe_load((GOLDEN / "ci" / "conformance.yml").read_text(encoding="utf-8"))
    return found


def test_the_job_is_a_workflow() -> None:
    """It has a trigger (YAML takes the word on for true), least permissions, a machine, and steps of one thing each."""
    found = job()
    assert set(found) == {"name", True, "permissions", "jobs"}
    assert found["permissions"] == {"contents": "read"}
    (own,) = found["jobs"].values()
    assert own["runs-on"] == "ubuntu-latest"
    assert all(("run" in step) != ("uses" in step) for step in own["steps"])


@pytest.mark.parametrize("fault", ["right", "transposed"])
def test_the_job_does_what_it_says(fault: str, port: Path, tmp_path: Path) -> None:
    """Its commands pass a right adapter and leave a report behind; they fail a wrong one."""
    del tmp_path
    (own,) = job()["jobs"].values()
    adapter = f"{own['env']['ADAPTER']} {fault}"
    codes = [
        shell(port, step["run"], ADAPTER=adapter, GITHUB_RUN_NUMBER="3").returncode
        for step in own["steps"]
        if "run" in step
    ]
    assert len(codes) == 2
    assert (codes == [0, 0]) == (fault == "right")
    if fault == "right":
        assert {path.name for path in port.glob("conformance.*")} == {"conformance.xml", "conformance.svg"}


def test_the_commands_on_the_page_work(site: Path, port: Path) -> None:
    """Every line that the page shows can be typed as it stands, in a port's repository."""
    blocks = re.findall(r'<code class="language-sh">(.*?)</code>', page(site), re.DOTALL)
    lines = [line for block in blocks for line in unescape(block).strip().split("\n")]
    assert len(lines) == 5
    for line in lines:
        done = shell(port, line.replace("--count 10000", "--count 200"))
        assert done.returncode == 0, line + done.stdout + done.stderr


def test_the_readme_has_what_the_page_shows() -> None:
    """The sections that are taken from it are there, and lead to pages."""
    whole = read_all(GOLDEN)
    assert whole.suites
    assert "language-sh" in section(GOLDEN, "Five minutes", "conformance/index.html")
    assert 'href="conformance.yml"' in section(GOLDEN, "In CI", "conformance/index.html")
    assert section(GOLDEN, "No such section", "conformance/index.html") == ""


def test_samples_are_true_to_the_formats() -> None:
    """Each sample has the keys of the real result, where there is one."""
    for name, sample in RESULTS.items():
        path = GOLDEN / "results" / f"{name}.json"
        if path.is_file():
            real = json.loads(path.read_text(encoding="utf-8"))
            assert set(real) >= set(sample), name
            for key, found in sample.items():
                if isinstance(found, list) and real[key]:
                    assert set(real[key][0]) >= set(found[0]) - {"vector", "finding"}, (name, key)
