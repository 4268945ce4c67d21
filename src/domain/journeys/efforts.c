#include "efforts.h"

#include <stdlib.h>

static const struct field effort_fields[] = {
    FIELD(effort, contacts_n),
    FIELD(effort, forced_switches_n),
    FIELD(effort, repeats_n),
    FIELD(effort, handovers_n),
    FIELD(effort, dead_ends_n),
    FIELD(effort, waiting_minutes),
    { 0 },
};

bool effort_put(struct tx *tx, const struct casefile *c, const struct journey *journey,
                struct err *err)
{
    return db_run(tx, SQL_EFFORT_PUT,
                  ARGS(arg_organisation(tx), arg_id(c->id), arg_time(c->done_at),
                       arg_int(journey->contacts_n), arg_int(journey->forced_switches_n),
                       arg_int(journey->repeats_n), arg_int(journey->handovers_n),
                       arg_int(journey->dead_ends_n), arg_int(journey->waiting_minutes)),
                  err);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* The middle one; of an even number the lower of the two, so that it is one that was. */
static int64_t median(const struct list *efforts, size_t at)
{
    int64_t values[USUAL_CASES_MAX];

    for (size_t i = 0; i < efforts->n; i++)
        values[i] = *(const int64_t *)(const void *)((const char *)efforts->items +
                                                     i * sizeof(struct effort) + at);
    qsort(values, efforts->n, sizeof(values[0]), by_size);
    return values[(efforts->n - 1) / 2];
}

bool effort_usual(struct tx *tx, struct effort *out, int64_t *cases_n, struct err *err)
{
    struct list newest;

    *out = (struct effort){ 0 };
    *cases_n = 0;
    if (!db_all(tx, SQL_EFFORT_NEWEST,
                ARGS(arg_organisation(tx), arg_int(USUAL_CASES_MAX), arg_time(tx->now)),
                effort_fields, sizeof(struct effort), &newest, err))
        return false;
    if (newest.n < USUAL_CASES_MIN)
        return true;
    *cases_n = (int64_t)newest.n;
    *out = (struct effort){
        .contacts_n = median(&newest, offsetof(struct effort, contacts_n)),
        .forced_switches_n = median(&newest, offsetof(struct effort, forced_switches_n)),
        .repeats_n = median(&newest, offsetof(struct effort, repeats_n)),
        .handovers_n = median(&newest, offsetof(struct effort, handovers_n)),
        .dead_ends_n = median(&newest, offsetof(struct effort, dead_ends_n)),
        .waiting_minutes = median(&newest, offsetof(struct effort, waiting_minutes)),
    };
    return true;
}
