/* GAN-001, Mini Digits, in C, in the order of mini-digits/SPEC.md.
 *
 *   gcc -O2 -std=c11 -ffp-contract=off -o mdg-c golden/adapters/c/mini_digits.c -lm
 *   python golden/conform.py run -- ./mdg-c golden/mini-digits/glyph-basis.bin
 */
#include "protocol.h"
#include "zoo.h"

enum { LATENT = 10, DIGITS = 10, PIXELS = 784, SAMPLES = 9, MOST = LINE / 16 };

/* ---- routing ---- */

static float weight[DIGITS][LATENT], bias[DIGITS];

static void make_weights(void) {
    static const double BIAS[] = {0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11};
    for (int i = 0; i < DIGITS; i++) {
        float *row = weight[i];
        for (int j = 0; j < LATENT; j++) row[j] = (float)-0.22;
        row[i] = (float)1.35;
        row[(i + 3) % 10] = (float)(row[(i + 3) % 10] + 0.18);
        row[(i + 7) % 10] = (float)(row[(i + 7) % 10] - 0.12);
        bias[i] = (float)BIAS[i];
    }
}

static void logits(const float *latent, double temperature, double *logit) {
    const double clamped = temperature < 0.35 ? 0.35 : temperature > 1.5 ? 1.5 : temperature;
    for (int i = 0; i < DIGITS; i++) {
        double sum = bias[i];
        for (int j = 0; j < LATENT; j++) sum = sum + (double)weight[i][j] * latent[j];
        logit[i] = sum / clamped;
    }
}

/* ---- exp and softmax ---- */

static double pinned_exp(double x) {
    const double ln2_hi = from_bits(0x3fe62e42fee00000), ln2_lo = from_bits(0x3dea39ef35793c76),
                 inv_ln2 = from_bits(0x3ff71547652b82fe), P1 = from_bits(0x3fc555555555553e),
                 P2 = from_bits(0xbf66c16c16bebd93), P3 = from_bits(0x3f11566aaf25de2c),
                 P4 = from_bits(0xbebbbd41c5d26bf1), P5 = from_bits(0x3e66376972bea4d0);
    if (x < from_bits(0xc0874910d52d3051)) return 0;
    const uint32_t h = high(x);
    double hi = 0, lo = 0;
    int k = 0;
    if (h > 0x3fd62e42) {
        k = h < 0x3ff0a2b2 ? -1 : (int)(inv_ln2 * x - 0.5);
        hi = x - k * ln2_hi;
        lo = k * ln2_lo;
        x = hi - lo;
    }
    if (h < 0x3e300000) return 1 + x;
    const double t = x * x, c = x - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
    if (k == 0) return 1 - ((x * c) / (c - 2) - x);
    const double y = 1 - ((lo - (x * c) / (2 - c)) - hi);
    return k >= -1021 ? ldexp(y, k) : ldexp(y, k + 1000) * ldexp(1, -1000);
}

static void softmax(const double *logit, double *coefficient) {
    double m = logit[0], s = 0;
    for (int i = 1; i < DIGITS; i++) if (logit[i] > m) m = logit[i];
    for (int i = 0; i < DIGITS; i++) s = s + (coefficient[i] = pinned_exp(logit[i] - m));
    for (int i = 0; i < DIGITS; i++) coefficient[i] = coefficient[i] / s;
}

/* ---- basis, blend, quantise ---- */

static float basis[DIGITS][PIXELS];

static bool read_basis(const char *path) {
    static unsigned char byte[DIGITS][PIXELS];
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!file || fread(byte, 1, sizeof byte, file) != sizeof byte) return false;
    for (int d = 0; d < DIGITS; d++)
        for (int p = 0; p < PIXELS; p++) basis[d][p] = (float)(byte[d][p] / 255.0 * 2 - 1);
    return !fclose(file);
}

static void blend(const double *coefficient, double *sum) {
    for (int p = 0; p < PIXELS; p++) {
        sum[p] = 0;
        for (int b = 0; b < DIGITS; b++) sum[p] = sum[p] + coefficient[b] * basis[b][p];
    }
}

static void quantize(const double *sum, uint8_t *pixel, int n) {
    for (int i = 0; i < n; i++) {
        const double clamped = sum[i] < -1 ? -1 : sum[i] > 1 ? 1 : sum[i];
        pixel[i] = (uint8_t)math_round((clamped + 1) / 2 * 255);
    }
}

/* ---- readout and gallery ---- */

