"""The rules of the house that no linter knows: who imports whom, what arithmetic is allowed, what stands where."""

import ast
import doctest
import importlib
import importlib.util
import json
import re
import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from twin import Twin

from generator.model import Generator, generators
from zoo.arguments import parsed

ROOT = Path(__file__).resolve().parents[1]
STANDARD = set(sys.stdlib_module_names)
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("generator", "zoo")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
SPECIES = {
    module.__name__: species for species in generators().values() for module in [sys.modules[species.route.__module__]]
}
README = ROOT / "README.md"


def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """Give the full names of what a file imports: modules, and names in modules, which may be modules too."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def roots(path: Path) -> set[str]:
    """Give the top packages a file imports."""
    return {name.partition(".")[0] for name in imported(path)}


def within(folder: str) -> list[Path]:
    """Give the Python files of a folder."""
    return sorted((ROOT / folder).rglob("*.py"))


# who imports whom


@pytest.mark.parametrize(
    ("room", "allowed"),
    [
        ("generator", {"generator", "numpy"}),
        ("zoo", {"generator", "zoo", "numpy", "jinja2", "markupsafe", "markdown", "yaml", "PIL", "distributed"}),
    ],
)
def test_imports_go_one_way(room: str, allowed: set[str]) -> None:
    """A model knows no page and no file format, and the builder does not know the command line."""
    assert within(room)
    for path in within(room):
        assert roots(path) <= STANDARD | allowed, path


def test_the_suite_stands_alone() -> None:
    """What judges ports imports the standard library and itself."""
    own = {path.stem for path in within("golden")} | {path.parent.name for path in within("golden")}
    assert "conform" in own
    for path in within("golden"):
        assert roots(path) <= STANDARD | own, path
        assert not roots(path) & {"generator", "zoo", "build", "numpy"}, path


def test_the_generators_reading_order() -> None:
    """A module of generator imports what its front page names before it, and a species no other species."""
    order = re.findall(r"`(\w+)`", ast.get_docstring(tree(MODULES["generator"])) or "")
    assert order[-1] == "model"
    ranks = {f"generator.{name}": rank for rank, name in enumerate(order)} | dict.fromkeys(SPECIES, len(order))
    for module, path in MODULES.items():
        own = part(module)
        for name in imported(path) & set(MODULES) - {"generator"}:
            if own in ranks and part(name) != own:
                assert ranks[part(name)] < ranks[own], f"{module} imports {name}"


def test_the_builder_s_reading_order() -> None:
    """A step of the builder stands on the steps before it: none knows a step after it."""
    steps = re.findall(r"(\w+) \(", ast.get_docstring(tree(MODULES["zoo"])) or "")
    order = [f"zoo.{step}" for step in steps]
    assert order == ["zoo.exhibit", "zoo.gallery", "zoo.page", "zoo.site", "zoo.archive"]
    for number, step in enumerate(order):
        known: set[str] = set()
        todo = [step]
        while todo:
            known |= (new := imported(MODULES[todo.pop()]) & MODULES.keys() - known)
            todo += new
        assert not known & set(order[number + 1 :]), step


def part(module: str) -> str:
    """Give the part of a room a module belongs to: generator.maths for generator.maths.lanes."""
    return ".".join(module.split(".")[:2])


def test_no_circles() -> None:
    """No module imports itself by a detour."""
    modules = {name for name in MODULES if not MODULES[name].name.startswith("__")}
    TopologicalSorter({name: imported(MODULES[name]) & modules for name in modules}).prepare()


def test_one_place_that_prints() -> None:
    """Only build.py speaks: neither the generators nor the builder print."""
    for path in within("generator") + within("zoo"):
        assert not any(isinstance(node, ast.Name) and node.id == "print" for node in ast.walk(tree(path))), path


# arithmetic

PLATFORM = {
    *("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "pow", "float_power", "cbrt", "hypot", "gamma"),
    *("sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "arctan2", "asin", "acos", "atan"),
    *("atan2", "fma", "sinc", "logaddexp", "i0", "erf"),
}  # each library and processor has its own last bits
ORDERLESS = {
    "dot",
    "vdot",
    "inner",
    "matmul",
    "einsum",
    "tensordot",
    "vecdot",
    "matvec",
    "linalg",
    "sum",
    "nansum",
    "prod",
}
ORDERLESS |= {"mean", "average", "cumsum", "reduce", "fsum", "sumprod", "trace", "convolve", "std", "var"}
FILTER = ("generator/blend.py", "_filter_chunk", "@")
REACH = ("generator/blend.py", "paint", "sum")  # a bound on sizes, with room for its own rounding


def suspects(node: ast.AST) -> Iterator[str]:
    """Give what a node does that may give other bits elsewhere."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
        yield "@"
    elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
        base = node.left if isinstance(node, ast.BinOp) else node.target
        if not (isinstance(base, ast.Constant) and base.value == 2):  # powers of two are exact
            yield "**"
    elif isinstance(node, ast.Attribute):
        from_library = isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy", "math", "cmath")
        if node.attr in ORDERLESS or (from_library and node.attr in PLATFORM):
            yield node.attr
    elif isinstance(node, ast.ImportFrom) and node.module in ("math", "cmath", "numpy"):
        yield from {alias.name for alias in node.names} & (PLATFORM | ORDERLESS)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("sum", "pow"):
        yield node.func.id


