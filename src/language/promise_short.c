#include "promise_short.h"

#include "promise_words.h"

#include <string.h>

enum { LINE_MAX = 48 /* bytes behind the "!" */, DEEDS_MAX = 3 /* words on a side of the time */ };

/* "bel", "monteur": what will be done; "terug": goes with it. */
static const uint64_t deeds = SAYS_ACTIONS | SAYS_BIT(CRAFT);
static const uint64_t with_deeds = SAYS_ACTIONS | SAYS_BIT(CRAFT) | SAYS_BIT(BACK);

struct line {
    struct arena *mem;
    const char *text;
    const struct tokens *tokens;
    instant reference;
    const struct calendar *calendar;
};

static uint64_t says_of(const struct token *token)
{
    return token->kind == TOKEN_WORD ? word_says(token->text, strlen(token->text)) : 0;
}

/* Is it a time from the first to the last letter? */
static bool is_time(const struct line *line, const char *s, size_t len, struct time_found *out)
{
    struct tokens tokens;
    struct times times;

    if (times_short(line->mem, s, len, line->reference, line->calendar, out))
        return true;
    tokens_of(line->mem, s, len, &tokens);
    times_of(line->mem, &tokens, line->reference, line->calendar, &times);
    if (times.n != 1 || times.items[0].from != 0 || times.items[0].to != len ||
        !times.items[0].is_future || times.items[0].kind > TIME_SOFT)
        return false;
    *out = times.items[0];
    return true;
}

/* What the words [first, end) say will be done; without one that says so, nothing. */
static bool add_deeds(const struct line *line, size_t first, size_t end, uint64_t *found)
{
    uint64_t here = 0;

    for (size_t i = first; i < end; i++) {
        uint64_t says = says_of(&line->tokens->tokens[i]);

        if (!(says & with_deeds))
            return false;
        here |= says & deeds;
    }
    *found |= here;
    return first == end || here != 0;
}

static enum promise_action action_of(uint64_t found)
{
    if (found & SAYS_ACTIONS)
        return (enum promise_action)((size_t)__builtin_ctzll(found & SAYS_ACTIONS) - SAYS_CALLBACK);
    return found ? ACTION_VISIT : ACTION_REPLY;
}

/* The line without `before` words at its begin and `after` at its end. */
static bool is_read(const struct line *line, size_t before, size_t after, struct commitment *out)
{
    const struct token *tokens = line->tokens->tokens;
    size_t n = line->tokens->n;
    struct time_found time;
    uint64_t found = 0;

    if (!add_deeds(line, 0, before, &found) || !add_deeds(line, n - after, n, &found) ||
        !is_time(line, line->text + tokens[before].from,
                 tokens[n - after - 1].to - tokens[before].from, &time))
        return false;
    out->action = action_of(found);
    out->due_at = time.due_at;
    out->starts_at = time.starts_at;
    out->is_closed_day = time.is_closed_day;
    out->is_firm = time.due_at.ms != 0 && !time.is_soft && time.kind != TIME_SOFT;
    return true;
}

bool promise_short(struct arena *mem, const char *text, size_t mark, size_t end, instant reference,
                   const struct calendar *calendar, struct commitment *out)
{
    struct tokens tokens;
    struct line line = { mem, text + mark + 1, &tokens, reference, calendar };

    while (end > mark + 1 && strchr(" \t.", text[end - 1]))
        end--;
    if (end == mark + 1 || end - mark - 1 > LINE_MAX)
        return false;
    tokens_of(mem, line.text, end - mark - 1, &tokens);
    *out = (struct commitment){
        .from = (uint32_t)mark, .to = (uint32_t)end, .is_ticked = true, .is_short = true
    };
    for (size_t before = 0; before <= DEEDS_MAX; before++)
        for (size_t after = 0; after <= DEEDS_MAX && before + after < tokens.n; after++)
            if (is_read(&line, before, after, out))
                return true;
    return false;
}
