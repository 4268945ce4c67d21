#include "text.h"

#include <glib.h>
#include <string.h>

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

bool text_equal(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_starts(const char *s, const char *start)
{
    return s && strncmp(s, start, strlen(start)) == 0;
}

/* How many bytes the character at the start of s has, 0 if it isn't valid (RFC 3629, section 4:
 * the second byte's range shuts out overlong forms, surrogates and what is past U+10FFFF). */
static size_t decode(const uint8_t *s, size_t len, uint32_t *c)
{
    uint8_t least = 0x80, most = 0xbf;
    size_t n;

    if (s[0] < 0x80) {
        *c = s[0];
        return 1;
    }
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if (len < n)
        return 0;
    if (s[0] == 0xe0)
        least = 0xa0;
    if (s[0] == 0xf0)
        least = 0x90;
    if (s[0] == 0xed)
        most = 0x9f;
    if (s[0] == 0xf4)
        most = 0x8f;
    if (s[1] < least || s[1] > most)
        return 0;
    *c = s[0] & (0x7fU >> n);
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        *c = *c << 6 | (s[i] & 0x3fU);
    }
    return n;
}

bool utf8_is_valid(const void *data, size_t len)
{
    const uint8_t *s = data;
    size_t at = 0, n;
    uint32_t c;

    while (at < len) {
        n = decode(s + at, len - at, &c);
        if (n == 0 || c == 0)
            return false;
        at += n;
    }
    return true;
}

uint32_t utf8_next(const char *s, size_t len, size_t *at)
{
    uint32_t c = 0xfffd;
    size_t n = decode((const uint8_t *)s + *at, len - *at, &c);

    *at += n > 0 ? n : 1;
    return n > 0 ? c : 0xfffd;
}

bool utf8_is_mark(uint32_t c)
{
    GUnicodeType type = c < 0x300 ? G_UNICODE_CONTROL : g_unichar_type(c);

    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK ||
           type == G_UNICODE_ENCLOSING_MARK;
}

size_t utf8_write(uint32_t c, char out[4])
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint8_t first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

    for (size_t i = n; --i > 0; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(first[n] | c);
    return n;
}

size_t utf8_cut(const char *s, size_t len, size_t max)
{
    size_t cut = max;
    uint32_t c;

    if (len < max)
        cut = len;
    /* Back to the start of the last character; dropped unless all of it is there. */
    for (size_t back = 1; back <= 4 && back <= cut; back++) {
        uint8_t byte = (uint8_t)s[cut - back];

        if ((byte & 0xc0) == 0x80)
            continue;
        return byte < 0x80 || decode((const uint8_t *)s + cut - back, back, &c) == back
                   ? cut
                   : cut - back;
    }
    return cut;
}

static bool is_control(uint32_t c)
{
    return c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7f && c < 0xa0;
}

/* Repairs data[0, len) and returns the text's length; what is NULL isn't written. */
static size_t repair(const uint8_t *s, size_t len, char *out, uint32_t *from, uint32_t *behind)
{
    size_t to = 0, n;
    uint32_t c;

    for (size_t at = 0; at < len; at += n > 0 ? n : 1) {
        size_t size;

        n = decode(s + at, len - at, &c);
        if (n > 0 && is_control(c))
            continue;
        size = n > 0 ? n : 3;
        if (out)
            memcpy(out + to, n > 0 ? (const char *)s + at : replacement, size);
        for (size_t i = 0; from && i < size; i++) {
            from[to + i] = (uint32_t)at;
            behind[to + i + 1] = (uint32_t)(at + (n > 0 ? n : 1));
        }
        to += size;
    }
    return to;
}

char *utf8_repair(struct arena *mem, const void *data, size_t len)
{
    char *out = arena_alloc(mem, repair(data, len, NULL, NULL, NULL) + 1);

    repair(data, len, out, NULL, NULL);
    return out;
}

