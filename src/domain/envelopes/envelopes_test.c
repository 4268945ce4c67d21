#include "envelopes.h"

#include "api.h"
#include "test.h"

#include <string.h>

static const char reason[] = "it has no header";

/* In a state, where it stopped; then its id. */
struct sample {
    enum envelope_state state;
    const char *stage;
    envelope_id id;
};

static bool add(struct tx *tx, void *arg, struct err *err)
{
    static const char raw[] = "no mail";
    struct sample *sample = arg;
    struct envelope envelope = {
        .channel_id = { 7 },
        .external_id = "1",
        .size = sizeof(raw) - 1,
        .raw = { (const uint8_t *)raw, sizeof(raw) - 1 },
        .folder = "",
        .state = sample->state,
        .stage = sample->stage,
        .reason = sample->state == ENVELOPE_WAITING ? NULL : reason,
    };
    bool is_new;

    if (!envelope_add(tx, &envelope, NULL, &is_new, err))
        return false;
    sample->id = envelope.id;
    return true;
}

static const char *path_of(struct world *w, const struct sample *sample)
{
    return arena_printf(w->mem, "/api/v1/envelopes/%s", id_text("env", sample->id.n).s);
}

static bool count_jobs(struct tx *tx, void *n, struct err *err)
{
    return db_number(tx,
                     sql_composed("SELECT count(*) FROM jobs WHERE kind = 'inbound' AND about = 7"),
                     NO_ARGS, n, err);
}

TEST(what_is_not_understood_is_put_aside_and_comes_back_when_it_is_run_again)
{
    WORLD(w);
    API(api, &w, &envelope_routes);
    struct sample sample = { ENVELOPE_NOT_UNDERSTOOD, "parse", { 0 } };
    const char *path;

    CHECK_OK(world_write(&w, add, &sample), &w.err);
    path = path_of(&w, &sample);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 403);
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, GET, "/api/v1/envelopes", NULL) == 200 && api_count(&api, "env") == 1);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "ignored");
    CHECK_TEXT(api_text(&api, "reason"), reason);
    CHECK(api_call(&api, GET, "/api/v1/envelopes", NULL) == 200 && api_count(&api, "env") == 0);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 409);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/run", path), NULL) == 202);
    CHECK_TEXT(api_text(&api, "state"), "waiting");
}

TEST(what_is_not_whole_is_never_run_again_and_keeps_its_reason)
{
    WORLD(w);
    API(api, &w, &envelope_routes);
    struct sample sample = { ENVELOPE_NOT_UNDERSTOOD, "receive", { 0 } };
    const char *path;
    int64_t jobs_n = -1;

    CHECK_OK(world_write(&w, add, &sample), &w.err);
    path = path_of(&w, &sample);
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/run", path), NULL) == 409);
    CHECK(strstr(api.body, "answer it where its reason says"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "not_understood");
    CHECK_TEXT(api_text(&api, "reason"), reason);
    /* To put it aside can be undone all the same. */
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 200);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/run", path), NULL) == 202);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "not_understood");
    CHECK_TEXT(api_text(&api, "stage"), "receive");
    CHECK_TEXT(api_text(&api, "reason"), reason);
    CHECK_OK(world_read(&w, count_jobs, &jobs_n), &w.err);
    CHECK(jobs_n == 0);
}

TEST(what_waits_and_has_lost_its_job_is_given_one_when_it_is_run_again)
{
    WORLD(w);
    API(api, &w, &envelope_routes);
    struct sample sample = { ENVELOPE_WAITING, "", { 0 } };
    int64_t jobs_n = -1;

    CHECK_OK(world_write(&w, add, &sample) && world_read(&w, count_jobs, &jobs_n), &w.err);
    CHECK(jobs_n == 0);
    api_as(&api, ROLE_LEAD);
    for (int i = 0; i < 2; i++) { /* one that has its job keeps it */
        CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/run", path_of(&w, &sample)), NULL) ==
              202);
        CHECK_TEXT(api_text(&api, "state"), "waiting");
        CHECK_OK(world_read(&w, count_jobs, &jobs_n), &w.err);
        CHECK(jobs_n == 1);
    }
}
