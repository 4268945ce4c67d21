#include "imap_name.h"

#include "../base/text.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* Bits on their way into or out of base 64. */
struct bits {
    uint32_t value;
    unsigned n;
};

static bool is_plain(uint32_t c)
{
    return c >= 0x20 && c <= 0x7e;
}

static char *put_unit(char *out, struct bits *bits, uint32_t unit)
{
    bits->value = (bits->value << 16) | unit;
    bits->n += 16;
    while (bits->n >= 6) {
        bits->n -= 6;
        *out++ = digits[(bits->value >> bits->n) & 63];
    }
    return out;
}

static char *put_character(char *out, struct bits *bits, uint32_t c)
{
    if (c < 0x10000)
        return put_unit(out, bits, c);
    out = put_unit(out, bits, 0xd800 + ((c - 0x10000) >> 10));
    return put_unit(out, bits, 0xdc00 + ((c - 0x10000) & 0x3ff));
}

/* Ends a run of base 64, if one is open. */
static char *put_end(char *out, struct bits *bits)
{
    if (bits->n > 0)
        *out++ = digits[(bits->value << (6 - bits->n)) & 63];
    *out++ = '-';
    *bits = (struct bits){ 0 };
    return out;
}

char *imap_name_encode(struct arena *mem, const char *name)
{
    size_t len = strlen(name), at = 0;
    /* worst: one byte that isn't plain becomes & and three digits and - */
    char *encoded = arena_alloc(mem, len * 5 + 1), *out = encoded;
    struct bits bits = { 0 };
    bool in_run = false;

    while (at < len) {
        uint32_t c = utf8_next(name, len, &at);
        if (in_run && is_plain(c)) {
            out = put_end(out, &bits);
            in_run = false;
        }
        if (is_plain(c)) {
            *out++ = (char)c;
            if (c == '&')
                *out++ = '-';
            continue;
        }
        if (!in_run)
            *out++ = '&';
        in_run = true;
        out = put_character(out, &bits, c);
    }
    if (in_run)
        out = put_end(out, &bits);
    *out = 0;
    return encoded;
}

/* One unit of UTF-16 more; `high` keeps the first half of a pair. False when it can't stand
 * there. */
static bool take_unit(uint32_t unit, uint32_t *high, char **out)
{
    if (unit >= 0xd800 && unit < 0xdc00) {
        if (*high)
            return false;
        *high = unit;
        return true;
    }
    if (unit >= 0xdc00 && unit < 0xe000) {
        if (!*high)
            return false;
        unit = 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00);
        *high = 0;
    } else if (*high) {
        return false;
    }
    if (unit < 0x20 || unit == 0x7f)
        return false;
    *out += utf8_write(unit, *out);
    return true;
}

/* From behind the & to behind the -; NULL when it isn't well formed. */
static const char *take_run(const char *s, char **out)
{
    struct bits bits = { 0 };
    uint32_t high = 0;

    for (; *s && *s != '-'; s++) {
        const char *digit = strchr(digits, *s);
        if (!digit)
            return NULL;
        bits.value = (bits.value << 6) | (uint32_t)(digit - digits);
        bits.n += 6;
        if (bits.n < 16)
            continue;
        bits.n -= 16;
        if (!take_unit((bits.value >> bits.n) & 0xffff, &high, out))
            return NULL;
    }
    return *s == '-' && !high && bits.n < 6 ? s + 1 : NULL;
}

char *imap_name_decode(struct arena *mem, const char *encoded)
{
    /* eight digits give at most three characters of three bytes, plain ones stay one */
    char *name = arena_alloc(mem, strlen(encoded) * 9 / 8 + 4), *out = name;

    for (const char *s = encoded; *s;) {
        if (*s != '&') {
            *out++ = *s++;
            continue;
        }
        if (s[1] == '-') {
            *out++ = '&';
            s += 2;
            continue;
        }
        s = take_run(s + 1, &out);
        if (!s)
            return arena_text(mem, encoded);
    }
    *out = 0;
    return name;
}
