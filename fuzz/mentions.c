#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/domain/alerts/alerts.h"

#include <string.h>

/* A name, a line break, a text: who is mentioned has an @ and the first word of his name in it; and
 * whoever is named right behind an @ at the very end is mentioned. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    const char *name, *text;

    if (!end || memchr(data, '\0', size))
        return 0;
    name = arena_text_n(mem, (const char *)data, (size_t)(end - data));
    text = arena_text_n(mem, (const char *)end + 1, size - (size_t)(end + 1 - data));
    if (text_mentions(text, name, true)) {
        const char *word = arena_text_n(mem, name, strcspn(name, " "));
        fuzz_promise(strstr(text, arena_printf(mem, "@%s", word)) != NULL,
                     "who is mentioned is named");
    }
    fuzz_promise(!text_mentions(text, name, false) || text_mentions(text, name, true),
                 "a person is named by all that names a team");
    if (*name != '\0')
        fuzz_promise(text_mentions(arena_printf(mem, "%s @%s", text, name), name, false),
                     "who is named is mentioned");
    return 0;
}
