#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/chat.h"

#include <string.h>

/* Whatever an envelope holds: what is read of it says who wrote it, and in which thread. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct incoming in;
    struct err err;

    err_clear(&err);
    if (!chat_channel.parse(mem, (struct bytes){ data, size }, &in, &err))
        return 0;
    fuzz_promise(in.external_id && *in.external_id && in.thread_key && *in.thread_key,
                 "it has an id and a thread");
    fuzz_promise(in.from.address && *in.from.address, "somebody wrote it");
    fuzz_promise(in.text && in.subject && in.fold_at == strlen(in.text), "it says something");
    fuzz_promise(utf8_is_valid(in.text, strlen(in.text)), "its text is UTF-8");
    fuzz_promise(in.files.n <= CHAT_FILES_MAX, "its files are few");
    return 0;
}
