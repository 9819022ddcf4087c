/* expm1, tanh, sin, cos and atan2 as chromatic-orbit/SPEC.md writes them out; the last three are for its fields alone,
 * where |x| is below 41, and neither x nor y is 0. */
#ifndef FDLIBM_H
#define FDLIBM_H

#include "zoo.h"

static inline double pinned_expm1(double x) {
    const double ln2_hi = from_bits(0x3fe62e42fee00000), ln2_lo = from_bits(0x3dea39ef35793c76),
                 inv_ln2 = from_bits(0x3ff71547652b82fe), Q1 = from_bits(0xbfa11111111110f4),
                 Q2 = from_bits(0x3f5a01a019fe5585), Q3 = from_bits(0xbf14ce199eaadbb7),
                 Q4 = from_bits(0x3ed0cfca86e65239), Q5 = from_bits(0xbe8afdb76e09c32d);
    const uint32_t h = high(x);
    double lost = 0;
    int k = 0;
    if (h < 0x3c900000) return x;
    if (x < 0 && h >= 0x4043687a) return -1;
    if (h > 0x3fd62e42) {
        const int sign = x < 0 ? -1 : 1;
        k = h < 0x3ff0a2b2 ? sign : (int)(inv_ln2 * x + sign * 0.5);
        const double hi = x - k * ln2_hi, lo = k * ln2_lo;
        x = hi - lo;
        lost = (hi - x) - lo;
    }
    const double half = 0.5 * x, z = x * half, p = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * (Q4 + z * Q5)))),
                 t = 3 - p * half, plain = z * ((p - t) / (6 - x * t));
    if (k == 0) return x - (x * plain - z);
    const double e = (x * (plain - lost) - lost) - z, power = ldexp(1, k), inverse = ldexp(1, -k);
    if (k == -1) return 0.5 * (x - e) - 0.5;
    if (k == 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
    if (k <= -2 || k > 56) return (1 - (e - x)) * power - 1;
    return k < 20 ? ((1 - inverse) - (e - x)) * power : ((x - (e + inverse)) + 1) * power;
}

static inline double pinned_tanh(double x) {
    if (fabs(x) < 0x1p-28) return x;
    if (fabs(x) >= 22) return x < 0 ? -1 : 1;
    const double t = pinned_expm1(fabs(x) < 1 ? -2 * fabs(x) : 2 * fabs(x));
    const double y = fabs(x) < 1 ? -t / (t + 2) : 1 - 2 / (t + 2);
    return x < 0 ? -y : y;
}

/* c[0] + z·(c[1] + z·(c[2] + …)), the constants given by their bits. */
static inline double polynomial(const uint64_t *c, int n, double z) {
    double sum = from_bits(c[--n]);
    while (n--) sum = from_bits(c[n]) + z * sum;
    return sum;
}

static inline double sine(double y, double u) {
    static const uint64_t S[] = {0xbfc5555555555549, 0x3f8111111110f8a6, 0xbf2a01a019c161d5,
                                 0x3ec71de357b1fe7d, 0xbe5ae5e68a2b9ceb, 0x3de5d93a5acfd57c};
    const double z = y * y;
    return y - ((z * (0.5 * u - z * y * polynomial(S + 1, 5, z)) - u) - z * y * from_bits(S[0]));
}

static inline double cosine(double y, double u) {
    static const uint64_t C[] = {0x3fa555555555554c, 0xbf56c16c16c15177, 0x3efa01a019cb1590,
                                 0xbe927e4f809c52ad, 0x3e21ee9ebdb4b1c4, 0xbda8fae9be8838d4};
    const double z = y * y;
    return 1 - (0.5 * z - (z * (z * polynomial(C, 6, z)) - y * u));
}

/* sin(|x| + quarters·π/2) */
static inline double turned(double x, int quarters) {
    const double inv_pio2 = from_bits(0x3fe45f306dc9c883), pio2_1 = from_bits(0x3ff921fb54400000),
                 pio2_1t = from_bits(0x3dd0b4611a626331);
    const int n = high(x) > 0x3fe921fb ? (int)(fabs(x) * inv_pio2 + 0.5) : 0;
    const double r = fabs(x) - n * pio2_1, w = n * pio2_1t, y = r - w, u = (r - y) - w;
    const double found = (n + quarters) & 1 ? cosine(y, u) : sine(y, u);
    return (n + quarters) & 2 ? -found : found;
}

static inline double pinned_sin(double x) { return x < 0 ? -turned(x, 0) : turned(x, 0); }
static inline double pinned_cos(double x) { return turned(x, 1); }

static inline double arctangent(double a) {
    static const uint64_t HI[] = {0x3fddac670561bb4f, 0x3fe921fb54442d18, 0x3fef730bd281f69b, 0x3ff921fb54442d18},
                          LO[] = {0x3c7a2b7f222f65e2, 0x3c81a62633145c07, 0x3c7007887af0cbbd, 0x3c91a62633145c07},
                          EVEN[] = {0x3fd555555555550d, 0x3fc24924920083ff, 0x3fb745cdc54c206e,
                                    0x3fb10d66a0d03d51, 0x3fa97b4b24760deb, 0x3f90ad3ae322da11},
                          ODD[] = {0xbfc999999998ebc4, 0xbfbc71c6fe231671, 0xbfb3b0f2af749a6d,
                                   0xbfadde2d52defd9a, 0xbfa2b4442c6a6c2f};
    const int line = a < 0.4375 ? -1 : a < 0.6875 ? 0 : a < 1.1875 ? 1 : a < 2.4375 ? 2 : 3;
    const double forms[] = {a, (2 * a - 1) / (2 + a), (a - 1) / (a + 1), (a - 1.5) / (1 + 1.5 * a), -1 / a};
    const double b = forms[line + 1], z = b * b, w = z * z, p = z * polynomial(EVEN, 6, w) + w * polynomial(ODD, 5, w);
    return line < 0 ? b - b * p : from_bits(HI[line]) - ((b * p - from_bits(LO[line])) - b);
}

static inline double pinned_atan2(double y, double x) {
    const double pi = from_bits(0x400921fb54442d18), pi_lo = from_bits(0x3ca1a62633145c07);
    const double atan = arctangent(fabs(y / x)), angle = x > 0 ? atan : pi - (atan - pi_lo);
    return y < 0 ? -angle : angle;
}

#endif
