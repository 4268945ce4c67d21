#include "promise_signs.h"

#include <math.h>
#include <string.h>

#include "quotes.h"

enum { FORM_NONE = SIGN_FORMS - 1, FORM_SOFT_TERM = SIGN_FORMS - 2 };

/* What the order of classes and the words count against the signs beside each other: found by
 * trying (promise_train folds). */
static const float order_share = 0.5F, word_share = 0.4F;

void signs_values(const struct signs *signs, float *near, float *order)
{
    *near = 1 / sqrtf((float)signs->near_n + 1);
    *order = order_share / sqrtf((float)(signs->n - signs->near_n) + 1);
}

void words_values(const struct features *features, float out[FEATURE_KINDS])
{
    feature_values(features, out);
    for (size_t kind = 0; kind < FEATURE_KINDS; kind++)
        out[kind] *= word_share;
}

size_t word_of(const struct feature *feature)
{
    return feature->hash >> (32 - WORD_BITS);
}

/* --- what each token says --- */

static size_t form_of(const struct time_found *time)
{
    if (time->is_future && time->is_soft && time->kind != TIME_SOFT)
        return FORM_SOFT_TERM;
    if (!time->is_future && time->kind != TIME_RECURRING && time->kind != TIME_HOURS)
        return TIME_PAST;
    return (size_t)time->kind;
}

static bool is_deadline(const struct time_found *time)
{
    return time->is_future && time->kind <= TIME_DURATION;
}

static bool is_sign(const struct token *token, char c)
{
    return token->kind == TOKEN_SIGN && token->text[0] == c && token->text[1] == '\0';
}

/* Of a word that stands in no table. */
static uint64_t plain_says(const struct token *token, char first)
{
    size_t len = strlen(token->text);

    if (first >= 'A' && first <= 'Z')
        return SAYS_BIT(NAME);
    switch (token->text[len - 1]) {
    case 't':
        return SAYS_BIT(PLAIN) | SAYS_BIT(ENDS_T);
    case 'n':
        return SAYS_BIT(PLAIN) | SAYS_BIT(ENDS_N);
    case 's':
        return SAYS_BIT(PLAIN) | SAYS_BIT(ENDS_S);
    case 'g':
        return SAYS_BIT(PLAIN) | SAYS_BIT(ENDS_G);
    default:
        return SAYS_BIT(PLAIN);
    }
}

static uint64_t token_says(const struct token *token, char first)
{
    uint64_t says;

    switch (token->kind) {
    case TOKEN_WORD:
        says = word_says(token->text, strlen(token->text));
        return says ? says : plain_says(token, first);
    case TOKEN_NUMBER:
        return SAYS_BIT(NUMBER);
    case TOKEN_SIGN:
        return is_sign(token, '.') ? 0 : SAYS_BIT(MARK);
    case TOKEN_URL:
    case TOKEN_EMAIL:
    case TOKEN_HANDLE:
    case TOKEN_TAG:
        return SAYS_BIT(PLAIN);
    case TOKEN_EMOJI:
    case TOKEN_EMOTICON:
        return 0;
    }
    return 0;
}

static bool is_in_gap(const struct time_found *time, const struct token *token)
{
    return token->from >= time->gap_from && token->from < time->gap_to;
}

void said_text_of(struct arena *mem, const struct tokens *tokens, const struct times *times,
                  struct said_text *out)
{
    uint64_t *says = NEW_ARRAY(mem, uint64_t, tokens->n);
    size_t at = 0;

    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *token = &tokens->tokens[i];

        while (at < times->n && times->items[at].to <= token->from)
            at++;
        if (at < times->n && times->items[at].from <= token->from &&
            !is_in_gap(&times->items[at], token))
            says[i] = is_deadline(&times->items[at]) ? SAYS_BIT(TIME) : SAYS_BIT(PASSED);
        else
            says[i] = token_says(token, tokens->text[token->from]);
    }
    quotes_skip(tokens, 0, says);
    *out = (struct said_text){ tokens, times, says };
}

