/* request.c — what a handler may ask of a request. */
#include "inside.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

/* A request is the first member of its exchange. */
static const struct exchange *of(const struct request *rq)
{
    return (const struct exchange *)rq;
}

const char *request_param(const struct request *rq, const char *name)
{
    const struct exchange *ex = of(rq);

    for (size_t i = 0; i < ex->params_n; i++)
        if (strlen(name) == ex->params[i].name_len &&
            strncmp(ex->params[i].name, name, ex->params[i].name_len) == 0)
            return ex->params[i].value;
    abort(); /* a handler asked for what its own row doesn't have */
}

char *request_link(const struct request *rq, const char *path)
{
    if (rq->public_address)
        return arena_printf(rq->mem, "%s%s", rq->public_address, path);
    return arena_printf(rq->mem, "%s://%s%s", rq->is_secure ? "https" : "http",
                        request_header(rq, "Host"), path);
}

const char *request_query(const struct request *rq)
{
    return of(rq)->query;
}

bool request_id(const struct request *rq, const char *name, const char *prefix, int64_t *out,
                struct err *err)
{
    const char *value = request_param(rq, name);

    return id_read(prefix, value, strlen(value), out) ||
           err_set(err, ERR_NOT_FOUND, "there is no such thing here");
}

bool request_version(const struct request *rq, int64_t now, int64_t *out, struct err *err)
{
    const char *value = request_header(rq, "If-Match");
    size_t len;

    if (!rq->route->is_versioned)
        abort(); /* the same: it would stand in no description */
    len = strlen(value);
    *out = now;
    if (strcmp(value, "*") == 0)
        return true;
    if (len < 3 || value[0] != '"' || value[len - 1] != '"' || !int_read(value + 1, len - 2, out))
        return err_set(err, ERR_CHANGED, "If-Match doesn't hold an ETag of ours");
    return true;
}

bool request_named(const struct request *rq, const char *field)
{
    const struct field *fields = rq->route->in.fields;

    for (size_t i = 0; fields[i].name; i++)
        if (strcmp(fields[i].name, field) == 0)
            return (rq->named >> i & 1) != 0;
    abort();
}

void request_was_read(struct request *rq, const char *kind, case_id about_case, const char *about)
{
    ((struct exchange *)rq)->reading = (struct reading){ kind, about, about_case };
}

char *cursor_write(struct arena *mem, int64_t a, int64_t b)
{
    return arena_printf(mem, "%llx.%llx", (unsigned long long)a, (unsigned long long)b);
}

/* Exactly what %llx writes; moves *at behind it. */
static bool read_hex(const char **at, int64_t *out)
{
    size_t len = strspn(*at, "0123456789abcdef");

    if (len == 0 || len > 16)
        return false;
    *out = (int64_t)strtoull(*at, NULL, 16);
    *at += len;
    return true;
}

bool cursor_read(const char *cursor, int64_t *a, int64_t *b, struct err *err)
{
    const char *at = cursor;

    *a = *b = 0;
    if (!cursor || *cursor == '\0')
        return true;
    if (read_hex(&at, a) && *at++ == '.' && read_hex(&at, b) && *at == '\0')
        return true;
    return err_field(err, "cursor", "isn't one that this list gave out");
}

const struct field page_query_fields[] = {
    FIELD(page_query, cursor, .max = CURSOR_MAX),
    FIELD(page_query, limit, .min = 1, .max = PAGE_MAX),
    { 0 },
};

int64_t page_limit(const struct page_query *page)
{
    return page->limit > 0 ? page->limit : PAGE_DEFAULT;
}

bool page_read(const struct page_query *page, int64_t first, int64_t *from, int64_t *limit,
               struct err *err)
{
    int64_t unused;

    *limit = page_limit(page);
    if (!cursor_read(page->cursor, from, &unused, err))
        return false;
    if (*from <= 0)
        *from = first;
    return true;
}
