/* totp.h — one-time codes as an authenticator app shows them: RFC 6238 with what all apps know,
 * SHA-1, six digits, a new one each 30 seconds. Pure.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"

enum {
    TOTP_SECRET_LEN = 32, /* letters of base32: 160 bits, as long as the hash */
    TOTP_DIGITS = 6,
    TOTP_STEP_MS = 30000,
    TOTP_SKEW = 1 /* steps that the telephone's clock may be off, either way */
};

/* The key that a secret in base32 (RFC 4648, small letters or large, no padding) stands for; false
 * when it is none. */
bool totp_key_read(struct arena *mem, const char *secret, struct bytes *out);
/* Which step of 30 seconds a moment lies in. */
int64_t totp_step(instant at);
/* The code of a step, a number of six digits. */
uint32_t totp_code(struct bytes key, int64_t step);
/* Is the text the code of a step around now, and a later one than `last`, so that none is good
 * twice? Then *step is its own. Only digits: no blanks. */
bool totp_is_right(struct bytes key, const char *code, instant now, int64_t last, int64_t *step);
/* What a QR code tells an app: otpauth://totp/… */
char *totp_uri(struct arena *mem, const char *secret, const char *issuer, const char *account);
