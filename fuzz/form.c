#include "fuzz.h"

#include "../src/base/form.h"
#include "../src/base/text.h"

#include <string.h>

/* What is read of a form is found by its name, is no longer than what was written, and as a text
 * reads as itself when it's written again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const struct form_value *values;
    struct list form;
    struct err err;
    size_t all = 0;

    if (!form_read(mem, (struct bytes){ data, size }, &form, &err))
        return 0;
    fuzz_promise(form.n <= FORM_VALUES_MAX, "there are no more than the most");
    values = form.items;
    for (size_t i = 0; i < form.n; i++) {
        const char *text = form_text(mem, &form, values[i].name);
        struct bytes again;

        all += strlen(values[i].name) + values[i].value.len;
        fuzz_promise(form_find(&form, values[i].name) != NULL, "each is found by its name");
        fuzz_promise(utf8_is_valid(text, strlen(text)), "each is a text");
        text = percent_write(mem, text);
        fuzz_promise(percent_read(mem, (struct bytes){ (const uint8_t *)text, strlen(text) }, true,
                                  &again) &&
                         strcmp((const char *)again.data, form_text(mem, &form, values[i].name)) ==
                             0,
                     "it reads as itself");
    }
    fuzz_promise(all <= size, "nothing is longer than it was written");
    return 0;
}
