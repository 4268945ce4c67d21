/* What was not understood, once more. */
#include "mailbox.h"

/* It comes in, and nobody looks at it yet. */
static bool arrive(struct mailbox *box, struct received item)
{
    const char *text = mail(box, "a@x", "jan@klant.example", "Lekkage", "", "Mijn kraan lekt.");
    size_t n;

    item.raw = (struct bytes){ (const uint8_t *)text, strlen(text) };
    return pipeline_receive(box->w->store, &box->w->scope, box->channel, &item, 1, NULL, NULL, &n,
                            &box->w->err);
}

/* The one envelope there is, as an address. */
static const char *the_envelope(struct api *api)
{
    struct arena *mem = api->w->mem;

    if (api_call(api, GET, "/api/v1/envelopes?all=true", NULL) != 200 || api_count(api, "env") != 1)
        return "none";
    return arena_printf(mem, "/api/v1/envelopes/%.17s", strstr(api->body, "env_"));
}

static const char *state_of(struct api *api, const char *path)
{
    return api_call(api, GET, path, NULL) == 200 ? api_text(api, "state") : "none";
}

/* As a program does that ends at this mail each time, until it's no longer tried. */
static bool fall_over_it(struct tx *tx, void *unused, struct err *err)
{
    (void)unused;
    return db_run(tx, sql_composed("UPDATE jobs SET tries = $1 WHERE kind = 'inbound'"),
                  ARGS(arg_int(INBOUND_TRIES_MAX)), err);
}

TEST(what_was_not_understood_is_one_case_when_it_is_run_again_and_what_was_wrong_is_gone)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *run;

    CHECK_OK(arrive(&box, (struct received){ 0 }), &w.err);
    CHECK_OK(world_write(&w, fall_over_it, NULL), &w.err);
    CHECK_OK(run_inbound(&box), &w.err);
    path = the_envelope(&api);
    run = arena_printf(w.mem, "%s/run", path);
    CHECK_TEXT(state_of(&api, path), "not_understood");
    CHECK(strstr(api_text(&api, "reason"), "the program ended"));
    CHECK(count_cases(&api, "") == 0);

    CHECK(api_call(&api, POST, run, NULL) == 202);
    CHECK_OK(run_inbound(&box), &w.err);
    CHECK_TEXT(state_of(&api, path), "understood");
    CHECK(api_text(&api, "message_id") && !api_text(&api, "reason"));
    CHECK(count_cases(&api, "") == 1);
    CHECK(strstr(api.body, "Lekkage"));

    CHECK(api_call(&api, POST, run, NULL) == 409);
    CHECK_OK(arrive(&box, (struct received){ 0 }), &w.err);
    CHECK_OK(run_inbound(&box), &w.err);
    CHECK(count_cases(&api, "") == 1);
}

TEST(what_came_in_cut_is_no_case_however_often_it_is_run)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    const char *path, *run;

    CHECK_OK(arrive(&box, (struct received){ .refused = "larger than 50 MB" }), &w.err);
    path = the_envelope(&api);
    run = arena_printf(w.mem, "%s/run", path);
    for (int i = 0; i < 2; i++) {
        CHECK(api_call(&api, POST, run, NULL) == 409);
        CHECK_OK(run_inbound(&box), &w.err);
        CHECK_TEXT(state_of(&api, path), "not_understood");
        CHECK_TEXT(api_text(&api, "reason"), "larger than 50 MB");
        CHECK(count_cases(&api, "") == 0);
    }
}
