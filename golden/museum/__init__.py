"""The bug museum: wrong ports with one fault each, which the suite must catch where they say.

    python golden/museum                   the list
    python golden/museum PIECE             that port, as an adapter
    python golden/run_museum.py            every piece through the runner; writes results/museum.json

A piece is a function that puts a wrong version of one part into the scalar reference. Its docstring states the fault,
its decorator the vector that must catch it, at whose stage the port first goes wrong: every earlier stage must pass.
"""
