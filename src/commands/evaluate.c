#include "evaluate.h"

#include "../base/text.h"
#include "../language/understand.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_N_MAX = 16, WORDS_MAX_OF = 16, GROUPS_MAX = 8, ITEMS_OF_ROW_MAX = 32 };

/* --- the set ------------------------------------------------------------------------------- */

struct row {
    const char *cells[COLUMNS_N_MAX];
};

struct set {
    const char *columns[COLUMNS_N_MAX];
    size_t columns_n;
    struct row *rows;
    size_t n;
};

static size_t split(struct arena *mem, const char *line, size_t len,
                    const char *cells[COLUMNS_N_MAX])
{
    size_t n = 0, from = 0;

    for (size_t at = 0; at <= len && n < COLUMNS_N_MAX; at++)
        if (at == len || line[at] == '\t') {
            cells[n++] = arena_text_n(mem, line + from, at - from);
            from = at + 1;
        }
    for (size_t i = n; i < COLUMNS_N_MAX; i++)
        cells[i] = "";
    return n;
}

static bool read_set(struct arena *mem, const char *text, size_t len, struct set *out,
                     struct err *err)
{
    size_t lines = 1;

    if (!utf8_is_valid(text, len))
        return err_set(err, ERR_MALFORMED, "the set is no valid UTF-8");
    for (size_t at = 0; at < len; at++)
        lines += text[at] == '\n';
    *out = (struct set){ .rows = NEW_ARRAY(mem, struct row, lines) };
    for (size_t from = 0, to; from < len; from = to + 1) {
        for (to = from; to < len && text[to] != '\n';)
            to++;
        if (out->columns_n == 0)
            out->columns_n = split(mem, text + from, to - from, out->columns);
        else if (to > from)
            split(mem, text + from, to - from, out->rows[out->n++].cells);
    }
    return true;
}

static const char *cell(const struct set *set, const struct row *row, const char *column)
{
    for (size_t i = 0; i < set->columns_n; i++)
        if (text_equal(set->columns[i], column))
            return row->cells[i];
    return NULL;
}

static bool has(const struct set *set, const char *column)
{
    return cell(set, &(struct row){ { 0 } }, column) ||
           (set->n > 0 && cell(set, &set->rows[0], column));
}

/* --- classes -------------------------------------------------------------------------------- */

/* What was wanted against what came, of one thing in one language. */
struct confusion {
    const char *words[WORDS_MAX_OF];
    size_t words_n;
    int n[WORDS_MAX_OF][WORDS_MAX_OF]; /* [wanted][got] */
};

static size_t word_at(struct confusion *confusion, const char *word)
{
    for (size_t i = 0; i < confusion->words_n; i++)
        if (text_equal(confusion->words[i], word))
            return i;
    if (confusion->words_n == WORDS_MAX_OF)
        return WORDS_MAX_OF - 1;
    confusion->words[confusion->words_n] = word;
    return confusion->words_n++;
}

static void count(struct confusion *confusion, const char *wanted, const char *got)
{
    size_t i = word_at(confusion, wanted), k = word_at(confusion, got);

    confusion->n[i][k]++;
}

static double ratio(int part, int all)
{
    return all > 0 ? (double)part / all : 0;
}

static double f1_of(int right, int found, int wanted)
{
    return found + wanted > 0 ? 2.0 * right / (found + wanted) : 0;
}

static void print_confusion(const char *name, const struct confusion *confusion)
{
    int right = 0, all = 0, classes = 0;
    double f1 = 0;

    for (size_t i = 0; i < confusion->words_n; i++) {
        int wanted = 0, got = 0;
        for (size_t k = 0; k < confusion->words_n; k++) {
            wanted += confusion->n[i][k];
            got += confusion->n[k][i];
        }
        right += confusion->n[i][i];
        all += wanted;
        classes += wanted > 0;
        f1 += wanted > 0 ? f1_of(confusion->n[i][i], got, wanted) : 0;
    }
    if (all == 0)
        return;
    printf("%s.accuracy %.3f\n%s.macro_f1 %.3f\n%s.n %d\n", name, ratio(right, all), name,
           f1 / classes, name, all);
    for (size_t i = 0; i < confusion->words_n; i++) {
        printf("#   %-14s", confusion->words[i]);
        for (size_t k = 0; k < confusion->words_n; k++)
            printf(" %4d", confusion->n[i][k]);
        printf("\n");
    }
}

