/* What all species share, in the order of SPEC.md: numbers, seeds, the word stream, rounding and decimals. */
#ifndef ZOO_H
#define ZOO_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0 || defined __FAST_MATH__
#error "ZOO-NUM-1: no wider intermediate results and no other sums (gcc: -msse2 -mfpmath=sse, no -ffast-math)"
#endif

static inline uint64_t bits_of(double x) { uint64_t bits; memcpy(&bits, &x, 8); return bits; }
static inline double from_bits(uint64_t bits) { double x; memcpy(&x, &bits, 8); return x; }

/* The high 32 bits of |x|, by which fdlibm's functions choose their branch. */
static inline uint32_t high(double x) { return (uint32_t)(bits_of(x) >> 32) & 0x7fffffff; }

static inline bool is_white(long c) {
    return (c >= 0x9 && c <= 0xd) || c == 0x20 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff;
}

/* The seed of a text, whose code points end with 0; false where the text is ignored. */
static inline bool seed_of(const long *text, uint32_t *seed) {
    static char digits[65537];
    size_t n = 0;
    while (is_white(*text)) text++;
    const bool minus = *text == '-';
    if (*text == '-' || *text == '+') text++;
    while (*text >= '0' && *text <= '9') digits[n++] = (char)*text++;
    digits[n] = 0;
    const double value = strtod(digits, NULL); /* the nearest binary64 */
    if (!n || isinf(value)) return false;
    const uint32_t low = (uint32_t)fmod(value, 4294967296.0);
    *seed = minus ? -low : low;
    return true;
}

/* Word n, from 1, of a seed's stream. */
static inline uint32_t word(uint32_t seed, uint32_t n) {
    const uint32_t t = seed + n * 0x6D2B79F5u;
    uint32_t r = (t ^ t >> 15) * (t | 1);
    r ^= r + (r ^ r >> 7) * (r | 61);
    return r ^ r >> 14;
}

static inline float latent_number(uint32_t w) { return (float)(w / 4294967296.0 * 2 - 1); }

static inline double math_round(double q) { const double low = floor(q); return q - low >= 0.5 ? low + 1 : low; }

/* Write toFixed(2) of x in [-1, 1]; give its length. |x| is m / 2^e, and 100·m fits in 60 bits. */
static inline int fixed2(char *out, double x) {
    int exponent;
    const uint64_t m = (uint64_t)ldexp(frexp(fabs(x), &exponent), 53);
    const int e = 53 - exponent;
    const uint64_t n = e > 61 ? 0 : (100 * m + ((uint64_t)1 << (e - 1))) >> e;
    return sprintf(out, "%s%d.%02d", x < 0 ? "-" : "", (int)(n / 100), (int)(n % 100));
}

#endif
