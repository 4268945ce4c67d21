#include "json.h"

#include "crypt.h"
#include "text.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

/* One member that the body named, or one item of a list of texts. */
struct member {
    struct arena *mem;
    const struct field *field;
    const char *pointer; /* for errors */
    json_t *value;
    void *to;
    bool is_stored; /* we wrote it: what a text has to look like was checked then */
};

/* What a text with one of these flags has to look like. */
static const struct {
    unsigned flag;
    bool (*is_good)(const char *s);
    bool may_be_empty;
    const char *words;
} looks[] = {
    { EMAIL, text_is_email, true,  "must be an e-mail address like name@example.org"       },
    { LINE,  text_is_line,  false, "must be one line without control characters, or null"  },
    { HOST,  text_is_host,  false, "must be a server's name or address, or null"           },
    { URL,   text_is_url,   false, "must be an address that begins with https://, or null" },
};

static bool check_look(const struct member *m, const char *s, struct err *err)
{
    if (m->is_stored)
        return true;
    for (size_t i = 0; i < COUNT(looks); i++)
        if (m->field->flags & looks[i].flag && !(looks[i].may_be_empty && *s == '\0') &&
            !looks[i].is_good(s))
            return err_field(err, m->pointer, "%s", looks[i].words);
    return true;
}

static void release(json_t **value)
{
    json_decref(*value);
}

/* Counted before jansson sees it, since jansson recurses. Texts hide brackets. */
static bool is_shallow(struct bytes body)
{
    bool in_text = false;
    int depth = 0;

    for (size_t i = 0; i < body.len; i++) {
        uint8_t c = body.data[i];

        if (in_text && c == '\\')
            i++;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && (c == '{' || c == '['))
            depth++;
        else if (!in_text && (c == '}' || c == ']'))
            depth--;
        if (depth > JSON_DEPTH_MAX)
            return false;
    }
    return true;
}

