#include "email_text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_parse.h"

static void iconv_closep(iconv_t *cd)
{
    if (*cd != (iconv_t)-1)
        iconv_close(*cd);
}

/* One call of iconv(); false when the input is used up or hopeless. Bytes that mean nothing in
 * the charset become U+FFFD. */
static bool convert_some(iconv_t cd, char **in, size_t *in_left, struct buf *out)
{
    char block[4096], *to = block;
    size_t left = sizeof(block);
    size_t result = iconv(cd, in, in_left, &to, &left);
    int why = errno;

    buf_add(out, block, sizeof(block) - left);
    if (result != (size_t)-1)
        return false;
    if (why == E2BIG)
        return !out->full;
    buf_text(out, "\xef\xbf\xbd");
    if (*in_left > 0) {
        ++*in;
        --*in_left;
    }
    return *in_left > 0 && !out->full;
}

/* NULL when no such charset is known. */
static const char *convert(struct arena *mem, struct bytes b, const char *charset)
{
    CLEANUP(buf_free) struct buf out = BUF((size_t)3 * EMAIL_TEXT_MAX);
    CLEANUP(iconv_closep) iconv_t cd = iconv_open("UTF-8", charset);
    char *in = (char *)(uintptr_t)b.data;
    size_t left = b.len;

    if (cd == (iconv_t)-1)
        return NULL;
    while (convert_some(cd, &in, &left, &out))
        ;
    return utf8_repair(mem, buf_str(&out), out.len);
}

/* A text that says it is UTF-8 and has a broken character is still UTF-8; one without a single
 * good character beyond ASCII is something else. */
static bool is_mostly_utf8(struct bytes b)
{
    const char *s = (const char *)b.data;
    size_t good = 0, bad = 0, at = 0;

    while (at < b.len) {
        uint32_t c = utf8_next(s, b.len, &at);
        good += c >= 0x80 && c != 0xfffd;
        bad += c == 0xfffd;
    }
    return good > 0 && good >= bad;
}

static bool is_charset_name(const char *s)
{
    static const char fine[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_+-";
    size_t len = s ? strspn(s, fine) : 0;

    return len > 0 && len < 50 && s[len] == '\0';
}

/* What browsers take these names for, and names that iconv doesn't know; "": to be guessed. */
static const char *meant(const char *charset)
{
    static const struct {
        const char *name, *meant;
    } rows[] = {
        { "utf-8",          ""             },
        { "utf8",           ""             },
        { "us-ascii",       ""             },
        { "ascii",          ""             },
        { "unknown-8bit",   ""             },
        { "x-unknown",      ""             },
        { "iso-8859-1",     "WINDOWS-1252" },
        { "iso8859-1",      "WINDOWS-1252" },
        { "iso_8859-1",     "WINDOWS-1252" },
        { "latin1",         "WINDOWS-1252" },
        { "gb2312",         "GBK"          },
        { "ks_c_5601-1987", "UHC"          },
        { "euc-kr",         "UHC"          },
        { "shift_jis",      "CP932"        },
        { "x-sjis",         "CP932"        },
        { "x-mac-roman",    "MACINTOSH"    },
    };

    if (!is_charset_name(charset))
        return "";
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcasecmp(charset, rows[i].name) == 0)
            return rows[i].meant;
    return charset;
}

static const char *guess(struct arena *mem, struct bytes b, bool says_utf8)
{
    const char *text = NULL;

    if (!utf8_is_valid(b.data, b.len) && !(says_utf8 && is_mostly_utf8(b)))
        text = convert(mem, b, "WINDOWS-1252");
    return text ? text : utf8_repair(mem, b.data, b.len);
}

