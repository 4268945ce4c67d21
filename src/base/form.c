#include "form.h"

#include "buf.h"
#include "text.h"

#include <string.h>

static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool percent_read(struct arena *mem, struct bytes s, bool plus_is_blank, struct bytes *out)
{
    uint8_t *to = arena_alloc(mem, s.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        uint8_t c = s.data[i];
        if (c == '%') {
            int high = s.len - i > 2 ? hex_digit(s.data[i + 1]) : -1;
            int low = s.len - i > 2 ? hex_digit(s.data[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (uint8_t)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        to[n++] = c;
    }
    *out = (struct bytes){ to, n };
    return true;
}

char *percent_write(struct arena *mem, const char *s)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    struct buf out = BUF(strlen(s) * 3 + 1);
    char *text;

    for (const char *c = s; *c; c++)
        if (strchr(plain, *c))
            buf_char(&out, *c);
        else
            buf_printf(&out, "%%%02X", (unsigned char)*c);
    text = arena_text(mem, buf_str(&out));
    buf_free(&out);
    return text;
}

static bool read_pair(struct arena *mem, struct bytes pair, struct form_value *out)
{
    const uint8_t *equals = memchr(pair.data, '=', pair.len);
    size_t name_len = equals ? (size_t)(equals - pair.data) : pair.len;
    struct bytes name;

    if (!percent_read(mem, (struct bytes){ pair.data, name_len }, true, &name) ||
        !utf8_is_valid(name.data, name.len))
        return false;
    out->name = (const char *)name.data; /* with a NUL behind it */
    out->value = (struct bytes){ name.data + name.len, 0 };
    return !equals || percent_read(mem, (struct bytes){ equals + 1, pair.len - name_len - 1 }, true,
                                   &out->value);
}

bool form_read(struct arena *mem, struct bytes form, struct list *out, struct err *err)
{
    struct form_value *values = NEW_ARRAY(mem, struct form_value, FORM_VALUES_MAX);

    *out = (struct list){ values, 0 };
    for (size_t at = 0; at < form.len;) {
        const uint8_t *end = memchr(form.data + at, '&', form.len - at);
        size_t len = end ? (size_t)(end - form.data) - at : form.len - at;
        if (len > 0 && out->n == FORM_VALUES_MAX)
            return err_set(err, ERR_MALFORMED, "the form has more than %d values", FORM_VALUES_MAX);
        if (len > 0 && !read_pair(mem, (struct bytes){ form.data + at, len }, &values[out->n++]))
            return err_set(err, ERR_MALFORMED, "the form isn't validly percent-encoded");
        at += len + 1;
    }
    return true;
}

const struct bytes *form_find(const struct list *form, const char *name)
{
    const struct form_value *values = form->items;

    for (size_t i = 0; i < form->n; i++)
        if (strcmp(values[i].name, name) == 0)
            return &values[i].value;
    return NULL;
}

char *form_text(struct arena *mem, const struct list *form, const char *name)
{
    const struct bytes *value = form_find(form, name);

    return value ? utf8_repair(mem, value->data, value->len) : NULL;
}
