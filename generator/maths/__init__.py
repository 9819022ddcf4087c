"""Pinned mathematics: fdlibm's functions in array arithmetic that gives every processor the same bits.

Platform functions (np.exp, np.tanh, …) differ in the last bit from library to library and from processor
to processor; + − × ÷, square root, comparison and truncation do not, and nothing else is used here. The
algorithms and constants are those of fdlibm (Sun Microsystems, 1993), which V8 as shipped in Node 16 to 25
follows too; content/pinned.js is the same mathematics for the browser.
"""

from generator.maths.exponential import exp

__all__ = ["exp"]
