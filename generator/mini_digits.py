"""GAN-001, Mini Digits: ten latents decide how ten digit glyphs blend into one 28 × 28 grey sample.

    latent [10] → dense routing 10 × 10 → ÷ temperature → softmax → coefficients [10] → Σ c·glyph → pixels

A small temperature lets one glyph win, a large one mixes them all. Normative text: golden/mini-digits/SPEC.md.
"""

from __future__ import annotations

import base64
import zlib
from decimal import Decimal
from typing import Any

import numpy as np

from generator.blend import U8, Basis, paint, sums
from generator.ecmascript import hundredths
from generator.layers import F32, F64, checked_batch, dense, knob_column, softmax
from generator.maths import exp
from generator.model import Coefficients, Generator, Knob, Stage, asked, seed_stage

# constants

SIDE, WIDTH = 28, 10
TEMPERATURE = Knob(
    name="temperature",
    minimum=Decimal("0.35"),
    maximum=Decimal("1.50"),
    step=Decimal("0.05"),
    default=Decimal("0.75"),
    plural="temperatures",
    acts_in="route",
)
BIASES = np.array([0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11], np.float32)


def _weights() -> F32:
    """Give the routing weights: 1.35 on the diagonal, −0.22 beside it, two bands nudged up and down.

    Every entry is stored as binary32; a nudge widens it, adds a binary64 constant and rounds again.
    """
    row = np.arange(WIDTH)
    weights = np.full((WIDTH, WIDTH), -0.22, np.float32)
    weights[row, row] = 1.35
    for shift, nudge in ((3, 0.18), (7, -0.12)):
        column = (row + shift) % WIDTH
        weights[row, column] = weights[row, column].astype(np.float64) + nudge
    return weights


WEIGHTS = _weights()

# basis: the bytes of golden/mini-digits/glyph-basis.png (see golden/mini-digits/PROVENANCE.md), zlib in base 85

GLYPHS = zlib.decompress(
    base64.b85decode(
        "c-"
        "rlmdr(wm6u|H7FiZ>%4l>r{j^F?_B1}GT7}K2bQHkP=+n|DI0;2_1T51Yr#luIYhLtdyL~HawEgv(?lm?TI0`ab~$RSF6K#p"
        "#UEvvf_u%~nG?q#{(J(s^|s)6&*_s#k3z4zSjJNG+}m85@5j9X8)SxUEuGHCWKkj1({gG_&cM|zV*R)^YS>8T&N0Dcwkh{#N"
        "noj8eCvoBCJk0xO_DOa;LRE?2mHh}wTh8m}P){4LK8HfyMLZ`I)cE@_@7i7kPY!nbX0&qrV5#l{NrIcRRMwtbuSPMW`|MRSB"
        "TPg<Hc}2}mAe*c6eyOM`q)84=wy2q*8NihhHZHvjpxsYc(B-|#KEQLDO?t-"
        "RCOyf_=FTgrv)USuFP26`B>~Oyn(gCQG3c_Dpv%J07c6<m_G*x!7N9Tgb@sZwsLhjjmSBTA9~~x5seVM#W3v3uS+EJkjO;j$"
        "A!?Qa17z*cu;DEs`_A97UOE`bpxs@b5OCNaqW#|0d{aO(@KA=!M=nwXxh}B7sLRDMmM)wwz^6+Z<nd2rOLeTJ6K@fZ;t)ATv"
        "&gp!SrLm2rxD#9&msR(M7B8`8sCWMMl^?J{*I{G$e|=BqKgl6=xtmy*LwyIJx^;@XmZO;HG5^CTbB(D8{QJMt-RG~Z@us=lP"
        "=v*R;+4_faW^A%lV1GrrrVgtspt)GDT`}^P?^2Df<YzhcHomV9Z!~pbHatYePHno)0l0$&{4WftT%Ou5s_Z^DRk_xy+Mw8D?"
        "iI_^=wgA6?inNoQG0nDFSkKS)w?qEo`5R1M$AsZcqx&sFFF$`x<!O*DN*)}#wI_IdZ=s=x5OrQJ$OTcXW|rxiD&{r2)HBcFg"
        "qW>FG)g+D&YId#}J&}G3keRc{UzmsPR0qz9y%<n2?$UMVLt5V`wL^t%r=&%a_hb5k^AwziPkDq&*#IrC^$<(1>{nDwo5C0Gw"
        "mh!517c3&%F$jBq5cV+!lml+rA+j?7S$ej73$Q_tVU3OvEcD4y48sCw;ru2H991R_y9Kc9uG`KJMRp&cLV1Z;;TUM?0ejAjk"
        "W4$W5>5IQ9Zth0WUV^(PN(Ee^SQ5*hbNG=i={(vM-"
        "+_*keySb*HG1Mj(>@=H+VsaD=prAsL+J|8U<Bq(>K5DN(cN=YhE_;4Tut0Mr&5=&*djSA?bUWO`)$L>SCAEr-"
        "8g7j(u1zBKuQ(B|}MAGH>HiCNWbo7d+$~;dwuISsKzrwhAvhdDiU|y99Owb=8W;EKxJM#FaPM_@YJI3;Ir}MH1*$)T~VD^E^"
        "m5RX2kQQL|oNR7zpAHNr8Pq~oMs%|>Ia?cMX3F`aDL%oP`&q*haXq}dh3lr!NacDUDIP8{)np`+0+Uk(|w$h99i+))i{?{}&"
        "=o<$;R6YNZ_sVSwg0NGCdRs67i=nLlA+Ci$uOCX0HP9ibG?(pFm1;_#(`Cvu`Q9N6Xs8&Bdx<44kd9hA#1n}$~yzEmR8OW0P"
        "JX<kHbQ{jHuIjqOd9!vSvzo^hkN?V7Wbf+N(_^TNI}jC?MGdBjYPJAXCuow7lT<aEgQ~5H&#V+eKjt<EX_Ad;(WAlxHvrsQj"
        "5R)<pW32%i>LDM*`s~Icuzv{V~R9L|4e*86Y6fKMTD$r)i(W4qAJ5vfWQSct4GyxC11LxW*1SlT{-WY)GUj-"
        "0lAYxGB6H8z7RWZdF`}`hrzTq1>K&ldBL$8ifXO4dh=%E$S0tZB}LUXYjq*hZw)->S<bFZ4J-"
        "BT!*&7DKNGf16DDS&Cpv}3)Yr(~P>xsOETnGMEZI$!kH#xjR86DFB5giFZn=&oyFl{?AhmgHTP94(rq1#ALSI<v%}~;GmTxX"
        "qQBy}#1SS380?VNg>KVlFi%LG+$fL*Yx-H|0<lP^z$VmSZwfM7%YZDc5k!*mwPC<a{o*6R9`nqxdRj>RTprfF8"
    )
)
BASIS = Basis((np.frombuffer(GLYPHS, np.uint8).reshape(WIDTH, SIDE * SIDE) / 255.0 * 2.0 - 1.0).astype(np.float32))

