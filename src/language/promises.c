#include "promises.h"

#include "model.h"
#include "promise_clauses.h"

#include <string.h>

const char *const promise_actions[ACTIONS_N] = { "callback", "reply", "deliver", "refund",
                                                 "visit",    "fix",   "other" };

enum { SHORT_MAX = 48 /* bytes behind a "!" */ };

struct finder {
    struct said_text said;
    instant reference;
    const struct calendar *calendar;
    struct arena *mem;
    struct promise *items;
    size_t n;
};

/* --- one promise --- */

static void set_deadline(struct promise *promise, const struct time_found *time)
{
    if (!time)
        return;
    promise->due_at = time->due_at;
    promise->starts_at = time->starts_at;
    promise->is_closed_day = time->is_closed_day;
}

struct judged {
    float promise; /* above 0: it is one; a difference of logarithms */
    bool is_firm;
    enum promise_action action;
};

/* The words don't help out of this: where the grammar says no so clearly, they aren't asked. */
static const float hopeless = -3;
/* From here on hardly anybody would say no. */
static const float clear = 1;

static enum promise_action action_of(const float weights[ACTIONS_N])
{
    size_t best = 0;

    for (size_t i = 1; i < ACTIONS_N; i++)
        if (weights[i] > weights[best])
            best = i;
    return (enum promise_action)best;
}

static struct judged judge(const struct finder *f, size_t first, size_t n)
{
    struct features features;
    struct signs signs;
    float weights[HEADS_N];

    signs_of(&f->said, first, n, &signs);
    signs_weigh(&signs, weights);
    if (weights[HEAD_PROMISE] > hopeless) {
        features_of(f->mem, f->said.tokens, first, n, &features);
        words_weigh(&features, weights);
    }
    return (struct judged){ .promise = weights[HEAD_PROMISE],
                            .is_firm = weights[HEAD_SOFT] <= 0,
                            .action = action_of(weights + HEAD_ACTION) };
}

static bool is_promise(const struct judged *judged)
{
    return judged->promise > 0;
}

/* Without the marks and the conjunction at its ends. */
static void trim(const struct finder *f, struct clause *clause)
{
    const struct token *tokens = f->said.tokens->tokens;

    while (clause->n > 1 && tokens[clause->first + clause->n - 1].kind == TOKEN_SIGN)
        clause->n--;
    while (clause->n > 1 && tokens[clause->first].kind == TOKEN_SIGN) {
        clause->first++;
        clause->n--;
    }
}

static bool overlaps(const struct finder *f, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < f->n; i++)
        if (from < f->items[i].to && f->items[i].from < to)
            return true;
    return false;
}

static void add(struct finder *f, struct clause clause, const struct judged *judged, bool is_ticked)
{
    struct promise promise = { .action = judged->action,
                               .is_firm = judged->is_firm,
                               .is_ticked = is_ticked };
    const struct token *tokens = f->said.tokens->tokens;
    /* A time may end with the dot that ends the sentence, too: "om 14.00 u." */
    const uint32_t from = tokens[clause.first].from, to = tokens[clause.first + clause.n - 1].to;

    trim(f, &clause);
    promise.from = tokens[clause.first].from;
    promise.to = tokens[clause.first + clause.n - 1].to;
    if (f->n == PROMISES_MAX || overlaps(f, promise.from, promise.to))
        return;
    set_deadline(&promise, times_deadline(f->said.times, from, to));
    f->items[f->n++] = promise;
}

/* --- a sentence --- */

struct part {
    struct clause clause;
    struct judged judged;
    bool is_promise, has_time;
};

static bool has_deadline(const struct finder *f, const struct clause *clause)
{
    const struct token *tokens = f->said.tokens->tokens;
    const struct time_found *time = times_deadline(f->said.times, tokens[clause->first].from,
                                                   tokens[clause->first + clause->n - 1].to);

    return time && time->due_at.ms != 0 && !time->is_negated;
}

/* A time in one clause belongs to the promise in the one beside it; a clause without a time goes
 * with its neighbour that has one ("ik zoek het uit en mail u morgen"). */
static bool belongs(const struct part *a, const struct part *b)
{
    if (a->is_promise && b->is_promise)
        return !(a->has_time && b->has_time) &&
               (a->judged.action == b->judged.action || !a->has_time);
    return (a->is_promise && !a->has_time && b->has_time) ||
           (b->is_promise && !b->has_time && a->has_time);
}

static size_t join(const struct finder *f, struct part *parts, size_t n)
{
    size_t out = 0;

    for (size_t i = 1; i < n; i++) {
        struct part *last = &parts[out];

        if (!belongs(last, &parts[i])) {
            parts[++out] = parts[i];
            continue;
        }
        last->clause.n = parts[i].clause.first + parts[i].clause.n - last->clause.first;
        last->judged = judge(f, last->clause.first, last->clause.n);
        last->is_promise = true;
        last->has_time = last->has_time || parts[i].has_time;
    }
    return n > 0 ? out + 1 : 0;
}

