/* GAN-001, Mini Digits, in C: the whole generator and the adapter of the conformance protocol.
 *
 *   gcc -O2 -std=c11 -ffp-contract=off -o mdg-c golden/adapters/c/mini_digits.c -lm
 *   python golden/conform.py run -- ./mdg-c golden/mini-digits/glyph-basis.bin
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 65536, PIXELS = 784, SAMPLES = 9 };
static unsigned char glyphs[10 * PIXELS];

/* ---- the generator, in the order of SPEC.md ---- */

static double from_bits(uint64_t bits) { double x; memcpy(&x, &bits, 8); return x; }
static uint64_t to_bits(double x) { uint64_t bits; memcpy(&bits, &x, 8); return bits; }

static uint32_t word(uint32_t seed, uint32_t n) {
    uint32_t t = seed + n * 0x6D2B79F5u, r = (t ^ t >> 15) * (t | 1);
    r ^= r + (r ^ r >> 7) * (r | 61);
    return r ^ r >> 14;
}

static float latent_number(uint32_t w) { return (float)(w / 4294967296.0 * 2 - 1); }

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
    double q = (sum < -1 ? -1 : sum > 1 ? 1 : sum), low;
    q = (q + 1) / 2 * 255;
    low = floor(q);
    return (unsigned)(q - low >= 0.5 ? low + 1 : low);
}

/* Hundredths of x in [0, 1], exactly: x is m / 2^e, and 100·m fits in 60 bits. */
static unsigned hundredths(double x) {
    int exponent;
    uint64_t m = (uint64_t)ldexp(frexp(x, &exponent), 53);
    int e = 53 - exponent;
    return e > 61 ? 0 : (unsigned)((100 * m + ((uint64_t)1 << (e - 1))) >> e);
}

static bool readout(const double *c, char *out) {
    for (int d = 0; d < 10; d++) {
        if (!(c[d] >= 0 && c[d] <= 1)) return false;
        unsigned n = hundredths(c[d]);
        out += sprintf(out, "%sd%d: %u.%02u", d ? "  " : "", d, n / 100, n % 100);
    }
    return true;
}

/* ---- JSON, as much as requests need ---- */

