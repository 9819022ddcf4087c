"""Every mistake an author can make has one line, with its file, its line, what is wrong and what was expected."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import EXHIBIT, content, run, tree

HEAD = "---\ntitle: A\ndescription: B\ngenerator: mini-digits\n"  # lines 1 to 4
END = "seeds: 1\ntemperatures: 0.50\n---\n"  # lines 5 to 7, so that a body begins on line 8
NEST = "[" * 3000 + "]" * 3000


@dataclass(frozen=True)
class Case:
    """A page content/x.md, and what the build says of it after `content/x.md:`."""

    page: str | bytes
    said: str


FRONT_MATTER = {
    "no front matter": Case("# Digits\n", "1: the page does not begin with front matter, expected a line ---"),
    "front matter left open": Case("---\ntitle: A\n", "1: front matter is never closed, expected a second line ---"),
    "no mapping": Case("---\n- a\n---\n", "2: front matter is no mapping, expected `key: value` lines"),
    "no YAML": Case(
        "---\ntitle: A\n\tb: c\n---\n",
        "3: front matter is not YAML: found character '\\t' that cannot start any token",
    ),
    "a colon in a text": Case(
        "---\ntitle: A\ndescription: a: b\n---\n", "3: front matter is not YAML: mapping values are not allowed here"
    ),
    "a control character": Case(
        "---\ntitle: A\nb: \x07\n---\n", "3: front matter is not YAML: character '\\x07' is not allowed"
    ),
    "an anchor": Case(
        "---\ntitle: &a A\n---\n", "2: front matter is not YAML: &a is a YAML anchor, expected plain values"
    ),
    "an alias": Case("---\ntitle: *a\n---\n", "2: front matter is not YAML: *a is a YAML alias, expected plain values"),
    "a tag": Case(
        "---\ntitle: !!python/name:os.system x\n---\n",
        "2: front matter is not YAML: tag:yaml.org,2002:python/name:os.system is a YAML tag, expected plain values",
    ),
    "a bomb": Case(
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
        "2: front matter is not YAML: &a is a YAML anchor, expected plain values",
    ),
    "a nest": Case(f"---\na: {NEST}\n---\n", "2: front matter is nested too deeply, expected `key: value` lines"),
    "not UTF-8": Case(
        HEAD.encode() + b"tags: caf\xe9\n---\n", "5: byte 0xe9 is not valid UTF-8, expected a UTF-8 text"
    ),
    "a NUL": Case(HEAD + END + "a\n\0", "9: a NUL character, expected text"),
    "a huge page": Case(b"-" * (2**21 + 1), "1: 2,097,153 bytes, expected a page of at most 2,097,152 bytes"),
    "a key given twice": Case(HEAD + "title: C\n" + END, "5: title: given twice, first on line 2"),
    "a misspelt key": Case(HEAD + "desciption: C\n" + END, "5: desciption: unknown key, did you mean 'description'?"),
    "an unknown key": Case(
        HEAD + "zzz: C\n" + END,
        "5: zzz: unknown key, known: date, description, draft, generator, id, layout, seeds, tags, temperatures, title",
    ),
    "another's knob": Case(
        HEAD + "energies: 1.0\n" + END, "5: energies: this exhibit has no such knob, known: temperatures"
    ),
    "a mapping for a text": Case(HEAD + "tags:\n  a: b\n" + END, "5: tags: neither a text nor a list of texts"),
    "no title": Case(HEAD.replace("title: A\n", "") + END, "1: title: missing, expected a text"),
    "an empty title": Case(HEAD.replace("title: A", "title:") + END, "2: title: empty, expected a text"),
    "a list for a title": Case(HEAD.replace("title: A", "title: [A, B]") + END, "2: title: a list, expected one text"),
    "no description": Case(HEAD.replace("description: B\n", "") + END, "1: description: missing, expected a text"),
    "an empty tag": Case(
        HEAD + "tags: a,,b\n" + END, "5: tags: an empty tag, expected words such as [digits, softmax]"
    ),
    "a no for a flag": Case(HEAD + "draft: no\n" + END, "5: draft: 'no' is neither true nor false"),
    "a date of words": Case(
        HEAD + "date: today\n" + END, "5: date: 'today' is no date, expected one such as 2026-11-23"
    ),
    "a day that is none": Case(
        HEAD + "date: 2026-02-30\n" + END, "5: date: '2026-02-30' is no date, expected one such as 2026-11-23"
    ),
    "a bad id": Case(HEAD + "id: gan 1\n" + END, "5: id: 'gan 1' is not an exhibit id, expected one such as GAN-001"),
    "another's id": Case(HEAD + "id: GAN-002\n" + END, "5: id: 'GAN-002' belongs to the generator 'chromatic-orbit'"),
    "an id that nobody bears": Case(
        HEAD.replace("generator: mini-digits", "id: GAN-901") + END,
        "4: id: no generator bears 'GAN-901', did you mean 'GAN-001'?",
    ),
    "no generator": Case(
        HEAD.replace("generator: mini-digits\n", "") + END,
        "1: generator: missing, expected the name of a generator or a line `Exhibit ID: GAN-001`",
    ),
    "a misspelt generator": Case(
        HEAD.replace("mini-digits", "mini-digit") + END,
        "4: generator: no generator 'mini-digit', did you mean 'mini-digits'?",
    ),
}

GRIDS = {
    "a seed of letters": Case(
        HEAD + "seeds: hot\n---\n", "5: seeds: 'hot' is not a seed, expected one such as 1337 or a range such as 0:16"
    ),
    "a negative seed": Case(
        HEAD + "seeds: -1\n---\n", "5: seeds: '-1' is not a seed, expected one such as 1337 or a range such as 0:16"
    ),
    "a range that is reversed": Case(
        HEAD + "seeds: [1, 9:3]\n---\n", "5: seeds: '9:3' holds no seed, expected a range that ends after it begins"
    ),
    "a seed too large": Case(
        HEAD + "seeds: 4294967296\n---\n", "5: seeds: '4294967296' goes beyond the last seed, 4294967295"
    ),
    "a range too large": Case(
        HEAD + "seeds: 0:4294967296\n---\n", "5: seeds: 4,294,967,296 seeds, expected at most 10,000,000"
    ),
    "an absurd grid": Case(
        HEAD + "seeds: 0:1000000\n---\n",
        "1: seeds: 24,000,000 galleries: 48,000,000 files, about 214.3 GB and 160 min; "
        "expected at most 100,000 galleries, or --yes",
    ),
    "a temperature of letters": Case(
        HEAD + "temperatures: hot\n---\n", "5: temperatures: 'hot' is not a number, expected one such as 0.75"
    ),
    "an infinite temperature": Case(
        HEAD + "temperatures: .inf\n---\n", "5: temperatures: '.inf' is not a number, expected one such as 0.75"
    ),
    "a temperature out of bounds": Case(
        HEAD + "temperatures: 0.5, 9\n---\n", "5: temperatures: temperature 9.00 lies outside 0.35 to 1.50"
    ),
    "a third decimal": Case(HEAD + "temperatures: 0.375\n---\n", "5: temperatures: '0.375' has more than two decimals"),
    "a step of nothing": Case(
        HEAD + "temperatures: 0.5:1:0\n---\n",
        "5: temperatures: '0.5:1:0' is not a range, expected first:last:step such as 0.35:1.5:0.05",
    ),
    "a range of two": Case(
        HEAD + "temperatures: 0.5:1\n---\n",
        "5: temperatures: '0.5:1' is not a range, expected first:last:step such as 0.35:1.5:0.05",
    ),
    "a range of too many stops": Case(
        HEAD + "temperatures: 0:999999:0.01\n---\n",
        "5: temperatures: '0:999999:0.01' holds 99,999,901 stops, expected at most 10,000",
    ),
}

PANEL = '<section>\n<input data-seed value="{seed}">\n\n<input data-temperature {range}>\n</section>\n'
BODIES = {
    "a fence left open": Case("a\n\n```js\n", "10: the code fence ``` is never closed, expected a line ```"),
    "an element left open": Case("<div>\n<p>\n", "8: <div> is never closed"),
    "a script in a list item": Case(
        "- a\n- <script>b()</script>\n",
        "9: <script> inside a list item would be mangled, expected it at the start of a line of its own, outside lists",
    ),
    "a script in a line": Case(
        "a <script>b()</script>\n",
        "8: <script> in the middle of a line would be mangled, "
        "expected it at the start of a line of its own, outside lists",
    ),
    "an end tag too many": Case("a\n</script>\n", "9: </script> closes nothing"),
    "a broken link": Case(
        "a\n\n[b](../nowhere/index.html)\n", "10: ../nowhere/index.html leads to no file of the site"
    ),
    "a broken link in HTML": Case('<p>\n<a href="y.html">b</a></p>\n', "9: y.html leads to no file of the site"),
    "a missing picture": Case("![b](plate.png)\n", "8: plate.png leads to no file of the site"),
    "a broken fragment": Case("## C\n\n[b](#d)\n", "10: #d leads to no element of x/index.html"),
    "an id given twice": Case('<p id="a">b</p>\n\n<p id="a">c</p>\n', "10: the id 'a' is given twice"),
    "another resolution": Case(
        "Exhibit ID: GAN-001\nOutput resolution: 64×64\n",
        "9: Output resolution: 64×64, but the generator 'mini-digits' has 28×28",
    ),
    "another latent width": Case("**Latent width:** 8\n", "8: Latent width: 8, but the generator 'mini-digits' has 10"),
    "a seed that is none": Case(
        PANEL.format(seed="x", range=""), "9: data-seed: 'x' is not a seed, expected one such as 1337"
    ),
    "a control beyond the knob": Case(
        PANEL.format(seed="1", range='min="0.5" max="2" step="0.5"'),
        "11: data-temperature: temperature 2.00 lies outside 0.35 to 1.50",
    ),
    "a step that is no number": Case(
        PANEL.format(seed="1", range='step="any"'),
        "11: data-temperature: 'any' is not a number, expected one such as 0.75",
    ),
    "a start beyond the knob": Case(
        PANEL.format(seed="1", range='value="0.1"'),
        "11: data-temperature: temperature 0.10 lies outside 0.35 to 1.50",
    ),
}
BODIES = {
    name: Case(
        HEAD + (END if "control" not in name and "step" not in name else "seeds: 1\n\n---\n") + str(case.page),
        case.said,
    )
    for name, case in BODIES.items()
}


@pytest.mark.parametrize("case", [*FRONT_MATTER.values(), *GRIDS.values(), *BODIES.values()],
                         ids=[*FRONT_MATTER, *GRIDS, *BODIES])  # fmt: skip
def test_a_mistake_has_one_line(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build fails with exit code 1, that line alone, and no site."""
    monkeypatch.chdir(tmp_path)
    content(tmp_path / "content", x=case.page)
    assert run(tmp_path) == 1
    assert capsys.readouterr().err == f"content/x.md:{case.said}\n"
    assert not (tmp_path / "site").exists()


