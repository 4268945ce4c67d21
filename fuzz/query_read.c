/* Whatever stands behind a "?": what is read into the struct is within its table's bounds, and
 * texts are valid UTF-8 without NUL. */
#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/http/inside.h"

#include <string.h>

struct query {
    const char *q, *short_text;
    int64_t limit;
    bool all;
    unsigned sort;
    instant since;
    case_id case_id;
};

static const char *const sorts[] = { "new", "old", NULL };

static const struct field query_fields[] = {
    FIELD(query, q),
    FIELD(query, short_text, .max = 5),
    FIELD(query, limit, .min = 1, .max = 200),
    FIELD(query, all),
    FIELD(query, sort, .names = sorts),
    FIELD(query, since),
    FIELD(query, case_id),
    { 0 },
};

static void check_text(const char *text, size_t max)
{
    fuzz_promise(!text || (strlen(text) <= max && utf8_is_valid(text, strlen(text))),
                 "a text is valid and within its bound");
}

static void check_decoded(struct arena *mem, const uint8_t *data, size_t size)
{
    const char *text = percent_decode(mem, (const char *)data, size, true);

    fuzz_promise(!text || (strlen(text) <= size && utf8_is_valid(text, strlen(text))),
                 "what is decoded is valid and no longer");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct query query = { 0 };
    uint64_t named;
    struct err err;

    err_clear(&err);
    check_decoded(mem, data, size);
    if (!query_read(mem, (const char *)data, size, query_fields, &query, &named, &err)) {
        fuzz_promise(err.code != ERR_NONE && utf8_is_valid(err.text, strlen(err.text)),
                     "a refusal says why, as valid text");
        for (size_t i = 0; i < err.fields_n; i++)
            check_text(err.fields[i].detail, sizeof(err.fields[i].detail));
        return 0;
    }
    fuzz_promise(size <= HTTP_QUERY_MAX, "no query is longer than the limit");
    check_text(query.q, TEXT_DEFAULT_MAX);
    check_text(query.short_text, 5);
    fuzz_promise((named >> 2 & 1) == (query.limit != 0) && query.limit >= 0 && query.limit <= 200,
                 "a number is within its bounds when it was named");
    fuzz_promise(query.sort < 2 && query.case_id.n >= 0 && named >> 7 == 0,
                 "all else is within its table's bounds");
    return 0;
}
