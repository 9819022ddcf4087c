"""An adapter as a child process: lines out, lines in, time limits, and no way for it to hang the runner."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from typing import IO

from conformance.errors import Breach, SuiteError

LONGEST = 64 * 1024


class Adapter:
    """The running command. Threads move the bytes, so neither a full pipe nor a silent adapter blocks the caller."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it; SuiteError if there is no such command."""
        pipe = subprocess.PIPE
        try:
            self._child = subprocess.Popen(  # noqa: S603 - running the caller's command is the purpose
                command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
            )
        except OSError as error:
            raise SuiteError(f"cannot start {command[0]!r}: {error.strerror or error}") from error
        self._heard: queue.Queue[bytes] = queue.Queue()
        self._unsent: queue.Queue[bytes | None] = queue.Queue()
        self.log: deque[str] = deque(maxlen=20)  # the last lines of stderr: never a verdict
        self._movers = [threading.Thread(target=job, daemon=True) for job in (self._write, self._read, self._follow)]
        for mover in self._movers:
            mover.start()

    def _write(self) -> None:
        """Move lines to stdin until None."""
        stdin = pipe_of(self._child.stdin)
        with contextlib.suppress(OSError, ValueError):
            while (line := self._unsent.get()) is not None:
                stdin.write(line)
                stdin.flush()
        with contextlib.suppress(OSError):
            stdin.close()

    def _read(self) -> None:
        """Move lines from stdout; an empty one at its end."""
        with contextlib.suppress(OSError, ValueError), pipe_of(self._child.stdout) as stdout:
            while line := stdout.readline(LONGEST + 1):
                self._heard.put(line)
        self._heard.put(b"")

    def _follow(self) -> None:
        """Keep the end of stderr."""
        with contextlib.suppress(OSError, ValueError), pipe_of(self._child.stderr) as stderr:
            for line in stderr:
                self.log.append(line.decode("utf-8", "replace").rstrip()[:300])

    def send(self, line: str) -> None:
        """Queue one line for the adapter."""
        self._unsent.put(line.encode() + b"\n")

    def receive(self, limit: float) -> str:
        """Give the next line of stdout; Breach if none comes in time or it is no line of the protocol."""
        try:
            line = self._heard.get(timeout=limit)
        except queue.Empty:
            raise Breach(f"no answer within {limit:g} s") from None
        if not line:
            raise Breach(self.ending())
        if len(line) > LONGEST:
            raise Breach("a line of more than 64 KiB")
        if not line.endswith(b"\n"):
            raise Breach(f"output ends within a line: {line[:80]!r}")
        try:
            return line.decode()
        except UnicodeDecodeError:
            raise Breach(f"a line that is not UTF-8: {line[:80]!r}") from None

    def ending(self) -> str:
        """How the process ended, once its stdout is closed."""
        try:
            code = self._child.wait(1)
        except subprocess.TimeoutExpired:
            return "stdout closed while the adapter still runs"
        said = f"; stderr ends: {self.log[-1]}" if self.log else ""
        return (f"killed by signal {-code}" if code < 0 else f"exited with {code}") + " instead of answering" + said

    def finish(self, goodbye: str | None, limit: float) -> None:
        """Say goodbye and leave its input open, or end it; Breach if it answers or does not exit with 0 in time."""
        if goodbye:
            self.send(goodbye)
        else:
            self._unsent.put(None)
        try:
            code = self._child.wait(limit)
            line = self._heard.get(timeout=limit)
        except (subprocess.TimeoutExpired, queue.Empty):
            raise Breach(f"still running {limit:g} s after {'bye' if goodbye else 'end of input'}") from None
        if line:
            raise Breach(f"a line nobody asked for: {line[:80]!r}")
        if code:
            raise Breach(f"exit code {code} after {'bye' if goodbye else 'end of input'}, not 0")

    def kill(self) -> None:
        """End it and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._child.pid, signal.SIGKILL)
            else:
                self._child.kill()
        self._unsent.put(None)
        self._child.wait()
        for mover in self._movers:
            mover.join(1)  # each closes its pipe; a grandchild that holds one open is waited for no longer


def pipe_of(stream: IO[bytes] | None) -> IO[bytes]:
    """Give a pipe that was asked for."""
    assert stream is not None
    return stream
