#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/email_fold.h"
#include "../src/channel/email_html.h"
#include "../src/channel/email_text.h"

#include <string.h>

/* Any HTML becomes a valid text without marks of control, whose fold is within it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const char *html = email_text(mem, (struct bytes){ data, size }, NULL);
    const char *text = email_html_to_text(mem, html);
    size_t at = email_fold_at(text, "");

    fuzz_promise(utf8_is_valid(html, strlen(html)), "any bytes become a valid text");
    fuzz_promise(utf8_is_valid(text, strlen(text)), "the text is valid");
    for (const char *s = text; *s; s++)
        fuzz_promise((uint8_t)*s >= ' ' || *s == '\n' || *s == '\t', "no control characters");
    fuzz_promise(at <= strlen(text), "the fold is within the text");
    fuzz_promise(at == 0 ? *text == '\0' : at == strlen(text) || text[at - 1] == '\n',
                 "the fold begins a line, and never the first");
    return 0;
}
