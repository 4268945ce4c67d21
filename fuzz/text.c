#include "fuzz.h"

#include "../src/base/crypt.h"
#include "../src/base/text.h"

#include <string.h>

static void valid(const char *s, const char *promise)
{
    fuzz_promise(s && utf8_is_valid(s, strlen(s)), promise);
}

/* Reading and writing code points goes through the text without a change. */
static void check_points(struct arena *mem, const char *s, size_t len)
{
    char *copy = arena_alloc(mem, len + 5);
    size_t at = 0, to = 0;

    while (at < len)
        to += utf8_write(utf8_next(s, len, &at), copy + to);
    fuzz_promise(to == len && memcmp(copy, s, len) == 0,
                 "code points are written as they were read");
}

static void check_preview(struct arena *mem, const char *s, size_t max)
{
    const char *preview = text_preview(mem, s, max);

    valid(preview, "a preview is valid");
    fuzz_promise(strlen(preview) <= max, "a preview has its length");
    fuzz_promise(!strpbrk(preview, "\r\n\t"), "a preview is one line");
    fuzz_promise(utf8_is_valid(s, utf8_cut(s, strlen(s), max)), "a cut splits no character");
}

static void check_codes(struct arena *mem, const uint8_t *data, size_t size)
{
    struct bytes whole = { data, size }, again;

    fuzz_promise(hex_read(mem, hex_write(mem, whole), &again) && again.len == size &&
                     memcmp(again.data, data, size) == 0,
                 "hex is read as it was written");
    fuzz_promise(base64_read(mem, base64_write(mem, whole), &again) && again.len == size &&
                     memcmp(again.data, data, size) == 0,
                 "base64 is read as it was written");
}

/* Each character of a repaired text has its place in the data, in their order, and what needed no
 * repair stands there as it is. */
static void check_origins(struct arena *mem, const uint8_t *data, size_t size, const char *s)
{
    size_t len = strlen(s), at = 0, behind = 0;
    struct utf8_origins origins;

    fuzz_promise(strcmp(utf8_repair_traced(mem, data, size, &origins), s) == 0,
                 "a traced repair is the same repair");
    while (origins.from && at < len) {
        size_t begin = at, from = origins.from[at], to;

        utf8_next(s, len, &at);
        to = origins.to[at];
        fuzz_promise(behind <= from && from < to && to <= size, "characters keep their order");
        fuzz_promise(to - from != at - begin || memcmp(data + from, s + begin, to - from) == 0,
                     "a character stands where it came from");
        behind = to;
    }
    fuzz_promise(!origins.from || origins.from[len] == size, "the end is the end");
}

/* Any bytes become a valid text; a valid text stays one, whatever is done to it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const char *s = utf8_repair(mem, data, size), *folded, *trimmed;
    struct bytes decoded;
    int64_t n;

    crypt_init();
    valid(s, "any bytes become a valid text");
    fuzz_promise(strcmp(utf8_repair(mem, s, strlen(s)), s) == 0, "a repaired text needs no repair");
    check_points(mem, s, strlen(s));
    check_origins(mem, data, size, s);
    check_preview(mem, s, size > 0 ? data[0] : 0);
    folded = text_fold(mem, s);
    valid(folded, "a folded text is valid");
    fuzz_promise(strcmp(text_fold(mem, folded), folded) == 0, "folding twice changes nothing");
    trimmed = text_trim(mem, s);
    valid(trimmed, "a trimmed text is valid");
    fuzz_promise(text_is_blank(s) == (*trimmed == '\0'), "what is blank has nothing left");
    valid(text_lower(mem, s), "a lowered text is valid");
    if (size > 0)
        check_codes(mem, data, size);
    if (base64_read(mem, s, &decoded))
        fuzz_promise(decoded.len <= strlen(s), "base64 is longer than what it stands for");
    if (int_read((const char *)data, size, &n))
        fuzz_promise(size > 0, "a number has digits");
    return 0;
}
