#include "tokens.h"

#include "../base/text.h"
#include "addresses.h"
#include "emoticons.h"
#include "letters.h"
#include "sentences.h"

#include <string.h>

/* A token has no more bytes of text than this many for each byte it stands on, the NUL included. */
enum { TEXT_FACTOR = 3 };

struct scanner {
    struct arena *mem;
    const char *s;
    size_t len, at;
    uint32_t c;            /* the character at `at`, which ends at `next` */
    enum letter_kind kind; /* of c */
    size_t next;
    char *texts, *texts_end; /* room for the texts of all tokens */
    struct token *tokens;
    size_t n, cap;
    size_t no_address; /* up to here no address begins */
    bool after_blank, after_line;
};

/* Looks at the character at `at`; behind the end it is a line's end. */
static void look(struct scanner *s, size_t at)
{
    s->at = s->next = at;
    s->c = '\n';
    s->kind = LETTER_LINE;
    if (at >= s->len)
        return;
    s->c = (uint8_t)s->s[at];
    if (s->c < 0x80)
        s->next++;
    else
        s->c = utf8_next(s->s, s->len, &s->next);
    s->kind = letter_kind(s->c);
}

static bool is_letter_or_digit(enum letter_kind kind)
{
    return kind == LETTER_ALPHA || kind == LETTER_DIGIT;
}

static uint32_t char_at(const struct scanner *s, size_t at)
{
    return at < s->len ? utf8_next(s->s, s->len, &at) : '\n';
}

static enum letter_kind kind_at(const struct scanner *s, size_t at)
{
    return letter_kind(char_at(s, at));
}

static struct token *add(struct scanner *s, enum token_kind kind, size_t to)
{
    struct token *token;

    if (s->n == s->cap) {
        struct token *more = NEW_ARRAY(s->mem, struct token, 2 * s->cap);

        memcpy(more, s->tokens, s->n * sizeof(*more));
        s->tokens = more;
        s->cap *= 2;
    }
    token = &s->tokens[s->n++];
    *token = (struct token){ .kind = kind,
                             .from = (uint32_t)s->at,
                             .to = (uint32_t)to,
                             .text = s->texts_end,
                             .number = -1,
                             .after_blank = s->after_blank,
                             .after_line = s->after_line };
    s->after_blank = s->after_line = false;
    return token;
}

/* The texts of words: one character behind the other, none three times. */
struct folded {
    char *out;
    uint32_t last;
    int same;
};

