#include "promise_clauses.h"

#include <string.h>

enum { OPENER_MAX = 6 /* words of a greeting */ };

static const uint64_t people = SAYS_BIT(WE) | SAYS_BIT(YOU) | SAYS_BIT(THEY) | SAYS_BIT(AGENT);
static const uint64_t verbs = SAYS_BIT(DOES) | SAYS_BIT(RECEIVE) | SAYS_BIT(WILL) | SAYS_BIT(HAVE) |
                              SAYS_BIT(MAY) | SAYS_BIT(MUST) | SAYS_BIT(PLEDGE) | SAYS_BIT(PAST);
static const uint64_t doers = SAYS_BIT(WE) | SAYS_BIT(THEY) | SAYS_BIT(AGENT) | SAYS_BIT(NAME);
static const uint64_t matter =
    SAYS_BIT(TIME) | SAYS_BIT(YOURS) | SAYS_BIT(THING) | SAYS_BIT(OURS) | SAYS_BIT(HEDGE);

static bool is_any_of(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static bool is_conjunction(const char *word)
{
    static const char *const words[] = { "en", "maar", "want", "dus", "and", "but", "so" };

    return is_any_of(word, words, COUNT(words));
}

static bool is_mark(const struct token *tokens, size_t at, size_t end)
{
    const struct token *token = &tokens[at];

    if (token->kind != TOKEN_SIGN)
        return false;
    if (strcmp(token->text, "-") == 0 || strcmp(token->text, "–") == 0)
        return token->after_blank && at + 1 < end && tokens[at + 1].after_blank;
    return strchr(",;:()", token->text[0]) != NULL;
}

/* Does an expression of time, with what stands in the middle of it, go on at the token? */
static bool is_inside_time(const struct said_text *text, uint32_t from)
{
    const struct times *times = text->times;
    size_t low = 0, high = times->n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (times->items[middle].to <= from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < times->n && times->items[low].from < from;
}

/* Where a clause may begin: behind a mark, at a conjunction; not in the middle of a time. */
static bool is_border(const struct said_text *text, size_t at, size_t end)
{
    const struct token *tokens = text->tokens->tokens;

    if (!is_mark(tokens, at - 1, end) &&
        (tokens[at].kind != TOKEN_WORD || !is_conjunction(tokens[at].text)))
        return false;
    return !is_inside_time(text, tokens[at].from);
}

static uint64_t says_all(const struct said_text *text, size_t first, size_t n)
{
    uint64_t all = 0;

    for (size_t i = first; i < first + n; i++)
        all |= text->says[i];
    return all;
}

/* "…, die morgen komt", "…, zodat de lift vrijdag weer draait" go on with what stands in front. */
static bool is_subordinate(const struct said_text *text, const struct clause *clause)
{
    static const char *const before[] = { "en", "maar", "even", "ja", "ook", "want", "and", "but" };
    static const char *const words[] = {
        "aangezien", "after", "als",    "as",    "because", "before",  "daar",  "dat",     "die",
        "doordat",   "if",    "indien", "nadat", "omdat",   "once",    "since", "terwijl", "that",
        "totdat",    "until", "waar",   "wat",   "when",    "wanneer", "where", "which",   "while",
        "who",       "wie",   "zoals",  "zodat", "zodra",   "zolang",
    };
    const struct token *tokens = text->tokens->tokens;
    size_t at = clause->first, end = clause->first + clause->n;

    while (at < end &&
           (tokens[at].kind != TOKEN_WORD || is_any_of(tokens[at].text, before, COUNT(before))))
        at++;
    return at < end && is_any_of(tokens[at].text, words, COUNT(words));
}

/* The words that name something or do something. */
static size_t names_of(const struct said_text *text, const struct clause *clause)
{
    static const uint64_t names_nothing =
        SAYS_BIT(TIME) | SAYS_BIT(PASSED) | SAYS_BIT(NUMBER) | SAYS_BIT(MARK) | SAYS_BIT(THE) |
        SAYS_BIT(AT) | SAYS_BIT(AND) | SAYS_BIT(STILL) | SAYS_BIT(MORE) | SAYS_BIT(USUAL) |
        SAYS_BIT(IS) | SAYS_BIT(WILL) | SAYS_BIT(HAVE) | SAYS_BIT(THERE) | SAYS_BIT(SELF);
    size_t n = 0;

    for (size_t i = clause->first; i < clause->first + clause->n; i++)
        n += text->says[i] != 0 && !(text->says[i] & names_nothing);
    return n;
}

/* A thing with a verb and a time of its own: "volgende week wordt het bedrag gestort", "the refund
 * follows on Friday"; not "geef me een uurtje". */
static bool has_own_time(const struct said_text *text, const struct clause *clause)
{
    static const uint64_t happens = SAYS_BIT(DOES) | SAYS_BIT(WILL) | SAYS_BIT(IS) |
                                    SAYS_BIT(FACT) | SAYS_BIT(ENDS_T) | SAYS_BIT(ENDS_S) |
                                    SAYS_BIT(ENDS_N);
    uint64_t all = says_all(text, clause->first, clause->n);

    return (all & SAYS_BIT(TIME)) && (all & happens) &&
           !(text->says[clause->first] & SAYS_BIT(ASK)) && names_of(text, clause) >= 2;
}

static bool is_whole(const struct said_text *text, const struct clause *clause)
{
    uint64_t all = says_all(text, clause->first, clause->n);

    return ((all & people) && (all & verbs)) || has_own_time(text, clause);
}

/* "Het onderdeel is niet op voorraad", "I can't do Thursday" */
static bool is_state(const struct said_text *text, const struct clause *clause)
{
    static const uint64_t states = SAYS_BIT(IS) | SAYS_BIT(HAVE) | SAYS_BIT(PAST) | SAYS_BIT(WILL) |
                                   SAYS_BIT(FACT) | SAYS_BIT(NOT);

    return (says_all(text, clause->first, clause->n) & states) && names_of(text, clause) >= 2;
}

/* "…, en mailt u morgen", "and will phone you": who does it stands in front. */
static bool lacks_doer(const struct said_text *text, const struct clause *clause)
{
    const struct token *tokens = text->tokens->tokens;
    const uint64_t *says = text->says + clause->first;
    size_t at = 0;

    while (at < clause->n && (says[at] & SAYS_BIT(MARK)))
        at++;
    return at + 1 < clause->n && tokens[clause->first + at].kind == TOKEN_WORD &&
           is_conjunction(tokens[clause->first + at].text) &&
           (says[at + 1] & (verbs | SAYS_BIT(HEDGE) | SAYS_BIT(ASK))) && !(says[at + 1] & people) &&
           !(says_all(text, clause->first, clause->n) & doers);
}

/* Does it say something that doesn't hang on what stands in front of it? "…, dat doen wij
 * morgen"; "…, en mailt u vrijdag" only where that has a time of its own, too. */
static bool begins_anew(const struct said_text *text, const struct clause *clause,
                        const struct clause *before)
{
    bool has_time = says_all(text, clause->first, clause->n) & SAYS_BIT(TIME);

    if (!is_whole(text, clause))
        return false;
    if (is_subordinate(text, clause))
        return has_time && (says_all(text, clause->first, clause->n) & doers);
    return !lacks_doer(text, clause) ||
           (has_time && (says_all(text, before->first, before->n) & SAYS_BIT(TIME)));
}

/* "Beste mevrouw," "Onze excuses," "Oké," say nothing of what follows. */
static bool is_opener(const struct said_text *text, const struct clause *clause)
{
    uint64_t all = says_all(text, clause->first, clause->n);

    return clause->n <= OPENER_MAX && ((all & SAYS_BIT(SORRY)) || !(all & (matter | doers))) &&
           !(all & (SAYS_BIT(TIME) | SAYS_BIT(OUTCOME) | SAYS_BIT(PLEDGE)));
}

size_t clauses_of(const struct said_text *text, const struct sentence *sentence,
                  struct clause out[CLAUSES_MAX])
{
    size_t end = sentence->first + sentence->n, n = 0;
    struct clause piece = { sentence->first, 0 };
    bool is_open = false; /* the last of out waits for somebody who does something */

    for (size_t at = sentence->first; at < end; at++) {
        piece.n++;
        if (at + 1 < end && !is_border(text, at + 1, end))
            continue;
        if (n == 0 && at + 1 < end && is_opener(text, &piece) && !is_whole(text, &piece)) {
            piece = (struct clause){ at + 1, 0 };
            continue;
        }
        if (n > 0 && (is_open || !begins_anew(text, &piece, &out[n - 1]) || n == CLAUSES_MAX))
            out[n - 1].n = at + 1 - out[n - 1].first;
        else
            out[n++] = piece;
        if (!is_open || !is_subordinate(text, &piece))
            is_open = !is_whole(text, &out[n - 1]) && !is_state(text, &out[n - 1]);
        piece = (struct clause){ at + 1, 0 };
    }
    return n;
}

/* --- what a clause can be --- */

static const uint64_t deeds = SAYS_BIT(DOES) | SAYS_BIT(RECEIVE) | SAYS_BIT(WILL) | SAYS_BIT(HAVE) |
                              SAYS_BIT(IS) | SAYS_BIT(PLEDGE) | SAYS_BIT(PLANNED) |
                              SAYS_BIT(OUTCOME) | SAYS_BIT(DONE);

/* "Onderwerp: …", "Uw kenmerk: …" */
static bool is_heading(const struct said_text *text, const struct clause *clause)
{
    static const char *const words[] = {
        "aan",       "attached",  "attachment", "attachments", "bcc",       "betreft",
        "bijlage",   "bijlagen",  "cc",         "from",        "fw",        "fwd",
        "kenmerk",   "onderwerp", "re",         "ref",         "reference", "referentie",
        "reference", "sent",      "subject",    "to",          "van",       "verzonden",
    };
    const struct token *tokens = text->tokens->tokens;

    for (size_t i = clause->first; i < clause->first + 2 && i + 1 < clause->first + clause->n; i++)
        if (tokens[i].kind == TOKEN_WORD && strcmp(tokens[i + 1].text, ":") == 0)
            return is_any_of(tokens[i].text, words, COUNT(words));
    return false;
}

bool clause_is_empty(const struct said_text *text, const struct clause *clause)
{
    const struct token *tokens = text->tokens->tokens;
    uint64_t all = says_all(text, clause->first, clause->n);
    size_t words_n = 0;

    if (is_heading(text, clause))
        return true;
    if (all & SAYS_BIT(TIME))
        return (all & SAYS_BIT(PASSED)) && names_of(text, clause) == 0;
    for (size_t i = clause->first; i < clause->first + clause->n; i++)
        words_n += tokens[i].kind == TOKEN_WORD;
    return words_n <= 1 || (!(all & deeds) && (all & (SAYS_BIT(GREET) | SAYS_BIT(SORRY))));
}

bool clause_is_grounded(const struct said_text *text, const struct clause *clause)
{
    return names_of(text, clause) >= 2;
}

bool clause_comes_after(const struct said_text *text, const struct clause *clause)
{
    for (size_t i = clause->first; i < clause->first + clause->n; i++)
        if (!(text->says[i] & (SAYS_BIT(MARK) | SAYS_BIT(AND))))
            return (text->says[i] & SAYS_BIT(THEN)) != 0;
    return false;
}

bool clause_has_doer(const struct said_text *text, const struct clause *clause)
{
    return (says_all(text, clause->first, clause->n) & doers) != 0;
}

bool clause_stands_alone(const struct said_text *text, const struct sentence *sentence,
                         const struct clause *clause)
{
    static const uint64_t no = SAYS_BIT(NOT) | SAYS_BIT(PAST) | SAYS_BIT(CLOSED);
    static const uint64_t others_do = SAYS_BIT(PASSED) | SAYS_BIT(ASK) | SAYS_BIT(MUST);
    static const uint64_t unless = SAYS_BIT(IF) | SAYS_BIT(SAID) | SAYS_BIT(MATE);
    size_t end = clause->first + clause->n, rest = sentence->first + sentence->n - end;
    uint64_t here = says_all(text, clause->first, clause->n);
    uint64_t others = says_all(text, sentence->first, clause->first - sentence->first) |
                      says_all(text, end, rest);
    uint64_t first = text->says[sentence->first];

    return (others & (no | others_do)) && !(here & (no | SAYS_BIT(ASK))) &&
           !((others | here) & unless) && !(first & verbs & ~(people | SAYS_BIT(WILL)));
}
