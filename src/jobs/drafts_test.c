#include "drafts.h"

#include "by_hand.h"
#include "desk.h"
#include "test.h"

#include "../domain/drafts/drafts.h"
#include "../domain/files/files.h"
#include "../domain/files/sweep.h"
#include "../domain/promises/promises.h"

static bool run_drafts(struct world *w)
{
    return run_jobs(w, "send_draft", job_send_draft);
}

/* Saves as the caller, in the place of a version. */
static int save(struct api *api, const char *path, const char *version, const char *json)
{
    api->header = arena_printf(api->w->mem, "If-Match: \"%s\"", version);
    return api_call(api, PUT, path, json);
}

static int count_sent(struct api *api, const char *path)
{
    int n = 0;

    if (api_call(api, GET, arena_printf(api->w->mem, "%s/messages", path), NULL) != 200)
        return -1;
    for (const char *at = api->body; (at = strstr(at, "\"direction\":\"out\"")); at++)
        n++;
    return n;
}

static const instant NOON = { 1900000000000 };

/* A case in which Jan wrote, an agent who answers, and a clock that stands. */
#define CASE_TO_ANSWER(w, api, path, reply)                                                        \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &message_routes,              \
        &note_routes, &draft_routes, &file_routes, &promise_routes);                               \
    CLEANUP(real_clock) int still = 0;                                                             \
    const char *path, *reply;                                                                      \
    (void)still;                                                                                   \
    clock_fake(NOON);                                                                              \
    api_as(&api, ROLE_ADMIN);                                                                      \
    path = arrive(&api, add_channel(&api), "1", "jan", "Waar blijft mijn pakket?");                \
    CHECK(path != NULL);                                                                           \
    reply = arena_printf(w.mem, "%s/drafts/reply", path)

TEST(a_draft_is_kept_for_its_writer_alone)
{
    CASE_TO_ANSWER(w, api, path, reply);

    CHECK(save(&api, reply, "0", "{\"text\":\"Morgen\",\"cc\":[\"ik@x\"]}") == 200);
    CHECK(save(&api, reply, "1", "{\"text\":\"Morgen komt\"}") == 200);
    CHECK(save(&api, arena_printf(w.mem, "%s/drafts/note", path), "0", "{\"text\":\"bel\"}") ==
          200);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/drafts", path), NULL) == 200);
    CHECK(says(&api, "Morgen komt") && says(&api, "\"kind\":\"note\""));
    CHECK(api_call(&api, GET, "/api/v1/drafts", NULL) == 200 && api_count(&api, "drf") == 2);
    CHECK(api_count_pages(&api, "/api/v1/drafts", "drf", 1) == 2);
    CHECK(count_sent(&api, path) == 0);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/drafts", path), NULL) == 200);
    CHECK(api_count(&api, "drf") == 0);
    CHECK(save(&api, reply, "0", "{\"text\":\"Van mij\"}") == 200);
    CHECK(api_call(&api, DELETE, reply, NULL) == 204 && api_call(&api, DELETE, reply, NULL) == 204);
    CHECK(api_call(&api, GET, "/api/v1/drafts", NULL) == 200 && api_count(&api, "drf") == 0);
}

TEST(two_windows_of_one_writer_never_overwrite_each_other)
{
    CASE_TO_ANSWER(w, api, path, reply);

    CHECK(save(&api, reply, "0", "{\"text\":\"een\"}") == 200);
    CHECK(save(&api, reply, "0", "{\"text\":\"twee\"}") == 412);
    CHECK(save(&api, reply, "1", "{\"text\":\"drie\"}") == 200);
    CHECK(save(&api, reply, "1", "{\"text\":\"vier\"}") == 412);
    CHECK(save(&api, reply, "3", "{\"text\":\"vijf\"}") == 412);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/drafts", path), NULL) == 200);
    CHECK(says(&api, "drie") && says(&api, "\"version\":2"));
}

