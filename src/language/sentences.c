#include "sentences.h"

#include "../base/text.h"
#include "letters.h"

#include <string.h>

/* What a dot behind an abbreviation means. */
enum ending {
    ENDS_ALWAYS, /* it isn't one */
    ENDS_NEVER,  /* something belongs behind it: dhr. Jansen, t.n.v. Jansen */
    ENDS_BEFORE_CAPITAL,
    ENDS_BUT_BEFORE_NUMBER, /* nr. 5, ma. 12 mei */
};

struct abbreviation {
    const char *text; /* folded, without the last dot */
    enum ending ending;
};

/* Dutch, English, French and German ones together, by alphabet. */
static const struct abbreviation abbreviations[] = {
    { "a.d.h.v", ENDS_NEVER             },
    { "a.m",     ENDS_BEFORE_CAPITAL    },
    { "a.s",     ENDS_BEFORE_CAPITAL    },
    { "a.s.a.p", ENDS_BEFORE_CAPITAL    },
    { "a.u.b",   ENDS_BEFORE_CAPITAL    },
    { "abzgl",   ENDS_NEVER             },
    { "app",     ENDS_BUT_BEFORE_NUMBER },
    { "apr",     ENDS_BUT_BEFORE_NUMBER },
    { "art",     ENDS_BUT_BEFORE_NUMBER },
    { "asap",    ENDS_BEFORE_CAPITAL    },
    { "aub",     ENDS_BEFORE_CAPITAL    },
    { "aug",     ENDS_BUT_BEFORE_NUMBER },
    { "avr",     ENDS_BUT_BEFORE_NUMBER },
    { "b.d",     ENDS_BEFORE_CAPITAL    },
    { "b.g.g",   ENDS_BEFORE_CAPITAL    },
    { "b.v",     ENDS_BEFORE_CAPITAL    },
    { "bd",      ENDS_BUT_BEFORE_NUMBER },
    { "bijv",    ENDS_NEVER             },
    { "bl",      ENDS_NEVER             },
    { "blz",     ENDS_BUT_BEFORE_NUMBER },
    { "bspw",    ENDS_NEVER             },
    { "bv",      ENDS_BEFORE_CAPITAL    },
    { "bzgl",    ENDS_BEFORE_CAPITAL    },
    { "bzw",     ENDS_NEVER             },
    { "c.q",     ENDS_NEVER             },
    { "ca",      ENDS_NEVER             },
    { "capt",    ENDS_NEVER             },
    { "cf",      ENDS_NEVER             },
    { "chap",    ENDS_BUT_BEFORE_NUMBER },
    { "co",      ENDS_BEFORE_CAPITAL    },
    { "d.d",     ENDS_NEVER             },
    { "d.h",     ENDS_NEVER             },
    { "d.i",     ENDS_BEFORE_CAPITAL    },
    { "d.m.v",   ENDS_NEVER             },
    { "d.v",     ENDS_BEFORE_CAPITAL    },
    { "d.w.z",   ENDS_NEVER             },
    { "dec",     ENDS_BUT_BEFORE_NUMBER },
    { "dez",     ENDS_BUT_BEFORE_NUMBER },
    { "dhr",     ENDS_NEVER             },
    { "di",      ENDS_BUT_BEFORE_NUMBER },
    { "dim",     ENDS_BUT_BEFORE_NUMBER },
    { "dipl",    ENDS_NEVER             },
    { "dmv",     ENDS_NEVER             },
    { "do",      ENDS_BUT_BEFORE_NUMBER },
    { "dr",      ENDS_NEVER             },
    { "drs",     ENDS_NEVER             },
    { "ds",      ENDS_NEVER             },
    { "e.a",     ENDS_BEFORE_CAPITAL    },
    { "e.d",     ENDS_BEFORE_CAPITAL    },
    { "e.e.a",   ENDS_BEFORE_CAPITAL    },
    { "e.g",     ENDS_NEVER             },
    { "e.h",     ENDS_BEFORE_CAPITAL    },
    { "e.v",     ENDS_BEFORE_CAPITAL    },
    { "ect",     ENDS_BEFORE_CAPITAL    },
    { "enz",     ENDS_BEFORE_CAPITAL    },
    { "esp",     ENDS_NEVER             },
    { "etc",     ENDS_BEFORE_CAPITAL    },
    { "evt",     ENDS_NEVER             },
    { "evtl",    ENDS_NEVER             },
    { "excl",    ENDS_BEFORE_CAPITAL    },
    { "fam",     ENDS_NEVER             },
    { "feb",     ENDS_BUT_BEFORE_NUMBER },
    { "febr",    ENDS_BUT_BEFORE_NUMBER },
    { "fevr",    ENDS_BUT_BEFORE_NUMBER },
    { "fig",     ENDS_BUT_BEFORE_NUMBER },
    { "fr",      ENDS_NEVER             },
    { "fri",     ENDS_BUT_BEFORE_NUMBER },
    { "g.v.d",   ENDS_BEFORE_CAPITAL    },
    { "gen",     ENDS_NEVER             },
    { "gez",     ENDS_NEVER             },
    { "ggf",     ENDS_NEVER             },
    { "ggfs",    ENDS_NEVER             },
    { "h.s",     ENDS_NEVER             },
    { "hfst",    ENDS_BUT_BEFORE_NUMBER },
    { "hr",      ENDS_NEVER             },
    { "i.a.m",   ENDS_NEVER             },
    { "i.b.v",   ENDS_BEFORE_CAPITAL    },
    { "i.c.m",   ENDS_NEVER             },
    { "i.d",     ENDS_BEFORE_CAPITAL    },
    { "i.e",     ENDS_NEVER             },
    { "i.g.v",   ENDS_NEVER             },
    { "i.h.k.v", ENDS_NEVER             },
    { "i.o",     ENDS_BEFORE_CAPITAL    },
    { "i.o.m",   ENDS_NEVER             },
    { "i.p.s",   ENDS_BEFORE_CAPITAL    },
    { "i.p.v",   ENDS_NEVER             },
    { "i.t.t",   ENDS_NEVER             },
    { "i.v.m",   ENDS_NEVER             },
    { "inc",     ENDS_BEFORE_CAPITAL    },
    { "incl",    ENDS_BEFORE_CAPITAL    },
    { "ing",     ENDS_NEVER             },
    { "inkl",    ENDS_BEFORE_CAPITAL    },
    { "ipv",     ENDS_NEVER             },
    { "ir",      ENDS_NEVER             },
    { "ivm",     ENDS_NEVER             },
    { "j.l",     ENDS_BEFORE_CAPITAL    },
    { "jan",     ENDS_BUT_BEFORE_NUMBER },
    { "janv",    ENDS_BUT_BEFORE_NUMBER },
    { "jeu",     ENDS_BUT_BEFORE_NUMBER },
    { "jhr",     ENDS_NEVER             },
    { "jl",      ENDS_BEFORE_CAPITAL    },
    { "jr",      ENDS_BEFORE_CAPITAL    },
    { "juil",    ENDS_BUT_BEFORE_NUMBER },
    { "jul",     ENDS_BUT_BEFORE_NUMBER },
    { "jun",     ENDS_BUT_BEFORE_NUMBER },
    { "kam",     ENDS_BUT_BEFORE_NUMBER },
    { "kl",      ENDS_BUT_BEFORE_NUMBER },
    { "km",      ENDS_BUT_BEFORE_NUMBER },
    { "l.l",     ENDS_BEFORE_CAPITAL    },
    { "lid",     ENDS_BUT_BEFORE_NUMBER },
    { "ligne",   ENDS_BUT_BEFORE_NUMBER },
    { "ll",      ENDS_BEFORE_CAPITAL    },
    { "lt",      ENDS_NEVER             },
    { "ltd",     ENDS_BEFORE_CAPITAL    },
    { "lun",     ENDS_BUT_BEFORE_NUMBER },
    { "m.a.w",   ENDS_NEVER             },
    { "m.b.t",   ENDS_NEVER             },
    { "m.e.z",   ENDS_BEFORE_CAPITAL    },
    { "m.f.g",   ENDS_BEFORE_CAPITAL    },
    { "m.i.v",   ENDS_NEVER             },
    { "m.m",     ENDS_BEFORE_CAPITAL    },
    { "m.n",     ENDS_NEVER             },
    { "m.u.v",   ENDS_NEVER             },
    { "m.v.g",   ENDS_BEFORE_CAPITAL    },
    { "ma",      ENDS_BUT_BEFORE_NUMBER },
    { "mar",     ENDS_BUT_BEFORE_NUMBER },
    { "max",     ENDS_BEFORE_CAPITAL    },
    { "mbt",     ENDS_NEVER             },
    { "mei",     ENDS_BUT_BEFORE_NUMBER },
    { "mej",     ENDS_NEVER             },
    { "mer",     ENDS_BUT_BEFORE_NUMBER },
    { "mevr",    ENDS_NEVER             },
    { "mfg",     ENDS_BEFORE_CAPITAL    },
    { "mgr",     ENDS_NEVER             },
    { "mi",      ENDS_BUT_BEFORE_NUMBER },
    { "min",     ENDS_BEFORE_CAPITAL    },
    { "mio",     ENDS_BEFORE_CAPITAL    },
    { "mlle",    ENDS_NEVER             },
    { "mme",     ENDS_NEVER             },
    { "mnd",     ENDS_BEFORE_CAPITAL    },
    { "mo",      ENDS_BUT_BEFORE_NUMBER },
    { "mob",     ENDS_BEFORE_CAPITAL    },
    { "mon",     ENDS_BUT_BEFORE_NUMBER },
    { "mr",      ENDS_NEVER             },
    { "mrd",     ENDS_BEFORE_CAPITAL    },
    { "mrs",     ENDS_NEVER             },
    { "mrt",     ENDS_BUT_BEFORE_NUMBER },
    { "ms",      ENDS_NEVER             },
    { "mtr",     ENDS_BEFORE_CAPITAL    },
    { "mvg",     ENDS_BEFORE_CAPITAL    },
    { "mw",      ENDS_NEVER             },
    { "n.a.v",   ENDS_NEVER             },
    { "n.b",     ENDS_BEFORE_CAPITAL    },
    { "n.l",     ENDS_BEFORE_CAPITAL    },
    { "n.n.b",   ENDS_BEFORE_CAPITAL    },
    { "n.o.t.k", ENDS_NEVER             },
    { "n.v",     ENDS_BEFORE_CAPITAL    },
    { "n.v.t",   ENDS_BEFORE_CAPITAL    },
    { "nav",     ENDS_NEVER             },
    { "no",      ENDS_BUT_BEFORE_NUMBER },
    { "nov",     ENDS_BUT_BEFORE_NUMBER },
    { "nr",      ENDS_BUT_BEFORE_NUMBER },
    { "num",     ENDS_BUT_BEFORE_NUMBER },
    { "nv",      ENDS_BEFORE_CAPITAL    },
    { "o.a",     ENDS_NEVER             },
    { "o.b.v",   ENDS_NEVER             },
    { "o.g",     ENDS_BEFORE_CAPITAL    },
    { "o.i.d",   ENDS_BEFORE_CAPITAL    },
    { "o.l.v",   ENDS_NEVER             },
    { "o.m",     ENDS_BEFORE_CAPITAL    },
    { "o.v.v",   ENDS_NEVER             },
    { "oct",     ENDS_BUT_BEFORE_NUMBER },
    { "okt",     ENDS_BUT_BEFORE_NUMBER },
    { "ong",     ENDS_BEFORE_CAPITAL    },
    { "ovv",     ENDS_NEVER             },
    { "p",       ENDS_BUT_BEFORE_NUMBER },
    { "p.a",     ENDS_BEFORE_CAPITAL    },
    { "p.d",     ENDS_BEFORE_CAPITAL    },
    { "p.ex",    ENDS_NEVER             },
    { "p.j",     ENDS_BEFORE_CAPITAL    },
    { "p.m",     ENDS_BEFORE_CAPITAL    },
    { "p.p",     ENDS_BEFORE_CAPITAL    },
    { "p.p.p",   ENDS_BEFORE_CAPITAL    },
    { "p.s",     ENDS_NEVER             },
    { "p.st",    ENDS_BEFORE_CAPITAL    },
    { "pag",     ENDS_BUT_BEFORE_NUMBER },
    { "par",     ENDS_BUT_BEFORE_NUMBER },
    { "perron",  ENDS_BUT_BEFORE_NUMBER },
    { "pg",      ENDS_BUT_BEFORE_NUMBER },
    { "postb",   ENDS_BUT_BEFORE_NUMBER },
    { "prof",    ENDS_NEVER             },
    { "r.s.v.p", ENDS_BEFORE_CAPITAL    },
    { "ref",     ENDS_BUT_BEFORE_NUMBER },
    { "resp",    ENDS_NEVER             },
    { "rev",     ENDS_NEVER             },
    { "s.a",     ENDS_BEFORE_CAPITAL    },
    { "s.l",     ENDS_BEFORE_CAPITAL    },
    { "s.s.t.t", ENDS_BEFORE_CAPITAL    },
    { "s.v.p",   ENDS_BEFORE_CAPITAL    },
    { "sam",     ENDS_BUT_BEFORE_NUMBER },
    { "sat",     ENDS_BUT_BEFORE_NUMBER },
    { "sect",    ENDS_BUT_BEFORE_NUMBER },
    { "sep",     ENDS_BUT_BEFORE_NUMBER },
    { "sept",    ENDS_BUT_BEFORE_NUMBER },
    { "sgt",     ENDS_NEVER             },
    { "sog",     ENDS_NEVER             },
    { "sr",      ENDS_BEFORE_CAPITAL    },
    { "st",      ENDS_NEVER             },
    { "st.v",    ENDS_BEFORE_CAPITAL    },
    { "std",     ENDS_BEFORE_CAPITAL    },
    { "ste",     ENDS_NEVER             },
    { "str",     ENDS_BUT_BEFORE_NUMBER },
    { "sun",     ENDS_BUT_BEFORE_NUMBER },
    { "svp",     ENDS_BEFORE_CAPITAL    },
    { "t.a.v",   ENDS_NEVER             },
    { "t.b.v",   ENDS_NEVER             },
    { "t.g.v",   ENDS_NEVER             },
    { "t.n.v",   ENDS_NEVER             },
    { "t.o.v",   ENDS_NEVER             },
    { "t.w",     ENDS_NEVER             },
    { "tav",     ENDS_NEVER             },
    { "tel",     ENDS_NEVER             },
    { "thu",     ENDS_BUT_BEFORE_NUMBER },
    { "tnv",     ENDS_NEVER             },
    { "tue",     ENDS_BUT_BEFORE_NUMBER },
    { "u.a",     ENDS_NEVER             },
    { "u.g",     ENDS_BEFORE_CAPITAL    },
    { "u.k",     ENDS_BEFORE_CAPITAL    },
    { "u.s",     ENDS_BEFORE_CAPITAL    },
    { "u.s.w",   ENDS_BEFORE_CAPITAL    },
    { "u.u",     ENDS_BEFORE_CAPITAL    },
    { "u.v.a",   ENDS_BEFORE_CAPITAL    },
    { "usw",     ENDS_BEFORE_CAPITAL    },
    { "v.a",     ENDS_BEFORE_CAPITAL    },
    { "v.o.f",   ENDS_BEFORE_CAPITAL    },
    { "v.w.b",   ENDS_NEVER             },
    { "vb",      ENDS_BEFORE_CAPITAL    },
    { "ven",     ENDS_BUT_BEFORE_NUMBER },
    { "ver",     ENDS_BUT_BEFORE_NUMBER },
    { "verd",    ENDS_BUT_BEFORE_NUMBER },
    { "vgl",     ENDS_NEVER             },
    { "vof",     ENDS_BEFORE_CAPITAL    },
    { "vol",     ENDS_BUT_BEFORE_NUMBER },
    { "vr",      ENDS_BUT_BEFORE_NUMBER },
    { "vs",      ENDS_NEVER             },
    { "w.o",     ENDS_NEVER             },
    { "wed",     ENDS_NEVER             },
    { "wk",      ENDS_BEFORE_CAPITAL    },
    { "wo",      ENDS_BUT_BEFORE_NUMBER },
    { "z",       ENDS_NEVER             },
    { "z.b",     ENDS_NEVER             },
    { "z.o.z",   ENDS_BEFORE_CAPITAL    },
    { "z.s.m",   ENDS_BEFORE_CAPITAL    },
    { "za",      ENDS_BUT_BEFORE_NUMBER },
    { "zg",      ENDS_NEVER             },
    { "zgn",     ENDS_NEVER             },
    { "zo",      ENDS_BUT_BEFORE_NUMBER },
    { "zsm",     ENDS_BEFORE_CAPITAL    },
    { "zzgl",    ENDS_NEVER             },
};

