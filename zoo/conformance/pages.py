"""The conformance pages: what the suite is and what it found, its texts with their demands, each species' vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from zoo import manners
from zoo.conformance import tables, values
from zoo.conformance.index import Index, index
from zoo.conformance.results import Results, read
from zoo.conformance.suite import Suite, suites
from zoo.conformance.texts import FOLDER, JOB, PROTOCOL, Text, page_of, section, texts, with_mentions
from zoo.exhibit import Front
from zoo.rendering import render, shared, whereabouts

if TYPE_CHECKING:
    from jinja2 import Environment

HUB = f"{FOLDER}/index.html"
SECTIONS = (
    ("start", "Check your port"),
    ("ci", "A job for CI"),
    ("adapters", "Adapters by stage"),
    ("engines", "Engines by stage"),
    ("demands", "Demands, vectors, wrong ports"),
    ("museum", "The museum of wrong ports"),
    ("mutation", "Mutation score"),
)  # of the first page, by their ids
ABOUT = "Which demands the specification makes, which vectors test them, and what conforms."


class Shown(NamedTuple):
    """What the pages say of an exhibit of the zoo they stand in."""

    id: str
    title: str
    slug: str
    species: str


@dataclass(frozen=True)
class Conformance:
    """All that the pages are drawn from."""

    golden: Path
    suites: Sequence[Suite]
    texts: Sequence[Text]
    results: Results
    index: Index


@dataclass(frozen=True)
class Page:
    """A page to be: its path, its template, its title and what it is about, and what its template is told."""

    path: str
    template: str
    title: str
    about: str
    context: Mapping[str, Any]


def read_all(golden: Path) -> Conformance:
    """Read the suite, its texts and its results."""
    found, results = suites(golden), read(golden)
    written = texts(golden, [suite.species for suite in found])
    demands = [demand for text in written for demand in text.demands]
    return Conformance(golden, found, written, results, index(found, demands, results.probes, results.pieces))


def pages(
    golden: Path, front: Front, shown: Sequence[Shown], base_url: str | None, templates: Environment
) -> Iterator[tuple[str, bytes]]:
    """Give every page's path and bytes, and the job for CI; nothing where golden holds no suite."""
    whole = read_all(golden)
    if not whole.suites:
        return
    common = shared(front, base_url, conformance=True) | _common(whole)
    for page in (_hub(whole), *_texts(whole), *_species(whole, shown)):
        data = manners.text_data(page.title, page.about, page.path, front, base_url)
        own = {"root": "../" * page.path.count("/"), "title": page.title, "about": page.about, **page.context}
        context = common | whereabouts(base_url, page.path, data) | own
        yield page.path, render(templates, page.template, context)
    if (golden / JOB).is_file():
        yield str(page_of(JOB)), (golden / JOB).read_bytes()


def _common(whole: Conformance) -> dict[str, Any]:
    return {
        "index": whole.index,
        "values": values,
        "vectors": {vector.id: vector for suite in whole.suites for vector in suite.vectors},
        "places": {demand.id: f"{text.page}#{demand.id}" for text in whole.texts for demand in text.demands},
    }


def _texts(whole: Conformance) -> Iterator[Page]:
    for text in whole.texts:
        about = f"{text.title}, with the vectors that test each demand."
        probes = whole.results.probes if page_of(text.name) == page_of(PROTOCOL) else ()
        context = {"text": text, "probes": probes, "with_mentions": with_mentions}
        yield Page(text.page, "spec.html", text.title, about, context)


def _species(whole: Conformance, shown: Sequence[Shown]) -> Iterator[Page]:
    for suite in whole.suites:
        about = f"The vectors of {suite.title}: what each asks, which demand it tests and which mistake it catches."
        stages = [(f"stage-{stage.name}", stage.name) for stage in suite.stages]
        context = {"suite": suite, "stages": stages, "exhibits": [own for own in shown if own.species == suite.species]}
        yield Page(f"{FOLDER}/{suite.species}/index.html", "vectors.html", f"{suite.title}: vectors", about, context)


def _hub(whole: Conformance) -> Page:
    results, job = whole.results, whole.golden / JOB
    context = {
        "suites": whole.suites,
        "texts": whole.texts,
        "figures": list(_figures(whole)),
        "sections": [(name, title) for name, title in SECTIONS if getattr(results, name, True)],
        "start": Markup(section(whole.golden, "Five minutes", HUB)),  # noqa: S704 the suite's own text
        "ci": Markup(section(whole.golden, "In CI", HUB)),  # noqa: S704
        "job": job.read_text(encoding="utf-8") if job.is_file() else None,
        "adapters": tables.adapter_tables(whole.suites, results),
        "engines": tables.engine_tables(whole.suites, results),
        "native": tables.native_table(results),
        "results": results,
        "museum": tables.by_species(whole.suites, results.pieces),
        "score": tables.score,
        "share": tables.share,
    }
    return Page(HUB, "conformance.html", "Conformance", ABOUT, context)


def _figures(whole: Conformance) -> Iterator[tuple[str, str]]:
    """Give the figures that stand at the head of the page, each with what it counts."""
    results = whole.results
    yield f"{sum(len(text.demands) for text in whole.texts):,}", "demands"
    yield f"{sum(len(suite.vectors) for suite in whole.suites):,}", "vectors"
    if results.adapters:
        good = [line for line in results.adapters["adapters"] if line["conforms"]]
        yield f"{len({line['language'] for line in good})}", "languages conform"
    if results.engines:
        yield f"{len({own['engine'] for own in results.engines['engines']})}", "engines"
    if results.museum:
        yield f"{len(results.pieces):,}", "wrong ports caught"
    if results.mutation:
        score = tables.score(results.mutation)
        yield str(score), f"of {score.of:,} mutants killed"