/* --- the signs --- */

/* Takes the next class out of `says`. */
static bool next_class(uint64_t *says, size_t *out)
{
    if (*says == 0)
        return false;
    *out = (size_t)__builtin_ctzll(*says);
    *says &= *says - 1;
    return true;
}

static void add(struct signs *out, size_t sign)
{
    if (out->n < SIGNS_MAX)
        out->items[out->n++] = (uint16_t)sign;
}

static void add_classes(struct signs *out, size_t kind, uint64_t says)
{
    for (size_t class; next_class(&says, &class);)
        add(out, kind + class);
}

static void add_next(struct signs *out, size_t kind, uint64_t before, uint64_t says)
{
    for (size_t class; next_class(&before, &class);)
        add_classes(out, kind + class * SAYS_N, says);
}

/* Which classes stand in front of each: a bit each. */
struct relations {
    uint64_t next[SAYS_N], order[SAYS_N];
};

/* Those whose order says something wherever they stand: who, whether, what, when. */
static const uint64_t ordered =
    SAYS_BIT(WE) | SAYS_BIT(OURS) | SAYS_BIT(YOU) | SAYS_BIT(YOURS) | SAYS_BIT(THEY) |
    SAYS_BIT(AGENT) | SAYS_BIT(MATE) | SAYS_BIT(NAME) | SAYS_BIT(MAY) | SAYS_BIT(MUST) |
    SAYS_BIT(WANT) | SAYS_BIT(WILL) | SAYS_BIT(NOT) | SAYS_BIT(HAVE) | SAYS_BIT(IS) |
    SAYS_BIT(PAST) | SAYS_BIT(IF) | SAYS_BIT(SAID) | SAYS_BIT(USUAL) | SAYS_BIT(FACT) |
    SAYS_BIT(CLOSED) | SAYS_BIT(RECEIVE) | SAYS_BIT(PLEDGE) | SAYS_BIT(PLANNED) |
    SAYS_BIT(OUTCOME) | SAYS_BIT(DOES) | SAYS_BIT(DONE) | SAYS_BIT(TIME) | SAYS_BIT(PASSED);

static void relate(struct relations *relations, uint64_t near, uint64_t all, uint64_t says)
{
    for (size_t class; next_class(&says, &class);) {
        relations->next[class] |= near;
        if (ordered & (uint64_t)1 << class)
            relations->order[class] |= all & ordered;
    }
}

static void add_relations(struct signs *out, size_t kind, const uint64_t relations[SAYS_N],
                          uint64_t all)
{
    for (size_t class; next_class(&all, &class);)
        add_classes(out, kind + class * SAYS_N, relations[class]);
}

static uint64_t forms_of(const struct said_text *text, size_t first, size_t n)
{
    uint32_t from = text->tokens->tokens[first].from;
    uint32_t to = text->tokens->tokens[first + n - 1].to;
    uint64_t forms = 0;

    for (size_t i = 0; i < text->times->n; i++) {
        const struct time_found *time = &text->times->items[i];

        if (time->from >= from && time->to <= to && !(time->is_weak && time->is_negated))
            forms |= (uint64_t)1 << form_of(time);
    }
    return forms ? forms : (uint64_t)1 << FORM_NONE;
}