enum {
    ABBREVIATION_MAX = 16, /* bytes, and room for a NUL */
    LINE_FULL = 55,        /* bytes: such a line was broken for its length and goes on */
    GREETING_MAX = 40,
    BULLET_NUMBER_MAX = 99,
};

struct reader {
    const char *text;
    const struct token *tokens;
    size_t n;
    struct sentence *sentences;
    size_t sentences_n, cap;
    size_t line; /* the first byte of the line */
    bool is_quoted;
};

static bool is_sign(const struct token *token, const char *one_of)
{
    return token->kind == TOKEN_SIGN && token->text[0] != '\0' &&
           strchr(one_of, token->text[0]) != NULL;
}

static bool is_wide_sign(const struct token *token, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (token->kind == TOKEN_SIGN && strcmp(token->text, list[i]) == 0)
            return true;
    return false;
}

static bool is_terminator(const struct token *token)
{
    static const char *const wide[] = { "…", "。", "！", "？", "‼", "⁉", "؟" };

    return is_sign(token, ".!?") ||
           ((uint8_t)token->text[0] >= 0xd8 && is_wide_sign(token, wide, COUNT(wide)));
}

static bool is_closer(const struct token *token)
{
    static const char *const wide[] = { "”", "’", "»", "“" };

    return is_sign(token, "\"')]*_") ||
           ((uint8_t)token->text[0] >= 0xc2 && is_wide_sign(token, wide, COUNT(wide)));
}