/* --- sets of things ------------------------------------------------------------------------- */

struct found {
    int right, found, wanted;
};

static void print_found(const char *name, const struct found *found)
{
    printf("%s.precision %.3f\n%s.recall %.3f\n%s.f1 %.3f\n", name,
           ratio(found->right, found->found), name, ratio(found->right, found->wanted), name,
           f1_of(found->right, found->found, found->wanted));
}

/* Of one language. */
struct group {
    const char *language;
    struct confusion polarity, emotion, intent, urgency;
    struct found promises, ticked, personal, referrals;
    int deadlines_right, actions_right, firmness_right, kinds_right, targets_right;
};

static struct group *group_of(struct group *groups, size_t *n, const char *language)
{
    for (size_t i = 0; i < *n; i++)
        if (text_equal(groups[i].language, language))
            return &groups[i];
    if (*n == GROUPS_MAX)
        return &groups[GROUPS_MAX - 1];
    groups[*n].language = language;
    return &groups[(*n)++];
}

/* --- one row -------------------------------------------------------------------------------- */

/* "2024-03-12T10:15+01:00"; seconds may be left out. {0}: none. */
static instant moment(struct arena *mem, const char *text)
{
    instant at = { 0 };

    if (!text || strlen(text) < 17)
        return at;
    if (text[16] != ':')
        text = arena_printf(mem, "%.16s:00%s", text, text + 16);
    return instant_read(text, strlen(text), &at) ? at : (instant){ 0 };
}

static void count_promise(struct arena *mem, const struct set *set, const struct row *row,
                          const struct understanding *u, struct group *group)
{
    const struct understood_promise *promise = u->promises.items, *first = promise;
    bool is_one = text_equal(cell(set, row, "is_promise"), "1"), is_ticked = false;

    for (size_t i = 0; i < u->promises.n; i++) {
        is_ticked |= promise[i].ticked;
        if (!first->due && promise[i].due)
            first = &promise[i];
    }
    group->promises.wanted += is_one;
    group->promises.found += u->promises.n > 0;
    group->ticked.wanted += is_one;
    group->ticked.found += is_ticked;
    group->ticked.right += is_one && is_ticked;
    if (!is_one || u->promises.n == 0)
        return;
    group->promises.right++;
    group->deadlines_right +=
        moment(mem, cell(set, row, "deadline")).ms == moment(mem, first->due).ms;
    group->actions_right += text_equal(cell(set, row, "action"), first->action);
    group->firmness_right += text_equal(cell(set, row, "firmness"), first->firm ? "firm" : "soft");
}

static void count_personal(const char *types, const struct understanding *u, struct found *found)
{
    const struct understood_personal *hits = u->personal.items;
    bool is_taken[ITEMS_OF_ROW_MAX] = { false };

    found->found += (int)u->personal.n;
    for (size_t len; *types; types += len + (types[len] == ',')) {
        len = strcspn(types, ",");
        found->wanted++;
        for (size_t i = 0; i < u->personal.n && i < ITEMS_OF_ROW_MAX; i++)
            if (!is_taken[i] && strlen(hits[i].kind) == len &&
                strncmp(hits[i].kind, types, len) == 0) {
                is_taken[i] = true;
                found->right++;
                break;
            }
    }
}

static void count_referral(const struct set *set, const struct row *row,
                           const struct understanding *u, struct group *group)
{
    const struct understood_referral *first = u->referrals.items;
    const char *kind = cell(set, row, "kind"), *target = cell(set, row, "target");
    bool is_one = !text_equal(kind, "none");

    group->referrals.wanted += is_one;
    group->referrals.found += u->referrals.n > 0;
    if (!is_one || u->referrals.n == 0)
        return;
    group->referrals.right++;
    for (size_t i = 0; i < u->referrals.n; i++)
        if (text_equal(first[i].kind, kind)) {
            group->kinds_right++;
            break;
        }
    for (size_t i = 0; i < u->referrals.n; i++)
        if (text_equal(first[i].target, target)) {
            group->targets_right++;
            break;
        }
}

