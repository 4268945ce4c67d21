/* The graveyard as the API shows it. */
#include "job.h"
#include "jobs_api.h"

#include "../auth/audit_api.h"
#include "desk.h"
#include "explain.h"

#include <string.h>

#include "../store/jobs.h"

enum { MANY = 5 };

/* A row of the table, given up or not. */
struct adding {
    bool is_given_up;
    const char *kind; /* NULL: inbound */
    job_id id;
};

static bool add_job(struct tx *tx, void *arg, struct err *err)
{
    struct adding *adding = arg;
    instant given_up_at = adding->is_given_up ? tx->now : (instant){ 0 };

    adding->id.n = id_new();
    return db_run(tx, SQL_JOB_ADD,
                  ARGS(arg_organisation(tx), arg_id(adding->id),
                       arg_text(adding->kind ? adding->kind : "inbound"), arg_int(1), arg_int(0),
                       arg_time(tx->now), arg_time(tx->now)),
                  err) &&
           db_run(tx, SQL_JOB_GIVE_UP,
                  ARGS(arg_organisation(tx), arg_id(adding->id), arg_text(""),
                       arg_time(given_up_at), arg_text("the envelope is gone")),
                  err);
}

static const char *run_path(struct world *w, job_id id)
{
    char text[ID_TEXT_MAX];

    id_write("job", id.n, text);
    return arena_printf(w->mem, "/api/v1/jobs/%s/run", text);
}

TEST(jobs_that_were_given_up_are_listed_page_by_page_with_the_reason)
{
    WORLD(w);
    API(api, &w, &job_routes);
    struct adding given_up = { .is_given_up = true }, waiting = { 0 };

    CHECK_OK(world_write(&w, add_job, &waiting), &w.err);
    for (int i = 0; i < MANY; i++)
        CHECK_OK(world_write(&w, add_job, &given_up), &w.err);
    api_as(&api, ROLE_AGENT);
    for (int limit = 1; limit <= MANY + 1; limit++)
        CHECK(api_count_pages(&api, "/api/v1/jobs", "job", limit) == MANY);
    CHECK(api_call(&api, GET, "/api/v1/jobs", NULL) == 200);
    CHECK(strstr(api.body, "the envelope is gone") && strstr(api.body, "\"inbound\""));
    CHECK(api_call(&api, GET, "/api/v1/jobs?limit=0", NULL) == 422);
    CHECK(api_call(&api, GET, "/api/v1/jobs?cursor=x", NULL) == 422);
}

TEST(a_job_that_was_given_up_is_run_again_once)
{
    WORLD(w);
    API(api, &w, &job_routes, &audit_routes);
    struct adding given_up = { .is_given_up = true }, waiting = { 0 };

    CHECK_OK(world_write(&w, add_job, &waiting), &w.err);
    CHECK_OK(world_write(&w, add_job, &given_up), &w.err);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 204);
    CHECK(api_audit_has(&api, "job.run_again"));
    CHECK(strstr(api.body, id_text("job", given_up.id.n).s) && strstr(api.body, "usr_"));
    CHECK(strstr(api.body, "the envelope is gone"));
    CHECK(api_count_pages(&api, "/api/v1/jobs", "job", 10) == 0);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 404);
    CHECK(api_call(&api, POST, run_path(&w, waiting.id), NULL) == 404);
    CHECK(api_call(&api, POST, run_path(&w, (job_id){ 77 }), NULL) == 404);
}

TEST(the_graveyard_is_for_who_may_see_the_outbox_of_the_organisation)
{
    WORLD(w);
    API(api, &w, &job_routes);
    struct adding given_up = { .is_given_up = true };

    CHECK_OK(world_write(&w, add_job, &given_up), &w.err);
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, GET, "/api/v1/jobs", NULL) == 403);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 403);
    api_as_token(&api, ROLE_ADMIN, "outbox:read");
    CHECK(api_call(&api, GET, "/api/v1/jobs", NULL) == 200 && api_count(&api, "job") == 1);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 403);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_count_pages(&api, "/api/v1/jobs", "job", 10) == 0);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 404);
}

static const char *drop_path(struct world *w, job_id id)
{
    return arena_printf(w->mem, "/api/v1/jobs/%s", id_text("job", id.n).s);
}

static const char *restore_path(struct world *w, job_id id)
{
    return arena_printf(w->mem, "%s/restore", drop_path(w, id));
}

TEST(a_job_that_was_given_up_is_dropped_until_that_is_taken_back)
{
    WORLD(w);
    API(api, &w, &job_routes);
    struct adding given_up = { .is_given_up = true, .kind = "learn" },
                  waiting = { .kind = "learn" };

    CHECK_OK(world_write(&w, add_job, &waiting), &w.err);
    CHECK_OK(world_write(&w, add_job, &given_up), &w.err);
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, DELETE, drop_path(&w, given_up.id), NULL) == 403);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, DELETE, drop_path(&w, waiting.id), NULL) == 404);
    CHECK(api_call(&api, DELETE, drop_path(&w, given_up.id), NULL) == 204);
    CHECK(api_count_pages(&api, "/api/v1/jobs", "job", 10) == 0);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 404);
    CHECK(api_call(&api, DELETE, drop_path(&w, given_up.id), NULL) == 404);

    CHECK(api_call(&api, POST, restore_path(&w, waiting.id), NULL) == 404);
    CHECK(api_call(&api, POST, restore_path(&w, given_up.id), NULL) == 204);
    CHECK(api_call(&api, POST, restore_path(&w, given_up.id), NULL) == 404);
    CHECK(api_count_pages(&api, "/api/v1/jobs", "job", 10) == 1);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 204);
}