TEST(a_draft_goes_at_its_moment_and_is_a_draft_no_more)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *sending = arena_printf(w.mem, "%s/sending", reply);

    CHECK(save(&api, reply, "0", "{\"text\":\"Morgen komt het.\",\"status\":\"done\"}") == 200);
    CHECK(save(&api, sending, "1", "{\"in_seconds\":5}") == 200);
    CHECK(api_text(&api, "send_at") != NULL);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(count_sent(&api, path) == 0);
    clock_fake(instant_plus(NOON, 5 * SECOND_MS));
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(count_sent(&api, path) == 1 && says(&api, "Morgen komt het."));
    CHECK(says(&api, "\"user_id\":\"usr_"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "done");
    CHECK(api_call(&api, GET, "/api/v1/drafts", NULL) == 200 && api_count(&api, "drf") == 0);
    CHECK(api_call(&api, DELETE, sending, NULL) == 410);
    CHECK(save(&api, reply, "0", "{\"text\":\"Nog iets\"}") == 200);
    CHECK(api_call(&api, DELETE, sending, NULL) == 410);
}

TEST(what_is_taken_back_or_written_on_is_not_sent)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *sending = arena_printf(w.mem, "%s/sending", reply);

    CHECK(save(&api, reply, "0", "{\"text\":\"Morgen komt het.\"}") == 200);
    CHECK(save(&api, sending, "1", "{\"in_seconds\":5}") == 200);
    CHECK(api_call(&api, DELETE, sending, NULL) == 200);
    CHECK(says(&api, "\"send_at\":null") && says(&api, "Morgen komt het."));
    clock_fake(instant_plus(NOON, 6 * SECOND_MS));
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(save(&api, sending, "3", "{\"in_seconds\":5}") == 200);
    CHECK(save(&api, reply, "4", "{\"text\":\"Of toch\"}") == 200);
    clock_fake(instant_plus(NOON, 60 * SECOND_MS));
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(count_sent(&api, path) == 0);
    CHECK(api_call(&api, GET, "/api/v1/drafts", NULL) == 200 && api_count(&api, "drf") == 1);
}

TEST(a_note_goes_in_the_same_way)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *note = arena_printf(w.mem, "%s/drafts/note", path);

    (void)reply;
    CHECK(save(&api, note, "0", "{\"text\":\"hij belde ook\"}") == 200);
    CHECK(save(&api, arena_printf(w.mem, "%s/sending", note), "1", "{}") == 200);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/notes", path), NULL) == 200);
    CHECK(says(&api, "hij belde ook"));
}

static bool switch_off(struct tx *tx, void *unused, struct err *err)
{
    (void)unused;
    return db_run(tx, sql_composed("UPDATE channels SET enabled = $2 WHERE organisation_id = $1"),
                  ARGS(arg_organisation(tx), arg_bool(false)), err);
}

TEST(what_cannot_be_sent_is_a_draft_again_with_the_reason)
{
    CASE_TO_ANSWER(w, api, path, reply);

    CHECK(save(&api, reply, "0", "{\"text\":\"Dag\"}") == 200);
    CHECK(save(&api, arena_printf(w.mem, "%s/sending", reply), "1", "{}") == 200);
    CHECK_OK(world_write(&w, switch_off, NULL), &w.err);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(count_sent(&api, path) == 0);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/drafts", path), NULL) == 200);
    CHECK(says(&api, "is switched off") && says(&api, "\"send_at\":null"));
}

TEST(what_is_wrong_with_a_draft_is_said_when_it_is_to_be_sent_and_not_later)
{
    static const struct {
        const char *draft, *says;
    } cases[] = {
        { "{\"text\":\"Dag\",\"cc\":[\"ik@x.test\"]}",        "/cc"         },
        { "{\"text\":\"Dag\",\"to\":\"een ander\"}",          "/to"         },
        { "{\"text\":\"Dag\",\"files\":[\"geen\"]}",          "/files"      },
        { "{\"text\":\"Dag\",\"personal\":[\"schoenmaat\"]}", "/personal/0" },
        { "{\"text\":\" \"}",                                 "/text"       },
    };
    CASE_TO_ANSWER(w, api, path, reply);
    const char *sending = arena_printf(w.mem, "%s/sending", reply);

    (void)path;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *json = arena_printf(w.mem, "{\"content\":%s}", cases[i].draft);

        if (save(&api, sending, "0", json) != 422 || !says(&api, cases[i].says))
            test_fail(__FILE__, __LINE__, "%s: %s", json, api.body);
    }
    CHECK(api_call(&api, GET, "/api/v1/drafts", NULL) == 200 && api_count(&api, "drf") == 0);
}

