/* detect_train — makes the table of language detection, for the build; measures it; counts.
 *
 *   detect_train table COUNTS MESSAGES…     the table as a C file on standard output
 *   detect_train evaluate COUNTS MESSAGES…  ten times trained on nine tenths, asked about the last
 *   detect_train count nl=FILE en=FILE…     COUNTS from plain text: a gram and a number a language
 *
 * MESSAGES are files of data/ with the columns text and lang.
 */
#include "detect_table.h"
#include "grams.h"
#include "labelled.h"

#include "../base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ORDERS = GRAM_CHARS_MAX + 1, /* one to four characters, and whole words */
    FOLDS = 10,
    SHORT_CHARS = 25,
    GRAMS_KEPT = 30000, /* in COUNTS */
    SLOTS_USED = DETECT_SLOTS * 3 / 4,
};

/* Manuals know more words than our messages, but nobody writes to us like that. */
#define MANUALS_SHARE 0.2
/* What a gram that was never seen in a language is given. */
static const double unseen[ORDERS] = { 5e-6, 5e-6, 5e-6, 5e-6, 2e-5 };
/* The longer says more than the shorter ones in it. Found by cross-validation, as are all these
 * numbers; none of them matters much. */
static const double importance[ORDERS] = { 0.25, 0.5, 1, 1.5, 3 };

struct gram {
    const char *text;
    size_t order;
    double messages[DETECT_KNOWN], manuals[DETECT_KNOWN];
    double weights[DETECT_KNOWN], use;
};

struct trainer {
    struct arena *mem;
    struct gram **slots;
    size_t cap, n;
    size_t language;
    bool is_manual;
    double messages_n[ORDERS][DETECT_KNOWN], manuals_n[ORDERS][DETECT_KNOWN];
};

struct message {
    const char *text;
    enum language language;
};

struct messages {
    struct message *items;
    size_t n, cap;
};

static _Noreturn void fail(const char *what, const char *name)
{
    fprintf(stderr, "detect_train: %s %s\n", what, name);
    exit(1);
}

static void add_message(struct arena *mem, struct messages *all, struct message message)
{
    if (all->n == all->cap) {
        struct message *more = NEW_ARRAY(mem, struct message, all->cap = 2 * all->cap + 1024);

        if (all->n > 0)
            memcpy(more, all->items, all->n * sizeof(*more));
        all->items = more;
    }
    all->items[all->n++] = message;
}

static void read_messages(struct arena *mem, const char *path, struct messages *all)
{
    struct labelled set;

    labelled_read(mem, path, &set);
    for (size_t i = 0; i < set.n; i++) {
        struct message message = {
            .text = labelled_cell(&set, i, "text"),
            .language = language_of_code(labelled_cell(&set, i, "lang")),
        };

        if (message.language != LANGUAGE_UNKNOWN)
            add_message(mem, all, message);
    }
}

static size_t order_of(const char *gram, size_t len, bool is_word)
{
    size_t chars = 0;

    for (size_t i = 0; i < len; i++)
        chars += ((uint8_t)gram[i] & 0xc0) != 0x80;
    return is_word ? ORDERS - 1 : chars - 1;
}

static struct gram **slot_of(const struct trainer *t, const char *text, size_t len)
{
    struct detect_hash hash = detect_hash(text, len);
    size_t at = ((size_t)hash.slot << 16 | hash.key) * 0x9e3779b97f4a7c15U % t->cap;

    while (t->slots[at] &&
           (strncmp(t->slots[at]->text, text, len) != 0 || t->slots[at]->text[len] != '\0'))
        at = (at + 1) % t->cap;
    return &t->slots[at];
}

static struct gram *gram_of(struct trainer *t, const char *text, size_t len, bool is_word)
{
    struct gram **slot;

    if (2 * t->n >= t->cap) {
        struct trainer larger = *t;

        larger.cap = 2 * t->cap + 4096;
        larger.slots = NEW_ARRAY(t->mem, struct gram *, larger.cap);
        for (size_t i = 0; i < t->cap; i++)
            if (t->slots[i])
                *slot_of(&larger, t->slots[i]->text, strlen(t->slots[i]->text)) = t->slots[i];
        *t = larger;
    }
    slot = slot_of(t, text, len);
    if (!*slot) {
        *slot = NEW(t->mem, struct gram);
        (*slot)->text = arena_text_n(t->mem, text, len);
        (*slot)->order = order_of(text, len, is_word);
        t->n++;
    }
    return *slot;
}

static void count_gram(void *arg, const char *text, size_t len, bool is_word)
{
    struct trainer *t = arg;
    struct gram *gram = gram_of(t, text, len, is_word);

    if (t->is_manual)
        gram->manuals[t->language]++;
    else
        gram->messages[t->language]++;
}

static void count_text(struct trainer *t, const char *text, size_t len, enum language language)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("tokens");
    struct tokens tokens;

    t->language = (size_t)language - 1;
    tokens_of(mem, text, len, &tokens);
    for (size_t i = 0; i < tokens.n; i++)
        if (tokens.tokens[i].kind == TOKEN_WORD)
            grams_of(text + tokens.tokens[i].from, tokens.tokens[i].to - tokens.tokens[i].from,
                     count_gram, t);
}

