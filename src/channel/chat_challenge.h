/* chat_challenge.h — a little work for who begins a chat, so that who begins thousands pays for it:
 * a text, to which a number must be found, so that SHA-256 of "text.number" begins with so many
 * zero bits.
 *
 * Nobody else is asked, and nothing is kept: the text is signed with our key. That each is used
 * once is the business of who takes it.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/crypt.h"
#include "../base/err.h"
#include "../base/ids.h"

enum { CHAT_BITS_MAX = 24, CHAT_CHALLENGE_MS = 10 * 60 * 1000, CHAT_CHALLENGE_MAX = 160 };

char *chat_challenge_make(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                          int64_t bits, instant now);
/* Is it ours, of this channel and not too old, and does the number solve it? `used` is what to
 * remember, so that it isn't taken twice. ERR_DENIED says what to do. */
MUST_CHECK bool chat_challenge_check(const uint8_t key[KEY_LEN], channel_id channel,
                                     const char *challenge, const char *number, instant now,
                                     uint8_t used[HASH_LEN], struct err *err);
/* The number, by trying. */
char *chat_challenge_solve(struct arena *mem, const char *challenge);
