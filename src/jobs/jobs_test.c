/* The graveyard as the API shows it. */
#include "job.h"
#include "jobs_api.h"

#include "api.h"
#include "explain.h"
#include "test.h"

#include <string.h>

enum { MANY = 5 };

/* A row of the table, given up or not. */
struct adding {
    bool is_given_up;
    job_id id;
};

static bool add_job(struct tx *tx, void *arg, struct err *err)
{
    struct adding *adding = arg;
    instant given_up_at = adding->is_given_up ? tx->now : (instant){ 0 };

    adding->id.n = id_new();
    return db_run(tx, SQL_JOB_ADD,
                  ARGS(arg_organisation(tx), arg_id(adding->id), arg_text("inbound"), arg_int(1),
                       arg_int(0), arg_time(tx->now), arg_time(tx->now)),
                  err) &&
           db_run(tx, SQL_JOB_GIVE_UP,
                  ARGS(arg_organisation(tx), arg_id(adding->id), arg_time(given_up_at),
                       arg_text("the envelope is gone")),
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
    struct adding given_up = { true }, waiting = { false };

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
    API(api, &w, &job_routes);
    struct adding given_up = { true }, waiting = { false };

    CHECK_OK(world_write(&w, add_job, &waiting), &w.err);
    CHECK_OK(world_write(&w, add_job, &given_up), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 204);
    CHECK(api_count_pages(&api, "/api/v1/jobs", "job", 10) == 0);
    CHECK(api_call(&api, POST, run_path(&w, given_up.id), NULL) == 404);
    CHECK(api_call(&api, POST, run_path(&w, waiting.id), NULL) == 404);
    CHECK(api_call(&api, POST, run_path(&w, (job_id){ 77 }), NULL) == 404);
}

TEST(the_graveyard_is_for_who_may_see_the_outbox_of_the_organisation)
{
    WORLD(w);
    API(api, &w, &job_routes);
    struct adding given_up = { true };

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
