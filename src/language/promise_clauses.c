#include "promise_clauses.h"

#include <string.h>

enum { OPENER_MAX = 6 /* words of a greeting */ };

static const uint64_t people = SAYS_BIT(WE) | SAYS_BIT(YOU) | SAYS_BIT(THEY) | SAYS_BIT(AGENT);
static const uint64_t verbs = SAYS_BIT(DOES) | SAYS_BIT(RECEIVE) | SAYS_BIT(WILL) | SAYS_BIT(HAVE) |
                              SAYS_BIT(MAY) | SAYS_BIT(MUST) | SAYS_BIT(PLEDGE) | SAYS_BIT(PAST);
static const uint64_t matter =
    SAYS_BIT(TIME) | SAYS_BIT(YOURS) | SAYS_BIT(THING) | SAYS_BIT(OURS) | SAYS_BIT(HEDGE);

static bool is_conjunction(const char *word)
{
    static const char *const words[] = { "en", "maar", "want", "dus", "and", "but", "so" };

    for (size_t i = 0; i < COUNT(words); i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
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

/* Where a clause may begin: behind a mark, at a conjunction; not in the middle of a time. */
static bool is_border(const struct said_text *text, size_t at, size_t end)
{
    const struct token *tokens = text->tokens->tokens;

    if (text->says[at] & text->says[at - 1] & (SAYS_BIT(TIME) | SAYS_BIT(PASSED)))
        return false;
    if (is_mark(tokens, at - 1, end))
        return true;
    return tokens[at].kind == TOKEN_WORD && is_conjunction(tokens[at].text);
}

static uint64_t says_all(const struct said_text *text, size_t first, size_t n)
{
    uint64_t all = 0;

    for (size_t i = first; i < first + n; i++)
        all |= text->says[i];
    return all;
}

static bool is_whole(const struct said_text *text, const struct clause *clause)
{
    uint64_t all = says_all(text, clause->first, clause->n);

    return (all & people) && (all & verbs);
}

/* "Beste mevrouw," "Onze excuses," "Oké," say nothing of what follows. */
static bool is_opener(const struct said_text *text, const struct clause *clause)
{
    uint64_t all = says_all(text, clause->first, clause->n);

    return clause->n <= OPENER_MAX && ((all & SAYS_BIT(SORRY)) || !(all & matter)) &&
           !(all & SAYS_BIT(TIME));
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
        if (n > 0 && (is_open || !is_whole(text, &piece) || n == CLAUSES_MAX))
            out[n - 1].n = at + 1 - out[n - 1].first;
        else
            out[n++] = piece;
        is_open = !is_whole(text, &out[n - 1]);
        piece = (struct clause){ at + 1, 0 };
    }
    return n;
}
