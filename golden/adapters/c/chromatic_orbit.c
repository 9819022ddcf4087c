/* GAN-002, Chromatic Orbit, in C, in the order of chromatic-orbit/SPEC.md.
 *
 *   gcc -O2 -std=c11 -ffp-contract=off -o orb-c golden/adapters/c/chromatic_orbit.c -lm
 *   python golden/conform.py run -- ./orb-c
 */
#include "fdlibm.h"
#include "protocol.h"
#include "zoo.h"

enum { LATENT = 8, HIDDEN = 8, FIELDS = 6, SIDE = 64, ROW = 3 * SIDE, SAMPLES = 6, MOST = LINE / 16 };

/* ---- route ---- */

static const double WEIGHT1[HIDDEN * LATENT] = {
    1.15, -0.62, 0.48, -0.35, 0.92, -1.08, 0.74, -0.53, -0.58, 1.12, -0.72, 0.68, -0.34, 0.41, -0.93, 0.77,
    0.42, 0.55, -1.06, 0.87, -0.29, 0.36, 0.52, -0.68, -0.91, -0.44, 0.63, 1.04, -0.57, 0.28, 0.71, -0.32,
    0.66, -0.38, -0.45, 0.59, 1.08, -0.72, 0.34, 0.41, -0.37, 0.83, 0.92, -0.61, 0.25, -0.96, 0.78, 0.53,
    0.74, 0.49, -0.28, -0.82, 0.63, 0.91, -0.57, -0.34, -0.48, -0.72, 0.85, 0.32, -0.94, 0.68, 0.44, 0.97};
static const double BIAS1[HIDDEN] = {0.12, -0.08, 0.05, -0.11, 0.07, -0.04, 0.06, -0.09};
static const double WEIGHT2[FIELDS * HIDDEN] = {
    0.82, -0.63, 0.51, -0.44, 0.37, -0.58, 0.66, -0.41, -0.57, 0.78, -0.69, 0.62, -0.33, 0.45, -0.54, 0.71,
    0.48, 0.36, -0.52, 0.77, -0.66, 0.59, -0.32, 0.41, -0.63, -0.44, 0.68, 0.52, -0.71, 0.34, 0.57, -0.48,
    0.55, -0.29, -0.36, 0.41, 0.72, -0.64, 0.33, 0.52, -0.42, 0.61, 0.74, -0.53, 0.28, -0.57, 0.69, 0.45};
static const double BIAS2[FIELDS] = {0.05, -0.04, 0.02, -0.03, 0.01, -0.02};

static float weight1[HIDDEN * LATENT], bias1[HIDDEN], weight2[FIELDS * HIDDEN], bias2[FIELDS];

static void store(float *stored, const double *decimals, int n) {
    while (n--) *stored++ = (float)*decimals++;
}

static void make_weights(void) {
    store(weight1, WEIGHT1, HIDDEN * LATENT), store(bias1, BIAS1, HIDDEN);
    store(weight2, WEIGHT2, FIELDS * HIDDEN), store(bias2, BIAS2, FIELDS);
}

/* `units` units of eight inputs each. */
static void layer(const float *weight, const float *bias, int units, const float *input, float *output) {
    for (int i = 0; i < units; i++) {
        double sum = bias[i];
        for (int j = 0; j < 8; j++) sum = sum + (double)weight[8 * i + j] * input[j];
        output[i] = (float)pinned_tanh(sum);
    }
}

static void normalise(float *c) {
    double norm = 0;
    for (int i = 0; i < FIELDS; i++) norm = norm + fabs((double)c[i]);
    if (norm == 0) norm = 1;
    for (int i = 0; i < FIELDS; i++) c[i] = (float)(c[i] / norm);
}

static void head(const float *hidden, float *coefficient) {
    layer(weight2, bias2, FIELDS, hidden, coefficient);
    normalise(coefficient);
}

/* ---- fields ---- */

static float field[FIELDS][SIDE][ROW];

static void waves(double nx, double ny, double *wave, double *saturation) {
    const double radius = sqrt(nx * nx + ny * ny), angle = pinned_atan2(ny, nx);
    const double w[] = {angle * 5.5 + radius * 9.2,
                        pinned_cos(angle * 12) * 3.2 + radius * 8.4,
                        radius * radius * 18,
                        nx * 9 + pinned_sin(ny * 4) * 3.6,
                        pinned_sin(angle * 4) * 4.5 + nx * 6.4 - ny * 5.2,
                        pinned_sin(nx * 7.6) + pinned_cos(ny * 8.2) + nx * ny * 5.3};
    const double s[] = {0.9 - radius * 0.4, 0.85, 1 - radius * 0.35, 0.75, 0.95, 0.88};
    memcpy(wave, w, sizeof w);
    memcpy(saturation, s, sizeof s);
}

static void make_pixel(int x, int y) {
    static const double PHASE[] = {0, 2.09439510239, 4.18879020478};
    double wave[FIELDS], saturation[FIELDS];
    waves((x / 63.0) * 2 - 1, (y / 63.0) * 2 - 1, wave, saturation);
    for (int f = 0; f < FIELDS; f++)
        for (int c = 0; c < 3; c++) field[f][y][3 * x + c] = (float)(pinned_sin(wave[f] + PHASE[c]) * saturation[f]);
}

static void make_fields(void) {
    for (int y = 0; y < SIDE; y++) for (int x = 0; x < SIDE; x++) make_pixel(x, y);
}

/* ---- decode ---- */

static void blend(const float *coefficient, double energy, int row, double *sum) {
    const double clamped = energy < 0.4 ? 0.4 : energy > 1.6 ? 1.6 : energy;
    for (int p = 0; p < ROW; p++) {
        sum[p] = 0;
        for (int b = 0; b < FIELDS; b++) sum[p] = sum[p] + coefficient[b] * clamped * field[b][row][p];
    }
}

