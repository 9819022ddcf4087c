"""The built site before three judges: axe (can everybody use it?), vnu (is it valid?) and Lighthouse (is it fast?).

The first two are tests as well; Lighthouse, whose figures depend on the machine's quiet, is `make audit` alone.
"""

from bench.audit.access import violations
from bench.audit.markup import errors

__all__ = ["errors", "violations"]
