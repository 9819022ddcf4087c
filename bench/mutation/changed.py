"""A mutant in the place of its module: whoever imports the module gets the mutant."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.mutation.texts import ROOT, leading_to


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutant's text."""

    def __init__(self, module: str, source: str) -> None:
        """Take over the module's name."""
        self.module, self.source = module, source

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> Any:
        """Answer for the one module."""
        if fullname != self.module:
            return None
        path = [str(ROOT / self.module.replace(".", "/"))]
        spec = importlib.machinery.ModuleSpec(fullname, self, is_package=Path(path[0]).is_dir())
        spec.submodule_search_locations = path if spec.submodule_search_locations is not None else None
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant's text."""
        exec(compile(self.source, f"{self.module}.py", "exec"), vars(module))  # noqa: S102 it is our own

    def take_over(self) -> None:
        """Be asked before all other finders, also for what hangs on the module."""
        for name in leading_to(self.module):
            sys.modules.pop(name, None)
        if "generator.model" in sys.modules:  # it finds species by their files, and keeps what it found
            sys.modules["generator.model"].generators.cache_clear()
        sys.meta_path.insert(0, self)
