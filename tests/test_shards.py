"""A shard holds what its README says, and its bytes follow from its galleries alone."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.model import Generator, generators
from zoo import gallery
from zoo.shards import drawing, merkle, plan
from zoo.shards.columns import column


def asked(species: Generator, seeds: str, stops: int = 2) -> plan.Plan:
    """Give a plan of a species with its first stops."""
    return plan.asked(species, seeds, species.knob.stops()[:stops])


def test_a_shard_holds_its_galleries(species: Generator) -> None:
    """Pictures, columns and digests are those of the galleries drawn one by one, by readers that know nothing of us."""
    own = asked(species, "7,1337,4294967295")[0]
    seeds, values = [7], [float(stop) for stop in species.knob.stops()[:2]]
    assert own.seeds == "7"
    with ZipFile(io.BytesIO(b"".join(drawing.render_shard(own)))) as shard:
        assert shard.testzip() is None
        told = json.loads(shard.read("shard.json"))
        arrays = {name: np.load(io.BytesIO(shard.read(name))) for name in told["axes"]}
        with Image.open(io.BytesIO(shard.read("galleries/0000000007.png"))) as image:
            picture = np.asarray(image)
        assert species.title in shard.read("README.txt").decode()
    assert (told["seeds"], told[species.knob.plural]) == ("7", values)
    height = species.height * species.rows
    for number, value in enumerate(values):
        drawn = gallery.one(species, seeds[0], value)
        with Image.open(io.BytesIO(drawn.png)) as image:
            assert np.array_equal(np.asarray(image), picture[number * height : (number + 1) * height])
        assert arrays["pixels_sha256.npy"][0, number].tobytes().hex() == drawn.pixels_sha256
        samples = json.loads(drawn.json)["samples"]
        assert arrays["latents.npy"][0].tolist() == [sample["latent"] for sample in samples]
        shares = arrays["coefficients.npy"][0]
        shares = shares[number] if len(told["axes"]["coefficients.npy"]) == 4 else shares
        assert shares.tolist() == [sample["coefficients"] for sample in samples]
    assert arrays["seeds.npy"].tolist() == seeds


def test_a_shard_is_the_same_in_every_archive(species: Generator) -> None:
    """Its bytes depend on its own seeds: neighbours, batches and order make no difference."""
    one = asked(species, "0:600")[1]
    other = asked(species, "500:520,256:512,3,505:600")[1]
    assert one == other
    assert drawing.header(one) == drawing.header(other)
    few = asked(species, "512:515")[0]
    assert list(drawing.render_shard(few)) == list(drawing.render_shard(few))


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 700)), min_size=1, max_size=6))
def test_a_plan_has_every_seed_once(parts: list[tuple[int, int]]) -> None:
    """Whatever ranges are asked for, the shards hold their seeds in order, cut at multiples of 256."""
    species = next(iter(generators().values()))
    text = ",".join(f"{start}:{start + count}" for start, count in parts)
    own = asked(species, text)
    seeds = [[seed for part in shard.ranges for seed in part] for shard in own]
    assert [seed for shard in seeds for seed in shard] == sorted(
        {seed for start, count in parts for seed in range(start, start + count)}
    )
    assert all(len({seed // 256 for seed in shard}) == 1 for shard in seeds)
    assert own.whole.seed_count == sum(map(len, seeds))
    with pytest.raises(IndexError):
        own[len(own)]


def test_all_seeds_there_are() -> None:
    """A plan of every seed there is costs nothing to make, and its last shard ends with the last seed."""
    own = asked(next(iter(generators().values())), "0:4294967296")
    assert len(own) == 2**24
    assert own[2**24 - 1].seeds == "4294967040:4294967296"


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.uint8).reshape(2, 3),
        np.arange(24, dtype=np.float64).reshape(2, 3, 4)[:, ::-1],
        np.arange(5, dtype=">u4"),
        np.zeros((256, 24, 9, 10), np.float32),
    ],
)
def test_columns_are_those_of_numpy(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> None:
    """NumPy reads a column, and would have written it so."""
    assert np.array_equal(np.load(io.BytesIO(column(array))), array)
    written = io.BytesIO()
    np.save(written, np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")))
    assert column(array) == written.getvalue()


# the root

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("count", ROOTS)
def test_the_root_is_that_of_certificate_transparency(count: int) -> None:
    """Roots of the leaves that implementations of RFC 6962 are tested with."""
    assert merkle.root(map(bytes.fromhex, LEAVES[:count])).hex() == ROOTS[count]


def split(digests: list[bytes]) -> bytes:
    """Give the tree hash as the RFC words it, from the top."""
    if len(digests) == 1:
        return sha256(b"\0" + digests[0]).digest()
    middle = 1 << (len(digests) - 1).bit_length() - 1
    return sha256(b"\1" + split(digests[:middle]) + split(digests[middle:])).digest()


def test_the_root_of_any_number() -> None:
    """The root grown leaf by leaf is that of the definition."""
    digests = [sha256(bytes([n])).digest() for n in range(70)]
    assert [merkle.root(digests[:n]) for n in range(1, 71)] == [split(digests[:n]) for n in range(1, 71)]