static void read_counts(struct trainer *t, const char *path)
{
    struct labelled set;

    labelled_read(t->mem, path, &set);
    for (size_t i = 0; i < set.n; i++) {
        const char *text = labelled_cell(&set, i, "gram");
        struct gram *gram = gram_of(t, text, strlen(text), text[0] == '=');
        int64_t n;

        for (size_t l = 0; l < DETECT_KNOWN; l++) {
            const char *number = labelled_cell(&set, i, language_codes[l + 1]);

            if (int_read(number, strlen(number), &n))
                gram->manuals[l] = (double)n;
        }
    }
}

static void sum_up(struct trainer *t)
{
    memset(t->messages_n, 0, sizeof(t->messages_n));
    memset(t->manuals_n, 0, sizeof(t->manuals_n));
    for (size_t i = 0; i < t->cap; i++)
        for (size_t l = 0; t->slots[i] && l < DETECT_KNOWN; l++) {
            t->messages_n[t->slots[i]->order][l] += t->slots[i]->messages[l];
            t->manuals_n[t->slots[i]->order][l] += t->slots[i]->manuals[l];
        }
}

static double share(double n, double all)
{
    return all > 0 ? n / all : 0;
}

static void weigh(const struct trainer *t, struct gram *gram)
{
    double mean = 0, p[DETECT_KNOWN];

    for (size_t l = 0; l < DETECT_KNOWN; l++) {
        p[l] = (1 - MANUALS_SHARE) * share(gram->messages[l], t->messages_n[gram->order][l]) +
               MANUALS_SHARE * share(gram->manuals[l], t->manuals_n[gram->order][l]) +
               unseen[gram->order];
        mean += log(p[l]) / DETECT_KNOWN;
    }
    gram->use = 0;
    for (size_t l = 0; l < DETECT_KNOWN; l++) {
        gram->weights[l] = importance[gram->order] * (log(p[l]) - mean);
        gram->use += (p[l] - unseen[gram->order]) * fabs(gram->weights[l]);
    }
}

static int by_use(const void *a, const void *b)
{
    const struct gram *x = *(struct gram *const *)a, *y = *(struct gram *const *)b;

    if (x->use < y->use)
        return 1;
    return x->use > y->use ? -1 : strcmp(x->text, y->text);
}

static struct gram **all_grams(const struct trainer *t)
{
    struct gram **grams = NEW_ARRAY(t->mem, struct gram *, t->n);
    size_t n = 0;

    for (size_t i = 0; i < t->cap; i++)
        if (t->slots[i])
            grams[n++] = t->slots[i];
    return grams;
}

/* The grams that decide most, each where detect_by() finds it. */
static void make_table(struct trainer *t, struct detect_slot table[DETECT_SLOTS])
{
    struct gram **grams = all_grams(t);

    sum_up(t);
    for (size_t i = 0; i < t->n; i++)
        weigh(t, grams[i]);
    qsort(grams, t->n, sizeof(struct gram *), by_use);
    memset(table, 0, DETECT_SLOTS * sizeof(*table));
    for (size_t i = 0; i < t->n && i < SLOTS_USED && grams[i]->use > 0; i++) {
        struct detect_hash hash = detect_hash(grams[i]->text, strlen(grams[i]->text));
        uint32_t at = hash.slot;

        while (table[at].key != 0 && table[at].key != hash.key)
            at = (at + 1) % DETECT_SLOTS;
        if (table[at].key != 0)
            continue;
        table[at].key = hash.key;
        for (size_t l = 0; l < DETECT_KNOWN; l++)
            table[at].weights[l] =
                (int8_t)lrint(fmax(-127, fmin(127, grams[i]->weights[l] * (double)DETECT_SCALE)));
    }
}

static void count_messages(struct trainer *t, const struct messages *all, size_t but_fold)
{
    for (size_t i = 0; i < t->cap; i++)
        if (t->slots[i])
            memset(t->slots[i]->messages, 0, sizeof(t->slots[i]->messages));
    for (size_t i = 0; i < all->n; i++)
        if (i % FOLDS != but_fold)
            count_text(t, all->items[i].text, strlen(all->items[i].text), all->items[i].language);
}

static void print_table(const struct detect_slot table[DETECT_SLOTS])
{
    printf("/* Made by detect_train.c. */\n#include \"language/detect_table.h\"\n\n"
           "const struct detect_slot detect_table[DETECT_SLOTS] = {\n");
    for (size_t i = 0; i < DETECT_SLOTS; i++)
        if (table[i].key != 0)
            printf("[%zu]={%u,{%d,%d,%d,%d}},\n", i, table[i].key, table[i].weights[0],
                   table[i].weights[1], table[i].weights[2], table[i].weights[3]);
    printf("};\n");
}

