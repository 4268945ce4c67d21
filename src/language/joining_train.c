/* joining_train — what each sign of two texts about one thing weighs (joining_signs.h), for the
 * build; measures it.
 *
 *   joining_train table CUES PAIRS FILE…   the weights, and how rare words are in all of FILE, as a
 *                                          C file on standard output
 *   joining_train folds CUES PAIRS FILE…   learns from four fifths of the cases and is asked about
 *                                          the rest, for each fifth in turn
 *
 * PAIRS has the columns of data/joining.tsv: a row that says `case` begins one; the others of its
 * number are about it (`same`) or not (`other`). FILE has a column `text`.
 */
#include "joining_signs.h"
#include "labelled.h"
#include "train.h"

#include "../base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAIRS_MAX = 4000,
    COUNTS_BITS = 18,
    OFTEN = 6, /* texts: a word in fewer is as rare as can be */
    STEPS = 4000,
    FOLDS = 5,
};

static const double rate = 0.5, decay = 0.004;

struct pair {
    int64_t of_case;
    const char *text;
    bool is_same;
    float signs[JOINING_SIGNS_N];
};

struct count {
    uint32_t hash, n, last;
};

struct trainer {
    struct arena *mem;
    struct cue_slot cues[1 << CUE_BITS];
    struct count counts[1 << COUNTS_BITS];
    uint32_t texts_n;
    struct rarity_slot slots[1 << COUNTS_BITS];
    struct rarity rarity;
    struct pair pairs[PAIRS_MAX];
    size_t n;
    double weights[JOINING_SIGNS_N];
};

/* --- how rare words are -------------------------------------------------------------------- */

static void count_word(struct trainer *t, uint32_t hash)
{
    size_t at = hash & ((1 << COUNTS_BITS) - 1);

    while (t->counts[at].n > 0 && t->counts[at].hash != hash)
        at = (at + 1) & ((1 << COUNTS_BITS) - 1);
    if (t->counts[at].last == t->texts_n && t->counts[at].n > 0)
        return;
    t->counts[at].hash = hash;
    t->counts[at].last = t->texts_n;
    t->counts[at].n++;
}

static void count_text(struct trainer *t, struct arena *mem, const char *text)
{
    struct search_terms terms;

    t->texts_n++;
    search_terms(mem, text, &terms);
    for (size_t i = 0; i < terms.n; i++)
        count_word(t, hash_text(HASH_START, terms.words[i].lemma, strlen(terms.words[i].lemma)));
}

static void count_file(struct trainer *t, const char *path)
{
    struct labelled set;

    labelled_read(t->mem, path, &set);
    for (size_t i = 0; i < set.n; i++) {
        struct arena *mem = arena_new("joining_train text");
        count_text(t, mem, labelled_cell(&set, i, "text"));
        arena_free(mem);
    }
}

static int by_hash(const void *a, const void *b)
{
    uint32_t x = ((const struct rarity_slot *)a)->hash, y = ((const struct rarity_slot *)b)->hash;

    return x < y ? -1 : x > y;
}

static void make_rarity(struct trainer *t)
{
    size_t n = 0;

    for (size_t i = 0; i < COUNT(t->counts); i++)
        if (t->counts[i].n >= OFTEN)
            t->slots[n++] =
                (struct rarity_slot){ t->counts[i].hash,
                                      (float)log((double)t->texts_n / (double)t->counts[i].n) };
    qsort(t->slots, n, sizeof(t->slots[0]), by_hash);
    t->rarity =
        (struct rarity){ t->slots, n, (float)log((double)t->texts_n / (double)(OFTEN - 1)) };
}

/* --- pairs --------------------------------------------------------------------------------- */

static enum joining_turn turn_of(const char *text)
{
    if (text_equal(text, "us"))
        return TURN_US;
    return text_equal(text, "done") ? TURN_DONE : TURN_THEM;
}

static void read_pairs(struct trainer *t, const char *path)
{
    struct joining_text *of_case = NEW(t->mem, struct joining_text);
    struct labelled set;

    labelled_read(t->mem, path, &set);
    for (size_t i = 0; i < set.n && t->n < PAIRS_MAX; i++) {
        const char *says = labelled_cell(&set, i, "says"), *text = labelled_cell(&set, i, "text");
        struct joining_state state = { .turn = turn_of(labelled_cell(&set, i, "turn")),
                                       .days = atof(labelled_cell(&set, i, "days")) };
        struct pair *pair = &t->pairs[t->n];
        const char *of = labelled_cell(&set, i, "case");
        struct joining_text message;
        struct joining found;
        int64_t number;

        if (!int_read(of, strlen(of), &number)) {
            fprintf(stderr, "%s: row %zu has no number\n", path, i);
            exit(1);
        }

        joining_text_read(t->mem, t->cues, &t->rarity, text, strlen(text), &message);
        if (text_equal(says, "case")) {
            *of_case = message;
            continue;
        }
        *pair = (struct pair){ number, text, text_equal(says, "same"), { 0 } };
        joining_signs_of(t->mem, &t->rarity, of_case, &message, &state, pair->signs, &found);
        t->n++;
    }
}

