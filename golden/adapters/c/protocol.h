/* What the adapters in C share: bits, the word stream, requests in JSON, packed numbers, and the loop that answers.
 *
 * A species includes this, says MODEL and NAME, lists its STAGES, and ends in `serve`.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 65536 };

/* ---- numbers and words, as in SPEC.md ---- */

static double from_bits(uint64_t bits) { double x; memcpy(&x, &bits, 8); return x; }
static uint64_t to_bits(double x) { uint64_t bits; memcpy(&bits, &x, 8); return bits; }

static uint32_t word(uint32_t seed, uint32_t n) {
    uint32_t t = seed + n * 0x6D2B79F5u, r = (t ^ t >> 15) * (t | 1);
    r ^= r + (r ^ r >> 7) * (r | 61);
    return r ^ r >> 14;
}

static float latent_number(uint32_t w) { return (float)(w / 4294967296.0 * 2 - 1); }

static unsigned round_half_up(double q) {
    double low = floor(q);
    return (unsigned)(q - low >= 0.5 ? low + 1 : low);
}

/* Hundredths of x from 0 to 2^53, exactly: x is m / 2^e, and 100·m fits in 60 bits. */
static unsigned long long hundredths(double x) {
    int exponent;
    uint64_t m = (uint64_t)ldexp(frexp(x, &exponent), 53);
    int e = 53 - exponent;
    return e > 61 ? 0 : e == 0 ? 100 * m : (100 * m + ((uint64_t)1 << (e - 1))) >> e;
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

static int floats(const char *value, float *out, int count) {
    if (unpack(value, "f32", raw) != count) return -1;
    for (int i = 0; i < count; i++) {
        uint32_t bits = (uint32_t)raw[i];
        memcpy(&out[i], &bits, 4);
        if (!isfinite(out[i])) return -1;
    }
    return count;
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

/* ---- the stages that species share: each reads `in`, says the value of out, and is false on bad input ---- */

typedef struct { const char *name; bool (*run)(const char *in); } Stage;

static double numbers[LINE];

static bool prng_stage(const char *in) {
    double skip, count;
    if (unpack(member(in, "seed"), "u32", raw) != 1 || !count_of(member(in, "skip"), &skip) || !count_of(member(in, "count"), &count)) return false;
    if (count > 8000) return false;
    uint32_t seed = (uint32_t)raw[0], start = (uint32_t)(uint64_t)skip;
    say("{\"words\":\"u32:");
    for (uint32_t i = 1; i <= (uint32_t)count; i++) end += sprintf(end, "%08x", word(seed, start + i));
    return say("\"}"), true;
}

static bool latent_of(const char *in, int width) {
    float z[16];
    if (unpack(member(in, "words"), "u32", raw) != width) return false;
    for (int i = 0; i < width; i++) z[i] = latent_number((uint32_t)raw[i]);
    return say("{\"latent\":"), say_f32(z, width), say("}"), true;
}

static bool quantized(const char *in, unsigned (*quantize)(double)) {
    int n = doubles(member(in, "sums"), numbers);
    if (n < 0) return false;
    say("{\"pixels\":\"u8:");
    for (int i = 0; i < n; i++) end += sprintf(end, "%02x", quantize(numbers[i]));
    return say("\"}"), true;
}

static bool mapped(const char *in, double (*function)(double)) {
    int n = doubles(member(in, "x"), numbers);
    if (n < 0) return false;
    for (int i = 0; i < n; i++) numbers[i] = function(numbers[i]);
    return say("{\"y\":"), say_f64(numbers, n), say("}"), true;
}

/* ---- the loop ---- */

static const Stage *stages;
static int stage_count;

static void run(const char *request) {
    char *start = end;
    if (says(member(request, "cmd"), "run") && says(member(request, "model"), MODEL))
        for (int i = 0; i < stage_count; i++)
            if (says(member(request, "stage"), stages[i].name)) {
                say("\"out\":");
                if (stages[i].run(member(request, "in"))) return;
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
        say("{\"protocol\":1,\"name\":\"" NAME "\",\"version\":\"1.0\",\"language\":\"C\",\"models\":[\"" MODEL "\"],\"exp\":\"pinned\",\"stages\":[");
        for (int i = 0; i < stage_count; i++) end += sprintf(end, "%s\"%s\"", i ? "," : "", stages[i].name);
        say("]}");
        return;
    }
    token = member(request, "token");
    end += sprintf(end, "{\"token\":%.*s,", token ? (int)(skip_value(token) - token) : 4, token ? token : "null");
    run(request);
    say("}");
}

static int serve(const Stage *own, int count) {
    static char line[LINE + 2];
    stages = own, stage_count = count;
    while (fgets(line, sizeof line, stdin)) {
        const char *request = blank(line), *close = skip_value(request);
        if (close && *request == '{' && says(member(request, "cmd"), "bye")) return 0;
        respond(line);
        puts(answer);
        fflush(stdout);
    }
    return 0;
}
