/* Finds arguments at which the last bit of one constant of the pinned expm1 decides a bit of its result.
 *
 * gcc -O3 -march=native -ffp-contract=off expm1_constants.c -lm && ./a.out Q3
 *
 * Draws arguments where that constant weighs most: it takes a moment for Q1 and Q2, minutes for Q3 (about 2^33 draws).
 * From Q3 to Q4 and from Q4 to Q5 that grows by about 2^9: for those there is expm1_walk.c. What was found is in
 * cases_expm1.py.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LN2HI, LN2LO, INVLN2, Q1, Q2, Q3, COUNT = 8 };
static const char *NAME[] = {"ln2_hi", "ln2_lo", "inv_ln2", "q1", "q2", "q3", "q4", "q5"};
static const uint64_t PINNED[COUNT] = {0x3fe62e42fee00000, 0x3dea39ef35793c76, 0x3ff71547652b82fe, 0xbfa11111111110f4,
                                       0x3f5a01a019fe5585, 0xbf14ce199eaadbb7, 0x3ed0cfca86e65239, 0xbe8afdb76e09c32d};

static uint64_t bits(double x) { uint64_t u; memcpy(&u, &x, 8); return u; }
static double number(uint64_t u) { double x; memcpy(&x, &u, 8); return x; }

/* expm1 as ORB-EXPM has it, for 2^-54 <= |x| and -38 < x <= 50. */
static inline double pinned(const double *c, double x) {
    uint32_t h = (uint32_t)(bits(x) >> 32) & 0x7fffffff;
    double lost = 0;
    int k = 0;
    if (h > 0x3fd62e42) {
        k = h < 0x3ff0a2b2 ? (x < 0 ? -1 : 1) : (int)(c[INVLN2] * x + (x < 0 ? -0.5 : 0.5));
        double hi = x - k * c[LN2HI], lo = k * c[LN2LO];
        x = hi - lo;
        lost = (hi - x) - lo;
    }
    double half = 0.5 * x, z = x * half;
    double p = 1 + z * (c[Q1] + z * (c[Q2] + z * (c[Q3] + z * (c[6] + z * c[7]))));
    double t = 3 - p * half, e = z * ((p - t) / (6 - x * t));
    if (k == 0) return x - (x * e - z);
    e = (x * (e - lost) - lost) - z;
    if (k == -1) return 0.5 * (x - e) - 0.5;
    if (k == 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
    if (k <= -2 || k > 56) return ldexp(1 - (e - x), k) - 1;
    if (k < 20) return ldexp((1 - ldexp(1, -k)) - (e - x), k);
    return ldexp((x - (e + ldexp(1, -k))) + 1, k);
}

/* With k = 0, what the arguments of a block have in common: p, all that the constants Q decide. */
static inline double polynomial(const double *c, double x) {
    double z = x * (0.5 * x);
    return 1 + z * (c[Q1] + z * (c[Q2] + z * (c[Q3] + z * (c[6] + z * c[7]))));
}

int main(int argc, char **argv) {
    uint64_t state = 0x9e3779b97f4a7c15u;
    double c[COUNT], other[2][COUNT];
    int which = 0, found[2] = {0, 0};
    while (which < COUNT && (argc < 2 || strcmp(argv[1], NAME[which]))) which++;
    if (which == COUNT) return 2;
    if (argc > 2) state ^= strtoull(argv[2], NULL, 10);
    for (int i = 0; i < COUNT; i++) c[i] = other[0][i] = other[1][i] = number(PINNED[i]);
    for (int s = 0; s < 2; s++) other[s][which] = number(PINNED[which] + (s ? 1 : -1));
    double low = which < Q1 ? 0.35 : 0.25, high = which < Q1 ? 49 : 0.3465;
    while (found[0] < 3 || found[1] < 3) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        double x = low + (high - low) * ((double)(state >> 11) * 0x1p-53);
        if (state & 1) x = which < Q1 ? -x / 1.3 : -x;
        for (int s = 0; s < 2; s++) {
            if (found[s] >= 3 || (which >= Q1 && polynomial(other[s], x) == polynomial(c, x))) continue;
            double want = pinned(c, x), got = pinned(other[s], x);
            if (got == want) continue;
            found[s]++;
            printf("%s %+d %016llx\n", NAME[which], s ? 1 : -1, (unsigned long long)bits(x));
            fflush(stdout);
        }
    }
    return 0;
}
