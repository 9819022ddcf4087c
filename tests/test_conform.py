"""The conformance runner, driven through its command line against adapters that are right, wrong or broken."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "golden"
FAKE = [sys.executable, str(GOLDEN / "adapters" / "fake.py")]


def conform(*args: object, golden: Path = GOLDEN) -> subprocess.CompletedProcess[str]:
    """Run conform.py without the project around it: isolated, so that only its own folder can be imported."""
    command = [sys.executable, "-S", "-B", str(golden / "conform.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def check(fault: str, *options: object) -> subprocess.CompletedProcess[str]:
    """Run the fake adapter with this fault against GAN-001."""
    return conform("run", "--suite", "mini-digits", "--seed", 7, *options, "--", *FAKE, fault)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Give a file for known failures."""
    return tmp_path / "known.txt"


def test_a_right_adapter_conforms() -> None:
    """The correct adapter passes every stage and the run exits with 0."""
    run = check("right")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "conforms to mini-digits" in run.stdout
    assert "11 of 11 stages" in run.stdout


@pytest.mark.parametrize("fault", ["upper", "noisy"])
def test_what_the_protocol_tolerates_passes(fault: str) -> None:
    """Upper-case hex, CR LF, unknown keys and a busy stderr are no faults."""
    assert check(fault).returncode == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("crash", "exited with 17"),
        ("split", "no response"),
        ("chatter", "no response"),
        ("farewell", "out of order"),
        ("order", "out of order"),
        ("fragile", "exited with 1"),
        ("unbounded", "64 KiB"),
        ("not_json", "no response"),
        ("future", "protocol 2"),
        ("nameless", "'name'"),
    ],
)
def test_a_breach_of_the_protocol_exits_with_3(fault: str, words: str) -> None:
    """Crash, split lines, chatter and answers out of order are named, and exit with 3."""
    run = check(fault)
    assert run.returncode == 3, run.stdout
    assert words in run.stdout


def test_a_hanging_adapter_is_given_up() -> None:
    """An answer that does not come within the limit is a breach, not a hang of the runner."""
    run = check("hang", "--timeout", "0.5", "--stage", "exp")
    assert run.returncode == 3
    assert "no answer within 0.5 s" in run.stdout


def test_a_crash_costs_one_vector_and_the_rest_is_run() -> None:
    """After a crash the adapter is started anew; what it answers then is judged."""
    run = check("crash", "--stage", "logits", "--json", "-")
    (found,) = json.loads(run.stdout)["runs"]
    (stage,) = found["stages"]
    assert 1 < len(found["breaches"]) <= 4
    assert stage["passed"] > 60


@pytest.mark.parametrize(
    ("fault", "stage"),
    [("transposed", "blend"), ("stale", "prng"), ("drifting", "readout"), ("lazy", "exp"), ("stubborn", "protocol")],
)
def test_a_wrong_adapter_is_caught_at_its_stage(fault: str, stage: str) -> None:
    """A wrong answer exits with 1 and the first diverging stage is the one at fault."""
    run = check(fault, "--json", "-")
    assert run.returncode == 1, run.stdout
    assert json.loads(run.stdout)["runs"][0]["first_divergence"]["stage"] == stage


def test_state_that_shows_only_on_repetition_is_caught() -> None:
    """A stream that goes on between requests answers each question rightly once; asking twice shows it."""
    run = check("stale")
    assert "another answer when asked again" in run.stdout


def test_a_native_exp_passes_its_profile_and_fails_exact_by_name() -> None:
    """One step off in exp is forgiven by native-exp; exact says that exp is not the pinned one."""
    exact, native = check("native"), check("native", "--profile", "native-exp")
    assert exact.returncode == 1
    assert "exp is not the pinned" in exact.stdout
    assert native.returncode == 0, native.stdout


def test_a_failure_shows_bits_reason_and_requirement() -> None:
    """A failing vector is spelled out: hex and decimal, ulp distance, why it exists, what it tests."""
    run = check("native")
    assert "1 ulp" in run.stdout
    assert "it is there because" in run.stdout
    assert "MDG-EXP-" in run.stdout