static bool is_face(const struct token *token)
{
    return token->kind == TOKEN_EMOJI || token->kind == TOKEN_EMOTICON;
}

static bool is_question_mark(const struct token *token)
{
    static const char *const wide[] = { "？", "⁉", "؟" };

    return is_sign(token, "?") || is_wide_sign(token, wide, COUNT(wide));
}

static bool has_capital(const struct reader *r, const struct token *token)
{
    size_t at = token->from;

    return token->kind == TOKEN_WORD && letter_is_capital(utf8_next(r->text, token->to, &at));
}

static bool is_glued(const struct token *token)
{
    return !token->after_blank;
}

/* "t.n.v" when the dot at `dot` is the last of it: words of few letters with dots between. */
static bool read_abbreviation(const struct reader *r, size_t first, size_t dot,
                              char out[ABBREVIATION_MAX])
{
    size_t from = dot - 1, len = 0;

    while (from >= first + 2 && is_glued(&r->tokens[from]) && is_sign(&r->tokens[from - 1], ".") &&
           is_glued(&r->tokens[from - 1]) && r->tokens[from - 2].kind == TOKEN_WORD &&
           dot - from < 8)
        from -= 2;
    for (size_t i = from; i < dot; i++) {
        size_t n = strlen(r->tokens[i].text);

        if (len + n >= ABBREVIATION_MAX)
            return false;
        memcpy(out + len, r->tokens[i].text, n);
        len += n;
    }
    out[len] = '\0';
    return true;
}

