"""The builder: exhibit (parse) → gallery (grid to PNG and JSON) → page (templates) → site (write) → archive (pack).

Each step takes the frozen record of the step before and returns its own; none prints.
"""

from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent  # the project's folder
