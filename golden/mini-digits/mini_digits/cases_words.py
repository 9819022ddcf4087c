"""Cases of the stages seed, prng and latent."""

from __future__ import annotations

from collections.abc import Iterator

from reference.binary import pack, u32
from reference.species import Case, Series
from reference.words import WHITE, words

Cases = Iterator[tuple[str, Case]]
LARGEST = 2**1024 - 2**970  # the first integer that rounds to infinity

TYPED = (
    ("1337", "the control's own start"),
    ("0", "zero is a seed, not an empty field"),
    ("4294967295", "the largest word"),
    ("4294967296", "2^32 wraps to 0"),
    ("2147483648", "2^31 must not turn negative"),
    ("12abc", "digits end at the first other character; float() or a strict parser refuses it"),
    ("1e3", "parseInt reads 1; parseFloat reads 1000"),
    (" +7", "leading white space and a plus sign are allowed"),
    ("-5", "negative seeds wrap modulo 2^32"),
    ("-0", "minus zero is seed 0, not ignored"),
    ("1.9", "the fraction is never read"),
    ("-1.9", "truncated toward zero before the wrap: −1, not −2"),
    ("0x10", "radix 10 is fixed: the 0 is read, the x ends it"),
    ("010", "no octal"),
    ("1_000", "Python's int() accepts underscores, ECMAScript stops there"),
    ("1,000", "no grouping"),
    ("7 8", "reading stops at inner white space"),
    ("5\x00", "a NUL ends the digits like any other character"),
)
IGNORED = (
    ("", "nothing typed"),
    (" \t", "white space alone"),
    ("abc", "no digit"),
    ("+", "a sign alone"),
    ("- 5", "no white space between sign and digits"),
    ("+-5", "one sign at most"),
    (".5", "parseInt needs a digit first"),
    ("Infinity", "parseInt knows no Infinity, parseFloat does"),
    ("NaN", "no number"),
    ("１２３", "full-width digits are no digits; \\d and int() take them"),
    ("٣", "nor are Arabic-Indic ones"),
    ("−5", "U+2212 is no sign"),
    ("9" * 400, "beyond binary64: infinite, hence ignored"),
    ("-" + "9" * 400, "the same below zero"),
    (str(LARGEST), "the smallest integer that rounds to infinity"),
)
PACKED = (
    ("u32:00000007", "a text that looks like a packed value is a text all the same"),
    ("f64:", "so is a bare tag"),
)
UNUSUAL = (
    ("--5", "one minus sign at most"),
    ("++5", "one plus sign at most"),
    ("-+5", "one sign at most, whichever"),
    ("7😀", "a character beyond U+FFFF, which JSON escapes as two, ends the digits"),
    ("😀7", "and is no white space"),
    ('7"', "so does a quotation mark, which JSON escapes"),
    ("7\\n", "and a reverse solidus"),
    ("7/8", "and a solidus, which JSON may escape"),
    ("\b7", "U+0008 is no white space"),
    ("7\x7f", "U+007F ends the digits"),
    ("\u01207", "U+0120 is no white space, though its low byte is a blank's"),
    ("\u010a7", "nor is U+010A, with a line feed's"),
    ("0" * 600 + "42", "602 digits"),
    ("0" * 5000 + "7", "5,001 digits: some languages read no more than 4,300"),
    (" " * 300 + "7", "300 blanks"),
    ('7"x', "a quotation mark within"),
    (" \t\n\r\v\f7", "white space of every kind, one after another"),
    ("1" + "0" * 400 + "x", "infinite, whatever follows"),
    ("\U000100207", "U+10020 is no white space, though its low 16 bits are a blank's"),
    ("\U0001feff7", "nor is U+1FEFF, with a byte order mark's"),
    ("7\U000100379", "U+10037 is no digit, though its low 16 bits are 7's"),
)
LARGE = (
    ("99999999999999999999", "1e20; a 64-bit integer overflows or saturates"),
    ("-99999999999999999999", "the same below zero"),
    ("9007199254740993", "2^53 + 1 is no binary64: it reads as 2^53, whose low word is 0, not 1"),
    ("9007199254740995", "rounds up to 2^53 + 4"),
    ("18446744073709551615", "2^64 − 1 rounds to 2^64: seed 0, not 4294967295"),
    ("123456789012345678901234567890", "every digit counts, also beyond the twentieth"),
    ("36893488147419107328", "half-way between two binary64 numbers: to the even one"),
    ("36893488147419107329", "the digit that decides is the last"),
    ("36893488147419107328" + "0" * 30 + "1", "nothing may be cut off after twenty digits"),
    ("0" * 400 + "42", "leading zeros are no magnitude; 402 digits, seed 42"),
    (str(LARGEST - 1), "the largest integer that is still finite"),
    ("1" + "0" * 308, "1e308 is finite; its low word is 0"),
)
NOT_WHITE = "\x1c\x1d\x1e\x1f\x85\u180e\u200b\u2060\x00"


