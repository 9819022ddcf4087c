"""A function run in a process of its own, forked from this one: what it loads, breaks or allocates stays there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any


def apart(function: Callable[..., Any], *given: Any) -> Any:
    """Give what the function returns, which must be JSON; RuntimeError if it ended otherwise."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(tell, "w", encoding="utf-8") as pipe:
                json.dump(function(*given), pipe)
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    if not found:
        raise RuntimeError(f"{function.__name__} ended without a result")
    return json.loads(found)
