/* terms ARTICLES QUERIES — how well search terms find the article that answers a question: the mean
 * reciprocal rank, and how often it stands among the first three, for each way of searching.
 *
 * ARTICLES: id, title, body; QUERIES: query, id of its article; both with a line of names.
 */
#include "../src/language/terms.h"
#include "../src/base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARTICLES = 200, QUERIES = 1000, TERMS = 200000, FEW = 3 };

/* What a word is found by, one bit each. */
enum { BY_WORD = 1, BY_STEM = 2, BY_PARTS = 4, BY_LEMMA = 8, BY_GRAMS = 16 };

struct bag {
    const char **terms;
    size_t n;
};

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add(struct bag *bag, const char *term)
{
    if (bag->n < TERMS)
        bag->terms[bag->n++] = term;
}

static void add_word(struct bag *bag, const struct search_word *word, int by)
{
    if (by & BY_WORD)
        add(bag, word->word);
    if (by & BY_STEM)
        add(bag, by & BY_LEMMA ? word->lemma : word->stem);
    for (size_t i = 0; (by & BY_PARTS) && i < word->parts_n; i++)
        add(bag, word->parts[i]);
    for (size_t i = 0; (by & BY_GRAMS) && i < word->grams_n; i++)
        add(bag, word->grams[i]);
}

static void add_text(struct arena *mem, struct bag *bag, const char *text, int by, int times)
{
    struct search_terms terms;

    search_terms(mem, text, &terms);
    for (size_t i = 0; i < terms.n; i++)
        for (int k = 0; k < times; k++)
            add_word(bag, &terms.words[i], by);
}

struct article {
    char *id, *title, *body;
    struct bag bag; /* sorted */
};

struct set {
    struct arena *mem;
    struct article articles[ARTICLES];
    size_t articles_n;
    char *queries[QUERIES], *answers[QUERIES];
    size_t queries_n;
};

static size_t count(const struct bag *bag, const char *term)
{
    size_t from = 0, to = bag->n, n = 0;

    while (from < to) {
        size_t middle = (from + to) / 2;
        if (strcmp(bag->terms[middle], term) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    while (from + n < bag->n && strcmp(bag->terms[from + n], term) == 0)
        n++;
    return n;
}

static void index_articles(struct set *set, int by)
{
    for (size_t i = 0; i < set->articles_n; i++) {
        struct article *article = &set->articles[i];
        article->bag = (struct bag){ .terms = NEW_ARRAY(set->mem, const char *, 20000) };
        add_text(set->mem, &article->bag, article->title, by, 2);
        add_text(set->mem, &article->bag, article->body, by, 1);
        qsort(article->bag.terms, article->bag.n, sizeof(char *), compare);
    }
}

/* BM25 of a query for all articles, divided by the largest. */
static void score(struct set *set, const char *query, int by, double *scores)
{
    const double k1 = 1.2, b = 0.75;
    struct bag bag = { .terms = NEW_ARRAY(set->mem, const char *, 20000) };
    double length = 0, most = 0;

    add_text(set->mem, &bag, query, by, 1);
    for (size_t i = 0; i < set->articles_n; i++) {
        length += (double)set->articles[i].bag.n / (double)set->articles_n;
        scores[i] = 0;
    }
    for (size_t t = 0; t < bag.n; t++) {
        double found[ARTICLES], with = 0, n = (double)set->articles_n;

        for (size_t i = 0; i < set->articles_n; i++) {
            found[i] = (double)count(&set->articles[i].bag, bag.terms[t]);
            with += found[i] > 0;
        }
        for (size_t i = 0; i < set->articles_n; i++)
            scores[i] += log(1 + (n - with + 0.5) / (with + 0.5)) * found[i] * (k1 + 1) /
                         (found[i] + k1 * (1 - b + b * (double)set->articles[i].bag.n / length));
    }
    for (size_t i = 0; i < set->articles_n; i++)
        most = scores[i] > most ? scores[i] : most;
    for (size_t i = 0; i < set->articles_n && most > 0; i++)
        scores[i] /= most;
}

static size_t rank_of(const struct set *set, const double *scores, const char *answer)
{
    size_t at = 0, rank = 1;

    while (at + 1 < set->articles_n && strcmp(set->articles[at].id, answer) != 0)
        at++;
    for (size_t i = 0; i < set->articles_n; i++)
        rank += i != at && scores[i] >= scores[at];
    return rank;
}

/* For each query the scores of each article, to mix. */
static double (*scores_of(struct set *set, int by))[ARTICLES]
{
    double(*scores)[ARTICLES] = arena_alloc(set->mem, set->queries_n * sizeof(*scores));

    index_articles(set, by);
    for (size_t i = 0; i < set->queries_n; i++)
        score(set, set->queries[i], by, scores[i]);
    return scores;
}

static void show(const struct set *set, const char *name, double (*a)[ARTICLES],
                 double (*b)[ARTICLES], double share)
{
    double reciprocal = 0, few = 0;

    for (size_t i = 0; i < set->queries_n; i++) {
        double mixed[ARTICLES];
        size_t rank;

        for (size_t k = 0; k < set->articles_n; k++)
            mixed[k] = share * a[i][k] + (b ? (1 - share) * b[i][k] : 0);
        rank = rank_of(set, mixed, set->answers[i]);
        reciprocal += 1 / (double)rank;
        few += rank <= FEW;
    }
    printf("%-28s MRR %.3f R@3 %.3f\n", name, reciprocal / (double)set->queries_n,
           few / (double)set->queries_n);
}

static void read_file(struct set *set, const char *path, bool is_articles)
{
    FILE *file = fopen(path, "r");
    char buffer[16384];

    if (!file || !fgets(buffer, sizeof(buffer), file)) {
        fprintf(stderr, "terms: can't read %s\n", path);
        exit(1);
    }
    while (fgets(buffer, sizeof(buffer), file)) {
        char *line = arena_text_n(set->mem, buffer, strcspn(buffer, "\n"));
        if (is_articles && set->articles_n < ARTICLES) {
            struct article *article = &set->articles[set->articles_n++];
            article->id = strsep(&line, "\t");
            article->title = strsep(&line, "\t");
            article->body = line ? line : "";
        } else if (!is_articles && set->queries_n < QUERIES) {
            set->queries[set->queries_n] = strsep(&line, "\t");
            set->answers[set->queries_n++] = line ? line : "";
        }
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    static struct set set;
    double(*words)[ARTICLES], (*grams)[ARTICLES];

    if (argc != 3) {
        fprintf(stderr, "usage: terms ARTICLES QUERIES\n");
        return 2;
    }
    set.mem = arena_new("terms");
    read_file(&set, argv[1], true);
    read_file(&set, argv[2], false);
    show(&set, "words", scores_of(&set, BY_WORD), NULL, 1);
    show(&set, "stems", scores_of(&set, BY_STEM), NULL, 1);
    show(&set, "stems, parts", scores_of(&set, BY_STEM | BY_PARTS), NULL, 1);
    words = scores_of(&set, BY_STEM | BY_PARTS | BY_LEMMA);
    show(&set, "stems, parts, lemmas", words, NULL, 1);
    grams = scores_of(&set, BY_GRAMS);
    show(&set, "grams", grams, NULL, 1);
    show(&set, "mixed half and half", words, grams, 0.5);
    show(&set, "mixed, 0.6 words", words, grams, 0.6);
    show(&set, "mixed, 0.7 words", words, grams, 0.7);
    arena_free(set.mem);
    return 0;
}