static enum ending ending_of(const struct reader *r, size_t first, size_t dot)
{
    const struct token *word = &r->tokens[dot - 1];
    char text[ABBREVIATION_MAX];
    size_t low = 0, high = COUNT(abbreviations);

    if (word->kind != TOKEN_WORD || !is_glued(&r->tokens[dot]) ||
        !read_abbreviation(r, first, dot, text))
        return ENDS_ALWAYS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(text, abbreviations[middle].text);

        if (order == 0)
            return abbreviations[middle].ending;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    /* Flat 3A. */
    if (text[1] == '\0' && dot > first + 1 && is_glued(word) &&
        (r->tokens[dot - 2].kind == TOKEN_NUMBER || is_sign(&r->tokens[dot - 2], "-")))
        return ENDS_ALWAYS;
    /* J. Jansen; but "dat sturen wij u. Morgen" ends, and so does "p.q. Wij". */
    if (text[1] == '\0')
        return has_capital(r, word) ? ENDS_NEVER : ENDS_BEFORE_CAPITAL;
    if (strchr(text, '.') && strlen(text) < 8)
        return ENDS_BEFORE_CAPITAL;
    /* Without a vowel it is short for something: mnd, blz. */
    return strpbrk(text, "aeiouy") || (uint8_t)text[0] >= 0x80 ? ENDS_ALWAYS : ENDS_BEFORE_CAPITAL;
}

