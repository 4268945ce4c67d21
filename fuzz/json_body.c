#include "fuzz.h"

#include "../src/base/crypt.h"
#include "../src/base/json.h"
#include "../src/base/text.h"

#include <string.h>

struct item {
    const char *name;
    struct bytes data;
};

/* One member of each kind. */
struct body {
    const char *title;
    const char *from;
    int64_t count;
    double weight;
    bool urgent;
    instant due_at;
    unsigned state;
    case_id case_id;
    struct bytes raw;
    struct list labels;
    struct list items;
    struct json_text settings;
};

static const char *const states[] = { "new", "open", "done", NULL };

static const struct field item_fields[] = {
    FIELD(item, name, .flags = REQUIRED, .min = 1),
    FIELD(item, data),
    { 0 },
};

static const struct field body_fields[] = {
    FIELD(body, title, .flags = REQUIRED, .max = 40),
    FIELD(body, from, .flags = EMAIL),
    FIELD(body, count, .min = -100, .max = 100),
    FIELD(body, weight, .min = INT64_MIN),
    FIELD(body, urgent),
    FIELD(body, due_at),
    FIELD(body, state, .names = states),
    FIELD(body, case_id),
    FIELD(body, raw, .max = 100),
    FIELD(body, labels, .max = 5),
    FIELD(body, items, .of = item_fields, .size = sizeof(struct item)),
    FIELD(body, settings),
    { 0 },
};

static void check_error(const struct err *err)
{
    fuzz_promise(err->code == ERR_INVALID || err->code == ERR_MALFORMED, "it is the body's fault");
    fuzz_promise((err->code == ERR_INVALID) == (err->fields_n > 0), "wrong fields are named");
    fuzz_promise(err->text[0] && utf8_is_valid(err->text, strlen(err->text)), "there are words");
    for (size_t i = 0; i < err->fields_n; i++) {
        const char *pointer = err->fields[i].pointer, *detail = err->fields[i].detail;

        fuzz_promise(pointer[0] == '/' && utf8_is_valid(pointer, strlen(pointer)),
                     "a pointer is one");
        fuzz_promise(detail[0] && utf8_is_valid(detail, strlen(detail)), "each says what is wrong");
    }
}

static void check_body(const struct body *body)
{
    const char *const *labels = body->labels.items;

    fuzz_promise(body->title && strlen(body->title) <= 40, "what is required is there");
    fuzz_promise(utf8_is_valid(body->title, strlen(body->title)), "texts are valid");
    fuzz_promise(body->count >= -100 && body->count <= 100, "numbers keep their limits");
    fuzz_promise(body->state < 3 && body->raw.len <= 100 && body->labels.n <= 5, "so do others");
    for (size_t i = 0; i < body->labels.n; i++)
        fuzz_promise(utf8_is_valid(labels[i], strlen(labels[i])), "texts in lists are valid");
}

/* A body is refused with a reason, or its struct keeps what the table says; written out, it is
 * read again as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    CLEANUP(buf_free) struct buf first = BUF(64 << 20), second = BUF(64 << 20);
    struct body body = { 0 }, again = { 0 };
    struct err err;

    crypt_init();
    if (!json_read(mem, (struct bytes){ data, size }, body_fields, &body, &err)) {
        check_error(&err);
        return 0;
    }
    check_body(&body);
    json_write(&first, body_fields, &body);
    fuzz_promise(utf8_is_valid(first.data, first.len), "what is written is valid");
    fuzz_promise(json_read(mem, (struct bytes){ (const uint8_t *)first.data, first.len },
                           body_fields, &again, &err),
                 "what is written can be read");
    json_write(&second, body_fields, &again);
    fuzz_promise(strcmp(buf_str(&first), buf_str(&second)) == 0, "and is the same again");
    return 0;
}
