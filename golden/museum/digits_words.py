"""GAN-001: seeds, words and latents gone wrong."""

from __future__ import annotations

import math
import re
import struct

from reference import words
from reference.binary import f32

from museum.piece import instead, wrong

SPECIES = "mini-digits"
MASK, STEP = words.MASK, words.STEP
Seed = int | None


def digits_of(text: str) -> re.Match[str] | None:
    """Give the sign and the leading digits, as the specification reads them."""
    return words.INTEGER.match(text.lstrip(words.WHITE))


# ---- seed ----


@wrong(SPECIES, "mdg-seed-0006")
def seed_of_the_whole_text() -> None:
    """A text with anything behind its digits is ignored: 12abc."""

    def parse_seed(text: str) -> Seed:
        return right(text) if re.fullmatch(r"[+-]?[0-9]+", text.strip(words.WHITE)) else None

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0007")
def seed_as_a_float() -> None:
    """The text is read as a decimal number with an exponent: 1e3 is 1000."""

    def parse_seed(text: str) -> Seed:
        match = re.match(r"[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?", text.lstrip(words.WHITE))
        value = float(match[0]) if match else math.inf
        return None if math.isinf(value) else words.to_uint32(value)

    instead(words.parse_seed, parse_seed)


@wrong(SPECIES, "mdg-seed-0013")
def seed_in_hex() -> None:
    """A prefix 0x is understood, as parseInt without a radix does."""

    def parse_seed(text: str) -> Seed:
        match = re.match(r"0[xX]([0-9a-fA-F]+)", text.lstrip(words.WHITE))
        return int(match[1], 16) & MASK if match else right(text)

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0325")
def seed_white_space_of_python() -> None:
    """White space is what str.strip strips: U+001C to U+001F and U+0085 too, but not U+FEFF."""

    def parse_seed(text: str) -> Seed:
        stripped = text.lstrip()
        return None if stripped[:1] in tuple(words.WHITE) and stripped else right(stripped)

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0307")
def seed_white_space_of_ascii() -> None:
    """Only ASCII white space is skipped."""

    def parse_seed(text: str) -> Seed:
        stripped = text.lstrip("\t\n\v\f\r ")
        return None if stripped[:1] in tuple(words.WHITE) and stripped else right(stripped)

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0110")
def seed_digits_of_unicode() -> None:
    """Any decimal digit of Unicode counts, full-width ones too, as in most regular expressions."""

    def parse_seed(text: str) -> Seed:
        match = re.match(r"[+-]?\d+", text.lstrip(words.WHITE))
        return right(str(int(match[0]))) if match else None

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0009")
def seed_without_its_sign() -> None:
    """The minus is read over: -5 is 5."""

    def parse_seed(text: str) -> Seed:
        return right(text.lstrip(words.WHITE).removeprefix("-"))

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0008")
def seed_plus_refused() -> None:
    """A plus before the digits makes the text none."""

    def parse_seed(text: str) -> Seed:
        return None if text.lstrip(words.WHITE).startswith("+") else right(text)

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0004")
def seed_saturated() -> None:
    """What is too large becomes 2^32 − 1, as a cast saturates, instead of wrapping around."""

    def parse_seed(text: str) -> Seed:
        match = digits_of(text)
        large = match is not None and match[1] != "-" and int(match[2][:400]) > MASK
        return MASK if large and right(text) is not None else right(text)

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0201")
def seed_exact_beyond_binary64() -> None:
    """Digits are an integer of any length, not the nearest binary64 number."""

    def parse_seed(text: str) -> Seed:
        match = digits_of(text)
        return None if right(text) is None or not match else int(match[1] + match[2]) & MASK

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0101")
def seed_of_nothing_is_zero() -> None:
    """A text without digits is 0, as Number("") is, instead of being ignored."""

    def parse_seed(text: str) -> Seed:
        found = right(text)
        return 0 if found is None else found

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0113")
def seed_infinite_is_zero() -> None:
    """Digits beyond the range of binary64 become ToUint32(∞), 0, instead of being ignored."""

    def parse_seed(text: str) -> Seed:
        return 0 if digits_of(text) and right(text) is None else right(text)

    right = words.parse_seed
    instead(right, parse_seed)


@wrong(SPECIES, "mdg-seed-0015")
def seed_with_underscores() -> None:
    """Underscores between digits are read over, as in Python's int: 1_000."""

    def parse_seed(text: str) -> Seed:
        return right(re.sub(r"(?<=[0-9])_(?=[0-9])", "", text))

    right = words.parse_seed
    instead(right, parse_seed)


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
