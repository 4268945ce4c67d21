#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/commands/evaluate_set.h"

#include <string.h>

/* Whatever a file holds: a set of which every row has all columns, or an error that says why not in
 * one line. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct labelled_set set;
    struct err err = { 0 };

    if (!set_read(mem, "set.tsv", (const char *)data, size, &set, &err)) {
        fuzz_promise(err.code == ERR_MALFORMED && *err.text && !strpbrk(err.text, "\r\n") &&
                         utf8_is_valid(err.text, strlen(err.text)),
                     "what is refused has a reason in one line");
        return 0;
    }
    fuzz_promise(set.n > 0 && set_has(&set, "text"), "a set has texts");
    for (size_t i = 0; i < set.n; i++) {
        fuzz_promise(!text_is_blank(set_cell(&set, &set.rows[i], "text")), "a row has a text");
        fuzz_promise(set.rows[i].line > 1, "a row stands behind the names");
        for (size_t k = 0; k < set.columns_n; k++)
            fuzz_promise(utf8_is_valid(set.rows[i].cells[k], strlen(set.rows[i].cells[k])),
                         "a cell is a text");
    }
    return 0;
}