def test_stages_not_claimed_are_reported_as_such() -> None:
    """A port of two stages conforms in two stages; the others are not claimed, never passed."""
    run = check("partial", "--json", "-")
    (found,) = json.loads(run.stdout)["runs"]
    verdicts = {stage["stage"]: stage["verdict"] for stage in found["stages"]}
    assert run.returncode == 0
    assert verdicts["prng"] == "passed"
    assert verdicts["exp"] == "not claimed"
    assert sum(stage["passed"] for stage in found["stages"] if stage["verdict"] == "not claimed") == 0


def test_a_stage_skipped_throughout_is_not_claimed() -> None:
    """What hello claims and every answer skips is not claimed."""
    run = check("shirking", "--json", "-")
    verdicts = {stage["stage"]: stage["verdict"] for stage in json.loads(run.stdout)["runs"][0]["stages"]}
    assert verdicts["exp"] == "not claimed"


@pytest.mark.parametrize("options", [["--stage", "exp"], []])
def test_a_run_of_no_vectors_is_an_error(options: list[str]) -> None:
    """Nothing judged is nothing shown: exit 2."""
    assert check("nothing", *options).returncode == 2


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["run"],
        ["run", "--stage", "no-such-stage", "--", "true"],
        ["run", "--id", "mdg-exp-9999", "--", "true"],
        ["run", "--profile", "fast", "--", "true"],
        ["run", "--known-failures", "/nonexistent", "--", "true"],
        ["run", "--", "/nonexistent/adapter"],
        ["explain", "mdg-exp-9999"],
        ["fuzz", "--count", "0", "--", "true"],
        ["wander"],
    ],
)
def test_usage_errors_exit_with_2(args: list[str]) -> None:
    """A wrong use is told on stderr in a line, without a traceback."""
    run = conform(*args)
    assert run.returncode == 2
    assert run.stderr
    assert "Traceback" not in run.stderr


def failing_ids(fault: str) -> list[str]:
    """Every vector the fault fails."""
    run = check(fault, "--json", "-")
    return [each["id"] for each in json.loads(run.stdout)["runs"][0]["failures"]]


def test_known_failures_excuse_exactly_what_fails(known: Path) -> None:
    """With every failing vector listed the run exits with 0, and says what is known."""
    known.write_text("# transposed glyphs\n" + "\n".join(failing_ids("transposed")))
    run = check("transposed", "--known-failures", known)
    assert run.returncode == 0, run.stdout
    assert "known" in run.stdout


@pytest.mark.parametrize("extra", ["mdg-exp-0001  # fixed long ago", "mdg-exp-9999"])
def test_known_failures_are_strict(known: Path, extra: str) -> None:
    """A listed vector that passes, or does not exist, fails the run."""
    known.write_text("\n".join([*failing_ids("transposed"), extra]))
    run = check("transposed", "--known-failures", known)
    assert run.returncode == 1
    assert extra.split(maxsplit=1)[0] in run.stdout


def test_known_failures_excuse_no_breach(known: Path) -> None:
    """A crash stays a crash, whatever is listed."""
    known.write_text("mdg-logits-0001\n")
    assert check("crash", "--known-failures", known).returncode == 3


@pytest.mark.parametrize("fault", ["right", "transposed", "crash", "partial"])
def test_junit_is_well_formed_and_counts_right(fault: str, tmp_path: Path) -> None:
    """JUnit's counters agree with its elements."""
    path = tmp_path / "junit.xml"
    check(fault, "--junit", path)
    for suite in ET.parse(path).getroot():  # noqa: S314 - our own output
        for tag, counter in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert len(suite.findall(f"testcase/{tag}")) == int(suite.attrib[counter])
        assert len(suite) == int(suite.attrib["tests"])


