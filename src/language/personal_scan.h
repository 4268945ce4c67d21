/* personal_scan.h — the inside of personal: the text in plain characters, its pieces, and what
 * the words around a number say about it.
 */
#pragma once

#include "personal.h"

/* What a word tells about the number beside it. */
enum context {
    CONTEXT_BSN = 1 << 0,
    CONTEXT_RRN = 1 << 1,
    CONTEXT_OGM = 1 << 2,
    CONTEXT_CARD = 1 << 3,
    CONTEXT_EAN = 1 << 4,
    CONTEXT_VAT = 1 << 5,
    CONTEXT_PHONE = 1 << 6,
    CONTEXT_POSTCODE = 1 << 7,
    CONTEXT_ADDRESS = 1 << 8,
    CONTEXT_PLATE = 1 << 9,
    CONTEXT_VEHICLE = 1 << 10, /* perhaps a plate */
    CONTEXT_BIRTH = 1 << 11,
    CONTEXT_ORDER = 1 << 12,  /* order, case, policy … */
    CONTEXT_NUMBER = 1 << 13, /* "nummer" itself: makes what stands before it sure */
    CONTEXT_OTHER = 1 << 14,  /* numbers of things: articles, meters, trains, versions */
    CONTEXT_UNIT = 1 << 15,   /* behind an amount: euro, km, uur */
    CONTEXT_MONTH = 1 << 16,
    CONTEXT_LINK = 1 << 17,    /* is, als, mijn …: may stand between number and word */
    CONTEXT_AT = 1 << 18,      /* says "@" */
    CONTEXT_DOT = 1 << 19,     /* says "." */
    CONTEXT_JOINING = 1 << 20, /* de, van: inside the name of a street */
    CONTEXT_RUE = 1 << 21,     /* begins the name of a street, */
    CONTEXT_STREET = 1 << 22,  /* ends one, */
    CONTEXT_STRAAT = 1 << 23,  /* or is the end of one: laan */
    CONTEXT_GRAMMAR = CONTEXT_NUMBER | CONTEXT_UNIT | CONTEXT_MONTH | CONTEXT_LINK | CONTEXT_AT |
                      CONTEXT_DOT | CONTEXT_JOINING | CONTEXT_RUE | CONTEXT_STREET | CONTEXT_STRAAT,
    CONTEXT_PERSONAL = CONTEXT_BSN | CONTEXT_RRN | CONTEXT_OGM | CONTEXT_CARD | CONTEXT_EAN |
                       CONTEXT_VAT | CONTEXT_PHONE | CONTEXT_POSTCODE | CONTEXT_PLATE |
                       CONTEXT_BIRTH,
};

struct context_word {
    const char *word; /* folded */
    uint32_t context;
};
extern const struct context_word context_words[]; /* sorted */
extern const size_t context_words_n;

/* What a word of len letters says; compounds with -nummer and -nr by their first part. */
uint32_t context_of(const char *word, size_t len);

struct place {
    uint32_t at; /* byte of the text */
    bool is_upper;
    uint8_t taken; /* by a hit or an own number */
};

/* What a piece is made of; a rule says at which ones it looks. */
enum {
    AT_DIGITS = 1,
    AT_LETTERS = 2,
    AT_MIXED = 4,
    AT_NUMBER = AT_DIGITS | AT_MIXED,
    AT_ANY = AT_DIGITS | AT_LETTERS | AT_MIXED,
};

/* Letters and digits that stand together. */
struct piece {
    uint32_t from, to; /* characters of the scan */
    uint32_t context;
    bool has_letters, has_digits;
    uint8_t starts;     /* AT_DIGITS, AT_LETTERS or AT_MIXED */
    bool ends_sentence; /* what is behind it has nothing to do with it */
};

/* A text as plain characters: small ASCII letters and digits, one kind of blank and of dash, '$'
 * for any currency, PLAIN_LETTER for other letters, PLAIN_SIGN for other signs; characters that
 * nobody sees are left out. */
enum { PLAIN_LETTER = 1, PLAIN_SIGN = 2 };
struct scan {
    const char *text;
    size_t len;
    char *s; /* n characters and a NUL */
    struct place *places;
    size_t n;
    struct piece *pieces;
    size_t pieces_n;
    uint32_t context; /* of all pieces together: what nobody says needn't be sought */
    const struct personal_own *own;
};

void scan_text(struct arena *mem, const char *text, size_t len, struct scan *out);

bool plain_is_digit(char c);
bool plain_is_letter(char c);

size_t piece_len(const struct scan *scan, size_t p);
bool piece_is(const struct scan *scan, size_t p, const char *word);
bool piece_is_one_of(const struct scan *scan, size_t p, const char *const *words, size_t n);
/* Begins with a capital and isn't all capitals. */
bool piece_is_title(const struct scan *scan, size_t p);
bool piece_is_upper(const struct scan *scan, size_t p);
/* Is there a piece behind p, with at most `most` characters between, all of `signs`? */
bool piece_joins(const struct scan *scan, size_t p, const char *signs, size_t most);
/* Exactly n digits (letters too when letters) from piece p on, with at most `most` of `signs`
 * between the pieces. Returns the piece behind; 0: not so. `out` holds n characters. */
size_t pieces_take(const struct scan *scan, size_t p, size_t n, bool letters, const char *signs,
                   size_t most, char *out);
/* Do the pieces [p, end) go on as a longer number: 12.<here>, <here>,50? */
bool number_is_glued(const struct scan *scan, size_t p, size_t end);
/* Is it an amount: € 12, 12 euro, 12 km? */
bool number_is_amount(const struct scan *scan, size_t p, size_t end);
/* A date with its year; returns the piece behind, 0 when there is none. */
size_t date_at(const struct scan *scan, size_t p);

/* Does one of the `reach` words in front say it, or one behind ("… is mijn klantnummer")? */
bool context_has(const struct scan *scan, size_t p, size_t end, uint32_t context, size_t reach);
/* What the nearest word in front that says something says; 0 when none of `reach` does. */
uint32_t context_nearest(const struct scan *scan, size_t p, size_t reach);

/* What a rule found: characters [from, to). */
struct found {
    size_t from, to;
    enum personal_certainty certainty;
    bool is_own; /* nothing to tell, but nothing else either */
};
/* Pieces [p, end); true. */
bool found_pieces(const struct scan *scan, size_t p, size_t end, enum personal_certainty certainty,
                  struct found *out);

typedef bool personal_rule(const struct scan *scan, size_t p, struct found *out);

/* personal_numbers.c: what has check digits. */
personal_rule find_iban, find_vat, find_ean, find_card, find_ogm, find_rrn, find_bsn;
/* personal_phone.c */
personal_rule find_phone;
/* personal_names.c: what is told by words. */
personal_rule find_email, find_url, find_custno, find_plate, find_dob;
/* personal_address.c */
personal_rule find_postcode, find_address;