static const char *blank(const char *p) { while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n') p++; return p; }

static const char *skip_string(const char *p) {
    for (p++; *p && *p != '"'; p++) if (*p == '\\' && !*++p) return NULL;
    return *p ? p + 1 : NULL;
}

/* The end of the value at p, or NULL where it is broken. */
static const char *skip_value(const char *p) {
    if (*p == '"') return skip_string(p);
    if (*p != '{' && *p != '[') {
        const char *end = p + strspn(p, "+-.0123456789aeflnrstuE");
        return end > p ? end : NULL;
    }
    char open = *p, close = open == '{' ? '}' : ']';
    if (*(p = blank(p + 1)) == close) return p + 1;
    for (;; p = blank(p + 1)) {
        if (open == '{') {
            if (*p != '"' || !(p = skip_string(p)) || *(p = blank(p)) != ':') return NULL;
            p = blank(p + 1);
        }
        if (!(p = skip_value(p))) return NULL;
        if (*(p = blank(p)) == close) return p + 1;
        if (*p != ',') return NULL;
    }
}

/* The value of a key in the (well-formed) object at p, or NULL. */
static const char *member(const char *p, const char *key) {
    size_t length = strlen(key);
    if (!p || *p != '{' || *(p = blank(p + 1)) == '}') return NULL;
    for (;; p = blank(p + 1)) {
        const char *name = p + 1, *end = skip_string(p), *value = blank(blank(end) + 1);
        if ((size_t)(end - name) == length + 1 && !memcmp(name, key, length)) return value;
        if (*(p = blank(skip_value(value))) != ',') return NULL;
    }
}

static bool says(const char *value, const char *text) {
    size_t length = strlen(text);
    return value && *value == '"' && !strncmp(value + 1, text, length) && value[length + 1] == '"';
}

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

/* ---- packed numbers ---- */

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* The bits of a packed value of this tag, into out; how many, or -1 where it is no such value. */
static int unpack(const char *value, const char *tag, uint64_t *out) {
    size_t length = strlen(tag);
    int width = atoi(tag + 1) / 4, n = 0;
    if (!value || *value != '"' || strncmp(value + 1, tag, length) || value[length + 1] != ':') return -1;
    for (const char *p = value + length + 2; *p != '"'; n++) {
        out[n] = 0;
        for (int i = 0; i < width; i++, p++) {
            if (digit(*p) < 0) return -1;
            out[n] = out[n] << 4 | (uint64_t)digit(*p);
        }
    }
    return n;
}

static uint64_t raw[LINE / 2];

static int doubles(const char *value, double *out) {
    int n = unpack(value, "f64", raw);
    for (int i = 0; i < n; i++) if (!isfinite(out[i] = from_bits(raw[i]))) return -1;
    return n;
}

static bool count_of(const char *value, double *out) {
    if (!value || *value < '0' || *value > '9') return false;
    *out = strtod(value, NULL);
    return *out == floor(*out) && *out < 9007199254740992.0;
}

static char answer[LINE * 2], *end;

static void say(const char *text) { end += sprintf(end, "%s", text); }
static void say_f64(const double *x, int n) { for (say("\"f64:"); n--; x++) end += sprintf(end, "%016llx", (unsigned long long)to_bits(*x)); say("\""); }
static void say_f32(const float *x, int n) {
    for (say("\"f32:"); n--; x++) { uint32_t bits; memcpy(&bits, x, 4); end += sprintf(end, "%08x", bits); }
    say("\"");
}

/* ---- the stages: each reads `in`, says the value of out, and is false on bad input ---- */

static double numbers[LINE], sums[PIXELS];

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

static bool prng_stage(const char *in) {
    double skip, count;
    if (unpack(member(in, "seed"), "u32", raw) != 1 || !count_of(member(in, "skip"), &skip) || !count_of(member(in, "count"), &count)) return false;
    if (count > 8000) return false;
    uint32_t seed = (uint32_t)raw[0], start = (uint32_t)(uint64_t)skip;
    say("{\"words\":\"u32:");
    for (uint32_t i = 1; i <= (uint32_t)count; i++) end += sprintf(end, "%08x", word(seed, start + i));
    return say("\"}"), true;
}

static bool latent_stage(const char *in) {
    float z[10];
    if (unpack(member(in, "words"), "u32", raw) != 10) return false;
    for (int i = 0; i < 10; i++) z[i] = latent_number((uint32_t)raw[i]);
    return say("{\"latent\":"), say_f32(z, 10), say("}"), true;
}

static bool weights_stage(const char *in) {
    (void)in;
    say("{\"weights\":"), say_f32(&weight[0][0], 100), say(",\"biases\":"), say_f32(bias, 10), say("}");
    return true;
}

static bool logits_stage(const char *in) {
    float z[10];
    double temperature[LINE / 8], out[10];
    if (unpack(member(in, "latent"), "f32", raw) != 10) return false;
    for (int i = 0; i < 10; i++) {
        uint32_t bits = (uint32_t)raw[i];
        memcpy(&z[i], &bits, 4);
        if (!isfinite(z[i])) return false;
    }
    if (doubles(member(in, "temperature"), temperature) != 1) return false;
    logits(z, *temperature, out);
    return say("{\"logits\":"), say_f64(out, 10), say("}"), true;
}

static bool exp_stage(const char *in) {
    int n = doubles(member(in, "x"), numbers);
    if (n < 0) return false;
    for (int i = 0; i < n; i++) numbers[i] = pinned_exp(numbers[i]);
    return say("{\"y\":"), say_f64(numbers, n), say("}"), true;
}

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

static bool quantize_stage(const char *in) {
    int n = doubles(member(in, "sums"), numbers);
    if (n < 0) return false;
    say("{\"pixels\":\"u8:");
    for (int i = 0; i < n; i++) end += sprintf(end, "%02x", quantize(numbers[i]));
    return say("\"}"), true;
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

static const struct { const char *name; bool (*run)(const char *in); } STAGES[] = {
    {"seed", seed_stage}, {"prng", prng_stage}, {"latent", latent_stage}, {"weights", weights_stage},
    {"logits", logits_stage}, {"exp", exp_stage}, {"softmax", softmax_stage}, {"blend", blend_stage},
    {"quantize", quantize_stage}, {"readout", readout_stage}, {"gallery", gallery_stage},
};
enum { STAGE_COUNT = sizeof STAGES / sizeof *STAGES };

static void run(const char *request) {
    char *start = end;
    if (says(member(request, "cmd"), "run") && says(member(request, "model"), "mini-digits"))
        for (int i = 0; i < STAGE_COUNT; i++)
            if (says(member(request, "stage"), STAGES[i].name)) {
                say("\"out\":");
                if (STAGES[i].run(member(request, "in"))) return;
                end = start;
                say("\"error\":\"bad input\"");
                return;
            }
    say("\"skip\":\"unknown command, model or stage\"");
}

static void respond(const char *line) {
    const char *request = blank(line), *close = skip_value(request), *token;
    end = answer;
    if (*request != '{' || !close || *blank(close)) {
        say("{\"token\":null,\"error\":\"no JSON object\"}");
        return;
    }
    if (says(member(request, "cmd"), "hello")) {
        say("{\"protocol\":1,\"name\":\"mdg-c\",\"version\":\"1.0\",\"language\":\"C\",\"models\":[\"mini-digits\"],\"exp\":\"pinned\",\"stages\":[");
        for (int i = 0; i < STAGE_COUNT; i++) end += sprintf(end, "%s\"%s\"", i ? "," : "", STAGES[i].name);
        say("]}");
        return;
    }
    token = member(request, "token");
    end += sprintf(end, "{\"token\":%.*s,", token ? (int)(skip_value(token) - token) : 4, token ? token : "null");
    run(request);
    say("}");
}

int main(int argc, char **argv) {
    static char line[LINE + 2];
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file || fread(glyphs, 1, sizeof glyphs, file) != sizeof glyphs) return fprintf(stderr, "usage: %s glyph-basis.bin\n", argv[0]), 2;
    make_weights();
    while (fgets(line, sizeof line, stdin)) {
        const char *request = blank(line), *close = skip_value(request);
        if (close && *request == '{' && says(member(request, "cmd"), "bye")) return 0;
        respond(line);
        puts(answer);
        fflush(stdout);
    }
    return 0;
}