TEST(words_and_the_wish_to_send_them_are_one_request)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *sending = arena_printf(w.mem, "%s/sending", reply);

    CHECK(save(&api, sending, "0",
               "{\"in_seconds\":5,\"content\":{\"text\":\"Morgen\",\"status\":\"open\"}}") == 200);
    CHECK(says(&api, "\"version\":2") && says(&api, "\"text\":\"Morgen\""));
    CHECK(save(&api, sending, "0", "{\"content\":{\"text\":\"Weer\"}}") == 412);
    CHECK(save(&api, sending, "2", "{\"content\":{\"text\":3}}") == 422);
    CHECK(says(&api, "/content/text"));
    CHECK(api_call(&api, DELETE, sending, NULL) == 200);
    CHECK(save(&api, sending, "3", "{\"content\":{\"text\":\"Overmorgen\"}}") == 200);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(count_sent(&api, path) == 1 && says(&api, "Overmorgen"));
}

TEST(that_personal_data_went_out_knowingly_stands_in_the_history)
{
    CASE_TO_ANSWER(w, api, path, reply);

    CHECK(save(&api, arena_printf(w.mem, "%s/sending", reply), "0",
               "{\"content\":{\"text\":\"Dag\",\"personal\":[\"iban\",\"bsn\"]}}") == 200);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "{\"personal\":[\"iban\",\"bsn\"]}"));
}

static bool demote(struct tx *tx, void *unused, struct err *err)
{
    (void)unused;
    return db_run(tx, sql_composed("UPDATE users SET role = 'editor' WHERE organisation_id = $1"),
                  ARGS(arg_organisation(tx)), err);
}

TEST(who_may_not_answer_any_more_sends_nothing)
{
    CASE_TO_ANSWER(w, api, path, reply);

    CHECK(save(&api, reply, "0", "{\"text\":\"Dag\"}") == 200);
    CHECK(save(&api, arena_printf(w.mem, "%s/sending", reply), "1", "{}") == 200);
    CHECK_OK(world_write(&w, demote, NULL), &w.err);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(count_sent(&api, path) == 0);
}

TEST(only_what_says_something_is_sent_and_not_in_a_year)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *sending = arena_printf(w.mem, "%s/sending", reply);

    CHECK(save(&api, sending, "1", "{}") == 404);
    CHECK(save(&api, reply, "0", "{\"text\":\" \\n\"}") == 200);
    CHECK(save(&api, sending, "1", "{}") == 422);
    CHECK(save(&api, reply, "1", "{\"text\":\"Dag\"}") == 200);
    CHECK(save(&api, sending, "2", "{\"at\":\"2031-05-01T12:00:00Z\"}") == 422);
    CHECK(save(&api, sending, "2", "{\"at\":\"2020-05-01T12:00:00Z\"}") == 422);
    CHECK(save(&api, sending, "1", "{}") == 412);
    CHECK(save(&api, arena_printf(w.mem, "%s/drafts/poem/sending", path), "1", "{}") == 404);
}

static bool make_old(struct tx *tx, void *n, struct err *err)
{
    (void)n;
    return db_run(tx, sql_composed("UPDATE files SET created_at = 1 WHERE organisation_id = $1"),
                  ARGS(arg_organisation(tx)), err);
}

TEST(what_is_attached_to_a_draft_is_kept_as_long_as_the_draft)
{
    CASE_TO_ANSWER(w, api, path, reply);
    struct swept swept;
    const char *file;

    CHECK(api_call(&api, POST, "/api/v1/files",
                   "{\"name\":\"a.txt\",\"type\":\"text/plain\",\"size\":3}") == 201);
    file = api_text(&api, "id");
    CHECK(file && save(&api, reply, "0",
                       arena_printf(w.mem, "{\"text\":\"Zie\",\"files\":[\"%s\"]}", file)) == 200);
    CHECK(says(&api, "\"name\":\"a.txt\""));
    CHECK_OK(world_write(&w, make_old, NULL), &w.err);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.files == 0);
    CHECK(api_call(&api, DELETE, reply, NULL) == 204);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.files == 1);
    (void)path;
}