TEST(the_job_that_customers_mail_waits_for_is_not_dropped)
{
    WORLD(w);
    API(api, &w, &job_routes);
    struct adding given_up = { .is_given_up = true };

    CHECK_OK(world_write(&w, add_job, &given_up), &w.err);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, DELETE, drop_path(&w, given_up.id), NULL) == 409);
    CHECK(api_count_pages(&api, "/api/v1/jobs", "job", 10) == 1);
}

static bool give_up_sending(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_run(tx,
                  sql_composed("UPDATE jobs SET given_up_at = 1 "
                               "WHERE organisation_id = $1 AND kind = 'send'"),
                  ARGS(arg_organisation(tx)), err);
}

TEST(a_message_is_dropped_with_the_job_that_was_to_send_it_and_comes_back_with_it)
{
    WORLD(w);
    API(api, &w, &job_routes, &case_routes, &channel_routes, &exchange_in_routes, &message_routes);
    const char *path, *message, *job;

    api_as(&api, ROLE_ADMIN);
    path = arrive(&api, add_channel(&api), "1", "jan", "Wanneer komt u?");
    CHECK(path && api_call(&api, POST, arena_printf(w.mem, "%s/messages", path),
                           "{\"text\":\"Morgen.\"}") == 201);
    message = arena_printf(w.mem, "/api/v1/messages/%s", api_text(&api, "id"));
    CHECK_OK(world_write(&w, give_up_sending, NULL), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/jobs", NULL) == 200 && api_count(&api, "job") == 1);
    job = arena_printf(
        w.mem, "/api/v1/jobs/%s",
        arena_text_n(w.mem, strstr(api.body, "job_"), strcspn(strstr(api.body, "job_"), "\"")));
    CHECK(api_call(&api, DELETE, job, NULL) == 204);
    CHECK(api_call(&api, GET, message, NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "dropped");
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/restore", job), NULL) == 204);
    CHECK(api_call(&api, GET, message, NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "queued");
}

static bool explain(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return explain_uses(tx, SQL_JOB_LIST_GIVEN_UP, "jobs_given_up", err);
}

TEST(the_graveyard_is_found_among_however_many_jobs_wait)
{
    WORLD(w);

    CHECK_OK(world_read(&w, explain, NULL), &w.err);
}

/* --- jobs that are asked for --------------------------------------------------------------- */

static bool ask(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return job_ask(tx, "inbound", 7, err);
}

static bool take(struct tx *tx, void *arg, struct err *err)
{
    struct list jobs;

    if (!db_all(tx, SQL_JOB_TAKE,
                ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, MINUTE_MS)), arg_int(10),
                     arg_text("test"), arg_int(-1), arg_int(-1), arg_int(-1), arg_int(-1)),
                job_fields, sizeof(struct job), &jobs, err))
        return false;
    *(struct job *)arg = jobs.n == 1 ? *(struct job *)jobs.items : (struct job){ 0 };
    ((struct job *)arg)->taker = "test";
    return true;
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    return job_finish(tx, arg, err);
}

TEST(what_is_asked_for_often_runs_once_at_a_time_and_once_more_when_asked_meanwhile)
{
    WORLD(w);
    struct job first, second, third;

    CHECK_OK(world_write(&w, ask, NULL) && world_write(&w, ask, NULL), &w.err);
    CHECK_OK(world_write(&w, take, &first), &w.err);
    CHECK(first.id.n != 0 && first.about == 7);
    CHECK_OK(world_write(&w, ask, NULL) && world_write(&w, take, &second), &w.err);
    CHECK(second.id.n == 0);
    CHECK_OK(world_write(&w, finish, &first) && world_write(&w, take, &second), &w.err);
    CHECK(second.id.n == first.id.n && second.tries == 1);
    CHECK_OK(world_write(&w, finish, &second) && world_write(&w, take, &third), &w.err);
    CHECK(third.id.n == 0);
}

/* As after a minute in which its worker was killed. */
static bool vanish(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_run(tx, sql_composed("UPDATE jobs SET taken_until = 0"), NO_ARGS, err);
}

static bool progress(struct tx *tx, void *arg, struct err *err)
{
    return job_progress(tx, arg, err);
}

TEST(who_gets_a_part_done_between_two_kills_never_runs_out_of_tries)
{
    WORLD(w);
    struct job job;

    CHECK_OK(world_write(&w, ask, NULL), &w.err);
    for (int64_t kill = 0; kill < 4; kill++) {
        CHECK_OK(world_write(&w, take, &job) && world_write(&w, vanish, NULL), &w.err);
        CHECK(job.tries == kill + 1);
    }
    for (int kill = 0; kill < 4; kill++) {
        CHECK_OK(world_write(&w, take, &job) && world_write(&w, progress, &job), &w.err);
        CHECK_OK(world_write(&w, vanish, NULL), &w.err);
        CHECK(job.tries == (kill == 0 ? 5 : 2));
    }
}

static bool give_up(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    return db_run(tx, SQL_JOB_GIVE_UP,
                  ARGS(arg_organisation(tx), arg_id(job->id), arg_text("test"), arg_time(tx->now),
                       arg_text("no")),
                  err);
}

TEST(what_was_given_up_gets_another_chance_when_it_is_asked_for)
{
    WORLD(w);
    struct job job;

    CHECK_OK(world_write(&w, ask, NULL) && world_write(&w, take, &job), &w.err);
    CHECK_OK(world_write(&w, give_up, &job) && world_write(&w, ask, NULL), &w.err);
    CHECK_OK(world_write(&w, take, &job), &w.err);
    CHECK(job.id.n != 0 && job.tries == 1);
}
