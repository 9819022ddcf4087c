/* The conformance protocol (PROTOCOL.md): a species hands its stages to serve(), and each of them reads values from
 * `in` with take…(), puts values with put…(), and gives false on bad input. */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <inttypes.h>

#include "zoo.h"

enum { LINE = 65536, DEPTH = 64, WORDS = 8000 }; /* so deep values are read, so many words asked */

struct stage { const char *name; bool (*answer)(const char *in); };

/* ---- JSON, as much as requests need, read where it stands in the line ---- */

static inline const char *blank(const char *p) { return p + strspn(p, " \t\r\n"); }

/* What follows the string at p, or NULL where it is broken. */
static inline const char *skip_string(const char *p) {
    if (*p++ != '"') return NULL;
    for (; *p != '"'; p++) {
        if ((unsigned char)*p < ' ') return NULL;
        if (*p != '\\') continue;
        if (!*++p || !strchr("\"\\/bfnrtu", *p)) return NULL;
        if (*p == 'u' && strspn(p + 1, "0123456789abcdefABCDEF") < 4) return NULL;
    }
    return p + 1;
}

static inline bool says(const char *value, const char *text) {
    const size_t length = strlen(text);
    return value && *value == '"' && !strncmp(value + 1, text, length) && value[length + 1] == '"';
}

static const char *skip_value(const char *p, int depth);

/* What follows the object or array at p, or NULL where it is broken; *found becomes the value of key. */
static const char *walk(const char *p, int depth, const char *key, const char **found) {
    const char close = *p == '{' ? '}' : ']';
    if (*(p = blank(p + 1)) == close) return p + 1;
    for (;; p = blank(p + 1)) {
        if (close == '}') {
            const char *name = p;
            if (!(p = skip_string(p)) || *(p = blank(p)) != ':') return NULL;
            p = blank(p + 1);
            if (key && says(name, key)) *found = p;
        }
        if (!(p = skip_value(p, depth))) return NULL;
        if (*(p = blank(p)) == close) return p + 1;
        if (*p != ',') return NULL;
    }
}

/* What follows the value at p, or NULL where it is broken. */
static const char *skip_value(const char *p, int depth) {
    static const char *const WORDS[] = {"true", "false", "null"};
    if (*p == '"') return skip_string(p);
    if (*p == '{' || *p == '[') return depth ? walk(p, depth - 1, NULL, NULL) : NULL;
    for (int i = 0; i < 3; i++) if (!strncmp(p, WORDS[i], strlen(WORDS[i]))) return p + strlen(WORDS[i]);
    const size_t length = strspn(p, "0123456789+-.eE");
    return length ? p + length : NULL;
}

/* The value of a key in the well-formed object, or NULL. */
static inline const char *member(const char *object, const char *key) {
    const char *found = NULL;
    if (object && *object == '{') walk(object, DEPTH, key, &found);
    return found;
}

/* ---- what comes in ---- */

static inline int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* The size of an element of u8, u32, f32 or f64. */
static inline int bytes_of(const char *tag) { return tag[1] == '8' ? 1 : tag[1] == '3' ? 4 : 8; }

/* Unpack up to `most` elements (u32, f32 or f64): how many there are, or -1 where there are more, or the value is
 * missing, of another tag, broken or not finite. */
static inline int take_all(const char *in, const char *key, const char *tag, void *out, int most) {
    const int bytes = bytes_of(tag);
    const uint64_t infinite = *tag != 'f' ? 0 : bytes == 8 ? (uint64_t)0x7ff << 52 : 0x7f800000;
    const char *p = member(in, key);
    int n = 0;
    if (!p || *p != '"' || strncmp(p + 1, tag, strlen(tag)) || *(p += 1 + strlen(tag)) != ':') return -1;
    for (p++; *p != '"'; n++) {
        uint64_t bits = 0;
        if (n == most) return -1;
        for (const char *end = p + 2 * bytes; p < end; p++) {
            if (digit(*p) < 0) return -1;
            bits = bits << 4 | (uint64_t)digit(*p);
        }
        if (infinite && (bits & infinite) == infinite) return -1;
        const uint32_t half = (uint32_t)bits;
        memcpy((char *)out + n * bytes, bytes == 8 ? (const void *)&bits : &half, (size_t)bytes);
    }
    return n;
}

/* Unpack exactly n elements. */
static inline bool take(const char *in, const char *key, const char *tag, void *out, int n) {
    return take_all(in, key, tag, out, n) == n;
}