static void fold(struct folded *folded, uint32_t c)
{
    char small[LETTER_FOLDED_MAX];
    size_t n = 1;
    uint32_t key;

    if (c < 0x80)
        small[0] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    else
        n = letter_fold(c, small);
    key = n == 1 ? (uint8_t)small[0] : c;

    folded->same = key == folded->last ? folded->same + 1 : 1;
    folded->last = key;
    if (folded->same > 2 && !(c >= '0' && c <= '9'))
        return;
    for (size_t i = 0; i < n; i++)
        *folded->out++ = small[i];
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2bc;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* From the scanner's place on, where a letter stands, or an apostrophe that belongs to one. */
static void scan_word(struct scanner *s, bool with_digits)
{
    struct token *token = add(s, TOKEN_WORD, s->next);
    struct folded folded = { .out = s->texts_end };
    size_t letters = 0, capitals = 0, end = s->next;

    for (; s->at < s->len; look(s, s->next)) {
        if (s->kind == LETTER_ALPHA) {
            letters++;
            capitals += letter_is_capital(s->c);
            fold(&folded, s->c);
        } else if (s->kind == LETTER_DIGIT && with_digits) {
            fold(&folded, s->c);
        } else if (s->kind == LETTER_IGNORED) {
            continue;
        } else if ((is_apostrophe(s->c) || is_hyphen(s->c)) &&
                   (with_digits ? is_letter_or_digit(kind_at(s, s->next))
                                : kind_at(s, s->next) == LETTER_ALPHA)) {
            *folded.out++ = is_hyphen(s->c) ? '-' : '\'';
            folded.last = 0;
        } else if (s->kind != LETTER_ACCENT) {
            break;
        }
        end = s->next;
    }
    token->to = (uint32_t)end;
    token->is_caps = letters > 1 && capitals == letters;
    s->texts_end = folded.out + 1;
}

static void scan_number(struct scanner *s)
{
    struct token *token = add(s, TOKEN_NUMBER, s->next);
    size_t digits = 0;

    token->number = 0;
    for (; s->kind == LETTER_DIGIT; look(s, s->next)) {
        *s->texts_end++ = (char)s->c;
        if (++digits <= 18)
            token->number = 10 * token->number + (int64_t)(s->c - '0');
    }
    s->texts_end++;
    token->to = (uint32_t)s->at;
    if (digits > 18)
        token->number = -1;
}

/* One token up to `to`, its text in small letters but otherwise as it stands. */
static void scan_up_to(struct scanner *s, enum token_kind kind, size_t to)
{
    add(s, kind, to);
    for (size_t i = s->at; i < to; i++) {
        char c = s->s[i];

        *s->texts_end++ = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    s->texts_end++;
    look(s, to);
}

/* Whatever makes the emoji at hand another one or another look: selectors, skin tones, what is
 * joined to it, the letters of a flag. Its text is what was joined, without looks. */
static void scan_emoji(struct scanner *s)
{
    struct token *token = add(s, TOKEN_EMOJI, s->next);
    bool is_flag = s->kind == LETTER_FLAG;

    s->texts_end += utf8_write(s->c, s->texts_end);
    look(s, s->next);
    if (is_flag && s->kind == LETTER_FLAG) {
        s->texts_end += utf8_write(s->c, s->texts_end);
        look(s, s->next);
    }
    for (;;) {
        size_t joined = s->next;

        if (s->kind == LETTER_ACCENT || letter_is_skin(s->c) ||
            (s->c >= 0xe0020 && s->c <= 0xe007f)) {
            look(s, s->next);
            continue;
        }
        if (s->c != LETTER_JOINER)
            break;
        look(s, joined);
        if (s->kind != LETTER_EMOJI && s->kind != LETTER_SYMBOL)
            break;
        s->texts_end += utf8_write(s->c, s->texts_end);
        look(s, s->next);
    }
    s->texts_end++;
    token->to = (uint32_t)s->at;
}

/* 5️⃣: a digit, # or *, a selector, and the key around it; 0 when it isn't one. */
static size_t end_of_keycap(const struct scanner *s)
{
    size_t at = s->next;

    if (s->next >= s->len || (uint8_t)s->s[s->next] < 0x80)
        return 0;
    if (char_at(s, at) == LETTER_SELECTOR)
        utf8_next(s->s, s->len, &at);
    if (char_at(s, at) != LETTER_KEYCAP)
        return 0;
    utf8_next(s->s, s->len, &at);
    return at;
}

static void scan_keycap(struct scanner *s, size_t to)
{
    add(s, TOKEN_EMOJI, to);
    *s->texts_end++ = (char)s->c;
    s->texts_end += utf8_write(LETTER_KEYCAP, s->texts_end) + 1;
    look(s, to);
}

/* #name with a letter in it; 0 when it isn't one. */
static size_t end_of_tag(const struct scanner *s)
{
    struct scanner ahead = *s;
    bool has_letter = false;

    for (look(&ahead, s->next);
         is_letter_or_digit(ahead.kind) || ahead.kind == LETTER_ACCENT || ahead.c == '_';
         look(&ahead, ahead.next))
        has_letter = has_letter || ahead.kind == LETTER_ALPHA;
    return has_letter ? ahead.at : 0;
}

/* 's ochtends, 't, 'k, 'n: the apostrophe stands for letters. */
static bool is_short_word(const struct scanner *s)
{
    size_t at = s->next;

    if (!is_apostrophe(s->c) || at >= s->len || s->s[at] == '\0' ||
        !strchr("stknmrSTKNMR", s->s[at]))
        return false;
    return !is_letter_or_digit(kind_at(s, at + 1)) && !is_apostrophe(char_at(s, at + 1));
}

/* The marks > in front of what somebody else said are no tokens. */
static void skip_quote_marks(struct scanner *s)
{
    while (s->c == '>' && !emoticon_end(s->s, s->len, s->at)) {
        look(s, s->next);
        while (s->kind == LETTER_BLANK)
            look(s, s->next);
    }
}

static void scan_mark(struct scanner *s)
{
    bool is_free = s->at == 0 || s->after_blank ||
                   (s->n > 0 && s->tokens[s->n - 1].kind != TOKEN_WORD &&
                    s->tokens[s->n - 1].kind != TOKEN_NUMBER);
    size_t to = 0;

    if (s->c == '@' && is_free && (to = address_handle_end(s->s, s->len, s->at)) > 0) {
        scan_up_to(s, TOKEN_HANDLE, to);
    } else if (s->c == '#' && is_free && (to = end_of_tag(s)) > 0) {
        /* Folded as a word is; its sign stays in front. */
        struct token *token = add(s, TOKEN_TAG, to);
        struct folded folded = { .out = s->texts_end };

        for (; s->at < to; look(s, s->next))
            if (s->kind != LETTER_ACCENT)
                fold(&folded, s->c);
        token->to = (uint32_t)to;
        s->texts_end = folded.out + 1;
    } else if ((to = emoticon_end(s->s, s->len, s->at)) > 0) {
        scan_up_to(s, TOKEN_EMOTICON, to);
    } else if (is_free && is_short_word(s)) {
        scan_word(s, true);
    } else {
        scan_up_to(s, TOKEN_SIGN, s->next);
    }
}

/* An address that begins at hand: scanned, true. */
static bool scan_address(struct scanner *s)
{
    enum token_kind kind;
    size_t to;

    to = address_end(s->s, s->len, s->at, &kind, &s->no_address);
    if (to == 0)
        return false;
    scan_up_to(s, kind, to);
    return true;
}

static void scan(struct scanner *s)
{
    const struct token *last = s->n > 0 ? &s->tokens[s->n - 1] : NULL;
    size_t to;

    switch (s->kind) {
    case LETTER_ALPHA:
        if (!scan_address(s) && !((to = emoticon_end(s->s, s->len, s->at)) > 0 &&
                                  (scan_up_to(s, TOKEN_EMOTICON, to), true)))
            scan_word(s, !last || last->kind != TOKEN_NUMBER || last->to != s->at);
        return;
    case LETTER_DIGIT:
        if ((to = end_of_keycap(s)) > 0)
            scan_keycap(s, to);
        else if (!scan_address(s))
            scan_number(s);
        return;
    case LETTER_MARK:
        if ((s->c == '#' || s->c == '*') && (to = end_of_keycap(s)) > 0)
            scan_keycap(s, to);
        else
            scan_mark(s);
        return;
    case LETTER_SYMBOL:
        if (char_at(s, s->next) == LETTER_SELECTOR)
            scan_emoji(s);
        else
            scan_up_to(s, TOKEN_SIGN, s->next);
        return;
    case LETTER_EMOJI:
    case LETTER_FLAG:
        scan_emoji(s);
        return;
    case LETTER_BLANK:
    case LETTER_LINE:
    case LETTER_IGNORED:
    case LETTER_ACCENT:
        look(s, s->next);
        return;
    }
}

void tokens_of(struct arena *mem, const char *text, size_t len, struct tokens *out)
{
    struct scanner s = { .mem = mem, .s = text, .len = utf8_cut(text, len, LANGUAGE_MAX) };

    s.cap = s.len / 5 + 8;
    s.tokens = NEW_ARRAY(mem, struct token, s.cap);
    s.texts = s.texts_end = arena_alloc(mem, TEXT_FACTOR * s.len + 1);
    s.after_blank = s.after_line = true;
    look(&s, 0);
    while (s.at < s.len) {
        if (s.kind == LETTER_BLANK) {
            s.after_blank = true;
        } else if (s.kind == LETTER_LINE) {
            s.after_blank = s.after_line = true;
        } else {
            if (s.after_line && s.c == '>')
                skip_quote_marks(&s);
            scan(&s);
            continue;
        }
        look(&s, s.next);
    }
    *out = (struct tokens){ .text = text, .len = s.len, .tokens = s.tokens, .n = s.n };
    sentences_of(mem, out);
}
