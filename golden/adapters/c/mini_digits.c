/* GAN-001, Mini Digits, in C: the whole generator as an adapter of the conformance protocol.
 *
 *   gcc -O2 -std=c11 -ffp-contract=off -o mdg-c golden/adapters/c/mini_digits.c -lm
 *   python3 golden/conform.py run -- ./mdg-c golden/mini-digits/glyph-basis.bin
 */
#define MODEL "mini-digits"
#define NAME "mdg-c"
#include "protocol.h"

enum { PIXELS = 784, SAMPLES = 9 };
static unsigned char glyphs[10 * PIXELS];

/* ---- the generator, in the order of SPEC.md ---- */

static float weight[10][10], bias[10];

static void make_weights(void) {
    static const double B[10] = {0.18, 0.10, 0.06, 0.08, 0.04, 0.12, 0.05, 0.07, 0.09, 0.11};
    for (int i = 0; i < 10; i++) {
        float *row = weight[i];
        for (int j = 0; j < 10; j++) row[j] = (float)-0.22;
        row[i] = (float)1.35;
        row[(i + 3) % 10] = (float)(row[(i + 3) % 10] + 0.18);
        row[(i + 7) % 10] = (float)(row[(i + 7) % 10] - 0.12);
        bias[i] = (float)B[i];
    }
}

static void logits(const float *z, double temperature, double *out) {
    double kelvin = temperature < 0.35 ? 0.35 : temperature > 1.5 ? 1.5 : temperature;
    for (int i = 0; i < 10; i++) {
        double sum = bias[i];
        for (int j = 0; j < 10; j++) sum = sum + (double)weight[i][j] * z[j];
        out[i] = sum / kelvin;
    }
}

static double pinned_exp(double x) {
    const double ln2_hi = from_bits(0x3fe62e42fee00000), ln2_lo = from_bits(0x3dea39ef35793c76),
                 inv_ln2 = from_bits(0x3ff71547652b82fe), p1 = from_bits(0x3fc555555555553e),
                 p2 = from_bits(0xbf66c16c16bebd93), p3 = from_bits(0x3f11566aaf25de2c),
                 p4 = from_bits(0xbebbbd41c5d26bf1), p5 = from_bits(0x3e66376972bea4d0);
    if (x < from_bits(0xc0874910d52d3051)) return 0;
    uint32_t h = (uint32_t)(to_bits(x) >> 32) & 0x7fffffff;
    double hi = 0, lo = 0;
    int k = 0;
    if (h > 0x3fd62e42) {
        k = h < 0x3ff0a2b2 ? -1 : (int)(inv_ln2 * x - 0.5);
        hi = x - k * ln2_hi;
        lo = k * ln2_lo;
        x = hi - lo;
    } else if (h < 0x3e300000) return 1 + x;
    double t = x * x, c = x - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
    if (k == 0) return 1 - ((x * c) / (c - 2) - x);
    double y = 1 - ((lo - (x * c) / (2 - c)) - hi);
    return k >= -1021 ? ldexp(y, k) : ldexp(y, k + 1000) * ldexp(1, -1000);
}

static void softmax(const double *score, double *out) {
    double m = score[0], s = 0;
    for (int i = 1; i < 10; i++) if (score[i] > m) m = score[i];
    for (int i = 0; i < 10; i++) s = s + (out[i] = pinned_exp(score[i] - m));
    for (int i = 0; i < 10; i++) out[i] = out[i] / s;
}

static void blend(const double *coefficient, double *sum) {
    for (int p = 0; p < PIXELS; p++) {
        sum[p] = 0;
        for (int b = 0; b < 10; b++) sum[p] = sum[p] + coefficient[b] * (float)(glyphs[b * PIXELS + p] / 255.0 * 2 - 1);
    }
}

static unsigned quantize(double sum) {
    return round_half_up(((sum < -1 ? -1 : sum > 1 ? 1 : sum) + 1) / 2 * 255);
}

static bool readout(const double *c, char *out) {
    for (int d = 0; d < 10; d++) {
        if (!(c[d] >= 0 && c[d] <= 1)) return false;
        unsigned n = (unsigned)hundredths(c[d]);
        out += sprintf(out, "%sd%d: %u.%02u", d ? "  " : "", d, n / 100, n % 100);
    }
    return true;
}

/* ---- the stages ---- */

static double sums[PIXELS];

