#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/api.h"

#include <string.h>

enum { HEADERS_N = 3 }; /* webhook-id, webhook-timestamp and webhook-signature, a line each */

static const char secret[] = "whsec_Zm9yIGZ1enppbmcgb25seSwgMjQgYnl0ZQ==";
static const instant now = { 1614265330000 };

static bool is_good(struct arena *mem, const char *id, const char *at, struct bytes body,
                    const char *header)
{
    return api_signature_is_good(mem, secret, id, at, body, header, now);
}

/* Nobody makes up a signature; one that is right is found whatever stands beside it, and is right
 * for its id, its moment and its body only. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct bytes body = { data, size };
    const char *headers[HEADERS_N],
        *at = arena_printf(mem, "%lld", (long long)(now.ms / SECOND_MS)), *both;

    for (size_t i = 0; i < HEADERS_N; i++) {
        const uint8_t *end = memchr(body.data, '\n', body.len);
        size_t len = end ? (size_t)(end - body.data) : 0;

        if (!end || memchr(body.data, '\0', len)) /* none comes in a header */
            return 0;
        headers[i] = arena_text_n(mem, (const char *)body.data, len);
        body = (struct bytes){ end + 1, body.len - len - 1 };
    }
    fuzz_promise(!is_good(mem, headers[0], headers[1], body, headers[2]), "nobody makes one up");
    both = arena_printf(mem, "%s %s", headers[2],
                        api_sign(mem, secret, headers[0], now.ms / SECOND_MS, body));
    fuzz_promise(is_good(mem, headers[0], at, body, both), "a right one among others is found");
    fuzz_promise(!is_good(mem, arena_printf(mem, "%s.", headers[0]), at, body, both),
                 "it is good for its id only");
    fuzz_promise(text_equal(headers[1], at) || !is_good(mem, headers[0], headers[1], body, both),
                 "it is good for its moment only");
    if (body.len > 0)
        fuzz_promise(!is_good(mem, headers[0], at, (struct bytes){ body.data, body.len - 1 }, both),
                     "it is good for its body only");
    return 0;
}