static bool is_one_of(const struct token *token, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(token->text, words[i]) == 0)
            return true;
    return false;
}

/* "Monday a.m. I'll call you": a moment alone is no sentence, and "I" always has a capital. */
enum { MOMENT_MAX = 4 /* tokens: Monday a . m */ };

static bool is_english_i(const struct token *token)
{
    static const char *const words[] = { "i", "i'd", "i'll", "i'm", "i've" };

    return is_one_of(token, words, COUNT(words));
}

/* Is the number in front of the dot a German ordinal? am 3. Oktober, bis zum 15. alles */
static bool is_ordinal(const struct reader *r, size_t first, size_t dot, const struct token *next)
{
    static const char *const before[] = { "am", "ab", "dem", "den", "der", "vom", "zum" };
    static const char *const months[] = { "januar",    "janner",  "februar",  "marz",    "maerz",
                                          "april",     "mai",     "juni",     "juli",    "august",
                                          "september", "oktober", "november", "dezember" };

    if (is_one_of(next, months, COUNT(months)))
        return true;
    return dot > first + 1 && next->kind == TOKEN_WORD && !has_capital(r, next) &&
           is_one_of(&r->tokens[dot - 2], before, COUNT(before));
}

/* Does the dot at `dot`, in a sentence that began at `first`, end it before the token `next`? */
static bool dot_ends(const struct reader *r, size_t first, size_t dot, const struct token *next)
{
    const struct token *before;
    bool is_capital = has_capital(r, next);

    if (dot == first)
        return false;
    before = &r->tokens[dot - 1];
    if (is_glued(next) && !is_face(next))
        /* A forgotten blank: "gebeld.De kraan"; all else stays whole: 12.00, naam.xyz */
        return is_capital && before->kind == TOKEN_WORD && before->to - before->from > 2 &&
               !next->is_caps && !has_capital(r, before) && ending_of(r, first, dot) == ENDS_ALWAYS;
    if (before->kind == TOKEN_NUMBER && is_glued(&r->tokens[dot]))
        /* "1." in front of a point of a list; a German ordinal. */
        return !(dot == first + 1 && before->number <= BULLET_NUMBER_MAX) &&
               !is_ordinal(r, first, dot, next);
    if (is_sign(before, ".") && is_glued(&r->tokens[dot]))
        return is_capital || next->kind == TOKEN_NUMBER;
    switch (ending_of(r, first, dot)) {
    case ENDS_ALWAYS:
        return true;
    case ENDS_NEVER:
        return false;
    case ENDS_BEFORE_CAPITAL:
        return is_capital && !(dot - first <= MOMENT_MAX && is_english_i(next));
    case ENDS_BUT_BEFORE_NUMBER:
        return next->kind != TOKEN_NUMBER && (is_capital || before->to - before->from < 3);
    }
    return true;
}

