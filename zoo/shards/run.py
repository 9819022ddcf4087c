"""Running: shard after shard by an engine, until none is missing or it is clear that no more will come.

An engine that fails is opened again, and given what is missing. When nothing comes for several times as long as any
shard took, those that are under way are asked for a second time; whichever comes first counts, and both are one file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import closing
from itertools import islice
from pathlib import Path

from zoo.errors import ZooError
from zoo.shards.engines import Engine
from zoo.shards.plan import Plan
from zoo.shards.store import Shard, Task, finish, path_of, place, record, tasks, write

ATTEMPTS = 5  # of an engine in a row that bring no shard
STRAGGLER = 4.0  # times as long as the longest before
SHORTEST = 2.0  # seconds, before which nothing is a straggler

Progress = Callable[[int, int], None]  # shards there, shards in all


class _Failed(Exception):  # noqa: N818 what it says of an engine
    """An engine failed, for the reason given."""


def archive(plan: Plan, folder: Path, engine: Engine, tell: Progress) -> tuple[dict[int, Shard], str]:
    """Have all shards of a plan in a folder, and its manifest; give the shards and the Merkle root."""
    found = _fill(plan, folder, engine, tell, range(len(plan)))
    return found, finish(plan, folder, found)


def part(plan: Plan, folder: Path, engine: Engine, tell: Progress, which: tuple[int, int]) -> dict[int, Shard]:
    """Have every n-th shard of a plan in a folder, from the i-th on, and a note of them for `merge`."""
    number, parts = which
    found = _fill(plan, folder, engine, tell, range(number - 1, len(plan), parts))
    write(folder / f"part-{number}-of-{parts}.json", record(plan, found, part=[number, parts]))
    return found


def _fill(plan: Plan, folder: Path, engine: Engine, tell: Progress, numbers: range) -> dict[int, Shard]:
    missing = tasks(plan, folder, numbers)
    found: dict[int, Shard] = {}
    fruitless = 0
    while missing:
        before = len(found)
        try:
            with closing(_attempt(engine, missing, 1 if fruitless else engine.ahead)) as outcomes:
                for number, shard in outcomes:
                    found[number] = _seen(shard, folder)
                    del missing[number]
                    tell(len(found), len(numbers))
        except _Failed as error:
            fruitless = 0 if len(found) > before else fruitless + 1
            if fruitless == ATTEMPTS:
                raise ZooError(_gone(missing, len(numbers), error)) from error
            first = next(iter(missing))
            missing[first] = missing.pop(first)  # if that one is to blame, the others shall not wait for it
            time.sleep(engine.rest * fruitless)
    return found


def _gone(missing: Mapping[int, Task], total: int, error: _Failed) -> str:
    first = "; ".join(task.galleries.seeds for task in islice(missing.values(), 3))
    return (
        f"{len(missing):,} of {total:,} shards are missing, the first of seeds {first}: the engine failed {ATTEMPTS} "
        f"times in a row ({error}); the same command goes on where this one stopped"
    )


def _seen(shard: Shard, folder: Path) -> Shard:
    path = path_of(folder, shard.sha256)
    if not path.exists():
        raise ZooError(f"{path}: written by a worker, and not here: expected a folder that all workers share")
    return shard


def _attempt(engine: Engine, missing: Mapping[int, Task], ahead: int) -> Generator[tuple[int, Shard]]:
    """Give each missing shard once, as it comes, for the caller to take off them; _Failed if the engine fails.

    It is handed so many at first, and after each that comes twice as many, up to what it can take.
    """
    try:
        with engine.open() as executor:
            yield from _outcomes(executor, missing, ahead, engine.ahead)
    except ModuleNotFoundError as error:
        raise ZooError(f"a worker cannot draw ({error}): expected PYTHONPATH to name the zoo's folder there") from error
    except engine.failures as error:
        raise _Failed(f"{type(error).__name__}: {error}") from error


def _outcomes(executor: Executor, missing: Mapping[int, Task], ahead: int, most: int) -> Iterator[tuple[int, Shard]]:
    todo = iter(list(missing.items()))
    running: dict[Future[Shard], int] = {}
    twice: set[int] = set()
    patience: float | None = None
    while missing:
        fresh = islice(todo, max(0, ahead - len(running)))
        running |= {executor.submit(place, task): number for number, task in fresh}
        done, _ = wait(running, patience, FIRST_COMPLETED)
        for future in done:
            if (number := running.pop(future)) in missing:
                shard = future.result()
                patience, ahead = max(patience or SHORTEST, STRAGGLER * shard.seconds), min(2 * ahead, most)
                yield number, shard
        if not done:
            late = set(running.values()) - twice
            running |= {executor.submit(place, missing[number]): number for number in late}
            twice |= late
