/* Finds arguments at which the last bit of Q3, Q4 or Q5 of the pinned expm1 decides a bit of its result; or, asked for
 * Q5fused, those at which a fused multiply-add for Q4 + z·Q5 does, which are as rare as Q5's.
 *
 * gcc -O3 -march=native -ffp-contract=off expm1_walk.c -lm && ./a.out Q5
 *
 * Takes a second for Q3 and Q4 and minutes for Q5, for which draws (expm1_constants.c) would be 2^33, 2^42 and 2^51.
 * It walks z = fl(r·fl(r/2)) from the top of its range down to 2^-5 (|r| from 0.34658 to 2^-2), looking at hardly any.
 * With A5 = Q5, Q0 = 1, p = A0 and Ai = fl(Qi + fl(z·A(i+1))), moving Qs by one ulp changes p only if it changes each of
 * A(s-1) to A0. Let L = s - 1:
 *  - AL changes only where the exact F(z) = QL + z·(Q(L+1) + ...) is near a tie T of AL's rounding: |z - z(T)| <= near.
 *    The ties are numbered; over a block of 2^19 of them, z(T) is linear in the number, to far less than an ulp.
 *  - A(L-1) changes only where G(T) = Q(L-1) + z(T)·T is within wide of a tie of A(L-1). Over a block, G modulo its ulp
 *    is linear too: a rotation of a circle. The numbers that hit an interval of it follow one another at two distances
 *    and their sum (three-gap theorem): the walk steps from hit to hit.
 * near and wide bound all roundings on the way, so nothing is passed over. What is left, one z in 2^15 or so, is
 * evaluated in doubles; where p changes, every r with that z, of both signs, and every x that reduces to such an r are
 * tried. A second argument says how many x to find for each direction (1); with 0 the walk goes to its end.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __float128 wide_t;
enum { LN2HI, LN2LO, INVLN2, Q0 = 2, COUNT = 8, BLOCK = 1 << 19, ROOM = 4096 };
static const uint64_t PINNED[COUNT] = {0x3fe62e42fee00000, 0x3dea39ef35793c76, 0x3ff71547652b82fe, 0xbfa11111111110f4,
                                       0x3f5a01a019fe5585, 0xbf14ce199eaadbb7, 0x3ed0cfca86e65239, 0xbe8afdb76e09c32d};
static const double ULP[] = {0x1p-53, 0x1p-57, 0x1p-62, 0x1p-66, 0x1p-70, 0x1p-75}; /* of p and A1 to A5, for these z */
static const double TOP = 0.34658 * 0.34658 / 2, STEP = 0x1p-57, SLACK = 0x1p-11;
static double c[COUNT], other[2][COUNT];
static int s, fused, found[2];
static long changes[2];

static uint64_t bits(double x) { uint64_t u; memcpy(&u, &x, 8); return u; }
static double number(uint64_t u) { double x; memcpy(&x, &u, 8); return x; }
static double Q(int i) { return i ? c[Q0 + i] : 1; }

static inline double polynomial(const double *q, double z) {
    double inner = fused && q == other[0] ? fma(z, q[7], q[6]) : q[6] + z * q[7];
    return 1 + z * (q[3] + z * (q[4] + z * (q[5] + z * inner)));
}

