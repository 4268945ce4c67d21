#include "form_token.h"

#include "../base/text.h"

#include <string.h>

enum { NONCE_LEN = 16, PROOF_LEN = 16 };

static const char *proof_of(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                            const char *what, const char *body, size_t len)
{
    const struct bytes parts[] = {
        { (const uint8_t *)what,       strlen(what)      },
        { (const uint8_t *)&channel.n, sizeof(channel.n) },
        { (const uint8_t *)body,       len               },
    };
    uint8_t proof[32];

    hmac_sha256((struct bytes){ key, KEY_LEN }, parts, COUNT(parts), proof);
    return hex_write(mem, (struct bytes){ proof, PROOF_LEN });
}

/* Is what stands behind the last dot the proof of what stands before it? */
static bool is_ours(const uint8_t key[KEY_LEN], channel_id channel, const char *what,
                    const char *text)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("form token");
    const char *dot = text ? strrchr(text, '.') : NULL, *proof;

    if (!dot || strlen(text) > FORM_TOKEN_MAX)
        return false;
    proof = proof_of(mem, key, channel, what, text, (size_t)(dot - text));
    return secret_equal((struct bytes){ (const uint8_t *)proof, strlen(proof) },
                        (struct bytes){ (const uint8_t *)dot + 1, strlen(dot + 1) });
}

char *form_token_make(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                      instant now)
{
    const char *body = arena_printf(mem, "%lld.%s", (long long)now.ms, random_text(mem, NONCE_LEN));

    return arena_printf(mem, "%s.%s", body,
                        proof_of(mem, key, channel, "form page", body, strlen(body)));
}

bool form_token_check(const uint8_t key[KEY_LEN], channel_id channel, const char *token,
                      instant now)
{
    int64_t made_at;

    return is_ours(key, channel, "form page", token) &&
           int_read(token, strcspn(token, "."), &made_at) && made_at <= now.ms &&
           now.ms - made_at <= FORM_TOKEN_MS;
}

char *form_receipt_make(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                        const char *reference)
{
    return arena_printf(mem, "%s.%s", reference,
                        proof_of(mem, key, channel, "form receipt", reference, strlen(reference)));
}

char *form_receipt_read(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                        const char *receipt)
{
    return is_ours(key, channel, "form receipt", receipt)
               ? arena_text_n(mem, receipt, strcspn(receipt, "."))
               : NULL;
}