/* --- learning ------------------------------------------------------------------------------ */

static double chance_of(const struct trainer *t, const struct pair *pair)
{
    double sum = 0;

    for (size_t i = 0; i < JOINING_SIGNS_N; i++)
        sum += t->weights[i] * (double)pair->signs[i];
    return 1 / (1 + exp(-sum));
}

/* Cases come two by two in what is written: every tenth number is a fold. */
static int fold_of(const struct pair *pair)
{
    return (int)(pair->of_case / 2 % FOLDS);
}

/* From all pairs but those of one fold (-1: from all). */
static void learn(struct trainer *t, int left_out)
{
    memset(t->weights, 0, sizeof(t->weights));
    for (size_t step = 0; step < STEPS; step++) {
        double slopes[JOINING_SIGNS_N] = { 0 };
        size_t n = 0;

        for (size_t i = 0; i < t->n; i++) {
            double off;
            if (fold_of(&t->pairs[i]) == left_out)
                continue;
            off = chance_of(t, &t->pairs[i]) - t->pairs[i].is_same;
            for (size_t k = 0; k < JOINING_SIGNS_N; k++)
                slopes[k] += off * (double)t->pairs[i].signs[k];
            n++;
        }
        for (size_t k = 0; k < JOINING_SIGNS_N; k++)
            t->weights[k] -=
                rate * (slopes[k] / (double)n + (k == JOINING_bias ? 0 : decay * t->weights[k]));
    }
}

static void write_table(const struct trainer *t)
{
    printf("#include \"language/joining_signs.h\"\n\n"
           "const float joining_weights[JOINING_SIGNS_N] = {\n");
    for (size_t i = 0; i < JOINING_SIGNS_N; i++)
        printf("    [JOINING_%s] = %.3ff,\n", joining_sign_names[i], t->weights[i]);
    printf("};\nstatic const struct rarity_slot slots[] = {\n");
    for (size_t i = 0; i < t->rarity.n; i++)
        printf("    { %uu, %.2ff },\n", t->slots[i].hash, (double)t->slots[i].rarity);
    printf("};\nconst struct rarity joining_rarity = { slots, %zu, %.2ff };\n", t->rarity.n,
           (double)t->rarity.most);
}

static void folds(struct trainer *t)
{
    static const double limits[] = { 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97 };
    size_t found[COUNT(limits)] = { 0 }, right[COUNT(limits)] = { 0 }, same = 0;

    for (int fold = 0; fold < FOLDS; fold++) {
        learn(t, fold);
        for (size_t i = 0; i < t->n; i++) {
            double chance = chance_of(t, &t->pairs[i]);
            if (fold_of(&t->pairs[i]) != fold)
                continue;
            same += t->pairs[i].is_same;
            for (size_t k = 0; k < COUNT(limits); k++) {
                bool is_found = chance >= limits[k] && joining_has_grounds(t->pairs[i].signs);
                found[k] += is_found;
                right[k] += is_found && t->pairs[i].is_same;
            }
            if (chance >= 0.85 && !t->pairs[i].is_same)
                printf("HIGH ");
            if ((chance >= 0.5) != t->pairs[i].is_same)
                printf("%.2f %lld %s\n", chance, (long long)t->pairs[i].of_case, t->pairs[i].text);
        }
    }
    for (size_t k = 0; k < COUNT(limits); k++)
        printf("%.2f: P %.3f R %.3f\n", limits[k], (double)right[k] / (double)found[k],
               (double)right[k] / (double)same);
}

int main(int argc, char **argv)
{
    static struct trainer t;

    if (argc < 5) {
        fprintf(stderr, "joining_train table|folds CUES PAIRS FILE…\n");
        return 2;
    }
    t.mem = arena_new("joining_train");
    if (!cues_read(argv[2], t.cues))
        return 1;
    for (int i = 3; i < argc; i++)
        count_file(&t, argv[i]);
    make_rarity(&t);
    read_pairs(&t, argv[3]);
    if (text_equal(argv[1], "folds")) {
        folds(&t);
    } else {
        learn(&t, -1);
        write_table(&t);
    }
    arena_free(t.mem);
    return 0;
}