/* The clauses that promise something. */
static size_t parts_of(const struct finder *f, const struct sentence *sentence,
                       const struct judged *whole, struct part out[CLAUSES_MAX])
{
    struct clause clauses[CLAUSES_MAX];
    size_t n = clauses_of(&f->said, sentence, clauses);

    if (n == 1) {
        out[0] = (struct part){ clauses[0], *whole, true, true };
        return 1;
    }
    for (size_t i = 0; i < n; i++) {
        struct judged judged = judge(f, clauses[i].first, clauses[i].n);

        out[i] =
            (struct part){ clauses[i], judged, is_promise(&judged), has_deadline(f, &clauses[i]) };
    }
    return join(f, out, n);
}

static void see_sentence(struct finder *f, const struct sentence *sentence)
{
    struct part parts[CLAUSES_MAX];
    struct judged whole;
    size_t n, found = 0;
    bool is_ticked;

    if (sentence->is_question || sentence->is_quoted)
        return;
    whole = judge(f, sentence->first, sentence->n);
    if (!is_promise(&whole))
        return;
    is_ticked = whole.promise > clear;
    n = parts_of(f, sentence, &whole, parts);
    for (size_t i = 0; i < n; i++)
        if (parts[i].is_promise) {
            add(f, parts[i].clause, &parts[i].judged, is_ticked);
            found++;
        }
    if (found == 0)
        add(f, (struct clause){ sentence->first, sentence->n }, &whole, is_ticked);
}

/* --- the short form --- */

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The word in front names what will be done; false when there is no such word. */
static bool skip_action(const char **s, size_t *len, enum promise_action *action)
{
    size_t n = 0;
    uint64_t says;

    while (n < *len && !is_blank((*s)[n]))
        n++;
    says = word_says(*s, n) & SAYS_ACTIONS;
    if (!says || n == *len)
        return false;
    *action = (enum promise_action)((size_t)__builtin_ctzll(says) - SAYS_CALLBACK);
    while (n < *len && is_blank((*s)[n]))
        n++;
    *s += n;
    *len -= n;
    return true;
}

static void see_short(struct finder *f, size_t mark, size_t end)
{
    const char *text = f->said.tokens->text, *s = text + mark + 1;
    size_t len = end - mark - 1;
    struct promise promise = {
        .action = ACTION_REPLY, .is_firm = true, .is_ticked = true, .is_short = true
    };
    struct time_found time;

    while (len > 0 && (is_blank(s[len - 1]) || s[len - 1] == '.'))
        len--;
    if (len == 0 || len > SHORT_MAX || f->n == PROMISES_MAX)
        return;
    promise.from = (uint32_t)mark;
    promise.to = (uint32_t)((size_t)(s - text) + len);
    if (!times_short(f->mem, s, len, f->reference, f->calendar, &time) &&
        (!skip_action(&s, &len, &promise.action) ||
         !times_short(f->mem, s, len, f->reference, f->calendar, &time)))
        return;
    set_deadline(&promise, &time);
    f->items[f->n++] = promise;
}

/* The last "!" of a line with a blank or nothing in front of it. */
static void see_lines(struct finder *f)
{
    const char *text = f->said.tokens->text;
    size_t len = f->said.tokens->len, mark = len;
    bool is_quoted = false;

    for (size_t at = 0, start = 0; at <= len; at++) {
        if (at == len || is_end(text[at])) {
            if (mark < at && !is_quoted)
                see_short(f, mark, at);
            start = at + 1;
            mark = len;
            continue;
        }
        if (at == start)
            is_quoted = text[at] == '>';
        if (text[at] == '!' && (at == start || is_blank(text[at - 1])))
            mark = at;
    }
}

/* --- all --- */

static void sort(struct promise *items, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && items[k].from < items[k - 1].from; k--) {
            struct promise held = items[k];

            items[k] = items[k - 1];
            items[k - 1] = held;
        }
}

void promises_of(struct arena *mem, const struct tokens *tokens, instant reference,
                 const struct calendar *calendar, struct promises *out)
{
    struct finder f = { .reference = reference,
                        .calendar = calendar,
                        .mem = mem,
                        .items = NEW_ARRAY(mem, struct promise, PROMISES_MAX) };
    struct times times;

    times_of(mem, tokens, reference, calendar, &times);
    said_text_of(mem, tokens, &times, &f.said);
    see_lines(&f);
    for (size_t i = 0; i < tokens->sentences_n && f.n < PROMISES_MAX; i++)
        see_sentence(&f, &tokens->sentences[i]);
    sort(f.items, f.n);
    *out = (struct promises){ f.items, f.n };
}
