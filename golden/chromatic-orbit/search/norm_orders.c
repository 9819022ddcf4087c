/* Finds six binary32 numbers whose norm, added from the end instead of from the start, changes a coefficient.
 *
 * gcc -O3 -march=native -ffp-contract=off norm_orders.c -lm && ./a.out
 *
 * Two numbers of ordinary size and four about 2^30 times smaller make sums that round. The two norms then often differ
 * by a unit in the last place; that changes a quotient's binary32 about once in
 * 10^8 draws. Prints the numbers' bits; what was found is in cases.py.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    uint64_t state = 0x9e3779b97f4a7c15u;
    for (int found = 0; found < 3;) {
        float c[6];
        double norm = 0, backward = 0;
        for (int i = 0; i < 6; i++) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            c[i] = (float)((double)((int64_t)state >> 8) * 0x1p-55) / (float)(i < 2 ? 1 : 1ull << (28 + (state & 3)));
        }
        for (int i = 0; i < 6; i++) norm += fabs((double)c[i]), backward += fabs((double)c[5 - i]);
        if (norm == backward) continue;
        int differs = 0;
        for (int i = 0; i < 6; i++) differs |= (float)(c[i] / norm) != (float)(c[i] / backward);
        if (!differs) continue;
        found++;
        for (int i = 0; i < 6; i++) {
            uint32_t u;
            memcpy(&u, &c[i], 4);
            printf("%08x%c", u, i < 5 ? ' ' : '\n');
        }
        fflush(stdout);
    }
    return 0;
}
