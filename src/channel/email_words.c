#include "email_words.h"

#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/crypt.h"

struct word {
    const char *charset, *text, *end;
    size_t charset_len;
    struct bytes decoded;
};

/* "=?utf-8?B?SGVsbG8=?=" at s. */
static bool read_word(struct arena *mem, const char *s, struct word *out)
{
    const char *at = s + 2;

    if (s[0] != '=' || s[1] != '?')
        return false;
    *out = (struct word){ .charset = at, .charset_len = strcspn(at, "? \t\r\n") };
    at += out->charset_len;
    if (out->charset_len == 0 || at[0] != '?' || (at[1] | 0x20) != 'b' || at[2] != '?')
        return false;
    out->text = at + 3;
    out->end = out->text + strcspn(out->text, "? \t\r\n");
    if (out->end[0] != '?' || out->end[1] != '=')
        return false;
    at = arena_text_n(mem, out->text, (size_t)(out->end - out->text));
    out->end += 2;
    return base64_read(mem, at, &out->decoded);
}

static bool goes_on(const struct word *word, const struct word *next)
{
    return word->charset_len == next->charset_len &&
           strncasecmp(word->charset, next->charset, word->charset_len) == 0;
}

/* Writes the run that begins with this word; where it ends. */
static const char *join(struct arena *mem, const struct word *first, struct buf *out)
{
    CLEANUP(buf_free) struct buf decoded = BUF(out->max);
    struct word word = *first;
    const char *end;

    do {
        buf_add(&decoded, word.decoded.data, word.decoded.len);
        end = word.end;
    } while (read_word(mem, end + strspn(end, " \t\r\n"), &word) && goes_on(first, &word));
    buf_printf(
        out, "=?%.*s?B?%s?=", (int)first->charset_len, first->charset,
        base64_write(mem, (struct bytes){ (const uint8_t *)buf_str(&decoded), decoded.len }));
    return end;
}

const char *email_words_joined(struct arena *mem, const char *s)
{
    /* Short words grow by their padding. */
    CLEANUP(buf_free) struct buf out = BUF(2 * strlen(s) + 100);
    struct word word;

    if (!strstr(s, "=?"))
        return s;
    while (*s) {
        if (read_word(mem, s, &word))
            s = join(mem, &word, &out);
        else
            buf_char(&out, *s++);
    }
    return arena_text(mem, buf_str(&out));
}
