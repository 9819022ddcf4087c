"""GAN-001: galleries gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from mini_digits import model, stages
from mini_digits.model import SIDE
from reference import words
from reference.binary import f32
from reference.decimals import math_round
from reference.png import read_grey
from reference.species import ROOT, Json

from museum import arithmetic
from museum.piece import instead, within, wrong

SPECIES = "mini-digits"

# ---- gallery ----


def galleries(latents: Callable[[int], list[list[float]]]) -> None:
    """Put in galleries of other latents."""

    def gallery(seed: int, temperature: float) -> list[list[float]]:
        return [model.softmax(model.logits(z, temperature)) for z in latents(seed)]

    instead(model.gallery, gallery)


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_stream_restarted() -> None:
    """The stream is started anew for each sample: nine times the first."""
    galleries(lambda seed: [words.latent(words.words(seed, 0, 10))] * 9)


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_a_seed_each() -> None:
    """Sample k is drawn from seed + k."""
    galleries(lambda seed: [words.latent(words.words((seed + k) & words.MASK, 0, 10)) for k in range(9)])


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_words_dealt() -> None:
    """Words are dealt to the samples in turn, as by the columns of an array [10, 9]."""
    galleries(lambda seed: [words.latent(words.words(seed, 0, 90)[k::9]) for k in range(9)])


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_word_lost_between_samples() -> None:
    """One word is drawn and thrown away after each sample."""
    galleries(lambda seed: [words.latent(words.words(seed, 11 * k, 10)) for k in range(9)])


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_by_columns() -> None:
    """Samples come column by column of the sheet."""
    order = [0, 3, 6, 1, 4, 7, 2, 5, 8]
    galleries(lambda seed: [words.latent(words.words(seed, 10 * k, 10)) for k in order])


def answered(change: Callable[[Json], Json]) -> None:
    """Put in a stage gallery whose answer is changed."""
    right = stages.gallery
    instead(right, lambda given: change(right(given)))


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_line_feed_at_the_end() -> None:
    """The last line of the readout ends in a line feed, too."""
    answered(lambda found: {**found, "readout": found["readout"] + "\n"})


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_as_a_sheet() -> None:
    """Pixels come as lines of the contact sheet, not sample by sample."""

    def sheet(found: Json) -> Json:
        digits = found["pixels"].removeprefix("u8:")
        rows = [digits[at : at + 2 * SIDE] for at in range(0, len(digits), 2 * SIDE)]
        order = [SIDE * (3 * band + k) + y for band in range(3) for y in range(SIDE) for k in range(3)]
        return {**found, "pixels": "u8:" + "".join(rows[at] for at in order)}

    answered(sheet)


@wrong(SPECIES, "mdg-gallery-0001")
def gallery_in_srgb() -> None:
    """Levels are taken for linear light and encoded with a gamma of 2.2."""
    right = model.quantize
    within(stages.gallery, right, lambda sums: [math_round(255 * (level / 255) ** (1 / 2.2)) for level in right(sums)])


@wrong(SPECIES, "mdg-gallery-0802")
def gallery_latents_in_binary64() -> None:
    """The gallery's own path keeps latents in binary64."""
    within(stages.gallery, words.latent, lambda drawn: [w / 4294967296 * 2 - 1 for w in drawn])


@wrong(SPECIES, "mdg-gallery-0803")
def gallery_logits_in_binary32() -> None:
    """The gallery's own path stores logits as binary32."""
    right = model.logits
    within(stages.gallery, right, lambda z, temperature: [f32(score) for score in right(z, temperature)])


@wrong(SPECIES, "mdg-gallery-0802")
def gallery_coefficients_in_binary32() -> None:
    """The gallery's own path stores coefficients as binary32."""
    right = model.softmax
    within(stages.gallery, right, lambda scores: [f32(share) for share in right(scores)])


@wrong(SPECIES, "mdg-gallery-0801")
def gallery_sums_in_binary32() -> None:
    """The gallery's own path adds up in binary32, as a shader does."""

    def blend(coefficients: list[float]) -> list[float]:
        columns = zip(*model.basis(), strict=True)
        return [arithmetic.in_binary32(arithmetic.products(coefficients, column)) for column in columns]

    within(stages.gallery, model.blend, blend)


@wrong(SPECIES, "mdg-gallery-0804")
def gallery_basis_in_binary64() -> None:
    """The gallery's own path draws with a basis that is not rounded to binary32."""
    rows = read_grey(ROOT / SPECIES / "glyph-basis.png")
    places = [(x, y) for y in range(SIDE) for x in range(SIDE)]
    own = tuple(tuple(rows[y][SIDE * d + x] / 255 * 2 - 1 for x, y in places) for d in range(10))
    within(stages.gallery, model.basis, lambda: own)
