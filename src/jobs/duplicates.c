#include "duplicates.h"

#include "../auth/organisations.h"
#include "../domain/people/duplicates.h"
#include "../store/jobs.h"

static bool list_organisations(struct tx *tx, void *out, struct err *err)
{
    return organisation_list(tx, out, err);
}

static bool go_on(struct tx *tx, void *n, struct err *err)
{
    return duplicate_go_on(tx, n, err);
}

/* A few a second, in transactions that nobody waits long for: a first look at a hundred thousand
 * people must not take the writer from the messages that come in. */
enum { TRANSACTIONS_MAX = 10 };
static const int64_t BREATH_MS = SECOND_MS;

struct looking {
    const struct job *job;
    bool has_more;
};

static bool look_at_some(struct job_run *run, organisation_id organisation, struct looking *looking,
                         struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("duplicates");
    struct scope scope = { .mem = mem, .organisation = organisation };
    int64_t n = 1;

    for (size_t i = 0; i < TRANSACTIONS_MAX && n > 0; i++) {
        if (!store_write(run->store, &scope, go_on, &n, err))
            return false;
        arena_reset(mem);
    }
    looking->has_more |= n > 0;
    return true;
}

static bool come_again(struct tx *tx, void *arg, struct err *err)
{
    const struct looking *looking = arg;
    int64_t wait_ms = looking->has_more ? BREATH_MS : MINUTE_MS;

    return job_finish(tx, looking->job, err) &&
           job_add(tx, "duplicates", 0, instant_plus(tx->now, wait_ms), err);
}

bool job_duplicates(struct job_run *run, struct err *err)
{
    struct looking looking = { .job = &run->job };
    const struct organisation *organisation;
    struct list all;

    if (!store_read(run->store, &run->scope, list_organisations, &all, err))
        return false;
    organisation = all.items;
    for (size_t i = 0; i < all.n; i++)
        if (!look_at_some(run, organisation[i].id, &looking, err))
            return false;
    return store_write(run->store, &run->scope, come_again, &looking, err);
}

static bool schedule(struct tx *tx, void *arg, struct err *err)
{
    int64_t n;

    (void)arg;
    return db_number(tx, SQL_JOB_SCHEDULED, ARGS(arg_text("duplicates")), &n, err) &&
           (n > 0 || job_add(tx, "duplicates", 0, tx->now, err));
}

bool duplicates_schedule(struct store *store, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("duplicates");
    struct scope scope = { .mem = mem };

    return store_write(store, &scope, schedule, NULL, err);
}
