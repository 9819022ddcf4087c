"""The models of the zoo: pure functions of NumPy arrays that know no Markdown, no page and no file format.

Read in this order: `ecmascript`, `prng`, `maths`, `layers`, `blend`, `model`, then one file a species.
"""