/* expm1 as ORB-EXPM has it, for 2^-54 <= |x| and -38 < x <= 50. */
static double pinned(const double *c, double x) {
    uint32_t h = (uint32_t)(bits(x) >> 32) & 0x7fffffff;
    double lost = 0;
    int k = 0;
    if (h > 0x3fd62e42) {
        k = h < 0x3ff0a2b2 ? (x < 0 ? -1 : 1) : (int)(c[INVLN2] * x + (x < 0 ? -0.5 : 0.5));
        double hi = x - k * c[LN2HI], lo = k * c[LN2LO];
        x = hi - lo;
        lost = (hi - x) - lo;
    }
    double half = 0.5 * x, z = x * half, p = polynomial(c, z);
    double t = 3 - p * half, e = z * ((p - t) / (6 - x * t));
    if (k == 0) return x - (x * e - z);
    e = (x * (e - lost) - lost) - z;
    if (k == -1) return 0.5 * (x - e) - 0.5;
    if (k == 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
    if (k <= -2 || k > 56) return ldexp(1 - (e - x), k) - 1;
    if (k < 20) return ldexp((1 - ldexp(1, -k)) - (e - x), k);
    return ldexp((x - (e + ldexp(1, -k))) + 1, k);
}

/* z changes p: try every x that has this z (of at most one |r|, as z grows by 2 ulps or more from one r to the next). */
static void arguments(double z, int way) {
    changes[way]++;
    for (int near = -2; near <= 2; near++) {
        double r = number(bits(sqrt(2 * z)) + near);
        if (r * (0.5 * r) != z) continue;
        for (int i = 0; i < 128 * 2 * 5; i++) {
            int k = i / 10 - 55, by = i / 2 % 5 - 2;
            double reduced = i % 2 ? r : -r, x = number(bits(k * c[LN2HI] + (k * c[LN2LO] + reduced)) + (k ? by : 0));
            if ((k == 0 && by) || x <= -38 || x > 50 || pinned(other[way], x) == pinned(c, x)) continue;
            found[way]++;
            printf("q%d %s %016llx x=%.17g k=%d\n", s, fused ? "fused" : way ? "+1" : "-1", (unsigned long long)bits(x), x, k);
            fflush(stdout);
        }
    }
}

static void look(const double *z, int count) {
    static double change[2][ROOM];
    for (int i = 0; i < count; i++) {
        double p = polynomial(c, z[i]);
        change[0][i] = polynomial(other[0], z[i]) - p;
        change[1][i] = polynomial(other[1], z[i]) - p;
    }
    for (int i = 0; i < count; i++)
        for (int way = 0; way < 2; way++)
            if (change[way][i] != 0) arguments(z[i], way);
}

static uint64_t turn(wide_t g) { /* the fraction of g, in 2^-64 */
    g -= (int64_t)g;
    return (uint64_t)((g < 0 ? g + 1 : g) * 0x1p64);
}

static double half_ulp(double x) { return ldexp(1, ilogb(x) - 53); }

static wide_t F(int level, wide_t z, wide_t *slope) {
    wide_t f = Q(5), d = 0;
    for (int i = 4; i >= level; i--) d = d * z + f, f = f * z + Q(i);
    *slope = d;
    return f;
}

int main(int argc, char **argv) {
    s = argc > 1 ? argv[1][1] - '0' : 0;
    if (s < 3 || s > 5) return 2;
    fused = s == 5 && !strcmp(argv[1] + 2, "fused");
    int wanted = argc > 2 ? atoi(argv[2]) : 1, L = s - 1;
    for (int i = 0; i < COUNT; i++) c[i] = other[0][i] = other[1][i] = number(PINNED[i]);
    found[1] = fused ? wanted : 0;
    for (int way = 0; way < 2 && !fused; way++) other[way][Q0 + s] = number(PINNED[Q0 + s] + (way ? 1 : -1));

    wide_t slope, z = TOP, tie = (wide_t)((int64_t)(F(L, z, &slope) / ULP[L])) + 0.5, way = slope > 0 ? -1 : 1;
    double error = 0; /* of A(L+1), from roundings */
    for (int i = 4; i > L; i--) error = TOP * error + half_ulp(TOP * Q(i + 1)) + ULP[i] / 2;
    double near = (TOP * (ULP[s] + error) + half_ulp(TOP * Q(s))) / fabs((double)slope) / STEP * 1.02 + 0.05;
    double tilt = Q(L) * STEP / ULP[L - 1]; /* by which G changes from one z to the next */
    double thin = TOP * ULP[L] / 2 / ULP[L - 1] + half_ulp(TOP * Q(L)) / ULP[L - 1] + SLACK;
    uint64_t wide = (uint64_t)((thin + near * fabs(tilt) * 1.01) * 0x1p64);
    int each = (int)(2 * near) + 1, room = 0;
    double buffer[ROOM];
    wide_t last_z = 0, g = 0, jump = 0;
    for (long block = -1; z > 0x1p-5 && (!wanted || found[0] < wanted || found[1] < wanted); block++) {
        wide_t from = z, at = g, before = jump;
        if (block >= 0) tie += way * BLOCK, z += last_z;
        for (int i = 0; i < 3; i++) {
            wide_t f = F(L, z, &slope);
            z -= (f - tie * ULP[L]) / slope;
        }
        g = (Q(L - 1) + z * (tie * ULP[L])) / ULP[L - 1];
        if (block < 0) { last_z = way * BLOCK * ULP[L] / slope; continue; }
        last_z = z - from, jump = g - at;
        if (block > 0 && fabs((double)(jump - before)) / 8 > SLACK / 2) return 3; /* not linear enough */
        uint64_t turned = turn(jump / BLOCK) | 1, width = 2 * wide, up = turned, down = -turned, ups = 1, downs = 1;
        while ((up >= width && ups <= BLOCK) || (down >= width && downs <= BLOCK))
            if (up > down) up -= down, ups += downs; else down -= up, downs += ups;
        int64_t whole = (int64_t)(from / STEP);
        double start = (double)(from / STEP - whole), dz = (double)(last_z / STEP / BLOCK);
        uint64_t x = turn(at) - (1ull << 63) + wide, m = 0;
        while (m < BLOCK && x >= width) x += turned, m++;
        while (m < BLOCK) {
            double zm = start + (double)m * dz, first = ceil(zm - near), off = (double)(int64_t)(x - wide) * 0x1p-64;
            for (int i = 0; i < each; i++) {
                buffer[room] = ((double)whole + (first + i)) * STEP;
                room += fabs(off + (first + i - zm) * tilt) <= thin;
            }
            if (room > ROOM - 32) look(buffer, room), room = 0;
            int a = x + up < width, b = x >= down;
            m += a ? ups : b ? downs : ups + downs;
            x += a ? up : b ? -down : up - down;
        }
    }
    look(buffer, room);
    fprintf(stderr, "walked to z=%.6f; p changed: %ld %ld\n", (double)z, changes[0], changes[1]);
    return 0;
}