/* The line that `next` begins: is it a point of a list? */
static bool is_bullet(const struct reader *r, size_t next)
{
    static const char *const wide[] = { "•", "–", "—", "·", "‣", "▪", "●", "○", "◦", "■", "→" };
    const struct token *token = &r->tokens[next];
    const struct token *second = next + 1 < r->n ? token + 1 : NULL;

    if (!second || second->after_line)
        return false;
    if (is_sign(token, "-*+") || is_wide_sign(token, wide, COUNT(wide)))
        return second->after_blank || token->text[0] != '+';
    if (strcmp(token->text, "✓") == 0 || strcmp(token->text, "✔") == 0 ||
        strcmp(token->text, "➤") == 0)
        return true;
    return ((token->kind == TOKEN_NUMBER && token->to - token->from <= 2) ||
            (token->kind == TOKEN_WORD && token->to - token->from == 1)) &&
           is_glued(second) && is_sign(second, ".)") && next + 2 < r->n &&
           r->tokens[next + 2].after_blank && !r->tokens[next + 2].after_line;
}

/* What stands between two lines: how many line ends, and is the new line a quoted one? */
static size_t line_ends(const struct reader *r, size_t from, size_t to, bool *is_quoted)
{
    size_t ends = 0;

    *is_quoted = false;
    for (size_t i = from; i < to; i++) {
        /* U+0085, U+2028 and U+2029 are too rare to be counted: each is one line end. */
        if (r->text[i] == '\n' || (r->text[i] == '\r' && (i + 1 >= to || r->text[i + 1] != '\n')) ||
            r->text[i] == '\f' || r->text[i] == '\v')
            ends++;
        *is_quoted = *is_quoted || r->text[i] == '>';
    }
    return ends;
}

