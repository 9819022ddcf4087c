"""Mutants of the Python generator, put before the vectors of the suite: what the vectors let through is what they miss.

Read in this order: `operators` (what is changed), `mutants` (where), `trial` (one mutant before all vectors),
`equivalents` (the mutants that no vector can tell, each with its reason), `__main__` (the run).
"""
