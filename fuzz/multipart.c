/* Whatever a form holds: each part lies within the body, behind the one before it and between an
 * empty line and a boundary; its names are valid; and a form written from the parts is read as the
 * same. The first line of the input is the Content-Type. */
#include "fuzz.h"

#include "../src/base/buf.h"
#include "../src/base/text.h"
#include "../src/http/limits.h"
#include "../src/http/multipart.h"

#include <string.h>

enum { FORM_MAX = 16 << 20 };

static void check_name(const char *name, const char *promise)
{
    fuzz_promise(!name || (strlen(name) <= FORM_HEAD_MAX && utf8_is_valid(name, strlen(name))),
                 promise);
}

/* Its place; returns its end. */
static const uint8_t *check_place(struct bytes body, const uint8_t *from, struct bytes content)
{
    const uint8_t *end = content.data + content.len;

    fuzz_promise(content.data >= from + 4 && end <= body.data + body.len,
                 "a content lies in the body, behind what came before");
    fuzz_promise(memcmp(content.data - 2, "\r\n", 2) == 0, "an empty line is before it");
    fuzz_promise(memcmp(end, "\r\n--", 4) == 0 || (content.len == 0 && memcmp(end, "--", 2) == 0),
                 "a boundary is behind it");
    return end;
}

static void check_parts(struct bytes body, const struct list *list)
{
    const struct part *parts = list->items;
    const uint8_t *at = body.data;

    fuzz_promise(list->n <= FORM_PARTS_MAX, "there are no more parts than may be");
    for (size_t i = 0; i < list->n; i++) {
        fuzz_promise(parts[i].name, "a part has a name");
        check_name(parts[i].name, "a name is valid");
        check_name(parts[i].filename, "a filename is valid");
        check_name(parts[i].type, "a type is valid");
        fuzz_promise(!parts[i].type || !strpbrk(parts[i].type, "\r\n"), "a type is one line");
        at = check_place(body, at, parts[i].content);
    }
}

/* As browsers do. */
static void write_name(struct buf *out, const char *what, const char *name)
{
    buf_printf(out, "; %s=\"", what);
    for (; *name; name++) {
        if (*name == '\r' || *name == '\n')
            buf_text(out, *name == '\r' ? "%0D" : "%0A");
        else if (*name == '"' || *name == '\\')
            buf_printf(out, "\\%c", *name);
        else
            buf_char(out, *name);
    }
    buf_char(out, '"');
}

static void write_form(struct buf *out, const struct list *list, const char *boundary)
{
    const struct part *parts = list->items;

    for (size_t i = 0; i < list->n; i++) {
        buf_printf(out, "--%s\r\nContent-Disposition: form-data", boundary);
        write_name(out, "name", parts[i].name);
        if (parts[i].filename)
            write_name(out, "filename", parts[i].filename);
        if (parts[i].type)
            buf_printf(out, "\r\nContent-Type: %s", parts[i].type);
        buf_text(out, "\r\n\r\n");
        buf_add(out, parts[i].content.data, parts[i].content.len);
        buf_text(out, "\r\n");
    }
    buf_printf(out, "--%s--\r\n", boundary);
}

/* A boundary that no content holds, however it was made. */
static const char *free_boundary(struct arena *mem, struct bytes body)
{
    for (int i = 0;; i++) {
        const char *boundary = arena_printf(mem, "again%d", i);

        if (!memmem(body.data, body.len, boundary, strlen(boundary)))
            return boundary;
    }
}

static void check_again(struct arena *mem, struct bytes body, const struct list *list)
{
    CLEANUP(buf_free) struct buf form = BUF(FORM_MAX);
    const char *boundary = free_boundary(mem, body);
    const struct part *old = list->items, *new;
    struct list again;
    struct err err;

    err_clear(&err);
    write_form(&form, list, boundary);
    fuzz_promise(
        multipart_read(mem, arena_printf(mem, "multipart/form-data; boundary=%s", boundary),
                       (struct bytes){ (const uint8_t *)form.data, form.len }, &again, &err) ||
            err.code == ERR_TOO_LARGE,
        "what is written can be read");
    if (err.code == ERR_TOO_LARGE)
        return; /* escapes make names longer */
    fuzz_promise(again.n == list->n, "it has as many parts");
    new = again.items;
    for (size_t i = 0; i < again.n; i++) {
        fuzz_promise(text_equal(old[i].name, new[i].name) &&
                         text_equal(old[i].filename, new[i].filename) &&
                         text_equal(old[i].type, new[i].type),
                     "names and types are the same again");
        fuzz_promise(old[i].content.len ==
                         new[i].content.len &&memcmp(old[i].content.data, new[i].content.data,
                                                     old[i].content.len) == 0,
                     "contents are the same again");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    size_t len = end ? (size_t)(end - data) : size;
    struct bytes body = { data + len + (end != NULL), size - len - (end != NULL) };
    struct list list;
    struct err err;

    err_clear(&err);
    if (!utf8_is_valid(data, len))
        return 0; /* the server refuses such a header */
    if (!multipart_read(mem, arena_text_n(mem, (const char *)data, len), body, &list, &err)) {
        fuzz_promise(err.code == ERR_MALFORMED || err.code == ERR_UNSUPPORTED ||
                         err.code == ERR_TOO_LARGE,
                     "it is the form's fault");
        fuzz_promise(*err.text && utf8_is_valid(err.text, strlen(err.text)), "there are words");
        return 0;
    }
    check_parts(body, &list);
    check_again(mem, body, &list);
    return 0;
}