/* A plain integer from 0 up to, and not including, a limit of at most 2^53. */
static inline bool take_integer(const char *in, const char *key, uint64_t limit, uint64_t *out) {
    const char *p = member(in, key);
    char *end;
    if (!p || digit(*p) < 0) return false;
    *out = strtoull(p, &end, 10);
    return *out < limit && end == skip_value(p, 0);
}

/* One code point of the text at p, and where the next one is. */
static inline const char *code_point(const char *p, long *point) {
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    if (*p == '\\') {
        const char *plain = strchr(from, p[1]), hex[] = {p[2], p[3], p[4], p[5], 0};
        *point = p[1] == 'u' ? strtol(hex, NULL, 16) : plain ? to[plain - from] : p[1];
        return p + (p[1] == 'u' ? 6 : 2);
    }
    const unsigned char first = (unsigned char)*p;
    const int more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    *point = more ? first & (0x3f >> more) : first;
    for (int i = 1; i <= more; i++) *point = *point << 6 | (p[i] & 0x3f);
    return p + 1 + more;
}

/* The code points of a text, with 0 after the last. */
static inline bool take_text(const char *in, const char *key, long *points) {
    const char *p = member(in, key);
    if (!p || *p++ != '"') return false;
    while (*p != '"') p = code_point(p, points++);
    *points = 0;
    return true;
}

/* ---- what goes out ---- */

static char answer[3 * LINE], *end;

#define SAY(...) ((void)(end += sprintf(end, __VA_ARGS__)))

static inline void put_text(const char *key, const char *text) {
    SAY("%s\"%s\":\"%s\"", end[-1] == '{' ? "" : ",", key, text);
}

/* n packed elements. */
static inline void put(const char *key, const char *tag, const void *elements, int n) {
    const int bytes = bytes_of(tag);
    put_text(key, tag);
    end[-1] = ':'; /* in the place of the closing quote */
    for (const char *p = elements; n--; p += bytes) {
        uint64_t whole = (uint8_t)*p;
        uint32_t half;
        if (bytes == 8) memcpy(&whole, p, 8);
        if (bytes == 4) memcpy(&half, p, 4), whole = half;
        SAY("%0*" PRIx64, 2 * bytes, whole);
    }
    SAY("\"");
}

/* ---- the stage every species has, and the conversation ---- */

static inline bool prng_stage(const char *in) {
    static uint32_t words[WORDS];
    uint32_t seed;
    uint64_t skip, count;
    if (!take(in, "seed", "u32", &seed, 1) || !take_integer(in, "skip", (uint64_t)1 << 53, &skip)) return false;
    if (!take_integer(in, "count", WORDS + 1, &count)) return false;
    for (uint32_t i = 0; i < count; i++) words[i] = word(seed, (uint32_t)skip + i + 1);
    return put("words", "u32", words, (int)count), true;
}

static inline void hello(const char *name, const char *model, const struct stage *stages) {
    SAY("{\"protocol\":1,\"name\":\"%s\",\"version\":\"1.0\",\"language\":\"C\",\"models\":[\"%s\"],", name, model);
    SAY("\"exp\":\"pinned\",\"stages\":[");
    for (const struct stage *s = stages; s->name; s++) SAY("%s\"%s\"", s == stages ? "" : ",", s->name);
    SAY("]}");
}

static inline void run(const char *request, const char *model, const struct stage *stage) {
    const char *in = member(request, "in"), *token = member(request, "token");
    if (!token || *token != '"') token = "null";
    SAY("{\"token\":%.*s,", (int)(skip_value(token, 0) - token), token);
    char *start = end;
    while (stage->name && !says(member(request, "stage"), stage->name)) stage++;
    if (!stage->name || !says(member(request, "cmd"), "run") || !says(member(request, "model"), model)) {
        SAY("\"skip\":\"unknown command, model or stage\"}");
        return;
    }
    SAY("\"out\":{");
    const bool good = in && *in == '{' && stage->answer(in);
    if (!good) end = start;
    SAY(good ? "}}" : "\"error\":\"bad input\"}");
}

static inline int serve(const char *name, const char *model, const struct stage *stages) {
    static char line[LINE + 2];
    while (fgets(line, sizeof line, stdin)) {
        const char *request = blank(line), *after = *request == '{' ? skip_value(request, DEPTH) : NULL;
        const bool whole = after && !*blank(after);
        if (whole && says(member(request, "cmd"), "bye")) break;
        end = answer;
        if (!whole) SAY("{\"token\":null,\"error\":\"no JSON object\"}");
        else if (says(member(request, "cmd"), "hello")) hello(name, model, stages);
        else run(request, model, stages);
        puts(answer);
        fflush(stdout);
    }
    return 0;
}

#endif