def test_reports_for_machines(tmp_path: Path) -> None:
    """Markdown, badge and annotations name the verdict."""
    run = check("transposed", "--markdown", tmp_path / "r.md", "--badge", tmp_path / "b.svg", "--github")
    assert "| blend | failed |" in (tmp_path / "r.md").read_text()
    assert "fails" in (tmp_path / "b.svg").read_text()
    assert "::error title=blend mdg-blend-0001::" in run.stdout
    ET.parse(tmp_path / "b.svg")  # noqa: S314 - our own output


def test_the_same_seed_gives_the_same_run() -> None:
    """Order and tokens come from the seed; without one it is drawn and printed."""
    first, second = (check("drifting", "--json", "-").stdout for _ in range(2))
    assert json.loads(first)["runs"][0]["failures"] == json.loads(second)["runs"][0]["failures"]
    assert "order from seed" in conform("run", "--stage", "weights", "--", *FAKE).stdout


def test_fuzz_finds_a_fault_and_makes_it_small() -> None:
    """Fresh cases catch a fault, and the one shown is minimal."""
    run = conform(
        "fuzz", "--suite", "mini-digits", "--count", 200, "--seed", 1, "--stage", "exp", "--", *FAKE, "native"
    )
    assert run.returncode == 1
    assert len(run.stdout.split('"f64:')[1].split('"')[0]) == 16, run.stdout


def test_fuzz_passes_a_right_adapter() -> None:
    """Fresh cases of every stage agree with the reference."""
    run = conform("fuzz", "--suite", "mini-digits", "--count", 100, "--seed", 1, "--", *FAKE)
    assert run.returncode == 0, run.stdout + run.stderr


def test_repro_replays_a_request_without_the_runner() -> None:
    """The line is plain shell; the adapter's answer comes out of it."""
    line = conform("repro", "mdg-prng-0302", "--", *FAKE).stdout
    run = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=30, check=True)
    hello, answer = map(json.loads, run.stdout.splitlines())
    assert hello["protocol"] == 1
    assert answer["out"]["words"] == "u32:2f359d26"


def test_list_explain_and_export_agree() -> None:
    """Every listed vector is exported, and explained with its requirement's text."""
    exported = [json.loads(line) for line in conform("export", "--suite", "mini-digits").stdout.splitlines()]
    listed = conform("list", "--suite", "mini-digits").stdout.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("mdg")] == [each["id"] for each in exported]
    assert "one rounding" in conform("explain", "mdg-latent-0001").stdout


def test_expected_values_are_never_sent(tmp_path: Path) -> None:
    """What the adapter reads holds inputs alone."""
    log = tmp_path / "log"
    heard = f"""IFS= read -r line && printf '%s\\n' "$line" >> {log} && printf '%s\\n' "$line" """
    script = f"""while {heard} && [ "$line" != '{{"cmd":"bye"}}' ]; do :; done | exec {sys.executable} {FAKE[1]}"""
    assert conform("run", "--suite", "mini-digits", "--", "sh", "-c", script).returncode == 0
    requests = [
        json.loads(line)
        for line in log.read_text().splitlines()
        if line.startswith('{"cmd":"run"') and line.endswith("}")
    ]
    assert all(set(request) <= {"cmd", "token", "model", "stage", "in"} for request in requests)
    assert len({request["token"] for request in requests}) == len(requests)


def test_a_copy_of_golden_stands_alone(tmp_path: Path) -> None:
    """golden/ copied to an empty folder runs, validates and fuzzes without the project or its dependencies."""
    copy = tmp_path / "copy"
    shutil.copytree(GOLDEN, copy, ignore=shutil.ignore_patterns("__pycache__"))
    fake = [sys.executable, "-S", "-B", str(copy / "adapters" / "fake.py")]
    assert conform("validate", golden=copy).returncode == 0
    assert conform("run", "--suite", "mini-digits", "--", *fake, golden=copy).returncode == 0
    assert conform("fuzz", "--suite", "mini-digits", "--count", 20, "--", *fake, golden=copy).returncode == 0