/* The next code point of a JSON string, or -1 at its end. */
static long code_point(const char **at) {
    const unsigned char *p = (const unsigned char *)*at;
    if (*p == '"' || !*p) return -1;
    if (*p == '\\') {
        static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
        const char *plain = strchr(from, p[1]);
        *at += p[1] == 'u' ? 6 : 2;
        if (p[1] == 'u') { char hex[5] = {0}; memcpy(hex, p + 2, 4); return strtol(hex, NULL, 16); }
        return plain ? to[plain - from] : p[1];
    }
    int more = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;
    long point = more ? *p & (0x3f >> more) : *p;
    for (int i = 1; i <= more; i++) point = point << 6 | (p[i] & 0x3f);
    *at += more + 1;
    return point;
}

static bool seed_stage(const char *in) {
    static const char white[] = "\t\n\v\f\r ";
    const char *p = member(in, "text");
    char digits[LINE];
    int n = 0;
    bool minus = false;
    if (!p || *p++ != '"') return false;
    long c = code_point(&p);
    while ((c > 0 && c < 128 && strchr(white, (int)c)) || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff) c = code_point(&p);
    if (c == '+' || c == '-') minus = c == '-', c = code_point(&p);
    for (; c >= '0' && c <= '9'; c = code_point(&p)) digits[n++] = (char)c;
    digits[n] = 0;
    double value = strtod(digits, NULL);
    if (!n || isinf(value)) return say("{\"seed\":null}"), true;
    uint32_t low = (uint32_t)fmod(value, 4294967296.0);
    end += sprintf(end, "{\"seed\":\"u32:%08x\"}", minus ? -low : low);
    return true;
}

static bool latent_stage(const char *in) { return latent_of(in, 10); }

static bool weights_stage(const char *in) {
    (void)in;
    say("{\"weights\":"), say_f32(&weight[0][0], 100), say(",\"biases\":"), say_f32(bias, 10), say("}");
    return true;
}

static bool logits_stage(const char *in) {
    float z[10];
    double temperature[LINE / 8], out[10];
    if (floats(member(in, "latent"), z, 10) < 0) return false;
    if (doubles(member(in, "temperature"), temperature) != 1) return false;
    logits(z, *temperature, out);
    return say("{\"logits\":"), say_f64(out, 10), say("}"), true;
}

static bool exp_stage(const char *in) { return mapped(in, pinned_exp); }
static bool quantize_stage(const char *in) { return quantized(in, quantize); }

static bool softmax_stage(const char *in) {
    double out[10];
    if (doubles(member(in, "logits"), numbers) != 10) return false;
    softmax(numbers, out);
    return say("{\"coefficients\":"), say_f64(out, 10), say("}"), true;
}

static bool blend_stage(const char *in) {
    if (doubles(member(in, "coefficients"), numbers) != 10) return false;
    blend(numbers, sums);
    return say("{\"sums\":"), say_f64(sums, PIXELS), say("}"), true;
}

static bool readout_stage(const char *in) {
    char text[200];
    if (doubles(member(in, "coefficients"), numbers) != 10 || !readout(numbers, text)) return false;
    return say("{\"text\":\""), say(text), say("\"}"), true;
}

static bool gallery_stage(const char *in) {
    char text[SAMPLES][200];
    double temperature[LINE / 8], score[10], c[10];
    if (unpack(member(in, "seed"), "u32", raw) != 1) return false;
    uint32_t seed = (uint32_t)raw[0];
    if (doubles(member(in, "temperature"), temperature) != 1) return false;
    say("{\"pixels\":\"u8:");
    for (uint32_t k = 0; k < SAMPLES; k++) {
        float z[10];
        for (uint32_t i = 0; i < 10; i++) z[i] = latent_number(word(seed, 10 * k + i + 1));
        logits(z, *temperature, score), softmax(score, c), blend(c, sums);
        for (int p = 0; p < PIXELS; p++) end += sprintf(end, "%02x", quantize(sums[p]));
        readout(c, text[k]);
    }
    say("\",\"readout\":\"");
    for (int k = 0; k < SAMPLES; k++) end += sprintf(end, "%s%s", k ? "\\n" : "", text[k]);
    return say("\"}"), true;
}

static const Stage STAGES[] = {
    {"seed", seed_stage}, {"prng", prng_stage}, {"latent", latent_stage}, {"weights", weights_stage},
    {"logits", logits_stage}, {"exp", exp_stage}, {"softmax", softmax_stage}, {"blend", blend_stage},
    {"quantize", quantize_stage}, {"readout", readout_stage}, {"gallery", gallery_stage},
};

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file || fread(glyphs, 1, sizeof glyphs, file) != sizeof glyphs) return fprintf(stderr, "usage: %s glyph-basis.bin\n", argv[0]), 2;
    make_weights();
    return serve(STAGES, sizeof STAGES / sizeof *STAGES);
}
