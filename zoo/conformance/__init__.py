"""The conformance pages: what the reference suite demands, tests and found, drawn from the files of golden/ alone.

Reading order: suite (stages and vectors) → values (a vector's numbers, to be read) → texts (the specification) →
index (which vectors test which demand) → results (what was measured) → tables (that, as rows) → pages.
"""
