#include "learning.h"

#include "by_hand.h"
#include "desk.h"
#include "test.h"

#include "../domain/understanding/corrections.h"
#include "../domain/understanding/understand_api.h"

static bool run_learning(struct world *w)
{
    struct job_run run;

    return take_job(w, &run) && text_equal(run.job.kind, "learn") && job_learn(&run, &w->err);
}

/* The only message of a case. */
static const char *correction_path(struct api *api, const char *path)
{
    const char *id;

    if (api_call(api, GET, arena_printf(api->w->mem, "%s/messages", path), NULL) != 200)
        return NULL;
    id = strstr(api->body, "\"id\":\"msg_");
    return id ? arena_printf(api->w->mem, "/api/v1/messages/%.17s/corrections/emotion", id + 6)
              : NULL;
}

static const char *emotion_of(struct api *api, const char *text)
{
    if (api_call(api, POST, "/api/v1/understand",
                 arena_printf(api->w->mem, "{\"text\":\"%s\"}", text)) != 200)
        return NULL;
    return api_text(api, "emotion");
}

TEST(what_was_corrected_is_judged_so_from_then_on_and_not_after_it_was_taken_back)
{
    static const char text[] = "Jullie zijn me er eentje hoor.";

    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &message_routes,
        &correction_routes, &understand_routes);
    const char *before, *channel, *correction, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", text);
    correction = path ? correction_path(&api, path) : NULL;
    before = emotion_of(&api, text);
    CHECK(correction && before && !text_equal(before, "worry"));

    CHECK(api_call(&api, PUT, correction, "{\"value\":\"worry\"}") == 200);
    CHECK_OK(run_learning(&w), &w.err);
    CHECK_TEXT(emotion_of(&api, text), "worry");
    path = arrive(&api, channel, "2", "piet", text);
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "emotion"), "worry");

    CHECK(api_call(&api, DELETE, correction, NULL) == 200);
    CHECK_OK(run_learning(&w), &w.err);
    CHECK_TEXT(emotion_of(&api, text), before);
}

/* As a release with other models finds them. */
static bool age_weights(struct tx *tx, void *arg, struct err *err)
{
    static const uint8_t other[] = "GLp2\0\0\0\0\1\0\1\0";

    (void)arg;
    return learned_save(tx, (struct bytes){ other, 12 }, err);
}

TEST(after_a_new_release_what_people_corrected_is_learned_again_from_the_next_message_on)
{
    static const char text[] = "Jullie zijn me er eentje hoor.";

    WORLD(w);
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &message_routes,
        &correction_routes, &understand_routes);
    const char *channel, *path;

    api_as(&api, ROLE_ADMIN);
    channel = add_channel(&api);
    path = arrive(&api, channel, "1", "jan", text);
    CHECK(path && api_call(&api, PUT, correction_path(&api, path), "{\"value\":\"worry\"}") == 200);
    CHECK_OK(run_learning(&w), &w.err);
    CHECK_TEXT(emotion_of(&api, text), "worry");

    CHECK_OK(world_write(&w, age_weights, NULL), &w.err);
    CHECK(!text_equal(emotion_of(&api, text), "worry")); /* set aside, not misread */
    CHECK(arrive(&api, channel, "2", "piet", "Dag.") && arrive(&api, channel, "3", "kees", "Hoi."));
    CHECK_OK(run_learning(&w), &w.err); /* asked for once */
    CHECK(!run_learning(&w));
    CHECK_TEXT(emotion_of(&api, text), "worry");
    CHECK(arrive(&api, channel, "4", "piet", "Dag nog eens."));
    CHECK(!run_learning(&w)); /* there is nothing to learn again */
}
