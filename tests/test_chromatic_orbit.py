"""What is GAN-002's own: its colour fields, and coefficients whose sizes add up to one."""

import json
import subprocess
from fractions import Fraction
from hashlib import sha256

import numpy as np
from goldens import read
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from programs import node
from twin import CONTENT

from generator.chromatic_orbit import BASIS, FIELDS, GENERATOR, LATENT, SIDE, route
from generator.layers import F32, latents_from_words


def test_fields() -> None:
    """Each channel of the six computed fields has the digest of the original's, as big-endian binary32."""
    channels = BASIS.fields.reshape(FIELDS, SIDE * SIDE, 3).astype(">f4")
    digests = [[sha256(field[:, c].tobytes()).hexdigest() for c in range(3)] for field in channels]
    recorded = read(GENERATOR.name, "original.json")["fields_f32_sha256"]
    assert digests == [[field[key] for key in ("r", "g", "b")] for field in recorded]


STEPS = """
const fields = () => zoo.models["chromatic-orbit"].fields.map((own) => zoo.pinned.sha256(new Uint8Array(own.buffer)));
const steps = zoo.models["chromatic-orbit"].prepare();
for (let i = 0; i < TAKEN; i++) steps.next();
const first = fields();
for (const _ of steps);
console.log(JSON.stringify([first, fields()]));
"""


def test_the_twins_fields_are_whole_however_far_its_page_prepared_them() -> None:
    """Not begun, interrupted and interrupted at the last row: what is missing is computed when it is asked for."""
    files = [str(CONTENT / name) for name in ("pinned.js", "chromatic-orbit.js")]
    load = "".join(f"require({json.dumps(path)});" for path in files)
    found = []
    for taken in (0, 1, 20, 64, 65):
        command = [node(), "-e", load + STEPS.replace("TAKEN", str(taken))]
        found += json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(set(map(tuple, found))) == 1
    assert found[0][0] == sha256(BASIS.fields[0].astype("<f4").tobytes()).hexdigest()


@given(arrays(np.uint32, st.tuples(st.integers(1, 8), st.just(LATENT))).map(latents_from_words))
def test_sizes_of_coefficients_add_up_to_one(latents: F32) -> None:
    """Σ|c|, added exactly, differs from one by less than 2⁻²³.

    norm is a binary64 sum, off by far less than 2⁻⁵⁰; each |c|/norm is rounded to binary32, which changes it by at
    most 2⁻²⁴ of itself; so the sum of the sizes is off by 2⁻²⁴ and very little more.
    """
    for row in route(latents, np.ones(len(latents))):
        assert abs(Fraction(sum(abs(Fraction(c)) for c in row.tolist())) - 1) < Fraction(1, 2**23)
