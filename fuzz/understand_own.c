#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/commands/understand_own.h"

#include <string.h>

/* Whatever a file holds: lines of text that name something, or an error with its line. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct own_file own;
    struct err err = { 0 };

    if (!own_read(mem, "own.txt", (const char *)data, size, &own, &err)) {
        fuzz_promise(err.code == ERR_MALFORMED && strncmp(err.text, "own.txt: line ", 14) == 0 &&
                         !strpbrk(err.text, "\r\n") && utf8_is_valid(err.text, strlen(err.text)),
                     "what is refused has a reason in one line, with its number");
        return 0;
    }
    for (size_t i = 0; i < own.places.n; i++) {
        const char *item = own.places.items[i];

        fuzz_promise(!text_is_blank(item) && strlen(item) <= OWN_LINE_MAX &&
                         utf8_is_valid(item, strlen(item)) && !strpbrk(item, "\r\n"),
                     "what is ours is a line of text");
    }
    return 0;
}
