#include "evaluate.h"

#include "../base/text.h"

#include <string.h>

enum { WORDS_MAX_OF = 16, ITEMS_OF_ROW_MAX = 32 };

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

/* A row for each that was wanted, a column for each that came, in the same order. */
static void print_table(FILE *out, const struct confusion *confusion)
{
    for (size_t i = 0; i < confusion->words_n; i++) {
        fprintf(out, "#   %-14s", confusion->words[i]);
        for (size_t k = 0; k < confusion->words_n; k++)
            fprintf(out, " %4d", confusion->n[i][k]);
        fprintf(out, "\n");
    }
}

static void print_confusion(FILE *out, const char *name, const struct confusion *confusion)
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
    fprintf(out, "%s.accuracy %.3f\n%s.macro_f1 %.3f\n%s.n %d\n", name, ratio(right, all), name,
            f1 / classes, name, all);
    print_table(out, confusion);
}

/* --- sets of things ------------------------------------------------------------------------- */

struct found {
    int right, found, wanted;
};

/* A share of nothing is no figure. */
static void print_ratio(FILE *out, const char *name, const char *figure, int part, int all)
{
    if (all > 0)
        fprintf(out, "%s.%s %.3f\n", name, figure, ratio(part, all));
}

static void print_found(FILE *out, const char *name, const struct found *found)
{
    print_ratio(out, name, "precision", found->right, found->found);
    print_ratio(out, name, "recall", found->right, found->wanted);
    print_ratio(out, name, "f1", 2 * found->right, found->found + found->wanted);
}

/* Of one language. */
struct group {
    const char *language;
    struct confusion polarity, emotion, intent, urgency;
    struct confusion actions, kinds; /* of what was rightly found */
    struct found promises, ticked, personal, referrals;
    int deadlines_right, actions_right, firmness_right, kinds_right, targets_right, targets;
};

/* NULL: there are too many. */
static struct group *group_of(struct group *groups, size_t *n, const char *language)
{
    for (size_t i = 0; i < *n; i++)
        if (text_equal(groups[i].language, language))
            return &groups[i];
    if (*n == SET_LANGUAGES_MAX)
        return NULL;
    groups[*n].language = language;
    return &groups[(*n)++];
}

/* --- one row -------------------------------------------------------------------------------- */

/* {0}: none. */
static instant moment(const char *text)
{
    instant at;

    return text && set_moment(text, &at) ? at : (instant){ 0 };
}

static void count_promise(const struct labelled_set *set, const struct set_row *row,
                          const struct understanding *u, struct group *group)
{
    const struct understood_promise *promise = u->promises.items, *first = promise;
    bool is_one = text_equal(set_cell(set, row, "is_promise"), "1"), is_ticked = false;

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
    group->deadlines_right += moment(set_cell(set, row, "deadline")).ms == moment(first->due).ms;
    if (set_has(set, "action"))
        count(&group->actions, set_cell(set, row, "action"), first->action);
    group->actions_right += text_equal(set_cell(set, row, "action"), first->action);
    group->firmness_right +=
        text_equal(set_cell(set, row, "firmness"), first->firm ? "firm" : "soft");
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

static void count_referral(const struct labelled_set *set, const struct set_row *row,
                           const struct understanding *u, struct group *group)
{
    const struct understood_referral *first = u->referrals.items;
    const char *kind = set_cell(set, row, "kind"), *target = set_cell(set, row, "target");
    const char *got = u->referrals.n > 0 ? first->kind : "";
    bool is_one = !text_equal(kind, "none");

    group->referrals.wanted += is_one;
    group->referrals.found += u->referrals.n > 0;
    if (!is_one || u->referrals.n == 0)
        return;
    group->referrals.right++;
    for (size_t i = 0; i < u->referrals.n; i++)
        if (text_equal(first[i].kind, kind)) {
            group->kinds_right++;
            got = kind;
            break;
        }
    count(&group->kinds, kind, got);
    if (*target == '\0')
        return; /* it names nothing */
    group->targets++;
    for (size_t i = 0; i < u->referrals.n; i++)
        if (text_equal(first[i].target, target)) {
            group->targets_right++;
            break;
        }
}

/* Those of the four moods that the set has. */
static void count_moods(const struct labelled_set *set, const struct set_row *row,
                        const struct understanding *u, struct group *group)
{
    const struct {
        const char *column, *got;
        struct confusion *confusion;
    } moods[] = {
        { "polarity", u->polarity, &group->polarity },
        { "emotion",  u->emotion,  &group->emotion  },
        { "intent",   u->intent,   &group->intent   },
        { "urgency",  u->urgency,  &group->urgency  },
    };

    for (size_t i = 0; i < COUNT(moods); i++)
        if (set_has(set, moods[i].column))
            count(moods[i].confusion, set_cell(set, row, moods[i].column), moods[i].got);
}

static void count_row(struct arena *mem, const struct labelled_set *set, const struct set_row *row,
                      const struct understand_context *known, struct group *group,
                      struct confusion *detected)
{
    const char *text = set_cell(set, row, "text");
    struct understand_context context = *known;
    struct understanding u;

    context.is_outgoing = set_has(set, "is_promise") || set_has(set, "target");
    if (set_has(set, "reference"))
        context.at = moment(set_cell(set, row, "reference"));
    if (context.is_outgoing)
        context.language = language_of_code(group->language);
    understand(mem, text, strlen(text), &context, &u);
    if (set_has(set, "lang") && !context.is_outgoing)
        count(detected, group->language, u.language);
    count_moods(set, row, &u, group);
    if (set_has(set, "is_promise"))
        count_promise(set, row, &u, group);
    if (set_has(set, "types"))
        count_personal(set_cell(set, row, "types"), &u, &group->personal);
    if (set_has(set, "target"))
        count_referral(set, row, &u, group);
}

/* --- all of it ------------------------------------------------------------------------------ */

static void print_promises(FILE *out, struct arena *mem, const struct labelled_set *set,
                           const struct group *group, const char *language)
{
    const struct {
        const char *column, *figure;
        int right;
        const struct confusion *table;
    } parts[] = {
        { "deadline", "exact",    group->deadlines_right, NULL            },
        { "action",   "accuracy", group->actions_right,   &group->actions },
        { "firmness", "accuracy", group->firmness_right,  NULL            },
    };

    print_found(out, arena_printf(mem, "promise.%s", language), &group->promises);
    print_found(out, arena_printf(mem, "ticked.%s", language), &group->ticked);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!set_has(set, parts[i].column))
            continue;
        print_ratio(out, arena_printf(mem, "%s.%s", parts[i].column, language), parts[i].figure,
                    parts[i].right, group->promises.right);
        if (parts[i].table)
            print_table(out, parts[i].table);
    }
}