# route


def logits(latents: F32, temperatures: F64) -> F64:
    """Give (bias + Σ weight·latent) / clamped temperature: float32 [N, 10], float64 [N] → float64 [N, 10]."""
    inputs = checked_batch("latent", latents, WIDTH, np.float32)
    divisor = TEMPERATURE.clamp(knob_column("temperature", temperatures, len(inputs)))
    return dense(inputs, WEIGHTS, BIASES) / divisor


def route(latents: F32, temperatures: F64) -> Coefficients:
    """Give the weight of each glyph in each sample; the ten sum to one but for a few units in the last place."""
    return softmax(logits(latents, temperatures))


# decode


def decode(coefficients: Coefficients, _temperatures: F64) -> U8:
    """Blend the glyphs and round to grey levels: float64 [N, 10] → uint8 [N, 28, 28]."""
    return paint(checked_batch("coefficients", coefficients, WIDTH, np.float64), BASIS).reshape(-1, SIDE, SIDE)


READOUT = np.frombuffer("  ".join(f"d{digit}: 0.00" for digit in range(WIDTH)).encode(), np.uint8)


def readout(coefficients: Coefficients) -> list[str]:
    """Write each sample's coefficients, all in [0, 1], as `d0: 0.03  d1: 0.02  …  d9: 0.12`."""
    values = checked_batch("coefficients", coefficients, WIDTH, np.float64)
    outside = (values < 0) | (values > 1)
    if outside.any():
        raise ValueError(f"coefficients: {values[outside][0]} lies outside [0, 1]")
    shares = hundredths(values)
    lines = np.tile(READOUT, (len(shares), 1))  # [N, 98], a digit every ten characters from the 5th, 7th and 8th on
    for place, unit in ((4, 100), (6, 10), (7, 1)):
        lines[:, place::10] += shares // np.uint8(unit) % np.uint8(10)
    text = lines.tobytes().decode()
    return [text[start : start + READOUT.size] for start in range(0, len(text), READOUT.size)]


# stages: each takes and gives one item, so a batch of one stands between


def _logits_stage(latent: F32, temperature: F64) -> dict[str, Any]:
    return {"logits": logits(latent[None], temperature)[0]}


def _blend_stage(coefficients: F64) -> dict[str, Any]:
    return {"sums": sums(checked_batch("coefficients", coefficients[None], WIDTH, np.float64), BASIS.fields)[0]}


STAGES: dict[str, Stage] = {
    "seed": seed_stage,
    "weights": lambda: {"weights": WEIGHTS, "biases": BIASES},
    "logits": _logits_stage,
    "exp": lambda x: {"y": exp(asked("x", x, "f8"))},
    "softmax": lambda logits: {"coefficients": softmax(checked_batch("logits", logits[None], WIDTH, np.float64))[0]},
    "blend": _blend_stage,
    "readout": lambda coefficients: {"text": readout(coefficients[None])[0]},
}

# the record

GENERATOR = Generator(
    name="mini-digits",
    exhibit="GAN-001",
    title="Mini Digits",
    height=SIDE,
    width=SIDE,
    channels=1,
    columns=3,
    rows=3,
    latent_width=WIDTH,
    seed=1337,
    seed_step=1,
    batch_label="Generate batch",
    knob=TEMPERATURE,
    labels=tuple("0123456789"),
    scaling="pixelated",
    autoplay=None,
    route=route,
    decode=decode,
    readout=readout,
    own_stages=STAGES,
)
