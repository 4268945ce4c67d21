/* form_token.h — which page a form was sent from, signed with our key: nothing is kept of a page
 * that was only looked at, and the same page sent twice is one message. And the address of the page
 * that says under which number it came in, which nobody can make up.
 */
#pragma once

#include "../base/clock.h"
#include "../base/crypt.h"
#include "../base/ids.h"

enum { FORM_TOKEN_MS = 24 * 60 * 60 * 1000, FORM_TOKEN_MAX = 80 };

char *form_token_make(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                      instant now);
/* Is it one of this channel's, and from the last day? */
bool form_token_check(const uint8_t key[KEY_LEN], channel_id channel, const char *token,
                      instant now);

/* "4K7-M2QX.…" */
char *form_receipt_make(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                        const char *reference);
/* The reference; NULL when it isn't one of ours. */
char *form_receipt_read(struct arena *mem, const uint8_t key[KEY_LEN], channel_id channel,
                        const char *receipt);
