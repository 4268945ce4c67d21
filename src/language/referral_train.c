/* referral_train — what each sign of a referral weighs (referral_signs.h), for the build; measures
 * it.
 *
 *   referral_train table FILE…     the weights as a C file on standard output
 *   referral_train authors FILE…   learns from all files but one and is asked about that one, for
 *                                  each in turn
 *
 * FILE has the columns of data/referrals-*.tsv; or those of data/promises-*.tsv, of which what
 * promises something is taken for a text that sends nobody anywhere. Where the target doesn't say
 * which sentence of a text sends there, that is taken which does so most clearly by what was
 * learned before.
 */
#include "labelled.h"
#include "referral_signs.h"

#include "../base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 2,
    EPOCHS = 20,
    EXAMPLES_MAX = 20000,
    HEAD_SENDS = 0,
    HEAD_TARGET,
    HEAD_KINDS,
    HEADS = HEAD_KINDS + REFERRAL_KINDS_N,
    LANGUAGES_N = 3,
};

/* Found by cross-validation; none matters much. A promise weighs little: there are many of them,
 * and they are little like what else sends nobody. */
static const double rate = 0.1, decay = 3e-4, square_first = 1e-2, promise_share = 0.05;

static const char *const languages[LANGUAGES_N] = { "nl", "en", "fr" };

/* A token of a sentence that sends somewhere. */
struct word {
    struct referral_signs signs;
    bool is_target;
};

struct example {
    const char *text;
    size_t file, language;
    bool sends, is_promise;
    int kind; /* -1: none, or several */
    struct referral_signs *sentences;
    size_t n, best;
    bool is_sure; /* which is the best */
    struct word *words;
    size_t words_n;
};

struct trainer {
    struct arena *mem;
    struct example *items;
    size_t n;
    double weights[HEADS][REFERRAL_SIGNS_N + 1], squares[HEADS][REFERRAL_SIGNS_N + 1];
};

static _Noreturn void fail(const char *what, const char *name)
{
    fprintf(stderr, "referral_train: %s %s\n", what, name);
    exit(1);
}

/* --- reading --- */

static bool is_address(const struct token *token)
{
    return token->kind == TOKEN_URL || token->kind == TOKEN_EMAIL;
}

/* The tokens of the sentence with the target, as words of it or not. What is an address needn't be
 * learned. */
static void see_words(struct trainer *t, struct example *example, const struct referral_text *text,
                      size_t sentence, uint32_t from, uint32_t to)
{
    struct referral_part all = referral_sentence(text, sentence);

    for (size_t i = all.first; i < all.end; i++) {
        const struct token *token = &text->tokens->tokens[i];

        if (token->from >= from && token->to <= to && (is_address(token) || text->phone_len[i]))
            return;
    }
    example->words = NEW_ARRAY(t->mem, struct word, all.end - all.first);
    for (size_t i = all.first; i < all.end; i++) {
        const struct token *token = &text->tokens->tokens[i];
        struct word *word = &example->words[example->words_n++];

        referral_target_signs_of(text, &all, i, (enum referral_kind)example->kind, &word->signs);
        word->is_target = token->from >= from && token->to <= to;
    }
}

static void see_target(struct trainer *t, struct example *example, const struct referral_text *text,
                       const char *target)
{
    const char *at = *target ? strstr(example->text, target) : NULL;
    uint32_t from = at ? (uint32_t)(at - example->text) : 0;

    for (size_t i = 0; at && i < text->tokens->sentences_n; i++) {
        const struct sentence *sentence = &text->tokens->sentences[i];

        if (from < sentence->from || from >= sentence->to)
            continue;
        example->best = i;
        example->is_sure = true;
        if (example->kind >= 0)
            see_words(t, example, text, i, from, from + (uint32_t)strlen(target));
    }
}

static int kind_of(const char *name)
{
    for (int i = 0; referral_kinds[i]; i++)
        if (strcmp(name, referral_kinds[i]) == 0)
            return i;
    return -1;
}

static size_t language_at(const char *code)
{
    for (size_t i = 0; i < LANGUAGES_N; i++)
        if (strcmp(languages[i], code) == 0)
            return i;
    fail("no language:", code);
}

static void see(struct trainer *t, struct example *example, const char *target)
{
    struct referral_text text;
    struct tokens tokens;

    tokens_of(t->mem, example->text, strlen(example->text), &tokens);
    referral_text_of(t->mem, &tokens, languages[example->language], &text);
    example->n = tokens.sentences_n;
    example->sentences = NEW_ARRAY(t->mem, struct referral_signs, example->n + 1);
    for (size_t i = 0; i < example->n; i++) {
        struct referral_part whole = referral_sentence(&text, i);

        referral_signs_of(&text, &whole, &example->sentences[i]);
    }
    if (example->sends)
        see_target(t, example, &text, target);
}

