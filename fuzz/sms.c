#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/sms_kannel.h"
#include "../src/channel/sms_twilio.h"

#include <string.h>

/* Whatever a provider posts: what is understood of it has a sender and valid texts, of which
 * nothing is folded away. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct channel_type *const types[] = { &kannel_channel, &twilio_channel };

    for (size_t i = 0; i < COUNT(types); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
        struct incoming in;
        struct err err;

        err_clear(&err);
        if (!types[i]->parse(mem, (struct bytes){ data, size }, &in, &err)) {
            fuzz_promise(err.code != ERR_NONE, "what isn't understood has a reason");
            continue;
        }
        fuzz_promise(!text_is_blank(in.from.address), "it has a sender");
        fuzz_promise(utf8_is_valid(in.from.address, strlen(in.from.address)) &&
                         utf8_is_valid(in.text, strlen(in.text)),
                     "its texts are valid");
        fuzz_promise(in.fold_at == strlen(in.text), "nothing of it is folded away");
    }
    return 0;
}
