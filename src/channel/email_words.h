/* email_words.h — encoded words (RFC 2047) as GMime has to get them.
 *
 * GMime 3.2.13 reads adjacent words in base64 as one and stops at the first padding: of
 * "=?utf-8?B?SGVsbG8=?= =?utf-8?B?IHdvcmxk?=" it leaves "Hello" (its issue 133). Most long
 * subjects come so.
 */
#pragma once

#include "../base/arena.h"

/* The same text with each run of adjacent base64 words of one charset as one word. */
const char *email_words_joined(struct arena *mem, const char *s);