def test_all_mistakes_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mistakes of all pages come in order of file and line, and the site that was there stays as it was."""
    content(tmp_path / "content", x=EXHIBIT)
    assert run(tmp_path) == 0
    before = tree(tmp_path / "site")
    content(
        tmp_path / "content",
        index="---\ntitle: A\n---\n",
        x=HEAD + "draft: no\nseeds: hot\ntemperatures: 9\n---\n\n- <script></script>\n",
        y=HEAD + "id: GAN-001\n---\n",
    )
    capsys.readouterr()
    assert run(tmp_path) == 1
    told = [line.removeprefix(f"{tmp_path}/content/") for line in capsys.readouterr().err.splitlines()]
    assert [line.split(" ")[0] for line in told] == [
        "index.md:1:",
        "x.md:5:",
        "x.md:6:",
        "x.md:7:",
        "x.md:10:",
        "y.md:5:",
    ]
    assert told[-1] == "y.md:5: id: GAN-001 is already that of x.md"
    assert tree(tmp_path / "site") == before


@pytest.mark.parametrize("name", ["Mini", "a_b", "ä", "a b", "-a", "assets", "conformance", "a\nb"])
def test_a_file_name_that_makes_no_folder_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names of pages are names of folders in the site: small letters, digits and hyphens, and not the site's own."""
    content(tmp_path / "content")
    (tmp_path / "content" / f"{name}.md").write_text(EXHIBIT, encoding="utf-8")
    assert run(tmp_path) == 1
    assert f"md:1: file name {name + '.md'!r}" in capsys.readouterr().err