/* Does a sentence end where the line does, in front of the token `next`? */
static bool line_breaks(struct reader *r, size_t first, size_t next)
{
    const struct token *last = &r->tokens[next - 1], *token = &r->tokens[next];
    size_t line_len = last->to - r->line;
    bool was_quoted = r->is_quoted, is_capital = has_capital(r, token);
    size_t ends = line_ends(r, last->to, token->from, &r->is_quoted);

    r->line = token->from;
    if (ends > 1 || was_quoted != r->is_quoted || is_bullet(r, next))
        return true;
    if (is_sign(last, "."))
        return dot_ends(r, first, next - 1, token);
    if (is_sign(last, ":") || is_terminator(last))
        return true;
    /* A rule, or the two dashes over a signature. */
    if (is_sign(last, "-_=*~") && line_len >= 2 && last->text[0] == r->text[last->to - line_len])
        return true;
    if (is_sign(token, "-_=*~#"))
        return true;
    if (is_sign(last, ","))
        return line_len < GREETING_MAX && (is_capital || next < 8);
    if (line_len + (token->to - token->from) >= LINE_FULL)
        return false;
    return is_capital || token->kind == TOKEN_NUMBER || token->kind == TOKEN_URL ||
           token->kind == TOKEN_EMAIL;
}

/* Behind the terminator at `i`: all that still belongs to it; what stands there begins anew. */
static size_t end_of_ending(const struct reader *r, size_t i, bool *is_question, bool *is_closed)
{
    const struct token *tokens = r->tokens;

    *is_closed = false;
    *is_question = is_question_mark(&tokens[i]);
    for (i++; i < r->n && !tokens[i].after_line; i++) {
        bool is_mark = is_terminator(&tokens[i]);

        if (is_mark)
            *is_question = *is_question || is_question_mark(&tokens[i]);
        else if (is_closer(&tokens[i]) && is_glued(&tokens[i]))
            *is_closed = true;
        else if (!is_face(&tokens[i]))
            break;
    }
    return i;
}

