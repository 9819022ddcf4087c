"""GAN-001: words and latents gone wrong."""

from __future__ import annotations

import struct

from reference import words
from reference.binary import f32

from museum.piece import instead, wrong

SPECIES = "mini-digits"
MASK, STEP = words.MASK, words.STEP


# ---- prng ----


def stream(word: object) -> None:
    """Put in another word function."""
    instead(words.word, word)


def signed(x: int) -> int:
    """Give 32 bits as a signed number."""
    return (x & MASK) - ((x & 0x80000000) << 1)


@wrong(SPECIES, "mdg-prng-0002")
def prng_products_in_binary64() -> None:
    """Products are rounded to 53 bits before the low 32 are taken: no Math.imul."""

    def word(seed: int, n: int) -> int:
        t = (seed + n * STEP) & MASK
        r = int(float(t ^ (t >> 15)) * float(1 | t)) & MASK
        r ^= (r + int(float(r ^ (r >> 7)) * float(61 | r))) & MASK
        return r ^ (r >> 14)

    stream(word)


@wrong(SPECIES, "mdg-prng-0002")
def prng_signed_shifts() -> None:
    """Shifts keep the sign: >> in place of >>>."""

    def word(seed: int, n: int) -> int:
        t = signed(seed + n * STEP)
        r = signed((t ^ (t >> 15)) * (1 | t))
        r = signed(r ^ (r + (r ^ (r >> 7)) * (61 | r)))
        return (r ^ (r >> 14)) & MASK

    stream(word)


@wrong(SPECIES, "mdg-prng-0002")
def prng_added_instead_of_or() -> None:
    """61 + r stands for 61 | r."""

    def word(seed: int, n: int) -> int:
        t = (seed + n * STEP) & MASK
        r = ((t ^ (t >> 15)) * (1 | t)) & MASK
        r ^= (r + (((r ^ (r >> 7)) * (61 + r)) & MASK)) & MASK
        return r ^ (r >> 14)

    stream(word)


@wrong(SPECIES, "mdg-prng-0002")
def prng_xor_instead_of_sum() -> None:
    """The second round assigns the product without adding r to it first."""

    def word(seed: int, n: int) -> int:
        t = (seed + n * STEP) & MASK
        r = ((t ^ (t >> 15)) * (1 | t)) & MASK
        r ^= ((r ^ (r >> 7)) * (61 | r)) & MASK
        return r ^ (r >> 14)

    stream(word)


@wrong(SPECIES, "mdg-prng-0002")
def prng_last_shift_of_15() -> None:
    """The last shift is by 15 bits, not 14."""

    def word(seed: int, n: int) -> int:
        found = right(seed, n)
        r = found ^ (found >> 14) ^ (found >> 28)
        return r ^ (r >> 15)

    right = words.word
    stream(word)


@wrong(SPECIES, "mdg-prng-0002")
def prng_from_output_zero() -> None:
    """The state is used before it is stepped: outputs start one too early."""

    def found(seed: int, skip: int, count: int) -> list[int]:
        return [words.word(seed, skip + i) for i in range(count)]

    instead(words.words, found)


@wrong(SPECIES, "mdg-prng-0201")
def prng_skip_ignored() -> None:
    """Every stretch starts at the first output."""

    def found(seed: int, _: int, count: int) -> list[int]:
        return [words.word(seed, i) for i in range(1, count + 1)]

    instead(words.words, found)


@wrong(SPECIES, "mdg-prng-0205")
def prng_skip_of_31_bits() -> None:
    """skip is kept in a signed 32-bit number and cut to its lower 31 bits."""

    def found(seed: int, skip: int, count: int) -> list[int]:
        return [words.word(seed, (skip & 0x7FFFFFFF) + i) for i in range(1, count + 1)]

    instead(words.words, found)


@wrong(SPECIES, "mdg-prng-0208")
def prng_jump_in_binary64() -> None:
    """The jump seed + n·step is computed in binary64, exact only while it stays below 2^53."""

    def word(seed: int, n: int) -> int:
        return right(int(float(seed) + float(n) * float(STEP)) & MASK, 0)

    right = words.word
    stream(word)


@wrong(SPECIES, "mdg-prng-0001")
def prng_seed_of_zero_replaced() -> None:
    """Seed 0 is taken for no seed and replaced by 1."""

    def word(seed: int, n: int) -> int:
        return right(seed or 1, n)

    right = words.word
    stream(word)


@wrong(SPECIES, "mdg-prng-0006")
def prng_seed_through_binary32() -> None:
    """The seed is stored as binary32: beyond 2^24 neighbours share a stream."""

    def word(seed: int, n: int) -> int:
        return right(int(f32(float(seed))) & MASK, n)

    right = words.word
    stream(word)


# ---- latent ----


@wrong(SPECIES, "mdg-latent-0102")
def latent_in_binary32() -> None:
    """Every step is rounded to binary32, not the result alone."""
    instead(words.latent, lambda drawn: [f32(f32(f32(f32(float(w)) / 4294967296) * 2) - 1) for w in drawn])


@wrong(SPECIES, "mdg-latent-0003")
def latent_over_the_largest_word() -> None:
    """A word is divided by 2^32 − 1, so that 1 can be reached."""
    instead(words.latent, lambda drawn: [f32(w / 4294967295 * 2 - 1) for w in drawn])


@wrong(SPECIES, "mdg-latent-0005")
def latent_of_signed_words() -> None:
    """Words are taken as signed and divided by 2^31."""
    instead(words.latent, lambda drawn: [f32(signed(w) / 2147483648) for w in drawn])


@wrong(SPECIES, "mdg-latent-0005")
def latent_of_24_bits() -> None:
    """The lower eight bits of a word are dropped, as random floats are often made."""
    instead(words.latent, lambda drawn: [f32((w >> 8) / 16777216 * 2 - 1) for w in drawn])


@wrong(SPECIES, "mdg-latent-0005")
def latent_truncated() -> None:
    """Binary32 is reached by cutting bits off, not by rounding."""

    def cut(x: float) -> float:
        (bits,) = struct.unpack(">Q", struct.pack(">d", x))
        return float(struct.unpack(">d", struct.pack(">Q", bits & ~0x1FFFFFFF))[0])

    instead(words.latent, lambda drawn: [cut(w / 4294967296 * 2 - 1) for w in drawn])


@wrong(SPECIES, "mdg-latent-0002")
def latent_below_one() -> None:
    """A result that rounds to 1 is brought below it, as half-open generators promise."""
    instead(words.latent, lambda drawn: [min(f32(w / 4294967296 * 2 - 1), f32(0.99999994)) for w in drawn])


@wrong(SPECIES, "mdg-latent-0003")
def latent_centred() -> None:
    """Half a word is added, so that the numbers lie evenly around 0."""
    instead(words.latent, lambda drawn: [f32((w + 0.5) / 4294967296 * 2 - 1) for w in drawn])
