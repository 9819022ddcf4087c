"""Pinned mathematics: fdlibm's functions in array arithmetic that gives every processor the same bits.

Platform functions (np.exp, np.tanh, …) differ in the last bit from library to library and from processor
to processor; + − × ÷, square root, comparison and truncation do not, and nothing else is used here. The
algorithms and constants are those of fdlibm (Sun Microsystems, 1993), which V8 as shipped in Node 16 to 25
follows too; content/pinned.js is the same mathematics for the browser.
"""

from generator.maths.arctangent import atan, atan2
from generator.maths.circular import cos, sin
from generator.maths.exponential import exp
from generator.maths.hyperbolic import expm1, tanh

__all__ = ["atan", "atan2", "cos", "exp", "expm1", "sin", "tanh"]
