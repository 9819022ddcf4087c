"""CITATION.cff is read for what an archive needs, and its mistakes are told with their lines."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from zoo.citation import Author, read_citation
from zoo.errors import ContentError

ROOT = Path(__file__).parent.parent
GOOD = "title: T\nversion: 1.0\nlicense: MIT\ndate-released: 2026-11-23\nauthors:\n- name: The Authors\n"


def test_the_zoo_s_own() -> None:
    """The version is the project's, the licence too, and the day is known."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = read_citation(ROOT / "CITATION.cff")
    assert (found.version, found.license) == (project["version"], project["license"])
    assert found.date
    assert found.authors


def test_persons_and_organizations(tmp_path: Path) -> None:
    """Names are put together from their parts; what is not said is empty; texts stay as they are written."""
    path = tmp_path / "CITATION.cff"
    path.write_text(
        GOOD + "- given-names: Ada\n  family-names: Lovelace\n  orcid: https://orcid.org/0\n  affiliation: A & B\n"
    )
    found = read_citation(path)
    assert found.version == "1.0"
    assert found.authors == (
        Author("The Authors", is_person=False),
        Author("Ada Lovelace", is_person=True, orcid="https://orcid.org/0", affiliation="A & B"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("title: T\n", ""), "1: title: missing, expected a text"),
        (GOOD.replace("MIT", ""), "3: license: missing, expected a text"),
        (GOOD.replace("2026-11-23", "soon"), "4: date-released: 'soon' is no date, expected one such as 2026-11-23"),
        (GOOD.replace("- name: The Authors\n", ""), "5: authors: missing, expected a list of authors"),
        (GOOD.replace("name:", "alias:"), "5: authors: missing, expected a list of authors"),
        ("a: b: c\n", "1: not YAML: mapping values are not allowed here"),
        ("- a\n", "1: title: missing, expected a text"),
        ("", "1: title: missing, expected a text"),
        ("a: \x07\n", "1: not YAML: a character that is not allowed"),
    ],
)
def test_mistakes_have_lines(text: str, said: str, tmp_path: Path) -> None:
    """What is missing or wrong, with the line where there is one."""
    path = tmp_path / "CITATION.cff"
    path.write_text(text)
    with pytest.raises(ContentError) as error:
        read_citation(path)
    assert f"{path}:{said}" in str(error.value)


def test_no_file_is_a_mistake(tmp_path: Path) -> None:
    """A zoo that nobody can cite is not archived."""
    with pytest.raises(ContentError, match="no such file, expected who is to be cited for the zoo"):
        read_citation(tmp_path / "CITATION.cff")
    (tmp_path / "CITATION.cff").write_bytes(b"\xff")
    with pytest.raises(ContentError, match="cannot be read"):
        read_citation(tmp_path / "CITATION.cff")
