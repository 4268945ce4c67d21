#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/email_parse.h"
#include "../src/channel/email_write.h"

#include <string.h>

/* The input's lines, one after the other. */
static const char *next_value(struct arena *mem, const uint8_t **data, size_t *size)
{
    const uint8_t *end = *size > 0 ? memchr(*data, '\n', *size) : NULL;
    size_t len = end ? (size_t)(end - *data) : *size;
    const char *value = utf8_repair(mem, *data, len);

    *data += len + (end != NULL);
    *size -= len + (end != NULL);
    return value;
}

/* Whatever an answer holds, it is refused with a reason or goes out as one mail that comes back
 * with its own id, its own recipient and no header that the values brought along. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct party to = { next_value(mem, &data, &size), "jan@klant.test" };
    struct email_draft draft = {
        .message_id = "case-1@bedrijf.test", .to = { &to, 1 }
    };
    struct incoming_file file = { 0 };
    struct incoming in;
    struct bytes raw, again;
    struct err err = { 0 };

    draft.from = (struct party){ next_value(mem, &data, &size), "service@bedrijf.test" };
    draft.subject = next_value(mem, &data, &size);
    draft.in_reply_to = next_value(mem, &data, &size);
    draft.signature = next_value(mem, &data, &size);
    draft.quote_intro = next_value(mem, &data, &size);
    file.name = next_value(mem, &data, &size);
    file.type = next_value(mem, &data, &size);
    file.data = (struct bytes){ data, size };
    draft.files = (struct list){ &file, *file.name ? 1 : 0 };
    draft.text = utf8_repair(mem, data, size);
    draft.quote_text = draft.text;
    if (!email_write(mem, &draft, &raw, &err)) {
        fuzz_promise(err.code != ERR_NONE && err.code != ERR_INTERNAL, "only for a good reason");
        return 0;
    }
    fuzz_promise(email_write(mem, &draft, &again, &err) && again.len == raw.len &&
                     memcmp(again.data, raw.data, raw.len) == 0,
                 "the same draft is the same mail");
    fuzz_promise(email_parse(mem, raw, &in, &err), "our own mail is readable");
    fuzz_promise(text_equal(in.external_id, draft.message_id), "it has our id");
    fuzz_promise(text_equal(in.from.address, draft.from.address), "it comes from us");
    fuzz_promise(in.to.n == 1 && in.cc.n == 0, "it has its recipient");
    fuzz_promise(text_equal(((struct party *)in.to.items)->address, to.address),
                 "and no other recipient");
    fuzz_promise(in.files.n == draft.files.n, "it has its files");
    if (in.files.n > 0) {
        const struct incoming_file *back = in.files.items;
        fuzz_promise(back->data.len == size &&
                         (size == 0 || memcmp(back->data.data, data, size) == 0),
                     "a file comes back byte for byte");
    }
    return 0;
}