def arithmetic(path: Path) -> Iterator[tuple[str, str, str]]:
    """Give each suspect in a file with the function it stands in."""
    name = path.relative_to(ROOT).as_posix()
    for part in tree(path).body:
        inner = part.body if isinstance(part, ast.ClassDef) else [part]
        for owner in inner:
            for node in ast.walk(owner):
                yield from ((name, getattr(owner, "name", ""), found) for found in suspects(node))


def test_no_platform_arithmetic() -> None:
    """The generators use + − × ÷, sqrt and comparisons in the order they are written; the one product is a filter."""
    found = Counter(suspect for path in within("generator") for suspect in arithmetic(path))
    assert found == Counter([FILTER, REACH])


@pytest.mark.parametrize(
    "line",
    ["a @ b", "a @= b", "np.exp(x)", "math.tanh(x)", "a.dot(b)", "np.linalg.norm(a)", "x**0.5", "x **= y", "pow(x, y)",
     "a.sum()", "np.add.reduce(a)", "sum(a)", "from math import exp"],
)  # fmt: skip
def test_suspects_are_found(line: str) -> None:
    """The rule above sees each kind of offence."""
    assert [found for node in ast.walk(ast.parse(line)) for found in suspects(node)]


def test_twins_use_no_platform_function() -> None:
    """Twins call only those functions of Math whose result ECMAScript defines."""
    exact = {"abs", "ceil", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"}
    for path in sorted((ROOT / "content").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        used = set(re.findall(r"Math\.(\w+)", code))
        assert used <= exact | {"PI", "LN2"}, path
        assert "**" not in code or path.name == "pinned.js", path
        assert not re.search(r"Date|Math\.random|document|window", code), path


# species


def test_nothing_asks_for_a_species_by_name() -> None:
    """No code but a species' own compares with its name, its exhibit or its title, or looks them up."""
    words = {
        word for module, own in SPECIES.items() for word in (own.name, own.exhibit, own.title, module.split(".")[1])
    }
    files = [ROOT / "build.py", *within("generator"), *within("zoo"), *within("bench")]
    own = {MODULES[module] for module in SPECIES}
    for path in files:
        for node in ast.walk(tree(path)):
            if path in own or not isinstance(node, ast.Compare | ast.Match | ast.Dict | ast.Subscript):
                continue
            for constant in ast.walk(node):
                if isinstance(constant, ast.Constant):
                    assert constant.value not in words, f"{path}:{constant.lineno}: {constant.value!r}"


def test_no_script_names_a_species() -> None:
    """Pages, shared scripts and the capture are handed a species, never told which."""
    words = "|".join(re.escape(word) for own in generators().values() for word in (own.name, own.exhibit))
    shared = [*(ROOT / "templates").glob("*.*"), *(ROOT / "golden").glob("*.mjs"), ROOT / "content" / "pinned.js"]
    shared += (ROOT / "bench").glob("*.*js")
    assert len(shared) > 5
    for path in shared:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            assert not re.search(rf"""["'`/]({words})\b""", line), f"{path}:{number}: {line.strip()}"


def test_one_stem_a_species(species: Generator) -> None:
    """A species' model, page, twin and goldens bear one name."""
    assert species.route.__module__ == f"generator.{species.name.replace('-', '_')}"
    assert json.loads((ROOT / "golden" / species.name / "captured.json").read_text(encoding="utf-8"))["galleries"]
    for ending in (".md", ".js"):
        assert (ROOT / "content" / f"{species.name}{ending}").is_file()


def test_no_stem_without_a_species() -> None:
    """Every twin and every folder of goldens belongs to a species."""
    assert {path.stem for path in (ROOT / "content").glob("*.js")} - {"pinned"} == set(generators())
    assert {path.parent.name for path in (ROOT / "golden").glob("*/captured.json")} == set(generators())


def test_numbers_are_stated_once(species: Generator, twin: Twin) -> None:
    """What a twin repeats of the record, for a page that stands alone, is the record's."""
    told = twin("engine.record", species.name)
    for name in ("name", "exhibit", "width", "height", "channels", "columns", "rows"):
        assert told[name] == getattr(species, name)
    knob = species.knob
    assert told["latentWidth"] == species.latent_width
    assert told["knob"]["name"] == knob.name
    bounds = (float(knob.minimum), float(knob.maximum), float(knob.default))
    assert tuple(told["knob"][key] for key in ("minimum", "maximum", "start")) == bounds


# the project


def commands() -> list[str]:
    """Give each line of README's sh blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return [line.strip() for block in blocks for line in block.split("\n") if line.strip() and not line.startswith("#")]


def test_readme_shows_the_commands_that_matter() -> None:
    """A reader finds how to build, test, draw one gallery and check."""
    shown = "\n".join(commands())
    for command in ("make site", "make test", "build.py sample", "build.py check", "node golden/capture.mjs"):
        assert command in shown


def assert_known_to_build(arguments: list[str]) -> None:
    """Parse a command line of build.py without running it: what is no option must be a knob's."""
    _, rest = parsed(arguments)
    knobs = {f"--{name}" for own in generators().values() for name in (own.knob.name, own.knob.plural)}
    assert {word for word in rest if word.startswith("-")} <= knobs


@pytest.mark.parametrize("command", commands())
def test_readme_commands_exist(command: str) -> None:
    """Each command in README's sh blocks can be run: its target, file, option or program exists."""
    program, *arguments = shlex.split(command, comments=True)
    if program == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert {word for word in arguments if "=" not in word} <= set(targets)
    elif Path(program).name.startswith("python") and arguments[0] == "build.py":
        assert_known_to_build(arguments[1:])
    elif Path(program).name.startswith("python") and arguments[0] == "-m":
        assert importlib.util.find_spec(arguments[1])
    elif Path(program).name.startswith("python") or program == "node":
        assert (ROOT / arguments[0]).is_file()
    else:
        assert program == "cd" or (ROOT / program).is_file() or shutil.which(program)


def test_every_make_target_is_explained() -> None:
    """Each target a person may call has a comment that says what it does."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## \w", text, re.MULTILINE), target


def test_site_is_no_package() -> None:
    """The output folder bears the name of a standard module, which it must never hide."""
    assert not (ROOT / "site" / "__init__.py").exists()
    assert "site/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("__main__")])
def test_examples_in_docstrings(module: str) -> None:
    """Every worked example gives what it says."""
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_there_are_examples_in_docstrings() -> None:
    """Some modules show what they do."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [
        found for name in MODULES if "__main__" not in name for found in finder.find(importlib.import_module(name))
    ]
    assert sum(len(found.examples) for found in examples) >= 5