static void read_examples(struct trainer *t, const char *path, size_t file)
{
    struct labelled set;
    bool is_promises;

    labelled_read(t->mem, path, &set);
    is_promises = !labelled_has(&set, "kind");
    for (size_t i = 0; i < set.n; i++) {
        struct example *example = &t->items[t->n];
        const char *kind = is_promises ? "none" : labelled_cell(&set, i, "kind");

        if (is_promises && !text_equal(labelled_cell(&set, i, "is_promise"), "1"))
            continue;
        if (++t->n == EXAMPLES_MAX)
            fail("too many lines with", path);
        *example = (struct example){ .text = labelled_cell(&set, i, "text"),
                                     .file = file,
                                     .language = language_at(labelled_cell(&set, i, "lang")),
                                     .sends = !text_equal(kind, "none"),
                                     .is_promise = is_promises,
                                     .kind = kind_of(kind) };
        see(t, example, is_promises ? "" : labelled_cell(&set, i, "target"));
    }
}

/* --- learning --- */

static double sum_of(const struct trainer *t, size_t head, const struct referral_signs *signs)
{
    double sum = t->weights[head][REFERRAL_SIGNS_N];
    float values[SIGN_KINDS];

    referral_sign_values(signs, values);
    for (size_t i = 0; i < signs->n; i++)
        sum += (double)values[signs->items[i].kind] * t->weights[head][signs->items[i].id];
    return sum;
}

static void move(struct trainer *t, size_t head, size_t sign, double gradient)
{
    double *weight = &t->weights[head][sign], *square = &t->squares[head][sign];

    gradient += decay * *weight;
    *square += gradient * gradient;
    *weight -= rate * gradient / sqrt(*square + square_first);
}

static void learn(struct trainer *t, size_t head, const struct referral_signs *signs,
                  double gradient)
{
    float values[SIGN_KINDS];

    referral_sign_values(signs, values);
    for (size_t i = 0; i < signs->n; i++)
        move(t, head, signs->items[i].id, gradient * (double)values[signs->items[i].kind]);
    move(t, head, REFERRAL_SIGNS_N, gradient);
}

static void learn_yes(struct trainer *t, size_t head, const struct referral_signs *signs,
                      bool is_yes, double share)
{
    double p = 1 / (1 + exp(-sum_of(t, head, signs)));

    learn(t, head, signs, share * (p - is_yes));
}

static void learn_kind(struct trainer *t, const struct referral_signs *signs, int kind)
{
    double sums[REFERRAL_KINDS_N], max = -1e9, all = 0;

    for (size_t i = 0; i < REFERRAL_KINDS_N; i++) {
        sums[i] = sum_of(t, HEAD_KINDS + i, signs);
        max = sums[i] > max ? sums[i] : max;
    }
    for (size_t i = 0; i < REFERRAL_KINDS_N; i++)
        all += sums[i] = exp(sums[i] - max);
    for (size_t i = 0; i < REFERRAL_KINDS_N; i++)
        learn(t, HEAD_KINDS + i, signs, sums[i] / all - ((int)i == kind));
}

static void learn_example(struct trainer *t, const struct example *example)
{
    const struct referral_signs *best = &example->sentences[example->best];

    if (example->n == 0)
        return;
    if (!example->sends) {
        for (size_t i = 0; i < example->n; i++)
            learn_yes(t, HEAD_SENDS, &example->sentences[i], false,
                      example->is_promise ? promise_share : 1);
        return;
    }
    learn_yes(t, HEAD_SENDS, best, true, 1);
    if (example->kind >= 0)
        learn_kind(t, best, example->kind);
    for (size_t i = 0; i < example->words_n; i++)
        learn_yes(t, HEAD_TARGET, &example->words[i].signs, example->words[i].is_target, 1);
}

static size_t best_of(const struct trainer *t, const struct example *example)
{
    size_t best = 0;

    for (size_t i = 1; i < example->n; i++)
        if (sum_of(t, HEAD_SENDS, &example->sentences[i]) >
            sum_of(t, HEAD_SENDS, &example->sentences[best]))
            best = i;
    return best;
}

/* A number below n, always the same ones. */
static size_t next_below(uint64_t *state, size_t n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*state >> 33) % n;
}

static void shuffle(uint32_t *order, size_t n, uint64_t *dice)
{
    for (size_t i = n; i > 1; i--) {
        size_t other = next_below(dice, i);
        uint32_t held = order[i - 1];

        order[i - 1] = order[other];
        order[other] = held;
    }
}

