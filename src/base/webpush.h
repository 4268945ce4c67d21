/* webpush.h — what goes to a browser through its maker's push service: sealed for that browser
 * alone (RFC 8291, in the coding aes128gcm of RFC 8188), signed for the service (VAPID, RFC 8292).
 *
 * The curve, the cipher and the hashes are nettle's. Safe on any thread.
 */
#pragma once

#include "arena.h"
#include "base.h"

enum {
    WEBPUSH_SECRET_LEN = 32, /* a private key of the curve P-256 */
    WEBPUSH_POINT_LEN = 65,  /* its public key, uncompressed */
    WEBPUSH_AUTH_LEN = 16,
    WEBPUSH_SALT_LEN = 16,
    WEBPUSH_TEXT_MAX = 3993, /* more than that no service has to take */
};

/* A fresh private key. */
void webpush_secret(uint8_t out[WEBPUSH_SECRET_LEN]);
/* Its public key; false when the secret is none (0, or too large). */
MUST_CHECK bool webpush_point(const uint8_t secret[WEBPUSH_SECRET_LEN],
                              uint8_t out[WEBPUSH_POINT_LEN]);
/* Is it a public key: an uncompressed point that lies on the curve? */
bool webpush_is_point(struct bytes point);

/* The body for a browser with the public key `to` and the secret `auth`; `from` is a secret and
 * `salt` are random bytes, both used for this text only. False when `to` is no public key or
 * the text is longer than WEBPUSH_TEXT_MAX. */
MUST_CHECK bool webpush_seal(struct arena *mem, const uint8_t to[WEBPUSH_POINT_LEN],
                             const uint8_t auth[WEBPUSH_AUTH_LEN],
                             const uint8_t from[WEBPUSH_SECRET_LEN],
                             const uint8_t salt[WEBPUSH_SALT_LEN], struct bytes text,
                             struct bytes *out);

/* The header Authorization for the service at `origin` ("https://push.example"): by the server with
 * this secret, until `expires_s` (at most a day from now); NULL for a secret that is none. */
char *webpush_authorization(struct arena *mem, const uint8_t secret[WEBPUSH_SECRET_LEN],
                            const char *origin, const char *contact, int64_t expires_s);

/* As these RFCs write bytes: url-safe, unpadded. */
char *webpush_base64(struct arena *mem, struct bytes b);