static size_t grid_of(uint64_t all, uint64_t forms)
{
    static const uint64_t rows[] = {
        SAYS_BIT(WE) | SAYS_BIT(OURS) | SAYS_BIT(AGENT) | SAYS_BIT(NAME) | SAYS_BIT(THEY),
        SAYS_BIT(YOU) | SAYS_BIT(YOURS),
        SAYS_BIT(DOES) | SAYS_BIT(RECEIVE) | SAYS_BIT(PLEDGE) | SAYS_BIT(PLANNED),
        SAYS_BIT(NOT) | SAYS_BIT(IF) | SAYS_BIT(MUST) | SAYS_BIT(SAID) | SAYS_BIT(WANT),
        SAYS_BIT(PAST),
        SAYS_BIT(MAY) | SAYS_BIT(CLOSED) | SAYS_BIT(FACT) | SAYS_BIT(USUAL),
    };
    size_t grid = 0;

    for (size_t i = 0; i < COUNT(rows); i++)
        grid |= (size_t)((all & rows[i]) != 0) << i;
    if (all & SAYS_BIT(TIME))
        grid |= 64;
    if (forms & (1u << TIME_SOFT | 1u << FORM_SOFT_TERM))
        grid |= 128;
    if (all & SAYS_BIT(PASSED))
        grid |= 256;
    return grid;
}

static bool ends_in_t(const char *word)
{
    return word[strlen(word) - 1] == 't';
}

static const uint64_t verbs = SAYS_BIT(DOES) | SAYS_BIT(RECEIVE) | SAYS_BIT(HAVE) | SAYS_BIT(MAY) |
                              SAYS_BIT(MUST) | SAYS_BIT(WANT) | SAYS_BIT(PLAIN) | SAYS_BIT(WILL) |
                              SAYS_BIT(IS) | SAYS_BIT(PAST);

/* Not "Bel u morgen", which lacks its "ik". */
static void add_asked(struct signs *out, const struct said_text *text, size_t first, size_t n,
                      uint64_t all)
{
    const struct token *token = &text->tokens->tokens[first];

    if (n < 2 || token->kind != TOKEN_WORD || !(text->says[first] & verbs) ||
        !(text->says[first + 1] & (SAYS_BIT(YOU) | SAYS_BIT(YOURS))))
        return;
    if (ends_in_t(token->text))
        add(out, SIGN_ASKED);
    if (all & SAYS_BIT(THEN))
        add(out, SIGN_ASKED_THEN);
}

/* "Blijft het lekken, dan komen wij": if. */
static void add_verb_then(struct signs *out, const struct said_text *text, size_t first, size_t n)
{
    if (!(text->says[first] & verbs) || (text->says[first] & SAYS_BIT(NUMBER)))
        return;
    for (size_t i = first + 2; i + 1 < first + n; i++)
        if ((text->says[i] & SAYS_BIT(MARK)) && (text->says[i + 1] & SAYS_BIT(THEN))) {
            add(out, SIGN_VERB_THEN);
            return;
        }
}

void signs_of(const struct said_text *text, size_t first, size_t n, struct signs *out)
{
    struct relations relations = { 0 };
    uint64_t all = 0, before = 0, before_that = 0, forms;
    size_t seen = 0;

    out->n = out->near_n = 0;
    if (n == 0)
        return;
    for (size_t i = first; i < first + n; i++) {
        uint64_t says = text->says[i];

        if (says == 0)
            continue;
        if (says == before && (says == SAYS_BIT(TIME) || says == SAYS_BIT(PASSED)))
            continue; /* one expression */
        if (++seen == 2)
            add_next(out, SIGN_START, before, says);
        if (seen == 1)
            add_classes(out, SIGN_FIRST, says);
        relate(&relations, before | before_that, all, says);
        all |= says;
        before_that = before;
        before = says;
    }
    add_classes(out, SIGN_LAST, before);
    forms = forms_of(text, first, n);
    add_asked(out, text, first, n, all);
    add_verb_then(out, text, first, n);
    add(out, SIGN_GRID + grid_of(all, forms));
    add_classes(out, SIGN_HAS, all);
    for (size_t form; next_class(&forms, &form);) {
        add(out, SIGN_TIME + form);
        add_classes(out, SIGN_TIME_HAS + form * SAYS_N, all);
    }
    add_relations(out, SIGN_NEXT, relations.next, all);
    out->near_n = out->n;
    add_relations(out, SIGN_ORDER, relations.order, all);
}