/* From all but the file `left_out`. */
static void train(struct trainer *t, size_t left_out)
{
    uint32_t *order = NEW_ARRAY(t->mem, uint32_t, t->n);
    uint64_t dice = 1;
    size_t n = 0;

    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].file != left_out)
            order[n++] = (uint32_t)i;
    memset(t->weights, 0, sizeof(t->weights));
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++)
            if (!t->items[order[i]].is_sure)
                t->items[order[i]].best = best_of(t, &t->items[order[i]]);
        memset(t->weights, 0, sizeof(t->weights));
        memset(t->squares, 0, sizeof(t->squares));
        for (size_t epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, n, &dice);
            for (size_t i = 0; i < n; i++)
                learn_example(t, &t->items[order[i]]);
        }
    }
}

/* --- writing --- */

static long rounded(double weight)
{
    long out = lround(weight * REFERRAL_WEIGHT);

    if (out > INT8_MAX)
        return INT8_MAX;
    return out < INT8_MIN ? INT8_MIN : out;
}

static void write_row(const struct trainer *t, size_t sign)
{
    printf("{ %ld, %ld, {", rounded(t->weights[HEAD_SENDS][sign]),
           rounded(t->weights[HEAD_TARGET][sign]));
    for (size_t i = 0; i < REFERRAL_KINDS_N; i++)
        printf("%s %ld", i ? "," : "", rounded(t->weights[HEAD_KINDS + i][sign]));
    printf(" } }");
}

static void write_table(const struct trainer *t)
{
    printf("#include \"language/referral_signs.h\"\n\n"
           "const struct referral_weights referral_weights[REFERRAL_SIGNS_N] = {\n");
    for (size_t i = 0; i < REFERRAL_SIGNS_N; i++) {
        printf("    ");
        write_row(t, i);
        printf(",\n");
    }
    printf("};\nconst struct referral_weights referral_bias = ");
    write_row(t, REFERRAL_SIGNS_N);
    printf(";\n");
}

/* --- measuring --- */

struct measured {
    size_t wanted, found, right, kind_right;
};

static int likeliest_kind(const struct trainer *t, const struct referral_signs *signs)
{
    int best = 0;

    for (int i = 1; i < REFERRAL_KINDS_N; i++)
        if (sum_of(t, HEAD_KINDS + (size_t)i, signs) > sum_of(t, HEAD_KINDS + (size_t)best, signs))
            best = i;
    return best;
}

static void measure(const struct trainer *t, const struct example *example, struct measured *out)
{
    const struct referral_signs *best =
        example->n ? &example->sentences[best_of(t, example)] : NULL;
    bool is_found = best && sum_of(t, HEAD_SENDS, best) > 0;

    out->wanted += example->sends;
    out->found += is_found;
    out->right += is_found && example->sends;
    if (is_found && example->sends)
        out->kind_right += likeliest_kind(t, best) == example->kind;
    if (is_found != example->sends)
        printf("%s %s\n", is_found ? "FALSE" : "MISS", example->text);
}

static void print(const char *name, size_t language, const struct measured *m)
{
    if (m->wanted + m->found > 0)
        printf("%s %s: P %.3f R %.3f F1 %.3f (%zu), kind by its words %.3f\n", name,
               languages[language], (double)m->right / (double)m->found,
               (double)m->right / (double)m->wanted,
               2.0 * (double)m->right / (double)(m->found + m->wanted), m->wanted,
               (double)m->kind_right / (double)m->right);
}

static void measure_file(struct trainer *t, const char *path, size_t file,
                         struct measured all[LANGUAGES_N])
{
    struct measured own[LANGUAGES_N] = { 0 };

    train(t, file);
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].file == file) {
            measure(t, &t->items[i], &own[t->items[i].language]);
            measure(t, &t->items[i], &all[t->items[i].language]);
        }
    for (size_t i = 0; i < LANGUAGES_N; i++)
        print(path, i, &own[i]);
}

int main(int argc, char **argv)
{
    static struct trainer t;
    struct measured all[LANGUAGES_N] = { 0 };

    if (argc < 3)
        fail("what, and which files?", "");
    t.mem = arena_new("referral_train");
    t.items = NEW_ARRAY(t.mem, struct example, EXAMPLES_MAX);
    for (int i = 2; i < argc; i++)
        read_examples(&t, argv[i], (size_t)i);
    if (text_equal(argv[1], "table")) {
        train(&t, 0);
        write_table(&t);
    } else {
        for (int i = 2; i < argc; i++)
            if (strstr(argv[i], "referrals"))
                measure_file(&t, argv[i], (size_t)i, all);
        for (size_t i = 0; i < LANGUAGES_N; i++)
            print("all", i, &all[i]);
    }
    arena_free(t.mem);
    return 0;
}
