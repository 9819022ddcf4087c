"""One archive, many ways: whoever draws the shards, and whatever befalls them, the files are the same."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from shards import ROOT, SHARDS, SMALL, built, files, root_of, small_plan

from zoo.errors import UsageError, ZooError
from zoo.shards import engines, orders, run, store


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small archive, drawn in this process."""
    folder = tmp_path_factory.mktemp("alone") / "archive"
    assert built(*SMALL, "--output", folder, "--jobs", 1) == 0
    return folder


def test_processes_and_parts_make_no_difference(alone: Path, tmp_path: Path) -> None:
    """Two processes, and five parts in two folders put together, give the files drawn alone, to the last byte."""
    assert built(*SMALL, "--output", tmp_path / "two", "--jobs", 2) == 0
    assert files(tmp_path / "two") == files(alone)
    for number in range(1, 6):
        part = tmp_path / f"part{number % 2}"
        assert built(*SMALL, "--output", part, "--jobs", 1, "--shard", f"{number}/5") == 0
        assert not (part / "manifest.json").exists()
    assert built("merge", tmp_path / "merged", tmp_path / "part0", tmp_path / "part1") == 0
    assert files(tmp_path / "merged") == files(alone)
    assert built("merge", tmp_path / "part0", tmp_path / "part1") == 0
    assert files(tmp_path / "part0") == files(alone)


