#include "chat_challenge.h"

#include "../base/text.h"

#include <stdio.h>
#include <string.h>

enum { SALT_LEN = 16, PROOF_LEN = 16, NUMBER_MAX = 20, BODY_MAX = 96 };

/* Of "bits.expires.salt" for one channel. */
static void prove(const uint8_t key[KEY_LEN], channel_id channel, const char *body, size_t len,
                  uint8_t out[32])
{
    const struct bytes parts[] = {
        { (const uint8_t *)"chat challenge", 15                },
        { (const uint8_t *)&channel.n,       sizeof(channel.n) },
        { (const uint8_t *)body,             len               },
    };

    hmac_sha256((struct bytes){ key, KEY_LEN }, parts, COUNT(parts), out);
}

char *chat_challenge_make(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                          int64_t bits, instant now)
{
    const char *body =
        arena_printf(mem, "%lld.%lld.%s", (long long)bits, (long long)(now.ms + CHAT_CHALLENGE_MS),
                     random_text(mem, SALT_LEN));
    uint8_t proof[32];

    prove(key, channel, body, strlen(body), proof);
    return arena_printf(mem, "%s.%s", body, hex_write(mem, (struct bytes){ proof, PROOF_LEN }));
}

static bool read_field(const char **at, int64_t *out)
{
    size_t len = strcspn(*at, ".");
    bool ok = (*at)[len] == '.' && int_read(*at, len, out);

    *at += len + ((*at)[len] == '.');
    return ok;
}

/* The zero bits that a hash begins with. */
static int64_t zero_bits(const uint8_t hash[32])
{
    int64_t n = 0;

    while (n < 256 && !(hash[n / 8] >> (7 - n % 8) & 1))
        n++;
    return n;
}

static int64_t zeros_of(const char *challenge, const char *number)
{
    char text[CHAT_CHALLENGE_MAX + NUMBER_MAX + 2];
    int len = snprintf(text, sizeof(text), "%s.%s", challenge, number);
    uint8_t hash[32];

    sha256((struct bytes){ (const uint8_t *)text, (size_t)len }, hash);
    return zero_bits(hash);
}

static bool is_number(const char *text)
{
    size_t len = strlen(text);

    return len > 0 && len <= NUMBER_MAX && strspn(text, "0123456789") == len;
}

bool chat_challenge_check(const uint8_t key[KEY_LEN], channel_id channel, const char *challenge,
                          const char *number, instant now, uint8_t used[HASH_LEN], struct err *err)
{
    const char *at = challenge, *proof = strrchr(challenge, '.');
    char wanted_hex[2 * PROOF_LEN + 1];
    int64_t bits, expires_ms;
    uint8_t wanted[32];

    if (!proof || strlen(challenge) > CHAT_CHALLENGE_MAX || !read_field(&at, &bits) ||
        !read_field(&at, &expires_ms) || strlen(proof + 1) != 2 * PROOF_LEN)
        return err_set(err, ERR_DENIED, "this isn't a challenge of ours: ask for another one");
    prove(key, channel, challenge, (size_t)(proof - challenge), wanted);
    for (size_t i = 0; i < PROOF_LEN; i++)
        snprintf(wanted_hex + 2 * i, 3, "%02x", wanted[i]);
    if (!secret_equal((struct bytes){ (const uint8_t *)proof + 1, 2 * PROOF_LEN },
                      (struct bytes){ (const uint8_t *)wanted_hex, 2 * PROOF_LEN }))
        return err_set(err, ERR_DENIED, "this isn't a challenge of ours: ask for another one");
    if (expires_ms <= now.ms)
        return err_set(err, ERR_DENIED, "the challenge is too old: ask for another one");
    if (!is_number(number) || zeros_of(challenge, number) < bits)
        return err_set(err, ERR_DENIED, "the number doesn't solve the challenge");
    hash_bytes((struct bytes){ (const uint8_t *)challenge, strlen(challenge) }, used);
    return true;
}

char *chat_challenge_solve(struct arena *mem, const char *challenge)
{
    char number[NUMBER_MAX + 1];
    const char *at = challenge;
    int64_t bits;

    if (!read_field(&at, &bits) || bits > CHAT_BITS_MAX)
        return NULL;
    for (int64_t n = 0; n < INT64_MAX; n++) {
        snprintf(number, sizeof(number), "%lld", (long long)n);
        if (zeros_of(challenge, number) >= bits)
            return arena_text(mem, number);
    }
    return NULL;
}
