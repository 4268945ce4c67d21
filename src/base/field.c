#include "field.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

const char *kind_prefix(enum kind kind)
{
#define ID_PREFIX(noun, prefix) prefix,
    static const char *const prefixes[] = { ID_NOUNS(ID_PREFIX) };
#undef ID_PREFIX

    return kind > KIND_ID_FIRST && kind < KIND_END ? prefixes[kind - KIND_ID_FIRST - 1] : NULL;
}

bool enum_read(const char *const *names, const char *s, size_t len, unsigned *out)
{
    for (unsigned i = 0; names[i]; i++)
        if (strlen(names[i]) == len && memcmp(names[i], s, len) == 0) {
            *out = i;
            return true;
        }
    return false;
}

/* PostgreSQL hands every cell over as text. */
static bool cell_int(const struct cell *cell, int64_t *out)
{
    if (cell->kind == CELL_TEXT)
        return int_read(cell->data, cell->len, out);
    *out = cell->i;
    return cell->kind == CELL_INT;
}

static bool cell_bool(const struct cell *cell, bool *out)
{
    int64_t n;

    if (cell->kind == CELL_TEXT && cell->len == 1 && strchr("tf", cell->data[0])) {
        *out = cell->data[0] == 't';
        return true;
    }
    if (!cell_int(cell, &n) || n < 0 || n > 1)
        return false;
    *out = n != 0;
    return true;
}

static bool cell_real(const struct cell *cell, double *out)
{
    char text[64], *end;

    if (cell->kind == CELL_REAL)
        *out = cell->real;
    else if (cell->kind == CELL_INT)
        *out = (double)cell->i;
    if (cell->kind == CELL_REAL || cell->kind == CELL_INT)
        return true;
    if (cell->kind != CELL_TEXT || cell->len == 0 || cell->len >= sizeof(text))
        return false;
    memcpy(text, cell->data, cell->len);
    text[cell->len] = '\0';
    *out = strtod(text, &end);
    return *end == '\0';
}

static bool cell_enum(const struct cell *cell, const char *const *names, unsigned *out)
{
    unsigned n = 0;
    int64_t value;

    if (cell->kind == CELL_TEXT && enum_read(names, cell->data, cell->len, out))
        return true;
    while (names[n])
        n++;
    if (!cell_int(cell, &value) || value < 0 || value >= n)
        return false;
    *out = (unsigned)value;
    return true;
}

static size_t kind_size(enum kind kind)
{
    static const size_t sizes[KIND_END] = {
        [KIND_INT] = sizeof(int64_t),           [KIND_BOOL] = sizeof(bool),
        [KIND_REAL] = sizeof(double),           [KIND_TEXT] = sizeof(const char *),
        [KIND_TIME] = sizeof(instant),          [KIND_ENUM] = sizeof(unsigned),
        [KIND_BYTES] = sizeof(struct bytes),    [KIND_LIST] = sizeof(struct list),
        [KIND_JSON] = sizeof(struct json_text), [KIND_ONE] = sizeof(const void *),
    };

    return kind > KIND_ID_FIRST ? sizeof(int64_t) : sizes[kind];
}

void field_clear(const struct field *f, void *row)
{
    memset((char *)row + f->at, 0, kind_size(f->kind));
}

bool field_is_empty(const struct field *f, const void *row)
{
    const void *from = (const char *)row + f->at;
    static const char zero[sizeof(struct bytes)];

    if (f->kind == KIND_TEXT)
        return !*(const char *const *)from || **(const char *const *)from == '\0';
    if (f->kind == KIND_LIST)
        return ((const struct list *)from)->n == 0;
    if (f->kind == KIND_BYTES)
        return ((const struct bytes *)from)->len == 0;
    return memcmp(from, zero, kind_size(f->kind)) == 0;
}

bool field_from_cell(const struct field *f, const struct cell *cell, void *row, struct arena *mem)
{
    void *to = (char *)row + f->at;

    if (cell->kind == CELL_NULL) {
        field_clear(f, row);
        return true;
    }
    switch (f->kind) {
    case KIND_BOOL:
        return cell_bool(cell, to);
    case KIND_REAL:
        return cell_real(cell, to);
    case KIND_TEXT:
    case KIND_JSON: /* struct json_text is one pointer */
        if (cell->kind == CELL_TEXT)
            *(const char **)to = arena_text_n(mem, cell->data, cell->len);
        return cell->kind == CELL_TEXT;
    case KIND_ENUM:
        return cell_enum(cell, f->names, to);
    case KIND_BYTES:
        if (cell->kind == CELL_BYTES)
            *(struct bytes *)to =
                arena_bytes(mem, (struct bytes){ (const uint8_t *)cell->data, cell->len });
        return cell->kind == CELL_BYTES;
    case KIND_INT:
    case KIND_TIME:
#define ID_CASE(noun, prefix) case KIND_ID_##noun:
        ID_NOUNS(ID_CASE)
#undef ID_CASE
        return cell_int(cell, to);
    case KIND_LIST: /* a column holds no list and no struct */
    case KIND_ONE:
    case KIND_ID_FIRST:
    case KIND_END:
        break;
    }
    return false;
}
