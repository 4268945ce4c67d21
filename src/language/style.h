/* style.h — how a text of ours reads: u and je mixed, long sentences, hard words, words that a
 * brand doesn't want, and whether it fits its channel. Warnings, never more.
 *
 * Pure; everything found lives in `mem`; time linear in the length. What somebody else said is left
 * alone: quoted lines, and for u and je what stands between quotation marks.
 */
#pragma once

#include "tokens.h"

enum style_kind {
    STYLE_MIXED,         /* the form of address that the rest of the text doesn't use */
    STYLE_ADDRESS,       /* a form of address that the brand doesn't use */
    STYLE_LONG_SENTENCE, /* number: its words */
    STYLE_LONG_WORD,     /* number: its letters */
    STYLE_HARD,          /* the whole text; number: its score */
    STYLE_FORBIDDEN,     /* number: which word of the table */
    STYLE_NOT_GSM,       /* the first character that makes an SMS costly; number: how many do */
    STYLE_TOO_LONG,      /* what is too much; number: by how many units */
    STYLE_KINDS
};
/* "mixed_address", "long_sentence" …: what the API says; never changes. */
const char *style_kind_name(enum style_kind kind);

enum style_address { STYLE_ANY, STYLE_FORMAL, STYLE_INFORMAL };

enum {
    STYLE_SENTENCE_WORDS = 25, /* more is long */
    STYLE_WORD_LETTERS = 22,   /* more is long: one that nobody reads at a glance */
    STYLE_SCORE_WORDS = 30,    /* fewer tell nothing about how hard a text is */
    STYLE_FINDINGS = 200,      /* more aren't told */
};

/* A word or some words that the brand doesn't want. */
struct style_word {
    const char *text;
    bool in_compounds; /* also as a part of a longer word */
};
/* A brand's words, made ready once: style_find() looks at each token a few times only. */
struct style_words;
struct style_words *style_words_of(struct arena *mem, const struct style_word *words, size_t n);

/* How a channel counts. */
enum style_unit {
    STYLE_CHARACTERS, /* code points */
    STYLE_GRAPHEMES,  /* what a reader sees as one: Bluesky */
    STYLE_SEGMENTS,   /* of an SMS: 160 or 153 of GSM-7, 70 or 67 of UCS-2 */
};

struct style_rules {
    const char *language; /* "nl", "en", "fr", "de"; else no forms of address and no score */
    enum style_address address;
    const struct style_words *forbidden; /* or NULL */
    enum style_unit unit;
    uint32_t limit; /* in units; 0: none */
};

struct style_finding {
    enum style_kind kind;
    uint32_t from, to; /* bytes of the text, on character borders */
    int32_t number;
};

/* How long a text is. Only LANGUAGE_MAX bytes count. */
struct style_length {
    uint32_t characters, graphemes;
    uint32_t segments;
    bool is_gsm; /* all of it can be written in GSM-7 */
};

/* How hard a text is to read, estimated from its sentences and words:
 *
 *   nl  206.84 - 0.93 words/sentence - 77 syllables/word     Flesch-Douma (Douma 1960)
 *   en  206.835 - 1.015 words/sentence - 84.6 syllables/word Flesch 1948
 *   fr  207 - 1.015 words/sentence - 73.6 syllables/word     Kandel & Moles 1958
 *   de  180 - words/sentence - 58.5 syllables/word           Amstad 1978
 *
 * Syllables are groups of vowels (without the mute e of English and French). B1 is taken to be a
 * score of 60 ("standard") or more with at most 15 words a hundred of more than nine letters: an
 * estimate, for the level itself is about what a reader understands. */
struct style_score {
    uint32_t sentences, words, long_words, syllables;
    int32_t score;
    bool is_known; /* a known language and enough words */
    bool is_b1;    /* true when it isn't known */
};

struct style {
    const struct style_finding *findings; /* in the order of the text */
    size_t n;
    struct style_length length;
    struct style_score score;
};

void style_find(struct arena *mem, const struct tokens *tokens, const struct style_rules *rules,
                struct style *out);

/* style_length.c: pure, any valid UTF-8. */
void style_measure(const char *text, size_t len, struct style_length *out);
/* The byte at which the text has to end to have at most `limit` units; len when it has. */
size_t style_cut(const char *text, size_t len, enum style_unit unit, uint32_t limit);
/* How many characters GSM-7 doesn't have, and where the first stands (len when there is none). */
uint32_t style_not_gsm(const char *text, size_t len, size_t *first);
