#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/webform.h"

#include <string.h>

/* Whatever an envelope holds: what is read of it can be answered somewhere, and says something. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct incoming in;
    struct err err;

    err_clear(&err);
    if (!form_channel.parse(mem, (struct bytes){ data, size }, &in, &err))
        return 0;
    fuzz_promise(in.external_id && *in.external_id && !in.thread_key,
                 "it has an id, and no thread");
    fuzz_promise(!text_is_blank(in.from.address), "somebody can be answered");
    fuzz_promise(in.from_kind == IDENTITY_EMAIL || in.from_kind == IDENTITY_PHONE,
                 "by mail or telephone");
    fuzz_promise(in.only_says, "who it is from is only said");
    fuzz_promise(!in.also || (in.from_kind == IDENTITY_EMAIL && in.also_kind == IDENTITY_PHONE),
                 "the other address is a number beside a mail address");
    fuzz_promise(in.text && in.subject && in.fold_at == strlen(in.text), "it says something");
    fuzz_promise(utf8_is_valid(in.text, strlen(in.text)), "its text is UTF-8");
    fuzz_promise(in.files.n <= WEBFORM_FILES_MAX, "its files are few");
    return 0;
}
