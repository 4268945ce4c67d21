/* tokens.h — a text as words, numbers, addresses, signs and sentences. Pure; everything found lives
 * in `mem`; offsets are bytes of the text as it came, always on character borders.
 */
#pragma once

#include "../base/arena.h"

enum { LANGUAGE_MAX = 64 * 1024 }; /* bytes of a text that are looked at */

enum token_kind {
    /* Letters, also with digits, apostrophes and hyphens inside: foto's, e-mail, A12; an apostrophe
     * in front of 's, 't, 'k belongs to it. Right behind a number without digits: 12u30 is
     * NUMBER WORD NUMBER. */
    TOKEN_WORD,
    TOKEN_NUMBER, /* digits: 12, 2026, 12.00 as three tokens: NUMBER SIGN NUMBER */
    TOKEN_SIGN,   /* one mark: . , ! ? : ; ( ) ' " - / € … */
    TOKEN_URL,    /* https://…, www.…, naam.nl/pad */
    TOKEN_EMAIL,
    TOKEN_HANDLE,   /* @name */
    TOKEN_TAG,      /* #name */
    TOKEN_EMOJI,    /* one, with its joiners, selectors and skin tones */
    TOKEN_EMOTICON, /* :-) */
};

struct token {
    enum token_kind kind;
    uint32_t from, to; /* bytes of the text */
    /* Small, without accents, letters squeezed to two at most: "weeeer" → "weer"; typographic
     * apostrophes and hyphens plain; an emoji without skin tone and selector. Never empty. */
    const char *text;
    int64_t number;   /* of a NUMBER with at most 18 digits; else -1 */
    bool is_caps;     /* more than one letter, all capitals */
    bool after_blank; /* white space stands in front of it, or it is the first */
    bool after_line;  /* a line end does */
};

/* A sentence: tokens [first, first + n). It ends behind . ! ? … and at a blank line, a bullet, a
 * line that ends without going on; not behind "dhr." or in "12.00". */
struct sentence {
    uint32_t from, to;
    size_t first, n;
    bool is_question;
    bool is_quoted; /* the line begins with >: what somebody else said; the > is no token */
};

struct tokens {
    const char *text; /* as it came, borrowed; `len` bytes of it were looked at */
    size_t len;
    const struct token *tokens;
    size_t n;
    const struct sentence *sentences;
    size_t sentences_n;
};

/* `text` is valid UTF-8 of `len` bytes (no NUL needed behind). Each token belongs to exactly one
 * sentence. About 10 µs for a mail of 600 bytes. */
void tokens_of(struct arena *mem, const char *text, size_t len, struct tokens *out);
