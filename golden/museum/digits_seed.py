"""GAN-001: seeds gone wrong."""

from __future__ import annotations

import math
import re

from reference import words

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