static void count_row(struct arena *mem, const struct set *set, const struct row *row,
                      struct group *group, struct confusion *detected)
{
    const char *text = cell(set, row, "text");
    struct understand_context context = {
        .is_outgoing = has(set, "is_promise") || has(set, "target"),
        .at = moment(mem, cell(set, row, "reference")),
    };
    struct understanding u;

    if (context.is_outgoing)
        context.language = language_of_code(group->language);
    understand(mem, text, strlen(text), &context, &u);
    if (has(set, "lang") && !context.is_outgoing)
        count(detected, group->language, u.language);
    if (has(set, "polarity")) {
        count(&group->polarity, cell(set, row, "polarity"), u.polarity);
        count(&group->emotion, cell(set, row, "emotion"), u.emotion);
        count(&group->intent, cell(set, row, "intent"), u.intent);
        count(&group->urgency, cell(set, row, "urgency"), u.urgency);
    }
    if (has(set, "is_promise"))
        count_promise(mem, set, row, &u, group);
    if (has(set, "types"))
        count_personal(cell(set, row, "types"), &u, &group->personal);
    if (has(set, "target"))
        count_referral(set, row, &u, group);
}

/* --- all of it ------------------------------------------------------------------------------ */

static void print_group(struct arena *mem, const struct set *set, const struct group *group)
{
    const char *language = *group->language ? group->language : "all";

    print_confusion(arena_printf(mem, "polarity.%s", language), &group->polarity);
    print_confusion(arena_printf(mem, "emotion.%s", language), &group->emotion);
    print_confusion(arena_printf(mem, "intent.%s", language), &group->intent);
    print_confusion(arena_printf(mem, "urgency.%s", language), &group->urgency);
    if (has(set, "is_promise")) {
        print_found(arena_printf(mem, "promise.%s", language), &group->promises);
        print_found(arena_printf(mem, "ticked.%s", language), &group->ticked);
        printf("deadline.%s.exact %.3f\naction.%s.accuracy %.3f\nfirmness.%s.accuracy %.3f\n",
               language, ratio(group->deadlines_right, group->promises.right), language,
               ratio(group->actions_right, group->promises.right), language,
               ratio(group->firmness_right, group->promises.right));
    }
    if (has(set, "types"))
        print_found(arena_printf(mem, "personal.%s", language), &group->personal);
    if (has(set, "target")) {
        print_found(arena_printf(mem, "referral.%s", language), &group->referrals);
        printf("referral.%s.kind %.3f\nreferral.%s.target %.3f\n", language,
               ratio(group->kinds_right, group->referrals.right), language,
               ratio(group->targets_right, group->referrals.right));
    }
}

bool evaluate(struct arena *mem, const char *text, size_t len, struct err *err)
{
    CLEANUP(arena_freep) struct arena *of_row = arena_new("row");
    struct group *groups = NEW_ARRAY(mem, struct group, GROUPS_MAX);
    struct confusion *detected = NEW(mem, struct confusion);
    size_t groups_n = 0;
    struct set set;

    if (!read_set(mem, text, len, &set, err))
        return false;
    if (set.n == 0 || !has(&set, "text"))
        return err_set(err, ERR_MALFORMED,
                       "the set needs a first line that names its columns, text among them, and a "
                       "row behind it");
    for (size_t i = 0; i < set.n; i++) {
        const char *language = cell(&set, &set.rows[i], "lang");
        count_row(of_row, &set, &set.rows[i], group_of(groups, &groups_n, language ? language : ""),
                  detected);
        arena_reset(of_row);
    }
    print_confusion("language.all", detected);
    for (size_t i = 0; i < groups_n; i++)
        print_group(mem, &set, &groups[i]);
    return true;
}
