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

/* Of a mail channel; large: its blob is a file. */
struct mail_sample {
    bool is_large, is_other;
    struct store *store;
};

static bool add_mail(struct tx *tx, void *arg, struct err *err)
{
    static const char header[] = "From: =?utf-8?q?Zo=C3=AB?= <zoe@klant.example>\r\n"
                                 "Subject: Mijn boiler\r\n\r\n";
    const struct mail_sample *sample = arg;
    size_t n = sample->is_large ? BLOB_INLINE_MAX + 1 : sizeof(header) - 1;
    char *raw = arena_alloc(tx->mem, n);
    struct envelope envelope = { .external_id = "2",
                                 .folder = "",
                                 .state = ENVELOPE_NOT_UNDERSTOOD,
                                 .stage = "parse",
                                 .reason = reason,
                                 .size = (int64_t)n };
    struct blob blob;
    bool is_new;

    memset(raw, 'x', n);
    memcpy(raw, header, sizeof(header) - 1);
    envelope.raw = (struct bytes){ (const uint8_t *)raw, n };
    envelope.channel_id.n = id_new();
    if (!db_run(tx, SQL_CHANNEL_ADD,
                ARGS(arg_organisation(tx), arg_id(envelope.channel_id),
                     arg_text(sample->is_other ? "api" : "email"), arg_text("M"), arg_text("m"),
                     arg_text("{}"), arg_bytes(envelope.raw), arg_int(0), arg_bool(true),
                     arg_bool(false), arg_time(tx->now)),
                err))
        return false;
    if (!sample->is_large)
        return envelope_add(tx, &envelope, NULL, &is_new, err);
    if (!blob_put(sample->store, tx->mem, envelope.raw, &blob, err))
        return false;
    envelope.raw = (struct bytes){ 0 };
    return envelope_add(tx, &envelope, &blob, &is_new, err);
}

TEST(a_list_says_who_a_mail_is_from_and_what_about_and_of_nothing_else)
{
    static const struct mail_sample samples[] = {
        { false, false },
        { true,  false },
        { false, true  }
    };

    for (size_t i = 0; i < COUNT(samples); i++) {
        WORLD(w);
        API(api, &w, &envelope_routes);
        struct mail_sample sample = samples[i];
        bool says;

        sample.store = w.store;
        CHECK_OK(world_write(&w, add_mail, &sample), &w.err);
        api_as(&api, ROLE_LEAD);
        CHECK(api_call(&api, GET, "/api/v1/envelopes", NULL) == 200 && api_count(&api, "env") == 1);
        says = strstr(api.body, "\"from\":\"Zo\xc3\xab <zoe@klant.example>\"") &&
               strstr(api.body, "\"subject\":\"Mijn boiler\"");
        CHECK(says == !samples[i].is_other);
    }
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
