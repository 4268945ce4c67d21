#include "promises.h"

#include "model.h"
#include "promise_clauses.h"
#include "promise_short.h"

#include <string.h>

const char *const promise_actions[ACTIONS_N] = { "callback", "reply", "deliver", "refund",
                                                 "visit",    "fix",   "other" };

struct finder {
    struct said_text said;
    instant reference;
    const struct calendar *calendar;
    struct arena *mem;
    struct commitment *items;
    size_t n;
};

/* --- one promise --- */

static void set_deadline(struct commitment *promise, const struct time_found *time)
{
    if (!time)
        return;
    promise->is_firm = promise->is_firm && !time->is_soft;
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
/* More than even: half of the texts learned from promise something, far fewer of real mail. */
static const float likely = 0.15F;
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
    return judged->promise > likely;
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

static void add(struct finder *f, struct clause clause, const struct judged *judged, bool may_tick)
{
    struct commitment promise = { .action = judged->action,
                                  .is_firm = judged->is_firm,
                                  .is_ticked = may_tick && judged->promise > clear &&
                                               clause_is_grounded(&f->said, &clause) };
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

/* --- a line --- */

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A "!" with a blank or nothing in front of it. */
static bool is_mark(const char *text, size_t at)
{
    return text[at] == '!' && (at == 0 || is_end(text[at - 1]) || is_blank(text[at - 1]));
}

/* --- a sentence --- */

struct part {
    struct clause clause;
    struct judged judged;
    bool is_promise;
    bool has_time, has_vague_time; /* a moment of its own; only "straks" or "dan meteen" */
    bool has_doer, comes_after;    /* "daarna bel ik u" */
};

static struct part part_of(const struct finder *f, const struct clause *clause,
                           const struct judged *judged)
{
    const struct token *tokens = f->said.tokens->tokens;
    const struct time_found *time = times_deadline(f->said.times, tokens[clause->first].from,
                                                   tokens[clause->first + clause->n - 1].to);
    bool has_time =
        time && time->due_at.ms != 0 && !time->is_negated && !time->is_weak && !time->is_aside;

    return (struct part){ .clause = *clause,
                          .judged = *judged,
                          .is_promise = is_promise(judged),
                          .has_time = has_time,
                          .has_vague_time = time && !time->is_negated && !has_time,
                          .has_doer = clause_has_doer(&f->said, clause),
                          .comes_after = clause_comes_after(&f->said, clause) };
}

/* A time in one clause belongs to the promise in the one beside it; a clause without a time goes
 * with its neighbour that has one ("ik zoek het uit en mail u morgen"), and what nobody is named
 * for with what stands in front ("ik kijk vanavond mee en mail u wat ik zie"). */
static bool belongs(const struct part *a, const struct part *b)
{
    if (a->is_promise && b->is_promise)
        return !(a->has_time && b->has_time) &&
               (a->judged.action == b->judged.action || !b->has_doer || b->comes_after ||
                !(a->has_time || a->has_vague_time));
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

/* The clauses of a sentence that promises something. */
static size_t parts_of(const struct finder *f, const struct sentence *sentence,
                       const struct judged *whole, struct part out[CLAUSES_MAX])
{
    struct clause clauses[CLAUSES_MAX];
    size_t n = clauses_of(&f->said, sentence, clauses);

    for (size_t i = 0; i < n; i++) {
        struct judged judged = n == 1 ? *whole : judge(f, clauses[i].first, clauses[i].n);

        out[i] = part_of(f, &clauses[i], &judged);
    }
    return join(f, out, n);
}

/* Those of one that says no as a whole, where somebody does something beside what isn't so: "de
 * monteur kan morgen niet komen, hij komt vrijdag". */
static size_t exceptions_of(const struct finder *f, const struct sentence *sentence,
                            struct part out[CLAUSES_MAX])
{
    struct clause clauses[CLAUSES_MAX];
    size_t n = clauses_of(&f->said, sentence, clauses), kept = 0;

    for (size_t i = 0; i < n; i++) {
        struct judged judged;

        if (!clause_stands_alone(&f->said, sentence, &clauses[i]))
            continue;
        judged = judge(f, clauses[i].first, clauses[i].n);
        out[kept] = part_of(f, &clauses[i], &judged);
        kept += out[kept].has_time && judged.promise > (out[kept].has_doer ? likely : clear);
    }
    return kept;
}

/* "!maandag 25:00": what was meant in short, but isn't understood. */
static bool is_marked(const struct finder *f, const struct sentence *sentence)
{
    uint32_t from = f->said.tokens->tokens[sentence->first].from;

    return from > 0 && is_mark(f->said.tokens->text, from - 1);
}

/* Of a sentence that promises one thing, all of it says what. */
static void see_one(const struct judged *whole, struct part *parts, size_t n)
{
    struct part *one = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!parts[i].is_promise)
            continue;
        if (one)
            return;
        one = &parts[i];
    }
    if (!one)
        return;
    one->judged.action = whole->action;
    if (whole->promise > one->judged.promise)
        one->judged.promise = whole->promise;
}

static void see_sentence(struct finder *f, const struct sentence *sentence)
{
    struct part parts[CLAUSES_MAX];
    struct clause all = { sentence->first, sentence->n };
    struct judged whole;
    size_t n, found = 0;
    bool is_short = is_marked(f, sentence);

    if (sentence->is_question || sentence->is_quoted || clause_is_empty(&f->said, &all) ||
        (is_short && !clause_is_grounded(&f->said, &all)))
        return;
    whole = judge(f, all.first, all.n);
    if (is_promise(&whole)) {
        n = parts_of(f, sentence, &whole, parts);
        see_one(&whole, parts, n);
    } else {
        n = exceptions_of(f, sentence, parts);
    }
    for (size_t i = 0; i < n; i++)
        if (parts[i].is_promise) {
            add(f, parts[i].clause, &parts[i].judged, !is_short);
            found++;
        }
    if (found == 0 && is_promise(&whole))
        add(f, all, &whole, !is_short);
}

/* --- the short form --- */

static void see_short(struct finder *f, size_t mark, size_t end)
{
    if (f->n < PROMISES_MAX && promise_short(f->mem, f->said.tokens->text, mark, end, f->reference,
                                             f->calendar, &f->items[f->n]))
        f->n++;
}

/* The last mark of each line that isn't quoted. */
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
        if (is_mark(text, at))
            mark = at;
    }
}

/* --- all --- */

static void sort(struct commitment *items, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && items[k].from < items[k - 1].from; k--) {
            struct commitment held = items[k];

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
                        .items = NEW_ARRAY(mem, struct commitment, PROMISES_MAX) };
    struct times times;

    times_of(mem, tokens, reference, calendar, &times);
    said_text_of(mem, tokens, &times, &f.said);
    see_lines(&f);
    for (size_t i = 0; i < tokens->sentences_n && f.n < PROMISES_MAX; i++)
        see_sentence(&f, &tokens->sentences[i]);
    sort(f.items, f.n);
    *out = (struct promises){ f.items, f.n };
}
