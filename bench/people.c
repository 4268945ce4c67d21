/* people DATA MESSAGES CASES ROUNDS — two people with so many messages together, in so many cases:
 * how long a merge and its undoing take, durable; and how long a page of all that was said takes.
 *
 * Prints a figure a line: merge_ms, unmerge_ms, said_ms, the median of the rounds.
 */
#include "database.h"

#include "../src/domain/cases/cases.h"
#include "../src/domain/conversations/conversations.h"
#include "../src/domain/messages/messages.h"
#include "../src/domain/people/merges.h"
#include "../src/domain/people/said.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS_MAX = 100, PAGE = 50 };

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof(values[0]), by_size);
    return values[n / 2];
}

struct pair {
    person_id people[2];
    merge_id merge;
    int side, messages; /* of the case that is being made */
};

static bool add_people(struct tx *tx, void *arg, struct err *err)
{
    struct pair *pair = arg;
    bool is_new;

    return person_by_address(tx, IDENTITY_LOGIN, "one", "Een Klant", BY_MESSAGE, &pair->people[0],
                             &is_new, err) &&
           person_by_address(tx, IDENTITY_LOGIN, "two", "Twee Klant", BY_MESSAGE, &pair->people[1],
                             &is_new, err);
}

static bool add_case(struct tx *tx, void *arg, struct err *err)
{
    static const char text[] =
        "Goedemorgen, de kraan in de keuken lekt nog steeds en er is niemand geweest. Wanneer komt "
        "er "
        "iemand langs? Ik ben overdag bereikbaar op mijn mobiele nummer. Met vriendelijke groet.";
    struct pair *pair = arg;
    struct casefile c = { .title = "Lekkage",
                          .channel_id = { 1 },
                          .person_id = pair->people[pair->side] };
    struct conversation talk = { .channel_id = { 1 }, .person_id = c.person_id, .subject = "" };

    if (!case_open(tx, &c, err))
        return false;
    talk.case_id = c.id;
    if (!conversation_add(tx, &talk, err))
        return false;
    for (int i = 0; i < pair->messages; i++) {
        struct message message = { .conversation_id = talk.id,
                                   .case_id = c.id,
                                   .channel_id = { 1 },
                                   .person_id = c.person_id,
                                   .subject = "Lekkage",
                                   .text = text,
                                   .parties = { "{}" } };
        if (!message_add(tx, &message, message_words(tx->mem, message.subject, text), err))
            return false;
    }
    return true;
}

static bool merge(struct tx *tx, void *arg, struct err *err)
{
    struct pair *pair = arg;
    struct person_merge made;

    if (!person_merge(tx, pair->people[0], pair->people[1], 0, NULL, &made, err))
        return false;
    pair->merge = made.id;
    return true;
}

static bool unmerge(struct tx *tx, void *arg, struct err *err)
{
    return person_unmerge(tx, ((struct pair *)arg)->merge, err);
}

static bool read_page(struct tx *tx, void *arg, struct err *err)
{
    struct list found;

    return said_list(tx, ((struct pair *)arg)->people[0], INT64_MAX, PAGE, &found, err);
}

static double timed(struct store *store, struct scope *scope, bool is_read, store_fn *fn,
                    struct pair *pair)
{
    double began = now_ms();
    struct err err;

    err_clear(&err);
    if (!(is_read ? store_read : store_write)(store, scope, fn, pair, &err))
        give_up("people", &err);
    arena_reset(scope->mem);
    return now_ms() - began;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("people");
    double merges[ROUNDS_MAX], unmerges[ROUNDS_MAX], pages[ROUNDS_MAX];
    int64_t messages = argc == 5 ? number_of(argv[2]) : 0;
    int64_t cases = argc == 5 ? number_of(argv[3]) : 0, rounds = argc == 5 ? number_of(argv[4]) : 0;
    struct pair pair = { 0 };
    struct scope scope = { .mem = mem };
    struct store *store;

    if (cases < 1 || rounds < 1 || rounds > ROUNDS_MAX) {
        fputs("usage: people DATA MESSAGES CASES ROUNDS\n", stderr);
        return 2;
    }
    store = database_open(argv[1], "-", false);
    scope.organisation = database_organisation(store);
    timed(store, &scope, false, add_people, &pair);
    pair.messages = (int)(messages / cases);
    for (int64_t i = 0; i < cases; i++) {
        pair.side = (int)(i % 2);
        timed(store, &scope, false, add_case, &pair);
    }
    for (int64_t i = 0; i < rounds; i++) {
        merges[i] = timed(store, &scope, false, merge, &pair);
        pages[i] = timed(store, &scope, true, read_page, &pair);
        unmerges[i] = timed(store, &scope, false, unmerge, &pair);
    }
    printf("merge_ms %.3f\nunmerge_ms %.3f\nsaid_ms %.3f\n", median(merges, (int)rounds),
           median(unmerges, (int)rounds), median(pages, (int)rounds));
    store_close(store);
    return 0;
}
