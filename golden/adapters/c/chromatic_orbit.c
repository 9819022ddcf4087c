/* GAN-002, Chromatic Orbit, in C: the whole generator as an adapter of the conformance protocol.
 *
 *   gcc -O2 -std=c11 -ffp-contract=off -o orb-c golden/adapters/c/chromatic_orbit.c -lm
 *   python3 golden/conform.py run -- ./orb-c
 */
#define MODEL "chromatic-orbit"
#define NAME "orb-c"
#include "protocol.h"

enum { LATENT = 8, FIELDS = 6, SAMPLES = 6, SIDE = 64, ROW = 3 * SIDE };

/* ---- the generator, in the order of SPEC.md ---- */

#define F(x) (float)(x) /* a decimal stored as binary32, through binary64 */

static const float WEIGHT1[LATENT][LATENT] = {
    {F(1.15), F(-0.62), F(0.48), F(-0.35), F(0.92), F(-1.08), F(0.74), F(-0.53)},
    {F(-0.58), F(1.12), F(-0.72), F(0.68), F(-0.34), F(0.41), F(-0.93), F(0.77)},
    {F(0.42), F(0.55), F(-1.06), F(0.87), F(-0.29), F(0.36), F(0.52), F(-0.68)},
    {F(-0.91), F(-0.44), F(0.63), F(1.04), F(-0.57), F(0.28), F(0.71), F(-0.32)},
    {F(0.66), F(-0.38), F(-0.45), F(0.59), F(1.08), F(-0.72), F(0.34), F(0.41)},
    {F(-0.37), F(0.83), F(0.92), F(-0.61), F(0.25), F(-0.96), F(0.78), F(0.53)},
    {F(0.74), F(0.49), F(-0.28), F(-0.82), F(0.63), F(0.91), F(-0.57), F(-0.34)},
    {F(-0.48), F(-0.72), F(0.85), F(0.32), F(-0.94), F(0.68), F(0.44), F(0.97)},
};
static const float BIAS1[LATENT] = {F(0.12), F(-0.08), F(0.05), F(-0.11), F(0.07), F(-0.04), F(0.06), F(-0.09)};
static const float WEIGHT2[FIELDS][LATENT] = {
    {F(0.82), F(-0.63), F(0.51), F(-0.44), F(0.37), F(-0.58), F(0.66), F(-0.41)},
    {F(-0.57), F(0.78), F(-0.69), F(0.62), F(-0.33), F(0.45), F(-0.54), F(0.71)},
    {F(0.48), F(0.36), F(-0.52), F(0.77), F(-0.66), F(0.59), F(-0.32), F(0.41)},
    {F(-0.63), F(-0.44), F(0.68), F(0.52), F(-0.71), F(0.34), F(0.57), F(-0.48)},
    {F(0.55), F(-0.29), F(-0.36), F(0.41), F(0.72), F(-0.64), F(0.33), F(0.52)},
    {F(-0.42), F(0.61), F(0.74), F(-0.53), F(0.28), F(-0.57), F(0.69), F(0.45)},
};
static const float BIAS2[FIELDS] = {F(0.05), F(-0.04), F(0.02), F(-0.03), F(0.01), F(-0.02)};

static uint32_t high(double x) { return (uint32_t)(to_bits(x) >> 32) & 0x7fffffff; }

