"""What all species share, in plain Python numbers: slow, scalar, readable, standard library only.

A Python float is an IEEE binary64 number and struct rounds to binary32, so nothing here depends on a platform's
mathematics. The vectors' expected values come from this package, held against what the source exhibits computed.
"""