static void print_group(FILE *out, struct arena *mem, const struct labelled_set *set,
                        const struct group *group)
{
    const char *language = *group->language ? group->language : "all";
    const char *referral = arena_printf(mem, "referral.%s", language);

    print_confusion(out, arena_printf(mem, "polarity.%s", language), &group->polarity);
    print_confusion(out, arena_printf(mem, "emotion.%s", language), &group->emotion);
    print_confusion(out, arena_printf(mem, "intent.%s", language), &group->intent);
    print_confusion(out, arena_printf(mem, "urgency.%s", language), &group->urgency);
    if (set_has(set, "is_promise"))
        print_promises(out, mem, set, group, language);
    if (set_has(set, "types"))
        print_found(out, arena_printf(mem, "personal.%s", language), &group->personal);
    if (set_has(set, "target")) {
        print_found(out, referral, &group->referrals);
        print_ratio(out, referral, "kind", group->kinds_right, group->referrals.right);
        print_table(out, &group->kinds);
        print_ratio(out, referral, "target", group->targets_right, group->targets);
    }
}

/* What a set says itself can't be said beside it, too; and what is needed must be said once. */
static bool check_known(const struct labelled_set *set, const struct understand_context *known,
                        struct err *err)
{
    if (set_has(set, "lang") && known->language != LANGUAGE_UNKNOWN)
        return err_set(err, ERR_MALFORMED,
                       "%s says the language of each row (lang): leave out --lang", set->path);
    if (set_has(set, "reference") && known->at.ms != 0)
        return err_set(err, ERR_MALFORMED,
                       "%s says the moment of each row (reference): leave out --at", set->path);
    if (set_has(set, "is_promise") && !set_has(set, "reference") && known->at.ms == 0)
        return err_set(err, ERR_MALFORMED,
                       "%s has promises, but not the moment they count from: add a column "
                       "reference, or give --at",
                       set->path);
    return true;
}

bool evaluate(struct arena *mem, const struct labelled_set *set,
              const struct understand_context *known, FILE *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *of_row = arena_new("row");
    struct group *groups = NEW_ARRAY(mem, struct group, SET_LANGUAGES_MAX);
    struct confusion *detected = NEW(mem, struct confusion);
    size_t groups_n = 0;

    if (!check_known(set, known, err))
        return false;
    for (size_t i = 0; i < set->n; i++) {
        const struct set_row *row = &set->rows[i];
        const char *language = set_cell(set, row, "lang");
        struct group *group =
            group_of(groups, &groups_n, language ? language : language_codes[known->language]);

        if (!group)
            return err_set(err, ERR_MALFORMED, "%s: line %zu is in one language too many: %d go",
                           set->path, row->line, SET_LANGUAGES_MAX);
        count_row(of_row, set, row, known, group, detected);
        arena_reset(of_row);
    }
    print_confusion(out, "language.all", detected);
    for (size_t i = 0; i < groups_n; i++)
        print_group(out, mem, set, &groups[i]);
    return true;
}
