/* query.c — a query string into a struct, by its field table. Pure; fuzzed. */
#include "inside.h"

#include "../base/form.h"
#include "../base/text.h"

#include <string.h>

enum { NAME_SHOWN = 40 }; /* bytes of an unknown name in the answer */

char *percent_decode(struct arena *mem, const char *s, size_t len, bool plus_is_blank)
{
    struct bytes out;

    if (!percent_read(mem, (struct bytes){ (const uint8_t *)s, len }, plus_is_blank, &out) ||
        !utf8_is_valid(out.data, out.len))
        return NULL;
    return (char *)out.data; /* with a NUL behind it */
}

static const struct field *field_named(const struct field *fields, const char *name)
{
    for (; fields->name; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

static bool store_number(const struct field *field, const char *value, void *at, struct err *err)
{
    int64_t n;

    if (!int_read(value, strlen(value), &n))
        return err_field(err, field->name, "must be a whole number");
    if (n < field->min)
        return err_field(err, field->name, "must be at least %lld", (long long)field->min);
    if (field->max > 0 && n > field->max)
        return err_field(err, field->name, "must be at most %lld", (long long)field->max);
    *(int64_t *)at = n;
    return true;
}

static bool store_bool(const struct field *field, const char *value, void *at, struct err *err)
{
    bool yes = strcmp(value, "true") == 0;

    if (!yes && strcmp(value, "false") != 0)
        return err_field(err, field->name, "must be true or false");
    *(bool *)at = yes;
    return true;
}

static bool store_enum(const struct field *field, const char *value, void *at, struct err *err)
{
    struct buf all = BUF(120);

    if (enum_read(field->names, value, strlen(value), at))
        return true;
    for (size_t i = 0; field->names[i]; i++)
        buf_printf(&all, "%s%s", i > 0 ? ", " : "", field->names[i]);
    err_field(err, field->name, "must be one of %s", buf_str(&all));
    buf_free(&all);
    return false;
}

static bool store_value(const struct field *field, const char *value, void *out, struct err *err)
{
    void *at = (char *)out + field->at;
    int64_t max = field->max > 0 ? field->max : TEXT_DEFAULT_MAX;

    switch (field->kind) {
    case KIND_INT:
        return store_number(field, value, at, err);
    case KIND_BOOL:
        return store_bool(field, value, at, err);
    case KIND_ENUM:
        return store_enum(field, value, at, err);
    case KIND_TEXT:
        if ((int64_t)strlen(value) > max)
            return err_field(err, field->name, "is longer than %lld bytes", (long long)max);
        *(const char **)at = value;
        return true;
    case KIND_TIME:
        return instant_read(value, strlen(value), at) ||
               err_field(err, field->name, "must be a moment like 2026-11-21T09:30:00Z");
    default:
        if (kind_prefix(field->kind) && id_read(kind_prefix(field->kind), value, strlen(value), at))
            return true;
        return err_field(err, field->name, "must be an id like %s_…",
                         kind_prefix(field->kind) ? kind_prefix(field->kind) : "xxx");
    }
}

static bool read_pair(struct arena *mem, const char *pair, size_t len, const struct field *fields,
                      void *out, uint64_t *named, struct err *err)
{
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals ? (size_t)(equals - pair) : len;
    const char *name = percent_decode(mem, pair, name_len, true);
    const char *value = equals ? percent_decode(mem, equals + 1, len - name_len - 1, true) : "";
    const struct field *field;

    if (!name || !value)
        return err_set(err, ERR_MALFORMED, "the query is not valid percent-encoded UTF-8");
    field = field_named(fields, name);
    if (!field)
        return err_field(err, "query", "has %s, which isn't a parameter here",
                         text_preview(mem, name, NAME_SHOWN));
    if (*value == '\0')
        return true; /* as forms send what nobody filled in */
    if (*named >> (field - fields) & 1)
        return err_field(err, field->name, "is there twice");
    *named |= (uint64_t)1 << (field - fields);
    return store_value(field, value, out, err);
}

bool query_read(struct arena *mem, const char *query, size_t len, const struct field *fields,
                void *out, uint64_t *named, struct err *err)
{
    *named = 0;
    if (len > HTTP_QUERY_MAX)
        return err_set(err, ERR_TOO_LARGE, "the query is longer than %d bytes", HTTP_QUERY_MAX);
    for (size_t at = 0; at < len;) {
        const char *end = memchr(query + at, '&', len - at);
        size_t pair_len = end ? (size_t)(end - query) - at : len - at;
        if (pair_len > 0 && !read_pair(mem, query + at, pair_len, fields, out, named, err))
            return false;
        at += pair_len + 1;
    }
    for (size_t i = 0; fields[i].name; i++)
        if (fields[i].flags & REQUIRED && !(*named >> i & 1))
            return err_field(err, fields[i].name, "is missing");
    return true;
}
