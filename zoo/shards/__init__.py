"""Shards: galleries by the million, 256 seeds a file, each file named by its SHA-256 and readable on its own.

plan (which galleries, cut into shards) → drawing (a shard's bytes) → store (files, manifest) → engines (where shards
are drawn) → run (until none is missing) → merge, proof. What a shard holds depends on its seeds and knob values alone:
whatever draws it, in whatever order, gives the same bytes, the same name, and in the end the same Merkle root.

A shard is a ZIP without compression, as `zoo.zipped` writes it, because ZIP is the container that every system can
open, and nothing in a stored one needs more than knowing where a file begins. In it stand PNG sheets, which every
viewer shows, NumPy columns (a line of text, then plain numbers), JSON that says what is what, and a README.txt for
those who have only the file.
"""
