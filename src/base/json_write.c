#include "json.h"

#include "crypt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_escape(struct buf *out, char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = memchr(plain, c, sizeof(plain) - 1);

    if (at) {
        buf_char(out, '\\');
        buf_char(out, letters[at - plain]);
    } else {
        buf_printf(out, "\\u%04x", (unsigned)c);
    }
}

void json_write_text_n(struct buf *out, const char *s, size_t len)
{
    size_t start = 0;

    buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if ((uint8_t)s[i] >= ' ' && s[i] != '"' && s[i] != '\\')
            continue;
        buf_add(out, s + start, i - start);
        write_escape(out, s[i]);
        start = i + 1;
    }
    buf_add(out, s + start, len - start);
    buf_char(out, '"');
}

void json_write_text(struct buf *out, const char *s)
{
    if (s)
        json_write_text_n(out, s, strlen(s));
    else
        buf_text(out, "null");
}

static void write_real(struct buf *out, double n)
{
    char text[32];

    if (!isfinite(n)) {
        buf_text(out, "null");
        return;
    }
    n += 0.0; /* -0 becomes 0: "-0" would be read as a whole number, which has only one */
    /* The shorter one, if it is the same number: 0.1, not 0.10000000000000001. */
    snprintf(text, sizeof(text), "%.15g", n);
    if (strtod(text, NULL) != n)
        snprintf(text, sizeof(text), "%.17g", n);
    buf_text(out, text);
}

static void write_id(struct buf *out, enum kind kind, int64_t id)
{
    char text[ID_TEXT_MAX];

    if (id == 0) {
        buf_text(out, "null");
        return;
    }
    json_write_text_n(out, text, id_write(kind_prefix(kind), id, text));
}

static void write_time(struct buf *out, instant at)
{
    char text[INSTANT_TEXT_MAX];

    if (at.ms == 0) {
        buf_text(out, "null");
        return;
    }
    json_write_text_n(out, text, instant_write(at, text));
}

static void write_enum(struct buf *out, const char *const *names, unsigned value)
{
    for (unsigned i = 0; i < value; i++)
        if (!names[i]) {
            value = i;
            break;
        }
    json_write_text(out, names[value]);
}

static void write_bytes(struct buf *out, struct bytes b)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("base64");

    json_write_text(out, b.data ? base64_write(mem, b) : NULL);
}

static void write_list(struct buf *out, const struct field *f, const struct list *list)
{
    const char *const *texts = list->items;

    if (f->of) {
        json_write_list(out, f->of, f->size, list->items, list->n);
        return;
    }
    buf_char(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0)
            buf_char(out, ',');
        json_write_text(out, texts[i]);
    }
    buf_char(out, ']');
}

static void write_member(struct buf *out, const struct field *f, const void *from)
{
    switch (f->kind) {
    case KIND_INT:
        buf_int(out, *(const int64_t *)from);
        break;
    case KIND_BOOL:
        buf_text(out, *(const bool *)from ? "true" : "false");
        break;
    case KIND_REAL:
        write_real(out, *(const double *)from);
        break;
    case KIND_TEXT:
        json_write_text(out, *(const char *const *)from);
        break;
    case KIND_TIME:
        write_time(out, *(const instant *)from);
        break;
    case KIND_ENUM:
        write_enum(out, f->names, *(const unsigned *)from);
        break;
    case KIND_BYTES:
        write_bytes(out, *(const struct bytes *)from);
        break;
    case KIND_LIST:
        write_list(out, f, from);
        break;
    case KIND_ONE:
        if (*(const void *const *)from)
            json_write(out, f->of, *(const void *const *)from);
        else
            buf_text(out, "null");
        break;
    case KIND_JSON:
        buf_text(out, *(const char *const *)from ? *(const char *const *)from : "null");
        break;
#define ID_CASE(noun, prefix) case KIND_ID_##noun:
        ID_NOUNS(ID_CASE)
#undef ID_CASE
        write_id(out, f->kind, *(const int64_t *)from);
        break;
    case KIND_ID_FIRST:
    case KIND_END:
        break;
    }
}

static bool is_left_out(const struct field *f, const void *row)
{
    if (!(f->flags & OPTIONAL))
        return false;
    if (f->only_with > 0)
        return *(const int64_t *)((const char *)row + f->only_with) == 0;
    return field_is_empty(f, row);
}

static void write_object(struct buf *out, const struct field *fields, const void *row,
                         unsigned left_out)
{
    char before = '{';

    for (const struct field *f = fields; f->name; f++) {
        if (f->flags & left_out || is_left_out(f, row))
            continue;
        buf_char(out, before);
        buf_char(out, '"');
        buf_text(out, f->name);
        buf_text(out, "\":");
        write_member(out, f, (const char *)row + f->at);
        before = ',';
    }
    buf_text(out, before == '{' ? "{}" : "}");
}

void json_write(struct buf *out, const struct field *fields, const void *row)
{
    write_object(out, fields, row, SECRET);
}

void json_write_secrets(struct buf *out, const struct field *fields, const void *row)
{
    write_object(out, fields, row, 0);
}

void json_write_list(struct buf *out, const struct field *fields, size_t size, const void *items,
                     size_t n)
{
    buf_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(out, ',');
        json_write(out, fields, (const char *)items + i * size);
    }
    buf_char(out, ']');
}
