#include "fuzz.h"

#include "../src/base/crypt.h"
#include "../src/base/text.h"
#include "../src/channel/chat_token.h"

#include <string.h>

static const struct bytes key = { (const uint8_t *)"a secret of the site that is long enough", 40 };

/* Any bytes are no token of ours; any claims that are signed say who it is, or are refused. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const instant now = { 1000 };
    struct chat_claims claims;
    const char *text, *token;
    struct err err;

    if (!utf8_is_valid(data, size))
        return 0;
    text = arena_text_n(mem, data, size);
    err_clear(&err);
    fuzz_promise(!chat_token_read(mem, text, key, now, &claims, &err) &&
                     err.code == ERR_UNAUTHENTICATED,
                 "nobody makes up a token");
    token = chat_token_write(mem, text, key);
    err_clear(&err);
    if (!chat_token_read(mem, token, key, now, &claims, &err)) {
        fuzz_promise(err.code == ERR_UNAUTHENTICATED, "a refusal says so");
        return 0;
    }
    fuzz_promise(!text_is_blank(claims.subject) && text_is_line(claims.subject), "it says who");
    fuzz_promise(claims.expires_at.ms > 0, "it ends");
    fuzz_promise(!claims.email || text_is_email(claims.email), "an address is one");
    return 0;
}
