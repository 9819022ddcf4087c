"""The engine matrix: the shipped twins on every vector of the suites, in each JavaScript engine there is.

Each engine runs the same classic scripts: pinned.js and the twins as the site ships them, the suites' vectors, and
probe.js, which compares bits and says what the engine's own Math would have given.
"""

from bench.engines.rows import browser_row, node_row, quickjs_row
from bench.engines.scripts import sources, written

__all__ = ["browser_row", "node_row", "quickjs_row", "sources", "written"]