/* '\r\n' and a '\r' alone become '\n'. */
static void unify_line_ends(char *s)
{
    char *to = s;

    for (const char *from = s; *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
}

char *email_text(struct arena *mem, struct bytes b, const char *charset)
{
    const char *text = NULL;

    if (b.len >= 3 && memcmp(b.data, "\xef\xbb\xbf", 3) == 0)
        b = (struct bytes){ b.data + 3, b.len - 3 };
    if (*meant(charset))
        text = convert(mem, b, meant(charset));
    if (!text)
        text = guess(mem, b, charset && strncasecmp(charset, "utf", 3) == 0);
    unify_line_ends((char *)(uintptr_t)text);
    return (char *)(uintptr_t)text;
}

struct flow {
    struct buf out;
    size_t depth; /* of '>' before the open line */
    bool is_open; /* the last line goes on in the next */
    bool delete_space;
};

static void flow_line(struct flow *flow, const char *line, size_t len)
{
    size_t depth = 0;

    while (depth < len && line[depth] == '>')
        depth++;
    line += depth;
    len -= depth;
    if (len > 0 && line[0] == ' ') { /* space-stuffed */
        line++;
        len--;
    }
    bool is_delimiter = len == 3 && memcmp(line, "-- ", 3) == 0;
    bool goes_on = len > 0 && line[len - 1] == ' ' && !is_delimiter;

    if (flow->is_open && (flow->depth != depth || is_delimiter)) {
        buf_char(&flow->out, '\n');
        flow->is_open = false;
    }
    if (!flow->is_open) {
        for (size_t i = 0; i < depth; i++)
            buf_char(&flow->out, '>');
        if (depth > 0)
            buf_char(&flow->out, ' ');
    }
    buf_add(&flow->out, line, goes_on && flow->delete_space ? len - 1 : len);
    if (!goes_on)
        buf_char(&flow->out, '\n');
    flow->is_open = goes_on;
    flow->depth = depth;
}

char *email_unflow(struct arena *mem, const char *s, bool delete_space)
{
    /* A line grows by a space at most. */
    struct flow flow = { .out = BUF(2 * strlen(s) + 2), .delete_space = delete_space };

    while (*s) {
        size_t len = strcspn(s, "\n");
        flow_line(&flow, s, len);
        s += len + (s[len] == '\n');
    }
    char *text = arena_text_n(mem, buf_str(&flow.out), flow.out.len);
    buf_free(&flow.out);
    return text;
}

char *email_one_line(struct arena *mem, const char *s, size_t max)
{
    char *line = arena_alloc(mem, strlen(s) + 1);
    size_t len = 0;

    for (; *s; s++) {
        bool is_space = (uint8_t)*s <= ' ' || *s == 0x7f;
        if (!is_space)
            line[len++] = *s;
        else if (len > 0 && line[len - 1] != ' ')
            line[len++] = ' ';
    }
    len = utf8_cut(line, len, max);
    while (len > 0 && line[len - 1] == ' ')
        len--;
    line[len] = '\0';
    return line;
}

/* Marks that turn the direction of writing round make "exe.pdf" out of "fdp.exe". */
static bool is_trap(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || (c >= 0x80 && c < 0xa0);
}

char *email_file_name(struct arena *mem, const char *s, size_t max)
{
    const char *base = email_one_line(mem, s, strlen(s));
    size_t len, at = 0, to = 0;
    char *name;

    for (const char *c = base; *c; c++)
        if (*c == '/' || *c == '\\')
            base = c + 1;
    base += strspn(base, ". ");
    len = strlen(base);
    name = arena_alloc(mem, len + 1);
    while (at < len) {
        size_t start = at;
        uint32_t c = utf8_next(base, len, &at);
        if (is_trap(c))
            continue;
        memcpy(name + to, base + start, at - start);
        if (at - start == 1 && strchr("<>:\"|?*", (int)c))
            name[to] = '_';
        to += at - start;
    }
    while (to > 0 && strchr(". ", name[to - 1]))
        to--;
    name[to] = '\0';
    if (to <= max)
        return name;
    const char *ending = strrchr(name, '.');
    if (!ending || strlen(ending) > 12)
        ending = "";
    return arena_printf(mem, "%.*s%s", (int)utf8_cut(name, to, max - strlen(ending)), name, ending);
}