char *utf8_repair_traced(struct arena *mem, const void *data, size_t len, struct utf8_origins *out)
{
    size_t n = repair(data, len, NULL, NULL, NULL);
    char *text = arena_alloc(mem, n + 1);
    uint32_t *from, *to;

    *out = (struct utf8_origins){ 0 };
    if (n == len && utf8_is_valid(data, len)) {
        repair(data, len, text, NULL, NULL);
        return text;
    }
    from = NEW_ARRAY(mem, uint32_t, n + 1);
    to = NEW_ARRAY(mem, uint32_t, n + 1);
    repair(data, len, text, from, to);
    from[n] = (uint32_t)len;
    *out = (struct utf8_origins){ from, to };
    return text;
}

/* White space of any script, and what is as good as invisible. */
static bool is_space(uint32_t c)
{
    if (c <= ' ')
        return true;
    return c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x2060 || c == 0x3000 ||
           c == 0xfeff;
}

bool text_is_blank(const char *s)
{
    size_t len = s ? strlen(s) : 0, at = 0;

    while (at < len)
        if (!is_space(utf8_next(s, len, &at)))
            return false;
    return true;
}

bool text_is_email(const char *s)
{
    const char *at = strrchr(s, '@');
    size_t len = strlen(s);

    if (!at || at == s || at - s > 64 || at[1] == '\0' || len > 254)
        return false;
    for (const char *c = s; *c; c++)
        if ((uint8_t)*c <= ' ' || *c == 0x7f || strchr("<>(),;:\\\"[]", *c) ||
            (*c == '@' && c != at))
            return false;
    return !strchr(".-", at[1]) && !strchr(".-", s[len - 1]) && !strstr(at, "..");
}

bool text_is_line(const char *s)
{
    size_t len = strlen(s), at = 0;

    while (at < len) {
        uint32_t c = utf8_next(s, len, &at);

        if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
            return false;
    }
    return !text_is_blank(s);
}

static bool has_space(const char *s)
{
    size_t len = strlen(s), at = 0;

    while (at < len)
        if (is_space(utf8_next(s, len, &at)))
            return true;
    return false;
}

bool text_is_host(const char *s)
{
    size_t len = strlen(s), bare = strcspn(s, ":[]");

    if (len == 0 || !text_is_line(s) || has_space(s) || strpbrk(s, "/\\@?#%<>\"'(),;&=*|`{}^"))
        return false;
    if (bare == len)
        return s[0] != '.' && s[0] != '-';
    if (s[0] == '[')
        return s[len - 1] == ']' && strspn(s + 1, "0123456789abcdefABCDEF:.") == len - 2;
    return strspn(s, "0123456789abcdefABCDEF:.") == len && strchr(s, ':') != strrchr(s, ':');
}

bool text_is_url(const char *s)
{
    size_t scheme = text_starts(s, "https://") ? 8 : text_starts(s, "http://") ? 7 : 0;

    return scheme > 0 && s[scheme] != '\0' && text_is_line(s) && !has_space(s);
}

char *text_trim(struct arena *mem, const char *s)
{
    size_t len, at = 0, start = 0, end = 0;

    if (!s)
        return NULL;
    len = strlen(s);
    while (at < len) {
        size_t before = at;

        if (is_space(utf8_next(s, len, &at)))
            continue;
        if (end == 0)
            start = before;
        end = at;
    }
    return arena_text_n(mem, s + start, end - start);
}

char *text_lower(struct arena *mem, const char *s)
{
    char *copy = arena_text(mem, s);

    for (char *at = copy; at && *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + ('a' - 'A'));
    return copy;
}

/* Accents that NFKD parts from Latin, Greek and Cyrillic letters. The marks of other scripts are
 * letters to their readers and stay. */
static bool is_accent(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x1ab0 && c <= 0x1aff) ||
           (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
           (c >= 0xfe20 && c <= 0xfe2f);
}

