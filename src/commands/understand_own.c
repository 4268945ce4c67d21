#include "understand_own.h"

#include "../base/text.h"

#include <string.h>

/* A control character: nobody types one, but files that are no text are full of them. */
static bool is_unprintable(uint32_t c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xfffd;
}

/* Letters of any script count. */
static bool says_something(uint32_t c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0xc0;
}

/* Why the line is none; NULL: it is one. */
static const char *fault_of(const char *line, size_t len)
{
    bool says = false;

    if (!utf8_is_valid(line, len))
        return "isn't UTF-8: save the file as plain text in that";
    for (size_t at = 0; at < len;) {
        uint32_t c = utf8_next(line, len, &at);

        if (is_unprintable(c))
            return "holds an unprintable character: it must be plain text";
        says |= says_something(c);
    }
    if (len > OWN_LINE_MAX)
        return "is longer than 200 bytes: write one number, mail address, domain or name a line";
    return says ? NULL
                : "names nothing: write a number, mail address, domain or name, or leave "
                  "it empty";
}

bool own_read(struct arena *mem, const char *path, const char *text, size_t len,
              struct own_file *out, struct err *err)
{
    static const char bom[] = "\xef\xbb\xbf";
    size_t lines = 1, number = 1, n = 0, skip = len >= 3 && memcmp(text, bom, 3) == 0 ? 3 : 0;
    const char **items;

    for (size_t i = 0; i < len; i++)
        lines += text[i] == '\n';
    items = NEW_ARRAY(mem, const char *, lines);
    for (size_t from = skip, to; from < len; from = to + 1, number++) {
        const char *end = memchr(text + from, '\n', len - from), *fault, *item;
        size_t line;

        to = end ? (size_t)(end - text) : len;
        line = to - from;
        line -= line > 0 && text[to - 1] == '\r';
        if (utf8_is_valid(text + from, line) && strnlen(text + from, line) == line) {
            item = text_trim(mem, arena_text_n(mem, text + from, line));
            if (*item == '\0')
                continue;
            items[n++] = item;
        }
        if ((fault = fault_of(text + from, line)))
            return err_set(err, ERR_MALFORMED, "%s: line %zu %s", path, number, fault);
    }
    out->places = (struct referral_own){ items, n };
    out->own =
        (struct personal_own){ .numbers = items, .numbers_n = n, .domains = items, .domains_n = n };
    return true;
}