static char *readout(const double *coefficient, char *text) {
    for (int d = 0; d < DIGITS; d++) {
        text += sprintf(text, "%sd%d: ", d ? "  " : "", d);
        text += fixed2(text, coefficient[d]);
    }
    return text;
}

static void sample(uint32_t seed, uint32_t k, double temperature, double *coefficient, uint8_t *pixel) {
    float latent[LATENT];
    double logit[DIGITS], sum[PIXELS];
    for (uint32_t i = 0; i < LATENT; i++) latent[i] = latent_number(word(seed, LATENT * k + i + 1));
    logits(latent, temperature, logit);
    softmax(logit, coefficient);
    blend(coefficient, sum);
    quantize(sum, pixel, PIXELS);
}

/* ---- the stages ---- */

static bool seed_stage(const char *in) {
    static long text[LINE];
    uint32_t seed;
    if (!take_text(in, "text", text)) return false;
    if (seed_of(text, &seed)) put("seed", "u32", &seed, 1);
    else SAY("\"seed\":null");
    return true;
}

static bool latent_stage(const char *in) {
    uint32_t words[LATENT];
    float latent[LATENT];
    if (!take(in, "words", "u32", words, LATENT)) return false;
    for (int i = 0; i < LATENT; i++) latent[i] = latent_number(words[i]);
    return put("latent", "f32", latent, LATENT), true;
}

static bool weights_stage(const char *in) {
    return (void)in, put("weights", "f32", weight, DIGITS * LATENT), put("biases", "f32", bias, DIGITS), true;
}

static bool logits_stage(const char *in) {
    float latent[LATENT];
    double temperature, logit[DIGITS];
    if (!take(in, "latent", "f32", latent, LATENT) || !take(in, "temperature", "f64", &temperature, 1)) return false;
    logits(latent, temperature, logit);
    return put("logits", "f64", logit, DIGITS), true;
}

static bool exp_stage(const char *in) {
    double x[MOST];
    const int n = take_all(in, "x", "f64", x, MOST);
    for (int i = 0; i < n; i++) x[i] = pinned_exp(x[i]);
    return n >= 0 && (put("y", "f64", x, n), true);
}

static bool softmax_stage(const char *in) {
    double logit[DIGITS], coefficient[DIGITS];
    if (!take(in, "logits", "f64", logit, DIGITS)) return false;
    softmax(logit, coefficient);
    return put("coefficients", "f64", coefficient, DIGITS), true;
}

static bool blend_stage(const char *in) {
    double coefficient[DIGITS], sum[PIXELS];
    if (!take(in, "coefficients", "f64", coefficient, DIGITS)) return false;
    blend(coefficient, sum);
    return put("sums", "f64", sum, PIXELS), true;
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
    double coefficient[DIGITS];
    if (!take(in, "coefficients", "f64", coefficient, DIGITS)) return false;
    for (int d = 0; d < DIGITS; d++) if (coefficient[d] < 0 || coefficient[d] > 1) return false;
    readout(coefficient, text);
    return put_text("text", text), true;
}

static bool gallery_stage(const char *in) {
    static uint8_t pixel[SAMPLES][PIXELS];
    char text[SAMPLES * 200], *line = text;
    uint32_t seed;
    double temperature, coefficient[DIGITS];
    if (!take(in, "seed", "u32", &seed, 1) || !take(in, "temperature", "f64", &temperature, 1)) return false;
    for (uint32_t k = 0; k < SAMPLES; k++) {
        sample(seed, k, temperature, coefficient, pixel[k]);
        line += sprintf(line, "%s", k ? "\\n" : "");
        line = readout(coefficient, line);
    }
    return put("pixels", "u8", pixel, SAMPLES * PIXELS), put_text("readout", text), true;
}

static const struct stage STAGES[] = {
    {"seed", seed_stage}, {"prng", prng_stage}, {"latent", latent_stage}, {"weights", weights_stage},
    {"logits", logits_stage}, {"exp", exp_stage}, {"softmax", softmax_stage}, {"blend", blend_stage},
    {"quantize", quantize_stage}, {"readout", readout_stage}, {"gallery", gallery_stage}, {NULL, NULL},
};

int main(int argc, char **argv) {
    if (!read_basis(argc > 1 ? argv[1] : NULL)) return fprintf(stderr, "usage: %s glyph-basis.bin\n", argv[0]), 2;
    make_weights();
    return serve("mdg-c", "mini-digits", STAGES);
}