/* Small letters that have no decomposition but an obvious spelling without them. */
static const char *spelling(uint32_t c)
{
    static const struct {
        uint32_t c;
        const char *text;
    } rows[] = {
        { 0xdf,  "ss" }, /* ß */
        { 0xe6,  "ae" }, /* æ */
        { 0xf0,  "d"  }, /* ð */
        { 0xf8,  "o"  }, /* ø */
        { 0xfe,  "th" }, /* þ */
        { 0x111, "d"  }, /* đ */
        { 0x127, "h"  }, /* ħ */
        { 0x131, "i"  }, /* ı */
        { 0x142, "l"  }, /* ł */
        { 0x153, "oe" }, /* œ */
        { 0x167, "t"  }, /* ŧ */
        { 0x3c2, "σ"  }, /* ς, at the end of a word */
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].c == c)
            return rows[i].text;
    return NULL;
}

static void free_glib(char **s)
{
    g_free(*s);
}

static bool is_ascii(const char *s)
{
    while (*s && (uint8_t)*s < 0x80)
        s++;
    return *s == '\0';
}

char *text_fold(struct arena *mem, const char *s)
{
    CLEANUP(free_glib) char *apart = NULL;
    size_t len, at = 0, to = 0;
    char *out;

    if (!s || is_ascii(s))
        return text_lower(mem, s);
    apart = g_utf8_normalize(utf8_repair(mem, s, strlen(s)), -1, G_NORMALIZE_ALL);
    len = strlen(apart);
    /* A small letter may take one byte more than its capital (Ⱥ, U+023A). */
    out = arena_alloc(mem, 2 * len + 1);
    while (at < len) {
        uint32_t c = g_unichar_tolower(utf8_next(apart, len, &at));
        const char *plain = c < 0x80 ? NULL : spelling(c);

        if (is_accent(c))
            continue;
        if (!plain) {
            to += utf8_write(c, out + to);
            continue;
        }
        memcpy(out + to, plain, strlen(plain));
        to += strlen(plain);
    }
    return out;
}

char *text_preview(struct arena *mem, const char *s, size_t max)
{
    static const char ellipsis[] = "…";
    size_t len = s ? strlen(s) : 0, at = 0, to = 0, cut = 0;
    char *out = arena_alloc(mem, max + 1);
    bool space = false;

    while (at < len) {
        size_t before = at;

        if (is_space(utf8_next(s, len, &at))) {
            space = to > 0;
            continue;
        }
        if (to + space + (at - before) > max) {
            if (max >= sizeof(ellipsis) - 1)
                memcpy(out + cut, ellipsis, sizeof(ellipsis));
            else
                out[to] = '\0';
            return out;
        }
        if (space)
            out[to++] = ' ';
        memcpy(out + to, s + before, at - before);
        to += at - before;
        space = false;
        if (to + sizeof(ellipsis) - 1 <= max)
            cut = to;
    }
    return out;
}

char *hex_write(struct arena *mem, struct bytes b)
{
    static const char digits[] = "0123456789abcdef";
    char *out = arena_alloc(mem, 2 * b.len + 1);

    for (size_t i = 0; i < b.len; i++) {
        out[2 * i] = digits[b.data[i] >> 4];
        out[2 * i + 1] = digits[b.data[i] & 15];
    }
    return out;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_read(struct arena *mem, const char *s, struct bytes *out)
{
    size_t len = s ? strlen(s) : 1;
    uint8_t *data;

    if (len % 2 != 0)
        return false;
    data = arena_alloc(mem, len / 2);
    for (size_t i = 0; i < len; i += 2) {
        int high = hex_digit(s[i]), low = hex_digit(s[i + 1]);

        if (high < 0 || low < 0)
            return false;
        data[i / 2] = (uint8_t)(high << 4 | low);
    }
    *out = (struct bytes){ data, len / 2 };
    return true;
}

bool int_read(const char *s, size_t len, int64_t *out)
{
    bool negative = len > 0 && s[0] == '-';
    int64_t n = 0;

    if (len == negative)
        return false;
    for (size_t i = negative; i < len; i++) {
        int digit = s[i] - '0';

        /* Counted downwards, for INT64_MIN has no positive. */
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_sub_overflow(n, digit, &n))
            return false;
    }
    if (!negative && n == INT64_MIN)
        return false;
    *out = negative ? n : -n;
    return true;
}