TEST(a_note_goes_with_what_is_attached_to_its_draft)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *note = arena_printf(w.mem, "%s/drafts/note/sending", path);
    const char *file;

    (void)reply;
    CHECK(api_call(&api, POST, "/api/v1/files", "{\"name\":\"lek.png\",\"size\":3}") == 201);
    file = api_text(&api, "id");
    CHECK(save(&api, note, "0",
               arena_printf(w.mem, "{\"content\":{\"text\":\"Zie\",\"files\":[\"%s\"]}}", file)) ==
          422);
    CHECK(says(&api, "uploaded to its end"));
    api.header = "Upload-Offset: 0";
    CHECK(api_call(&api, PATCH, arena_printf(w.mem, "/api/v1/files/%s", file), "abc") == 200);
    CHECK(save(&api, note, "0",
               arena_printf(w.mem, "{\"content\":{\"text\":\"Zie\",\"files\":[\"%s\"]}}", file)) ==
          200);
    CHECK_OK(run_drafts(&w), &w.err);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/notes", path), NULL) == 200);
    CHECK(says(&api, "\"text\":\"Zie\"") && says(&api, "lek.png"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(strstr(api.body, "\"name\":\"lek.png\"") > strstr(api.body, "\"kind\":\"note\""));
    CHECK(api_call(&api, GET, "/api/v1/drafts", NULL) == 200 && api_count(&api, "drf") == 0);
}

/* {"kind":"callback",…}, in an hour by default. */
static const char *promised(struct world *w, const char *words, int64_t in_ms)
{
    char due[INSTANT_TEXT_MAX];

    instant_write(instant_plus(NOON, in_ms), due);
    return arena_printf(w->mem, "{\"kind\":\"callback\",\"words\":\"%s\",\"due_at\":\"%s\"}", words,
                        due);
}

TEST(a_draft_carries_what_its_writer_promised_and_makes_it_owed_once_it_went)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *all = arena_printf(w.mem, "%s/promises", path),
               *sending = arena_printf(w.mem, "%s/sending", reply),
               *json = arena_printf(w.mem, "{\"text\":\"We bellen u.\",\"promises\":[%s]}",
                                    promised(&w, "We bellen u.", HOUR_MS));

    CHECK(save(&api, reply, "0", json) == 200);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/drafts", path), NULL) == 200);
    CHECK(says(&api, "\"kind\":\"callback\"") && says(&api, "\"words\":\"We bellen u.\""));
    CHECK(api_call(&api, GET, all, NULL) == 200 && api_count(&api, "prm") == 0);
    CHECK(save(&api, sending, "1", "{\"in_seconds\":5}") == 200);
    CHECK(api_call(&api, GET, all, NULL) == 200 && api_count(&api, "prm") == 0);
    clock_fake(instant_plus(NOON, 5 * SECOND_MS));
    CHECK(run_drafts(&w) && run_drafts(&w));
    CHECK(api_call(&api, GET, all, NULL) == 200 && api_count(&api, "prm") == 1);
    CHECK(says(&api, "\"words\":\"We bellen u.\"") && says(&api, "\"message_id\":\"msg_"));
    CHECK(count_sent(&api, path) == 1);
}

TEST(what_a_draft_can_not_promise_its_writer_hears_before_it_goes)
{
    CASE_TO_ANSWER(w, api, path, reply);
    const char *sending = arena_printf(w.mem, "%s/sending", reply);
    const struct {
        const char *promise, *more, *said;
    } rows[] = {
        { promised(&w, "Gisteren", -HOUR_MS), "",                     "/promises/0/due_at" },
        { promised(&w, " ",        HOUR_MS),  "",                     "/promises/0/words"  },
        { promised(&w, "Straks",   HOUR_MS),  ",\"status\":\"done\"", "/status"            },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(save(&api, sending, "0",
                   arena_printf(w.mem, "{\"content\":{\"text\":\"Dag\",\"promises\":[%s]%s}}",
                                rows[i].promise, rows[i].more)) == 422);
        CHECK(says(&api, rows[i].said));
    }
}