def test_what_is_there_is_not_drawn_again(alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole shards stay, damaged and missing ones are drawn, and more seeds draw what is new alone."""
    shutil.copytree(alone, tmp_path / "own")
    first, second, *_ = sorted((tmp_path / "own").glob("shards/*/*.zip"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1] + b"x")
    assert built(*SMALL, "--output", tmp_path / "own", "--jobs", 1) == 0
    assert f"{SHARDS} shards" in (said := capsys.readouterr().out)
    assert " 2 drawn in " in said
    assert files(tmp_path / "own") == files(alone)
    more = [word.replace("0:1500", "0:1600") for word in SMALL]
    assert built(*more, "--output", tmp_path / "own", "--jobs", 1) == 0
    assert " 2 drawn in " in capsys.readouterr().out  # that of 1280:1500, which is now another, and a new one


def interrupted(folder: Path, shards: int, *words: str) -> None:
    """Kill a run, and all its processes, when it has so many shards."""
    command = [sys.executable, str(ROOT / "build.py"), *SMALL, "--output", str(folder), *words]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    while len(list(folder.glob("shards/*/*.zip"))) < shards and process.poll() is None:
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_interrupted_twice(jobs: str, alone: Path, tmp_path: Path) -> None:
    """A run that is killed twice and started again comes to the same files, and leaves no others."""
    folder = tmp_path / "own"
    interrupted(folder, 1, "--jobs", jobs)
    (folder / "unfinished").mkdir(parents=True, exist_ok=True)
    (folder / "unfinished/left").write_bytes(b"half")
    interrupted(folder, 3, "--jobs", jobs)
    assert built(*SMALL, "--output", folder, "--jobs", jobs) == 0
    assert files(folder) == files(alone)


# what can go wrong with an engine


def once(task: store.Task, mark: str) -> bool:
    """Tell whether this is the first time that the task's shard meets a mark."""
    try:
        (task.folder.parent / f"{mark} {task.galleries.seeds.replace(':', '-')}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def dying(task: store.Task) -> store.Shard:
    """Die over every second shard, the first time."""
    if task.galleries.seeds.startswith(("256", "768", "1280")) and once(task, "died"):
        os.kill(os.getpid(), signal.SIGKILL)
    return store.place(task)


def hanging(task: store.Task) -> store.Shard:
    """Never come back from one shard, the first time."""
    if task.galleries.seeds.startswith("256") and once(task, "hung"):
        time.sleep(1000)
    return store.place(task)


def failing(task: store.Task) -> store.Shard:
    """Die over one shard, always."""
    if task.galleries.seeds.startswith("512"):
        os.kill(os.getpid(), signal.SIGKILL)
    return store.place(task)


@pytest.mark.parametrize("work", [dying, hanging])
def test_processes_that_die_or_hang(
    work: Callable[[store.Task], store.Shard], alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others do their work, and the archive is whole."""
    monkeypatch.setattr(run, "place", work)
    monkeypatch.setattr(run, "SHORTEST", 0.2)
    monkeypatch.setattr(engines, "GRACE", 0.2)
    _, root = run.archive(small_plan(), tmp_path / "own", engines.processes(2), lambda _done, _total: None)
    assert root == root_of(alone)
    assert files(tmp_path / "own") == files(alone)


def test_an_engine_that_always_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some attempts the run says what is missing; there is no manifest, and all other shards are there."""
    monkeypatch.setattr(run, "place", failing)
    with pytest.raises(ZooError, match=r"1 of 6 shards are missing, the first of seeds 512:768: .* goes on where"):
        run.archive(small_plan(), tmp_path / "own", engines.processes(2), lambda _done, _total: None)
    assert not (tmp_path / "own/manifest.json").exists()
    assert len(list(tmp_path.glob("own/shards/*/*.zip"))) == SHARDS - 1


def test_a_full_disk_is_no_failure_of_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says ends the run at once, with the file's name."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/unfinished").write_bytes(b"")
    with pytest.raises(ZooError, match="unfinished: File exists"):
        run.archive(small_plan(), tmp_path / "own", engines.processes(2), lambda _done, _total: None)
    monkeypatch.setattr(store, "code_key", lambda: "another")
    task = store.Task(small_plan()[0], tmp_path, "this one")
    with pytest.raises(ZooError, match="same version"):
        store.place(task)


# Dask


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


@contextmanager
def daemon(*words: object) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a process of Dask's; its workers know where the zoo is, as a real cluster's must."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", *map(str, words)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def scheduler(port: int) -> tuple[object, ...]:
    """Give the words that start a scheduler."""
    where = ("--host", "127.0.0.1", "--port", port)
    return ("distributed.cli.dask_scheduler", *where, "--no-dashboard")


def worker(port: int, folder: Path) -> tuple[object, ...]:
    """Give the words that start a worker of one thread."""
    alone = ("--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", folder)
    return ("distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", *alone)


LARGER = SMALL[:4]  # with every stop, so that a shard takes a while


def on_cluster(folder: Path, port: int) -> subprocess.Popen[str]:
    """Start an archive on a scheduler."""
    command = [sys.executable, str(ROOT / "build.py"), *LARGER, "--output", str(folder)]
    command += ["--scheduler", f"tcp://127.0.0.1:{port}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_shards(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Return when a run has so many shards, and is not done yet."""
    while len(list(folder.glob("shards/*/*.zip"))) < count:
        assert process.poll() is None
        time.sleep(0.002)


def test_a_cluster_that_loses_a_worker_and_its_scheduler(tmp_path: Path) -> None:
    """Three workers, one killed under way, then the scheduler with all others, which come back: the same root."""
    port = free_port()
    with ExitStack() as first:
        head = first.enter_context(daemon(*scheduler(port)))
        workers = [first.enter_context(daemon(*worker(port, tmp_path))) for _ in range(3)]
        drawn = on_cluster(tmp_path / "own", port)
        wait_for_shards(tmp_path / "own", 1, drawn)
        workers[0].kill()
        wait_for_shards(tmp_path / "own", 3, drawn)
        head.kill()
    with daemon(*scheduler(port)), daemon(*worker(port, tmp_path)):
        out, err = drawn.communicate(timeout=120)
    assert (drawn.returncode, err) == (0, "")
    assert built(*LARGER, "--output", tmp_path / "alone", "--jobs", 1) == 0
    assert root_of(tmp_path / "alone") in out
    assert files(tmp_path / "own") == files(tmp_path / "alone")


def test_no_scheduler_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nothing listens is named, with all that is missing."""
    monkeypatch.setattr(engines, "PATIENCE", 0.1)
    monkeypatch.setattr(run, "ATTEMPTS", 1)
    with pytest.raises(ZooError, match=r"6 of 6 shards are missing.*Timed out trying to connect"):
        run.archive(small_plan(), tmp_path, engines.dask("tcp://127.0.0.1:9"), lambda _done, _total: None)


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed it is told how."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=re.escape("pip install 'ai-zoo[dask]'")):
        orders.engine("tcp://127.0.0.1:8786", 1)
