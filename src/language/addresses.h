/* addresses.h — URLs, mail addresses, domains and handles in a text. Pure, ASCII; offsets are
 * bytes.
 */
#pragma once

#include "tokens.h"

/* Where the address that begins at `at` ends (punctuation behind it isn't part of it), and whether
 * it is a TOKEN_URL or a TOKEN_EMAIL; 0 when none begins there. *no_address begins as 0 and is kept
 * between calls for one text: up to there none begins, so that no byte is looked at often. */
size_t address_end(const char *s, size_t len, size_t at, enum token_kind *kind, size_t *no_address);
/* @name, @name@server.example, @name.bsky.social; 0 when it isn't one. */
size_t address_handle_end(const char *s, size_t len, size_t at);