struct tally {
    size_t n, right, n_of[LANGUAGES], right_of[LANGUAGES];
};

static void tally(struct tally *tally, enum language wanted, struct detected got)
{
    tally->n++;
    tally->n_of[wanted]++;
    tally->right += got.language == wanted;
    tally->right_of[wanted] += got.language == wanted;
}

static void print_tally(const char *name, const struct tally *tally)
{
    printf("%-8s %.4f of %zu", name, (double)tally->right / (double)tally->n, tally->n);
    for (size_t l = LANGUAGE_NL; l < LANGUAGES; l++)
        printf("  %s %.3f of %zu", language_codes[l],
               share((double)tally->right_of[l], (double)tally->n_of[l]), tally->n_of[l]);
    printf("\n");
}

static size_t chars_of(const char *text)
{
    return order_of(text, strlen(text), false) + 1;
}

static void evaluate(struct trainer *t, const struct messages *all)
{
    struct detect_slot *table = NEW_ARRAY(t->mem, struct detect_slot, DETECT_SLOTS);
    struct tally whole = { 0 }, brief = { 0 };
    size_t sure = 0, sure_right = 0;

    for (size_t fold = 0; fold < FOLDS; fold++) {
        count_messages(t, all, fold);
        make_table(t, table);
        for (size_t i = fold; i < all->n; i += FOLDS) {
            CLEANUP(arena_freep) struct arena *mem = arena_new("tokens");
            const char *text = all->items[i].text;
            enum language wanted = all->items[i].language;
            struct tokens tokens;
            struct detected got;

            tokens_of(mem, text, strlen(text), &tokens);
            got = detect_by(table, &tokens, NULL);
            tally(&whole, wanted, got);
            if (chars_of(text) < SHORT_CHARS)
                tally(&brief, wanted, got);
            sure += got.margin > 0.8F;
            sure_right += got.margin > 0.8F && got.language == wanted;
            if (got.language != wanted)
                printf("%s, taken for %s (%.2f): %s\n", language_codes[wanted],
                       language_codes[got.language], (double)got.margin, text);
        }
    }
    print_tally("all", &whole);
    print_tally("short", &brief);
    printf("sure     %.4f of %zu\n", share((double)sure_right, (double)sure), sure);
}

/* Text is read in pieces that end with a line, as long as tokens_of() looks at. */
static void count_file(struct trainer *t, const char *argument)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("text");
    char code[3] = { argument[0], argument[0] ? argument[1] : '\0', '\0' };
    enum language language = language_of_code(code);
    const char *text;
    size_t left;

    if (language == LANGUAGE_UNKNOWN || argument[2] != '=')
        fail("not LANGUAGE=FILE:", argument);
    text = labelled_text(mem, argument + 3);
    text = utf8_repair(mem, text, strlen(text));
    for (left = strlen(text); left > 0;) {
        size_t len = utf8_cut(text, left, LANGUAGE_MAX / 2);

        while (len < left && len > 1 && text[len - 1] != '\n')
            len--;
        count_text(t, text, len, language);
        text += len;
        left -= len;
    }
}

/* The most frequent ones, each language's share counted alike. */
static void print_counts(struct trainer *t)
{
    struct gram **grams = all_grams(t);

    sum_up(t);
    for (size_t i = 0; i < t->n; i++)
        for (size_t l = 0; l < DETECT_KNOWN; l++)
            grams[i]->use += share(grams[i]->manuals[l], t->manuals_n[1][l]);
    qsort(grams, t->n, sizeof(struct gram *), by_use);
    printf("gram\tnl\ten\tfr\tde\n");
    for (size_t i = 0; i < t->n && i < GRAMS_KEPT; i++)
        printf("%s\t%.0f\t%.0f\t%.0f\t%.0f\n", grams[i]->text, grams[i]->manuals[0],
               grams[i]->manuals[1], grams[i]->manuals[2], grams[i]->manuals[3]);
}

/* The table that is made here isn't there yet. */
const struct detect_slot detect_table[DETECT_SLOTS] = { 0 };

int main(int n, char **arguments)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("train");
    struct trainer t = { .mem = mem };
    struct messages all = { 0 };
    const char *verb = n > 2 ? arguments[1] : "";

    if (strcmp(verb, "count") == 0) {
        t.is_manual = true;
        for (int i = 2; i < n; i++)
            count_file(&t, arguments[i]);
        print_counts(&t);
        return 0;
    }
    if (strcmp(verb, "table") != 0 && strcmp(verb, "evaluate") != 0)
        fail("table, evaluate or count? not", verb);
    read_counts(&t, arguments[2]);
    for (int i = 3; i < n; i++)
        read_messages(mem, arguments[i], &all);
    if (strcmp(verb, "evaluate") == 0) {
        evaluate(&t, &all);
    } else {
        struct detect_slot *table = NEW_ARRAY(mem, struct detect_slot, DETECT_SLOTS);

        count_messages(&t, &all, FOLDS);
        make_table(&t, table);
        print_table(table);
    }
    return 0;
}