def seed() -> Cases:
    """Texts as typed into the seed field."""
    case = Series("mdg", "seed", 1)
    for text, why in TYPED:
        yield case("ZOO-SEED-1 ZOO-SEED-4", why, text=text)
    case = Series("mdg", "seed", 101)
    for text, why in (*IGNORED, *PACKED):
        yield case("ZOO-SEED-1 ZOO-SEED-5", why, text=text)
    case = Series("mdg", "seed", 201)
    for text, why in LARGE:
        yield case("ZOO-SEED-3 ZOO-SEED-4", why, text=text)
    case = Series("mdg", "seed", 501)
    for text, why in UNUSUAL:
        yield case("ZOO-SEED-1 ZOO-SEED-2", why, text=text)
    case = Series("mdg", "seed", 301)
    for blank in WHITE:
        yield case("ZOO-SEED-2", f"U+{ord(blank):04X} is white space in ECMAScript", text=blank + "7")
    case = Series("mdg", "seed", 401)
    for other in NOT_WHITE:
        yield case(
            "ZOO-SEED-2", f"U+{ord(other):04X} is no white space, whatever other languages skip", text=other + "7"
        )


SEEDS = (0, 1, 2, 1337, 4242, 2**31 - 1, 2**31, 2**32 - 1, 0xDEADBEEF)
EDGE = ((2**32 - 1, 4917758), (0, 4917759), (1, 4917760), (1337, 4917760))


def prng() -> Cases:
    """Stretches of the stream."""
    case = Series("mdg", "prng", 1)
    for number in SEEDS:
        why = f"the stream of seed {number}: state added before use, logical shifts, unsigned output"
        yield case("ZOO-PRNG-1 ZOO-PRNG-2", why, provenance="source", seed=u32(number), skip=0, count=16)
    case = Series("mdg", "prng", 101)
    for number, first in EDGE:
        why = f"the state kept as a binary64 number goes wrong from draw {first} on"
        yield case("ZOO-PRNG-4", why, seed=u32(number), skip=first - 4, count=8)
    case = Series("mdg", "prng", 201)
    skips = (1, 89, 90, 2**31 - 1, 2**31, 2**32 - 8, 2**32 - 1, 2**32, 2**32 + 5, 2**53 - 1)
    for skip in skips:
        why = f"skip {skip} counts modulo 2^32 and is exact below 2^53; no loop from the start is needed"
        yield case("ZOO-PRNG-3", why, seed=u32(1337), skip=skip, count=4)
    case = Series("mdg", "prng", 301)
    yield case("ZOO-PRNG-3", "no words: the bare tag", seed=u32(1337), skip=0, count=0)
    yield case("ZOO-PRNG-3", "one word", seed=u32(1337), skip=0, count=1)
    yield case("ZOO-PRNG-1 ZOO-PRNG-2", "a long stretch", seed=u32(20), skip=0, count=1000)
    yield case("ZOO-PRNG-1 ZOO-PROTO-3", "an answer that just fits in a line", seed=u32(21), skip=7, count=8000)
    for skip in (101, 1000, 65535, 65536, 1000000):
        yield case(
            "ZOO-PRNG-3",
            f"from word {skip + 1} on: neither the beginning nor far out",
            seed=u32(1337),
            skip=skip,
            count=2,
        )


EDGES = (0, 1, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 1, 0x7FFFFFC0, 0x80000040, 0xFFFFFFBF, 0xFFFFFFC0)


def latent() -> Cases:
    """Words beside every rounding boundary of binary32."""
    case = Series("mdg", "latent", 1)
    zero = "0 is −1, 2^31 is +0, the last words round up to exactly 1; division is by 2^32, not 2^32 − 1"
    yield case("ZOO-LAT-1", zero, words=pack("u32", EDGES))
    top = [0xFFFFFFC0 + n for n in (0, 1, 2, 31, 32, 33, 61, 62, 63, -64)]
    yield case("ZOO-LAT-1", "words ≥ 0xffffffc0 round up to 1", words=pack("u32", top))
    ties = [0xC0000040 + 0x80 * n for n in range(10)]
    yield case("ZOO-LAT-1", "exact ties in [½, 1): half to even, never up or toward zero", words=pack("u32", ties))
    ties = [0x20000040 + 0x80 * n for n in range(10)]
    yield case("ZOO-LAT-1", "the same below zero", words=pack("u32", ties))
    near = [0xC0000000 + 0x80 * n + d for n, d in enumerate((63, 65, 63, 65, 63, 65, 63, 65, 63, 65))]
    yield case(
        "ZOO-LAT-1", "one word beside a tie: an earlier rounding to binary32 decides wrongly", words=pack("u32", near)
    )
    small = [2**31 + n for n in (-1, -2, -3, 2, 3, 127, 129, -127, -129, 255)]
    yield case("ZOO-LAT-1", "close to zero every word is its own number; u rounded to binary32 first loses them all",
               words=pack("u32", small))  # fmt: skip
    case = Series("mdg", "latent", 101)
    for n in range(24):
        drawn = words(0x5EED, 10 * n, 10)
        yield case(
            "ZOO-LAT-1", "ordinary words: binary64 arithmetic, one rounding at the end", words=pack("u32", drawn)
        )
    case = Series("mdg", "latent", 201)
    for count in (0, 9, 11):
        yield case("ZOO-PROTO-6", f"{count} words are no latent: an error", words=pack("u32", range(count)))