/* Does the sentence [first …] end with the terminators [i, end)? */
static bool terminator_ends(const struct reader *r, size_t first, size_t i, size_t end,
                            bool is_closed)
{
    const struct token *next;

    if (end >= r->n)
        return true;
    next = &r->tokens[end];
    if (next->after_line)
        return true;
    /* "Kom maar!" zei hij */
    if (is_closed && next->kind == TOKEN_WORD && !has_capital(r, next))
        return false;
    if (is_sign(next, ",;:)"))
        return false;
    for (size_t at = i; at < end; at++)
        if (!is_sign(&r->tokens[at], ".") && strcmp(r->tokens[at].text, "…") != 0 &&
            is_terminator(&r->tokens[at]))
            return !is_glued(next) || next->kind == TOKEN_WORD || is_face(&r->tokens[end - 1]);
    if (is_sign(&r->tokens[i], ".")) {
        /* Of three dots the last one tells. */
        while (i + 1 < end && is_sign(&r->tokens[i + 1], "."))
            i++;
        return is_face(&r->tokens[end - 1]) || dot_ends(r, first, i, next);
    }
    return is_face(&r->tokens[end - 1]) || has_capital(r, next); /* … */
}

static void finish(struct reader *r, struct arena *mem, size_t first, size_t end, bool is_question,
                   bool is_quoted)
{
    struct sentence *sentence;

    if (r->sentences_n == r->cap) {
        struct sentence *more = NEW_ARRAY(mem, struct sentence, 2 * r->cap);

        memcpy(more, r->sentences, r->sentences_n * sizeof(*more));
        r->sentences = more;
        r->cap *= 2;
    }
    sentence = &r->sentences[r->sentences_n++];
    *sentence = (struct sentence){ .from = r->tokens[first].from,
                                   .to = r->tokens[end - 1].to,
                                   .first = first,
                                   .n = end - first,
                                   .is_question = is_question,
                                   .is_quoted = is_quoted };
}

void sentences_of(struct arena *mem, struct tokens *tokens)
{
    struct reader r = { .text = tokens->text, .tokens = tokens->tokens, .n = tokens->n };
    size_t first = 0, i = 0;
    bool is_question = false, is_closed, was_quoted;

    r.cap = tokens->n / 16 + 4;
    r.sentences = NEW_ARRAY(mem, struct sentence, r.cap);
    if (r.n > 0) {
        line_ends(&r, 0, r.tokens[0].from, &r.is_quoted);
        r.line = r.tokens[0].from;
    }
    while (i < r.n) {
        was_quoted = r.is_quoted;
        if (i > first && r.tokens[i].after_line && line_breaks(&r, first, i)) {
            finish(&r, mem, first, i, is_question, was_quoted);
            is_question = false;
            first = i;
        }
        if (is_terminator(&r.tokens[i])) {
            bool asks;
            size_t end = end_of_ending(&r, i, &asks, &is_closed);

            is_question = asks;
            if (terminator_ends(&r, first, i, end, is_closed) && end < r.n &&
                !r.tokens[end].after_line) {
                finish(&r, mem, first, end, is_question, r.is_quoted);
                is_question = false;
                first = end;
            }
            i = end;
            continue;
        }
        i++;
    }
    if (first < r.n)
        finish(&r, mem, first, r.n, is_question, r.is_quoted);
    tokens->sentences = r.sentences;
    tokens->sentences_n = r.sentences_n;
}