def test_what_is_no_page_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing front page, a folder, a dangling link and a link out of the content are mistakes on line 1."""
    folder = content(tmp_path / "content")
    (folder / "index.md").unlink()
    (folder / "a.md").mkdir()
    (folder / "b.md").symlink_to("nowhere.md")
    (tmp_path / "secret.md").write_text(EXHIBIT, encoding="utf-8")
    (folder / "c.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(folder / "d.md")
    (folder / "e.png").symlink_to("/etc/hostname")
    assert run(tmp_path) == 1
    told = [line.removeprefix(f"{folder}/") for line in capsys.readouterr().err.splitlines()]
    size = "expected a page of at most 2,097,152 bytes"
    assert told == [
        f"a.md:1: not a file, {size}",
        "b.md:1: cannot be read: No such file or directory",
        "c.md:1: a link that leads out of the content folder, expected a file in it",
        f"d.md:1: not a file, {size}",
        "e.png:1: a link that leads out of the content folder, expected a file in it",
        "index.md:1: no such file, expected the zoo's front page",
    ]


def test_warnings_fail_a_strict_build_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte order mark is a warning, said at every build; --strict makes it an error."""
    content(tmp_path / "content", x="\ufeff" + EXHIBIT)
    for _ in range(2):
        assert run(tmp_path) == 0
        expected = "x.md:1: warning: the file begins with a byte order mark, expected plain UTF-8\n"
        assert capsys.readouterr().err.endswith(expected)
    assert run(tmp_path, "--strict") == 1
    assert capsys.readouterr().err.endswith(expected)


