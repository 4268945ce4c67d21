#include "totp.h"

#include "../base/buf.h"
#include "../base/crypt.h"

#include <ctype.h>
#include <string.h>

enum { HASH_SHA1 = 20, URI_MAX = 4096 };

bool totp_key_read(struct arena *mem, const char *secret, struct bytes *out)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    size_t len = strlen(secret);
    uint8_t *key = arena_alloc(mem, len + 1);
    uint32_t bits = 0;
    unsigned bits_n = 0;

    *out = (struct bytes){ key, 0 };
    for (size_t i = 0; i < len; i++) {
        const char *at = strchr(alphabet, tolower((unsigned char)secret[i]));
        if (!at)
            return false;
        bits = bits << 5 | (uint32_t)(at - alphabet);
        bits_n += 5;
        if (bits_n < 8)
            continue;
        bits_n -= 8;
        key[out->len++] = (uint8_t)(bits >> bits_n);
        bits &= (1U << bits_n) - 1;
    }
    return out->len > 0;
}

int64_t totp_step(instant at)
{
    return at.ms / TOTP_STEP_MS;
}

uint32_t totp_code(struct bytes key, int64_t step)
{
    uint8_t message[8], hash[HASH_SHA1];
    unsigned at;

    for (unsigned i = 0; i < sizeof(message); i++)
        message[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    hmac_sha1(key, (struct bytes){ message, sizeof(message) }, hash);
    /* RFC 4226, 5.3: the last four bits say where 31 bits are taken. */
    at = hash[HASH_SHA1 - 1] & 15;
    return ((uint32_t)(hash[at] & 127) << 24 | (uint32_t)hash[at + 1] << 16 |
            (uint32_t)hash[at + 2] << 8 | hash[at + 3]) %
           1000000;
}

bool totp_is_right(struct bytes key, const char *code, instant now, int64_t last, int64_t *step)
{
    uint32_t number = 0;

    if (strlen(code) != TOTP_DIGITS || strspn(code, "0123456789") != TOTP_DIGITS)
        return false;
    for (const char *at = code; *at; at++)
        number = number * 10 + (uint32_t)(*at - '0');
    for (int64_t i = totp_step(now) - TOTP_SKEW; i <= totp_step(now) + TOTP_SKEW; i++) {
        *step = i;
        if (i > last && totp_code(key, i) == number)
            return true;
    }
    return false;
}

/* All but what stands for itself in any part of an address (RFC 3986, 2.3). */
static void write_escaped(struct buf *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (isalnum(c) || strchr("-._~", c))
            buf_char(out, *at);
        else
            buf_printf(out, "%%%02X", c);
    }
}

char *totp_uri(struct arena *mem, const char *secret, const char *issuer, const char *account)
{
    CLEANUP(buf_free) struct buf out = BUF(URI_MAX);

    buf_text(&out, "otpauth://totp/");
    write_escaped(&out, issuer);
    buf_char(&out, ':');
    write_escaped(&out, account);
    buf_text(&out, "?secret=");
    for (const char *at = secret; *at; at++)
        buf_char(&out, (char)toupper((unsigned char)*at));
    buf_text(&out, "&issuer=");
    write_escaped(&out, issuer);
    return arena_text(mem, buf_str(&out));
}