static void quantize(const double *sum, uint8_t *pixel, int n) {
    for (int i = 0; i < n; i++) {
        const double q = (sum[i] + 1) / 2;
        pixel[i] = (uint8_t)math_round((q < 0 ? 0 : q > 1 ? 1 : q) * 255);
    }
}

/* ---- readout ---- */

static void readout(const float *coefficient, char *text) {
    for (int f = 0; f < FIELDS; f++) {
        text += sprintf(text, "%sf%d: ", f ? "  " : "", f + 1);
        text += fixed2(text, coefficient[f]);
    }
}

/* ---- the stages ---- */

static bool latent_stage(const char *in) {
    uint32_t words[LATENT];
    float latent[LATENT];
    if (!take(in, "words", "u32", words, LATENT)) return false;
    for (int i = 0; i < LATENT; i++) latent[i] = latent_number(words[i]);
    return put("latent", "f32", latent, LATENT), true;
}

static bool weights_stage(const char *in) {
    (void)in;
    put("weight1", "f32", weight1, HIDDEN * LATENT), put("bias1", "f32", bias1, HIDDEN);
    put("weight2", "f32", weight2, FIELDS * HIDDEN), put("bias2", "f32", bias2, FIELDS);
    return true;
}

static bool mapped(const char *in, double (*function)(double)) {
    double x[MOST];
    const int n = take_all(in, "x", "f64", x, MOST);
    for (int i = 0; i < n; i++) x[i] = function(x[i]);
    return n >= 0 && (put("y", "f64", x, n), true);
}

static bool expm1_stage(const char *in) { return mapped(in, pinned_expm1); }
static bool tanh_stage(const char *in) { return mapped(in, pinned_tanh); }

static bool hidden_stage(const char *in) {
    float latent[LATENT], hidden[HIDDEN];
    if (!take(in, "latent", "f32", latent, LATENT)) return false;
    layer(weight1, bias1, HIDDEN, latent, hidden);
    return put("hidden", "f32", hidden, HIDDEN), true;
}

static bool normalise_stage(const char *in) {
    float c[FIELDS];
    if (!take(in, "c", "f32", c, FIELDS)) return false;
    return normalise(c), put("coefficients", "f32", c, FIELDS), true;
}

static bool head_stage(const char *in) {
    float hidden[HIDDEN], coefficient[FIELDS];
    if (!take(in, "hidden", "f32", hidden, HIDDEN)) return false;
    head(hidden, coefficient);
    return put("coefficients", "f32", coefficient, FIELDS), true;
}

static bool fields_stage(const char *in) {
    static float values[SIDE * SIDE];
    uint64_t f, channel;
    if (!take_integer(in, "field", FIELDS, &f) || !take_integer(in, "channel", 3, &channel)) return false;
    for (int p = 0; p < SIDE * SIDE; p++) values[p] = field[f][p / SIDE][3 * (p % SIDE) + (int)channel];
    return put("values", "f32", values, SIDE * SIDE), true;
}

static bool blend_stage(const char *in) {
    float coefficient[FIELDS];
    double energy, sum[ROW];
    uint64_t row;
    if (!take(in, "coefficients", "f32", coefficient, FIELDS) || !take(in, "energy", "f64", &energy, 1)) return false;
    if (!take_integer(in, "row", SIDE, &row)) return false;
    blend(coefficient, energy, (int)row, sum);
    return put("sums", "f64", sum, ROW), true;
}

static bool quantize_stage(const char *in) {
    double sum[MOST];
    uint8_t pixel[MOST];
    const int n = take_all(in, "sums", "f64", sum, MOST);
    if (n < 0) return false;
    quantize(sum, pixel, n);
    return put("pixels", "u8", pixel, n), true;
}

static bool readout_stage(const char *in) {
    char text[200];
    float coefficient[FIELDS];
    if (!take(in, "coefficients", "f32", coefficient, FIELDS)) return false;
    for (int f = 0; f < FIELDS; f++) if (fabs((double)coefficient[f]) > 1) return false;
    readout(coefficient, text);
    return put_text("text", text), true;
}

static bool gallery_stage(const char *in) {
    static uint8_t pixel[SIDE][ROW];
    char text[200];
    float latent[LATENT], hidden[HIDDEN], coefficient[FIELDS];
    double energy, sum[ROW];
    uint32_t seed;
    uint64_t k;
    if (!take(in, "seed", "u32", &seed, 1) || !take(in, "energy", "f64", &energy, 1)) return false;
    if (!take_integer(in, "sample", SAMPLES, &k)) return false;
    for (uint32_t i = 0; i < LATENT; i++) latent[i] = latent_number(word(seed, LATENT * (uint32_t)k + i + 1));
    layer(weight1, bias1, HIDDEN, latent, hidden);
    head(hidden, coefficient);
    for (int row = 0; row < SIDE; row++) blend(coefficient, energy, row, sum), quantize(sum, pixel[row], ROW);
    readout(coefficient, text);
    return put("pixels", "u8", pixel, SIDE * ROW), put_text("readout", text), true;
}

static const struct stage STAGES[] = {
    {"prng", prng_stage}, {"latent", latent_stage}, {"weights", weights_stage}, {"expm1", expm1_stage},
    {"tanh", tanh_stage}, {"hidden", hidden_stage}, {"normalise", normalise_stage}, {"head", head_stage},
    {"fields", fields_stage}, {"blend", blend_stage}, {"quantize", quantize_stage}, {"readout", readout_stage},
    {"gallery", gallery_stage}, {NULL, NULL},
};

int main(void) {
    make_weights();
    make_fields();
    return serve("orb-c", "chromatic-orbit", STAGES);
}
