/* Finds arguments at which the last bit of one constant of the pinned exp decides a bit of the result; or, asked for
 * `fused`, those at which a fused multiply-add for P4 + t·P5 does.
 *
 * gcc -O3 -march=native -ffp-contract=off exp_constants.c -lm && ./a.out P5
 *
 * A change of one ulp in P2…P5 has to survive a chain of roundings; for P5 about one argument in 2^43 lets it through, too few
 * to draw at random. So the search walks along the places where the innermost affected sum is about to round the other
 * way (they lie in an arithmetic progression) and tries the arguments next to them. Each line printed: constant, step in
 * ulps, argument, pinned result, result with the changed constant (binary64 bits).
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LN2HI, LN2LO, INVLN2, P1, P2, P3, P4, P5, COUNT };
static const char *NAME[COUNT] = {"ln2_hi", "ln2_lo", "inv_ln2", "P1", "P2", "P3", "P4", "P5"};
static double C[COUNT] = {0x1.62e42feep-1,           0x1.a39ef35793c76p-33,  0x1.71547652b82fep+0,  0x1.555555555553ep-3,
                          -0x1.6c16c16bebd93p-9, 0x1.1566aaf25de2cp-14, -0x1.bbd41c5d26bf1p-20, 0x1.6376972bea4d0p-25};

static uint64_t bits(double x) { uint64_t u; memcpy(&u, &x, 8); return u; }

static int fused;

static double pinned_exp(const double *c, double x) {
    uint32_t h = (uint32_t)(bits(x) >> 32) & 0x7fffffff;
    double hi = 0, lo = 0;
    int k = 0;
    if (x < -745.1332191019411) return 0;
    if (h > 0x3fd62e42) {
        k = h < 0x3ff0a2b2 ? -1 : (int)(c[INVLN2] * x - 0.5);
        hi = x - k * c[LN2HI], lo = k * c[LN2LO], x = hi - lo;
    } else if (h < 0x3e300000) return 1 + x;
    double t = x * x;
    double inner = fused && c != C ? fma(t, c[P5], c[P4]) : c[P4] + t * c[P5];
    double p = x - t * (c[P1] + t * (c[P2] + t * (c[P3] + t * inner)));
    if (k == 0) return 1 - ((x * p) / (p - 2) - x);
    double y = 1 - ((lo - (x * p) / (2 - p)) - hi);
    return k >= -1021 ? ldexp(y, k) : ldexp(y, k + 1000) * 0x1p-1000;
}

static uint64_t state = 0x9e3779b97f4a7c15u;
static double uniform(double low, double high) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return low + (high - low) * ((double)(state >> 11) * 0x1p-53);
}

static int found[2];
static double changed[2][COUNT];

static void attempt(int which, double x) {
    for (int s = 0; s < 2; s++) {
        double want = pinned_exp(C, x), got = pinned_exp(changed[s], x);
        if (want == got || found[s] >= 3) continue;
        found[s]++;
        printf("%s %s %016llx %016llx %016llx\n", NAME[which], fused ? "fused" : s ? "+1" : "-1", (unsigned long long)bits(x),
               (unsigned long long)bits(want), (unsigned long long)bits(got));
        fflush(stdout);
    }
}

static int done(void) { return found[0] >= 3 && found[1] >= 3; }

static void around(int which, double t) {
    double x = -sqrt(t);
    attempt(which, x), attempt(which, nextafter(x, 0)), attempt(which, nextafter(x, -1));
}

/* P4: P3 + t·(P4 + t·P5) is half-way between two binary64 numbers (2^-66 apart). */
static void walk_p4(void) {
    while (!done()) {
        double t = uniform(0.07, 0.12), inner = C[P4] + t * C[P5];
        double j = floor(t * inner * 0x1p66) + 0.5;
        t = j * 0x1p-66 / inner;
        around(P4, j * 0x1p-66 / (C[P4] + t * C[P5]));
    }
}

/* P5: P4 + t·P5 is half-way (2^-72 apart) and P3 + t·(that) is close to half-way (2^-66 apart). */
static void walk_p5(void) {
    enum { BLOCK = 4096 };
    static float off[BLOCK];
    double step = 0x1p-72 / C[P5];
    while (!done()) {
        double first = floor(uniform(0.085, 0.12) / step) + 0.5;
        for (int i = 0; i < BLOCK; i++) {
            double t = (first + i) * step, v = t * (C[P4] + t * C[P5]) * 0x1p66;
            double f = v - floor(v) - 0.5;
            off[i] = (float)fabs(f);
        }
        for (int i = 0; i < BLOCK; i++)
            if (off[i] < 0x1p-7f) around(P5, (first + i) * step);
    }
}

static void draw(int which, double low, double high) {
    while (!done()) attempt(which, uniform(low, high));
}

int main(int argc, char **argv) {
    int which = 0;
    fused = argc > 1 && !strcmp(argv[1], "fused");
    if (fused) argv[1] = "P5", found[1] = 3;
    while (which < COUNT && (argc < 2 || strcmp(argv[1], NAME[which]))) which++;
    if (which == COUNT) return fprintf(stderr, "usage: %s ln2_hi|ln2_lo|inv_ln2|P1|P2|P3|P4|P5|fused\n", argv[0]), 2;
    for (int s = 0; s < 2; s++) {
        memcpy(changed[s], C, sizeof C);
        uint64_t u = bits(C[which]) + (fused ? 0 : s ? 1 : -1);
        memcpy(&changed[s][which], &u, 8);
    }
    if (which == P4) walk_p4();
    else if (which == P5) walk_p5();
    else if (which == LN2LO || which == INVLN2) draw(which, -708, -300);
    else draw(which, -0.3465, -0.25);
    return 0;
}
