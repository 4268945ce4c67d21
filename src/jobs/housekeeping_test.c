#include "housekeeping.h"

#include "test.h"
#include "world.h"

#include "../store/blobs.h"

#include <string.h>
#include <unistd.h>

enum { LARGE = BLOB_INLINE_MAX + 1, FILES = 30 };

static const struct field job_row_fields[] = {
    FIELD(job, id),
    FIELD(job, due_at),
    { 0 },
};

static bool get_job(struct tx *tx, void *job, struct err *err)
{
    return db_one(tx,
                  sql_composed("SELECT id, due_at FROM jobs "
                               "WHERE organisation_id = $1 AND kind = 'housekeeping'"),
                  ARGS(arg_organisation(tx)), job_row_fields, job, err);
}

/* Runs what is scheduled, as a worker would. */
static bool run_job(struct world *w, struct job *next)
{
    struct job_run run = { .store = w->store, .mem = w->mem, .scope = w->scope };

    if (!world_read(w, get_job, &run.job))
        return false;
    run.job.taker = ""; /* nobody has taken it */
    return job_housekeeping(&run, &w->err) && world_read(w, get_job, next);
}

/* A file of a blob that never got a row, two days old. */
static const char *leave_file(struct world *w, int i)
{
    uint8_t *content = arena_alloc(w->mem, LARGE);
    const char *path;
    struct blob blob;

    memset(content, i, LARGE);
    if (!blob_put(w->store, w->mem, (struct bytes){ content, LARGE }, &blob, &w->err))
        return NULL;
    path = blob_path(w->store, w->mem, blob.hash);
    return test_age(path, 2 * DAY_MS) ? path : NULL;
}

static int count_files(const char *const *paths)
{
    int n = 0;

    for (int i = 0; i < FILES; i++)
        n += access(paths[i], F_OK) == 0;
    return n;
}

static bool add_dropped(struct tx *tx, void *id, struct err *err)
{
    *(int64_t *)id = id_new();
    return db_run(tx,
                  sql_composed("INSERT INTO jobs (organisation_id, id, kind, about, due_at, "
                               "created_at, given_up_at, dropped_at) "
                               "VALUES ($1, $2, 'learn', 0, 1, 1, $3, $3)"),
                  ARGS(arg_organisation(tx), arg_int(*(int64_t *)id), arg_time(tx->now)), err);
}

static bool count_dropped(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx,
                     sql_composed("SELECT count(*) FROM jobs "
                                  "WHERE organisation_id = $1 AND kind = 'learn'"),
                     ARGS(arg_organisation(tx)), n, err);
}

TEST(a_job_that_was_dropped_is_kept_a_day)
{
    static const struct {
        int64_t after_ms, n;
    } rows[] = {
        { DAY_MS,     1 },
        { DAY_MS + 1, 0 },
    };
    WORLD(w);
    struct job job = { 0 };
    int64_t id, n;

    clock_fake((instant){ 1800000000000 });
    w.scope.organisation.n = 0;
    CHECK_OK(world_write(&w, add_dropped, &id), &w.err);
    CHECK_OK(housekeeping_schedule(w.store, &w.err), &w.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        clock_fake((instant){ 1800000000000 + rows[i].after_ms });
        CHECK_OK(run_job(&w, &job) && world_read(&w, count_dropped, &n), &w.err);
        CHECK(n == rows[i].n);
    }
}

TEST(the_housekeeping_comes_every_hour_and_has_swept_the_whole_folder_in_a_day)
{
    WORLD(w);
    const char *paths[FILES];
    struct job job = { 0 };
    int after_one;

    clock_fake((instant){ 1800000000000 });
    w.scope.organisation.n = 0;
    for (int i = 0; i < FILES; i++)
        CHECK((paths[i] = leave_file(&w, i)) != NULL);
    CHECK_OK(housekeeping_schedule(w.store, &w.err), &w.err);
    CHECK_OK(run_job(&w, &job), &w.err);
    CHECK(job.due_at.ms == clock_now().ms + HOUR_MS);
    after_one = count_files(paths);
    for (int hour = 1; hour < BLOB_SWEEP_PARTS; hour++) {
        clock_fake(job.due_at);
        CHECK_OK(run_job(&w, &job), &w.err);
    }
    CHECK(after_one > 0 && count_files(paths) == 0);
}