static const char *why_unreadable(const json_error_t *error)
{
    static const struct {
        enum json_error_code code;
        const char *why;
    } rows[] = {
        { json_error_duplicate_key,          "a name stands there twice"       },
        { json_error_invalid_utf8,           "it isn't UTF-8"                  },
        { json_error_null_character,         "a text holds the character 0"    },
        { json_error_null_byte_in_key,       "a name holds the character 0"    },
        { json_error_numeric_overflow,       "a number is too large"           },
        { json_error_premature_end_of_input, "it ends too early"               },
        { json_error_end_of_input_expected,  "something stands behind its end" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (json_error_code(error) == rows[i].code)
            return rows[i].why;
    return "it isn't well-formed";
}

static bool check_length(const struct member *m, size_t len, struct err *err)
{
    int64_t max = m->field->max > 0 ? m->field->max : TEXT_DEFAULT_MAX;

    if ((int64_t)len > max)
        return err_field(err, m->pointer, "is longer than %" PRId64 " bytes", max);
    if ((int64_t)len >= m->field->min)
        return true;
    if (len == 0)
        return err_field(err, m->pointer, "must not be empty");
    return err_field(err, m->pointer, "is shorter than %" PRId64 " bytes", m->field->min);
}

static bool refuse_word(const struct member *m, struct err *err)
{
    CLEANUP(buf_free) struct buf known = BUF(sizeof(err->fields[0].detail));
    const char *const *names = m->field->names;

    for (size_t i = 0; names[i]; i++)
        buf_printf(&known, "%s%s", i > 0 ? ", " : "", names[i]);
    return err_field(err, m->pointer, "must be one of %s", buf_str(&known));
}

static bool read_text(const struct member *m, struct err *err)
{
    size_t len = json_string_length(m->value);
    const char *s = json_string_value(m->value);

    if (!s)
        return err_field(err, m->pointer, "must be a text");
    if (!check_length(m, len, err))
        return false;
    if (!check_look(m, s, err))
        return false;
    if (m->field->names && !enum_read(m->field->names, s, len, &(unsigned){ 0 }))
        return refuse_word(m, err);
    *(const char **)m->to = arena_text_n(m->mem, s, len);
    return true;
}

static bool read_int(const struct member *m, struct err *err)
{
    int64_t max = m->field->max != 0 ? m->field->max : INT64_MAX;
    int64_t n = json_integer_value(m->value);

    if (!json_is_integer(m->value))
        return err_field(err, m->pointer, "must be a whole number");
    if (n < m->field->min)
        return err_field(err, m->pointer, "must be at least %" PRId64, m->field->min);
    if (n > max)
        return err_field(err, m->pointer, "must be at most %" PRId64, max);
    *(int64_t *)m->to = n;
    return true;
}

static bool read_real(const struct member *m, struct err *err)
{
    double n = json_number_value(m->value);

    if (!json_is_number(m->value))
        return err_field(err, m->pointer, "must be a number");
    if (n < (double)m->field->min)
        return err_field(err, m->pointer, "must be at least %" PRId64, m->field->min);
    if (m->field->max != 0 && n > (double)m->field->max)
        return err_field(err, m->pointer, "must be at most %" PRId64, m->field->max);
    *(double *)m->to = n;
    return true;
}

static bool read_bool(const struct member *m, struct err *err)
{
    if (!json_is_boolean(m->value))
        return err_field(err, m->pointer, "must be true or false");
    *(bool *)m->to = json_is_true(m->value);
    return true;
}

static bool read_time(const struct member *m, struct err *err)
{
    const char *s = json_string_value(m->value);

    if (!s || !instant_read(s, json_string_length(m->value), m->to))
        return err_field(err, m->pointer, "must be a moment like 2026-11-21T09:30:00Z");
    return true;
}

static bool read_enum(const struct member *m, struct err *err)
{
    const char *s = json_string_value(m->value);

    return (s && enum_read(m->field->names, s, json_string_length(m->value), m->to)) ||
           refuse_word(m, err);
}

static bool read_bytes(const struct member *m, struct err *err)
{
    const char *s = json_string_value(m->value);
    struct bytes got;

    if (!s || !base64_read(m->mem, s, &got))
        return err_field(err, m->pointer, "must be base64");
    if (!check_length(m, got.len, err))
        return false;
    *(struct bytes *)m->to = got;
    return true;
}

static bool read_id(const struct member *m, struct err *err)
{
    const char *prefix = kind_prefix(m->field->kind), *s = json_string_value(m->value);

    if (!s || !id_read(prefix, s, json_string_length(m->value), m->to))
        return err_field(err, m->pointer, "must be an id like %s_01hzx3k9t4m0q", prefix);
    return true;
}

static bool read_json(const struct member *m, struct err *err)
{
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
    size_t len = json_dumpb(m->value, NULL, 0, flags);
    char *s;

    if (!json_is_object(m->value)) /* as it is described */
        return err_field(err, m->pointer, "must be an object");
    if (m->field->max > 0 && (int64_t)len > m->field->max)
        return err_field(err, m->pointer, "is longer than %" PRId64 " bytes", m->field->max);
    s = arena_alloc(m->mem, len + 1);
    json_dumpb(m->value, s, len, flags);
    ((struct json_text *)m->to)->s = s;
    return true;
}

static bool read_object(struct arena *mem, json_t *object, bool is_stored,
                        const struct field *fields, void *out, uint64_t *named, struct err *err);

static bool read_item(const struct member *m, size_t i, char *to, struct err *err)
{
    const struct field *f = m->field, text = { .kind = KIND_TEXT, .flags = f->flags };
    json_t *value = json_array_get(m->value, i);
    size_t errors = err->fields_n;
    char pointer[sizeof(err->fields[0].pointer)];
    uint64_t named;

    snprintf(pointer, sizeof(pointer), "/%s/%zu", f->name, i);
    if (!f->of)
        return read_text(&(struct member){ m->mem, &text, pointer, value, to, m->is_stored }, err);
    if (!json_is_object(value))
        return err_field(err, pointer, "must be an object");
    if (read_object(m->mem, value, m->is_stored, f->of, to, &named, err))
        return true;
    err_nest(err, errors, pointer);
    return false;
}

static bool read_list(const struct member *m, struct err *err)
{
    const struct field *f = m->field;
    size_t size = f->of ? f->size : sizeof(const char *), n = json_array_size(m->value);
    int64_t max = f->max > 0 ? f->max : LIST_DEFAULT_MAX;
    bool ok = true;
    char *items;

    if (!json_is_array(m->value))
        return err_field(err, m->pointer, "must be a list");
    if ((int64_t)n > max)
        return err_field(err, m->pointer, "has more than %" PRId64 " items", max);
    if ((int64_t)n < f->min)
        return err_field(err, m->pointer, "must have at least %" PRId64 " items", f->min);
    items = arena_alloc_array(m->mem, n, size);
    for (size_t i = 0; i < n && err->fields_n < ERR_FIELDS_MAX; i++)
        if (!read_item(m, i, items + i * size, err))
            ok = false;
    *(struct list *)m->to = (struct list){ items, n };
    return ok;
}

static bool read_member(const struct member *m, struct err *err)
{
    static bool (*const readers[KIND_ID_FIRST])(const struct member *, struct err *) = {
        [KIND_INT] = read_int,     [KIND_BOOL] = read_bool, [KIND_REAL] = read_real,
        [KIND_TEXT] = read_text,   [KIND_TIME] = read_time, [KIND_ENUM] = read_enum,
        [KIND_BYTES] = read_bytes, [KIND_LIST] = read_list, [KIND_JSON] = read_json,
    };
    enum kind kind = m->field->kind;

    if (kind > KIND_ID_FIRST)
        return read_id(m, err);
    if (!readers[kind])
        return err_field(err, m->pointer, "can't be set");
    return readers[kind](m, err);
}

/* A number, a choice and a yes or no have no value that means "none". */
static bool can_be_null(const struct field *f)
{
    return f->kind != KIND_INT && f->kind != KIND_REAL && f->kind != KIND_BOOL &&
           f->kind != KIND_ENUM;
}

/* What must have so many characters when it is there can't be taken away. */
static bool must_be_there(const struct field *f)
{
    return (f->flags & REQUIRED) != 0 || (f->kind == KIND_TEXT && f->min > 0);
}

static bool read_field(struct arena *mem, json_t *object, bool is_stored, const struct field *f,
                       void *out, bool *named, struct err *err)
{
    json_t *value = json_object_get(object, f->name);

    *named = value;
    if (!value && f->flags & REQUIRED && !(f->flags & OUT_ONLY) && field_is_empty(f, out))
        return err_field(err, f->name, "is missing");
    if (!value)
        return true;
    if (f->flags & OUT_ONLY)
        return err_field(err, f->name, "can't be set");
    if (json_is_null(value) && must_be_there(f))
        return err_field(err, f->name, "must not be null");
    if (json_is_null(value) && can_be_null(f)) {
        field_clear(f, out);
        return true;
    }
    return read_member(&(struct member){ mem, f, f->name, value, (char *)out + f->at, is_stored },
                       err);
}

static bool is_known(const struct field *fields, const char *name)
{
    for (const struct field *f = fields; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return true;
    return false;
}

static bool refuse_unknown(const struct field *fields, const char *name, struct err *err)
{
    CLEANUP(buf_free) struct buf known = BUF(sizeof(err->fields[0].detail));
    CLEANUP(buf_free) struct buf pointer = BUF(sizeof(err->fields[0].pointer));
    const char *between = "";

    /* RFC 6901: ~ and / of a name are written as ~0 and ~1. */
    buf_char(&pointer, '/');
    for (const char *c = name; *c && !pointer.full; c++) {
        if (*c == '~' || *c == '/')
            buf_text(&pointer, *c == '~' ? "~0" : "~1");
        else
            buf_char(&pointer, *c);
    }
    for (const struct field *f = fields; f->name; f++) {
        if (f->flags & OUT_ONLY)
            continue;
        buf_printf(&known, "%s%s", between, f->name);
        between = ", ";
    }
    return err_field(err, buf_str(&pointer), "isn't a field here; known are %s", buf_str(&known));
}

static bool read_object(struct arena *mem, json_t *object, bool is_stored,
                        const struct field *fields, void *out, uint64_t *named, struct err *err)
{
    const char *name;
    json_t *value;
    bool ok = true;

    *named = 0;
    for (size_t i = 0; fields[i].name && err->fields_n < ERR_FIELDS_MAX; i++) {
        bool is_named;

        assert(i < 64);
        if (!read_field(mem, object, is_stored, &fields[i], out, &is_named, err))
            ok = false;
        *named |= (uint64_t)is_named << i;
    }
    json_object_foreach(object, name, value)
    {
        if (is_known(fields, name))
            continue;
        ok = false;
        if (err->fields_n == ERR_FIELDS_MAX)
            break;
        refuse_unknown(fields, name, err);
    }
    return ok;
}

static bool read_body(struct arena *mem, struct bytes body, bool is_stored,
                      const struct field *fields, void *out, uint64_t *named, struct err *err)
{
    CLEANUP(release) json_t *object = NULL;
    json_error_t error;

    err_clear(err);
    if (!is_shallow(body))
        return err_set(err, ERR_MALFORMED, "the body is nested more than %d levels deep",
                       JSON_DEPTH_MAX);
    if (body.len == 0)
        return err_set(err, ERR_MALFORMED, "the body is empty, it must be a JSON object");
    object = json_loadb((const char *)body.data, body.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                        &error);
    if (!object)
        return err_set(err, ERR_MALFORMED, "the body isn't JSON: %s (line %d, column %d)",
                       why_unreadable(&error), error.line, error.column);
    if (!json_is_object(object))
        return err_set(err, ERR_MALFORMED, "the body must be a JSON object");
    return read_object(mem, object, is_stored, fields, out, named, err);
}

bool json_read_named(struct arena *mem, struct bytes body, const struct field *fields, void *out,
                     uint64_t *named, struct err *err)
{
    return read_body(mem, body, false, fields, out, named, err);
}

bool json_read(struct arena *mem, struct bytes body, const struct field *fields, void *out,
               struct err *err)
{
    uint64_t named;

    return json_read_named(mem, body, fields, out, &named, err);
}

bool json_read_stored(struct arena *mem, const char *json, const struct field *fields, void *out,
                      struct err *err)
{
    struct bytes body = { (const uint8_t *)json, strlen(json) };
    uint64_t named;

    return read_body(mem, body, true, fields, out, &named, err);
}

const char *json_text_at(struct arena *mem, const char *json, const char *name)
{
    CLEANUP(release) json_t *object = json ? json_loads(json, 0, NULL) : NULL;

    return arena_text(mem, json_string_value(json_object_get(object, name)));
}

char *json_plain_at(struct arena *mem, const char *json, const char *name)
{
    CLEANUP(release) json_t *object = json ? json_loads(json, 0, NULL) : NULL;
    const json_t *value = json_object_get(object, name);
    char text[64] = ""; /* more than a number takes */

    if (json_is_string(value))
        return arena_text(mem, json_string_value(value));
    if (!json_is_number(value) && !json_is_boolean(value))
        return NULL;
    json_dumpb(value, text, sizeof(text) - 1, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    return arena_text(mem, text);
}

bool json_number_at(const char *json, const char *name, int64_t *out)
{
    CLEANUP(release) json_t *object = json ? json_loads(json, 0, NULL) : NULL;
    const json_t *value = json_object_get(object, name);
    double real = json_number_value(value);

    if (!json_is_number(value) || real < -9e15 || real > 9e15)
        return false;
    *out = json_is_integer(value) ? (int64_t)json_integer_value(value) : (int64_t)real;
    return true;
}
