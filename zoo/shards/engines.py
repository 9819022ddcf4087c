"""Engines: where shards are drawn. Each opens an Executor of the standard library's kind, and says how it may fail.

In this process one after another; in several processes of this machine; on the workers of a Dask scheduler. Shards are
written by whoever draws them, so an engine carries orders and names, never pictures; a worker elsewhere has to see the
same folder. What an engine is matters to nobody else: any order, any worker, twice or once give the same files.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any

from zoo.errors import UsageError

PATIENCE = 10.0  # seconds that a scheduler is given to answer
GRACE = 2.0  # seconds that processes are given to end by themselves


@dataclass(frozen=True)
class Engine:
    """How to open an executor, how many shards to hand it at once, and what tells that it, and no shard, failed.

    Where a failed one takes time to come back, rest says how long to wait, in seconds.
    """

    open: Callable[[], AbstractContextManager[Executor]]
    ahead: int
    failures: tuple[type[BaseException], ...] = ()
    rest: float = 0.0


class _Here(Executor):
    """Does at once what is submitted."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it, and give the future that holds the outcome."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 the caller's to judge
            future.set_exception(error)
        return future


def serial() -> Engine:
    """Give the engine that draws in this process."""
    return Engine(_Here, ahead=1)


def processes(count: int) -> Engine:
    """Give the engine of so many processes; one that dies is replaced with all others."""
    return Engine(partial(_pool, count), ahead=2 * count, failures=(BrokenExecutor,))


@contextmanager
def _pool(count: int) -> Iterator[Executor]:
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count)
    try:
        yield pool
    finally:
        ending = Thread(target=pool.shutdown, kwargs={"cancel_futures": True})
        ending.start()
        ending.join(GRACE)
        if ending.is_alive():  # a process is about something that nobody waits for any more
            for own in set(multiprocessing.active_children()) - before:
                own.kill()
        ending.join()


def dask(address: str) -> Engine:
    """Give the engine of a Dask scheduler, or raise UsageError where the package is missing."""
    try:
        from distributed import KilledWorker  # noqa: PLC0415 an extra, not a requirement
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
    except ImportError:
        raise UsageError("--scheduler: Dask is missing, expected the extra: pip install 'ai-zoo[dask]'") from None
    failures = (CancelledError, KilledWorker, CommClosedError, OSError)
    return Engine(partial(_cluster, address), ahead=256, failures=failures, rest=2.0)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    from distributed import Client  # noqa: PLC0415

    for name in logging.Logger.manager.loggerDict:
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters is told by whoever catches it
    with Client(address, timeout=PATIENCE, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        executor = client.get_executor()
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