static double pinned_expm1(double x) {
    const double ln2_hi = from_bits(0x3fe62e42fee00000), ln2_lo = from_bits(0x3dea39ef35793c76), inv_ln2 = from_bits(0x3ff71547652b82fe),
                 q1 = from_bits(0xbfa11111111110f4), q2 = from_bits(0x3f5a01a019fe5585), q3 = from_bits(0xbf14ce199eaadbb7),
                 q4 = from_bits(0x3ed0cfca86e65239), q5 = from_bits(0xbe8afdb76e09c32d);
    uint32_t h = high(x);
    double lost = 0;
    int k = 0;
    if (h < 0x3c900000) return x;
    if (x < 0 && h >= 0x4043687a) return -1;
    if (h > 0x3fd62e42) {
        k = h < 0x3ff0a2b2 ? (x < 0 ? -1 : 1) : (int)(inv_ln2 * x + (x < 0 ? -0.5 : 0.5));
        double hi = x - k * ln2_hi, lo = k * ln2_lo;
        x = hi - lo;
        lost = (hi - x) - lo;
    }
    double half = 0.5 * x, z = x * half, p = 1 + z * (q1 + z * (q2 + z * (q3 + z * (q4 + z * q5))));
    double t = 3 - p * half, e = z * ((p - t) / (6 - x * t));
    if (k == 0) return x - (x * e - z);
    e = (x * (e - lost) - lost) - z;
    if (k == -1) return 0.5 * (x - e) - 0.5;
    if (k == 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
    if (k <= -2 || k > 56) return ldexp(1 - (e - x), k) - 1;
    if (k < 20) return ldexp((1 - ldexp(1, -k)) - (e - x), k);
    return ldexp((x - (e + ldexp(1, -k))) + 1, k);
}

static double pinned_tanh(double x) {
    double size = fabs(x), found;
    if (size < ldexp(1, -28)) return x;
    if (size >= 22) found = 1;
    else if (size >= 1) found = 1 - 2 / (pinned_expm1(2 * size) + 2);
    else {
        double t = pinned_expm1(-2 * size);
        found = -t / (t + 2);
    }
    return copysign(found, x);
}

static void layer(const float weight[][LATENT], const float *bias, int units, const float *in, float *out) {
    for (int i = 0; i < units; i++) {
        double sum = bias[i];
        for (int j = 0; j < LATENT; j++) sum = sum + (double)weight[i][j] * in[j];
        out[i] = (float)pinned_tanh(sum);
    }
}

static void normalise(const float *c, float *coefficient) {
    double norm = 0;
    for (int i = 0; i < FIELDS; i++) norm = norm + fabs((double)c[i]);
    for (int i = 0; i < FIELDS; i++) coefficient[i] = (float)(c[i] / (norm == 0 ? 1 : norm));
}

static void head(const float *hidden, float *coefficient) {
    float c[FIELDS];
    layer(WEIGHT2, BIAS2, FIELDS, hidden, c);
    normalise(c, coefficient);
}

static float field[FIELDS][SIDE * SIDE][3];

/* libm's sin, cos and atan2 will do: every value is rounded to binary32, and the vectors hold them all. */
static void make_fields(void) {
    static const double PHASE[3] = {0, 2.09439510239, 4.18879020478};
    for (int at = 0; at < SIDE * SIDE; at++) {
        double nx = at % SIDE / 63.0 * 2 - 1, ny = at / SIDE / 63.0 * 2 - 1, radius = sqrt(nx * nx + ny * ny), angle = atan2(ny, nx);
        const double wave[FIELDS] = {
            angle * 5.5 + radius * 9.2,       cos(angle * 12) * 3.2 + radius * 8.4,        radius * radius * 18,
            nx * 9 + sin(ny * 4) * 3.6,       sin(angle * 4) * 4.5 + nx * 6.4 - ny * 5.2,  sin(nx * 7.6) + cos(ny * 8.2) + nx * ny * 5.3,
        };
        const double saturation[FIELDS] = {0.9 - radius * 0.4, 0.85, 1 - radius * 0.35, 0.75, 0.95, 0.88};
        for (int b = 0; b < FIELDS; b++)
            for (int c = 0; c < 3; c++) field[b][at][c] = (float)(sin(wave[b] + PHASE[c]) * saturation[b]);
    }
}

static void blend(const float *coefficient, double energy, int row, double *sum) {
    double clamped = energy < 0.4 ? 0.4 : energy > 1.6 ? 1.6 : energy;
    for (int i = 0; i < ROW; i++) {
        sum[i] = 0;
        for (int b = 0; b < FIELDS; b++) sum[i] = sum[i] + coefficient[b] * clamped * (&field[b][SIDE * row][0])[i];
    }
}

static unsigned quantize(double sum) {
    double level = (sum + 1) / 2;
    return round_half_up((level < 0 ? 0 : level > 1 ? 1 : level) * 255);
}

static bool readout(const float *c, char *out) {
    for (int i = 0; i < FIELDS; i++) {
        double size = fabs((double)c[i]);
        unsigned long long n = size < 9007199254740992.0 ? hundredths(size) : 0;
        if (size >= 1e21) return false;
        out += sprintf(out, "%sf%d: %s", i ? "  " : "", i + 1, c[i] < 0 ? "-" : "");
        if (size < 9007199254740992.0) out += sprintf(out, "%llu.%02llu", n / 100, n % 100);
        else out += sprintf(out, "%.0f.00", size);
    }
    return true;
}

/* ---- the stages ---- */

static double sums[ROW];

static bool latent_stage(const char *in) { return latent_of(in, LATENT); }
static bool expm1_stage(const char *in) { return mapped(in, pinned_expm1); }
static bool tanh_stage(const char *in) { return mapped(in, pinned_tanh); }
static bool quantize_stage(const char *in) { return quantized(in, quantize); }

static bool index_of(const char *in, const char *key, int count, int *out) {
    double found;
    if (!count_of(member(in, key), &found) || found >= count) return false;
    *out = (int)found;
    return true;
}

static bool weights_stage(const char *in) {
    (void)in;
    say("{\"weight1\":"), say_f32(&WEIGHT1[0][0], LATENT * LATENT), say(",\"bias1\":"), say_f32(BIAS1, LATENT);
    say(",\"weight2\":"), say_f32(&WEIGHT2[0][0], FIELDS * LATENT), say(",\"bias2\":"), say_f32(BIAS2, FIELDS), say("}");
    return true;
}

static bool hidden_stage(const char *in) {
    float z[LATENT], out[LATENT];
    if (floats(member(in, "latent"), z, LATENT) < 0) return false;
    layer(WEIGHT1, BIAS1, LATENT, z, out);
    return say("{\"hidden\":"), say_f32(out, LATENT), say("}"), true;
}

static bool normalise_stage(const char *in) {
    float c[FIELDS], out[FIELDS];
    if (floats(member(in, "c"), c, FIELDS) < 0) return false;
    normalise(c, out);
    return say("{\"coefficients\":"), say_f32(out, FIELDS), say("}"), true;
}

static bool head_stage(const char *in) {
    float hidden[LATENT], out[FIELDS];
    if (floats(member(in, "hidden"), hidden, LATENT) < 0) return false;
    head(hidden, out);
    return say("{\"coefficients\":"), say_f32(out, FIELDS), say("}"), true;
}

static bool fields_stage(const char *in) {
    static float values[SIDE * SIDE];
    int b, c;
    if (!index_of(in, "field", FIELDS, &b) || !index_of(in, "channel", 3, &c)) return false;
    for (int at = 0; at < SIDE * SIDE; at++) values[at] = field[b][at][c];
    return say("{\"values\":"), say_f32(values, SIDE * SIDE), say("}"), true;
}

static bool blend_stage(const char *in) {
    float c[FIELDS];
    int row;
    if (floats(member(in, "coefficients"), c, FIELDS) < 0 || !index_of(in, "row", SIDE, &row)) return false;
    if (doubles(member(in, "energy"), numbers) != 1) return false;
    blend(c, *numbers, row, sums);
    return say("{\"sums\":"), say_f64(sums, ROW), say("}"), true;
}

static bool readout_stage(const char *in) {
    float c[FIELDS];
    char text[FIELDS * 40];
    if (floats(member(in, "coefficients"), c, FIELDS) < 0 || !readout(c, text)) return false;
    return say("{\"text\":\""), say(text), say("\"}"), true;
}

static bool gallery_stage(const char *in) {
    float z[LATENT], hidden[LATENT], c[FIELDS];
    char text[FIELDS * 40];
    int k;
    if (!index_of(in, "sample", SAMPLES, &k) || unpack(member(in, "seed"), "u32", raw) != 1) return false;
    for (uint32_t i = 0, seed = (uint32_t)raw[0]; i < LATENT; i++) z[i] = latent_number(word(seed, LATENT * (uint32_t)k + i + 1));
    if (doubles(member(in, "energy"), numbers) != 1) return false;
    layer(WEIGHT1, BIAS1, LATENT, z, hidden);
    head(hidden, c);
    say("{\"pixels\":\"u8:");
    for (int row = 0; row < SIDE; row++) {
        blend(c, *numbers, row, sums);
        for (int i = 0; i < ROW; i++) end += sprintf(end, "%02x", quantize(sums[i]));
    }
    readout(c, text);
    return say("\",\"readout\":\""), say(text), say("\"}"), true;
}

static const Stage STAGES[] = {
    {"prng", prng_stage}, {"latent", latent_stage}, {"weights", weights_stage}, {"expm1", expm1_stage}, {"tanh", tanh_stage},
    {"hidden", hidden_stage}, {"normalise", normalise_stage}, {"head", head_stage}, {"fields", fields_stage}, {"blend", blend_stage},
    {"quantize", quantize_stage}, {"readout", readout_stage}, {"gallery", gallery_stage},
};

int main(void) {
    make_fields();
    return serve(STAGES, sizeof STAGES / sizeof *STAGES);
}
