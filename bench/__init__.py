"""Benchmarks: ratios measured in one run on one core, never absolute promises."""