def test_mistakes_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--format json gives one line of JSON, with mistakes or without."""
    content(tmp_path / "content", x="\ufeff" + EXHIBIT)
    assert run(tmp_path, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["exhibits"], told["galleries"], told["mistakes"][0]["severity"]) == (1, 6, "warning")
    content(tmp_path / "content", x=HEAD + "seeds: hot\n---\n")
    assert run(tmp_path, "--format", "json") == 1
    (mistake,) = json.loads(capsys.readouterr().out)["mistakes"]
    message = "seeds: 'hot' is not a seed, expected one such as 1337 or a range such as 0:16"
    assert mistake == {"file": f"{tmp_path}/content/x.md", "line": 5, "severity": "error", "message": message}


def test_mistakes_as_annotations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--format github marks the lines in a change, with % written as the format asks."""
    monkeypatch.chdir(tmp_path)
    content(tmp_path / "content", x=HEAD + "seeds: 50%\n---\n")
    assert run(tmp_path, "--format", "github") == 1
    expected = "seeds: '50%25' is not a seed, expected one such as 1337 or a range such as 0:16"
    assert capsys.readouterr().out == f"::error file=content/x.md,line=5::{expected}\n"


def test_links_that_work_on_some_server_are_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder, the root of a host and what lies beside the site may be linked to, with a warning."""
    content(tmp_path / "content", x=EXHIBIT + "[a](../)\n[b](/lab/zoo/)\n\n[c](../../d.html)\n")
    assert run(tmp_path) == 0
    told = [line.removeprefix(f"{tmp_path}/content/") for line in capsys.readouterr().err.splitlines()]
    assert told == [
        "x.md:8: warning: ../ names a folder, expected its page: index.html",
        "x.md:9: warning: /lab/zoo/ leads to one place on one host, expected a relative link",
        "x.md:11: warning: ../../d.html leads out of the site",
    ]


def test_a_page_for_another_site_may_have_its_links(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the front matter names a layout, a link that leads nowhere is a warning."""
    content(tmp_path / "content", x=EXHIBIT.replace("title:", "layout: ../Layout.astro\ntitle:") + "[a](../b/)\n")
    assert run(tmp_path) == 0
    assert capsys.readouterr().err.endswith("x.md:9: warning: ../b/ leads to no file of the site\n")
