#include "corrections.h"

#include "api.h"
#include "test.h"

#include "../../base/text.h"
#include "../../language/learn.h"
#include "../cases/cases.h"
#include "../messages/messages.h"
#include "understand_api.h"

#include <string.h>

TEST(what_can_be_corrected_has_the_names_that_the_models_have)
{
    static const struct {
        const struct model *model;
        const char *const *names;
    } rows[] = {
        { &model_polarity, polarity_names },
        { &model_emotion,  emotion_names  },
        { &model_intent,   intent_names   },
        { &model_urgency,  urgency_names  },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_TEXT(rows[i].model->name, judged_names[i]);
        for (size_t c = 0; c < rows[i].model->classes_n; c++)
            CHECK_TEXT(rows[i].names[c], rows[i].model->classes[c]);
        CHECK(rows[i].names[rows[i].model->classes_n] == NULL);
    }
}

/* --- a case with messages --------------------------------------------------------------------- */

enum { MESSAGES_MAX = 4 };

struct talk {
    struct casefile c;
    message_id messages[MESSAGES_MAX];
    const char *texts[MESSAGES_MAX]; /* NULL: one of ours, that isn't judged */
    size_t n;
};

static bool add_message(struct tx *tx, struct talk *talk, size_t i, struct err *err)
{
    const char *text = talk->texts[i] ? talk->texts[i] : "Wij kijken ernaar.";
    struct message message = {
        .conversation_id = { 1 },
        .case_id = talk->c.id,
        .channel_id = { 1 },
        .direction = talk->texts[i] ? DIRECTION_IN : DIRECTION_OUT,
        .subject = "",
        .text = text,
        .fold_at = (int64_t)strlen(text),
        .parties = { "{\"from\":[],\"to\":[],\"cc\":[]}" },
    };
    struct judgement judgement;

    if (talk->texts[i]) {
        judge_text(tx->mem, &(struct judge){ 0 }, text, strlen(text), &judgement);
        message.understood.s = judgement_write(tx->mem, &judgement);
    }
    if (!message_add(tx, &message, message_words(tx->mem, "", text), err))
        return false;
    talk->messages[i] = message.id;
    return true;
}

static bool begin_talk(struct tx *tx, void *arg, struct err *err)
{
    struct talk *talk = arg;

    talk->c = (struct casefile){ .title = "Lekkage", .person_id = { 1 }, .channel_id = { 1 } };
    if (!case_open(tx, &talk->c, err))
        return false;
    for (size_t i = 0; i < talk->n; i++)
        if (!add_message(tx, talk, i, err))
            return false;
    return true;
}

static const char *path_of(struct world *w, message_id id, const char *subject)
{
    return arena_printf(w->mem, "/api/v1/messages/%s/corrections/%s", id_text("msg", id.n).s,
                        subject);
}

static int correct(struct api *api, message_id id, const char *subject, const char *value)
{
    return api_call(api, PUT, path_of(api->w, id, subject),
                    arena_printf(api->w->mem, "{\"value\":\"%s\"}", value));
}

static bool says(const struct api *api, const char *words)
{
    return strstr(api->body, words) != NULL;
}

#define TALK(talk, ...)                                                                            \
    WORLD(w);                                                                                      \
    API(api, &w, &correction_routes, &message_routes, &understand_routes);                         \
    struct talk talk = { .texts = { __VA_ARGS__ },                                                 \
                         .n = COUNT(((const char *[]){ __VA_ARGS__ })) };                          \
    CHECK_OK(world_write(&w, begin_talk, &talk), &w.err);                                          \
    api_as(&api, ROLE_AGENT)

static const char *message_path(struct world *w, message_id id)
{
    return arena_printf(w->mem, "/api/v1/messages/%s", id_text("msg", id.n).s);
}

static bool read_case(struct tx *tx, void *c, struct err *err)
{
    return case_get(tx, ((struct casefile *)c)->id, c, err);
}

static const char *case_emotion(struct world *w, const struct talk *talk)
{
    struct casefile c = talk->c;

    return world_read(w, read_case, &c) ? c.emotion : NULL;
}

TEST(a_correction_counts_for_its_message_and_its_case_until_it_is_taken_back)
{
    TALK(talk, "Schandalig dat niemand komt.");

    CHECK(correct(&api, talk.messages[0], "emotion", "disappointment") == 200);
    CHECK(says(&api, "\"emotion\":\"disappointment\"") &&
          says(&api, "\"corrected\":[\"emotion\"]"));
    CHECK(api_call(&api, GET, message_path(&w, talk.messages[0]), NULL) == 200);
    CHECK(says(&api, "\"emotion\":\"disappointment\""));
    CHECK_TEXT(case_emotion(&w, &talk), "disappointment");

    CHECK(api_call(&api, DELETE, path_of(&w, talk.messages[0], "emotion"), NULL) == 200);
    CHECK(says(&api, "\"emotion\":\"anger\"") && says(&api, "\"corrected\":[]"));
    CHECK_TEXT(case_emotion(&w, &talk), "anger");
    CHECK(api_call(&api, DELETE, path_of(&w, talk.messages[0], "emotion"), NULL) == 404);
}

TEST(who_says_it_again_replaces_it_and_taking_it_back_brings_our_own_word)
{
    TALK(talk, "Schandalig dat niemand komt.");

    CHECK(correct(&api, talk.messages[0], "emotion", "worry") == 200);
    CHECK(correct(&api, talk.messages[0], "urgency", "critical") == 200);
    CHECK(correct(&api, talk.messages[0], "emotion", "joy") == 200);
    CHECK(says(&api, "\"corrected\":[\"urgency\",\"emotion\"]"));
    CHECK(api_call(&api, GET, "/api/v1/corrections", NULL) == 200);
    CHECK(says(&api, "\"was\":\"anger\",\"value\":\"joy\"") && !says(&api, "worry"));
    CHECK(api_call(&api, GET, "/api/v1/corrections?limit=1", NULL) == 200);
    CHECK(says(&api, "\"subject\":\"emotion\"") && !says(&api, "\"subject\":\"urgency\""));
    CHECK(api_call(
              &api, GET,
              arena_printf(w.mem, "/api/v1/corrections?limit=1&cursor=%s", api_text(&api, "next")),
              NULL) == 200);
    CHECK(says(&api, "\"subject\":\"urgency\""));
    CHECK(api_call(&api, DELETE, path_of(&w, talk.messages[0], "emotion"), NULL) == 200);
    CHECK(says(&api, "\"emotion\":\"anger\"") && says(&api, "\"corrected\":[\"urgency\"]"));
}

TEST(a_correction_of_an_older_message_leaves_the_mood_of_the_case)
{
    TALK(talk, "Schandalig dat niemand komt.", "Dank, hij is geweest en alles werkt weer!");

    CHECK(correct(&api, talk.messages[1], "emotion", "joy") == 200);
    CHECK(correct(&api, talk.messages[0], "emotion", "worry") == 200);
    CHECK_TEXT(case_emotion(&w, &talk), "joy");
}

TEST(only_what_a_customer_wrote_can_be_corrected_and_only_to_what_there_is)
{
    TALK(talk, "Schandalig dat niemand komt.", NULL);

    CHECK(correct(&api, talk.messages[1], "emotion", "joy") == 409);
    CHECK(correct(&api, talk.messages[0], "emotion", "glee") == 422);
    CHECK(correct(&api, talk.messages[0], "emotion", "low") == 422);
    CHECK(correct(&api, talk.messages[0], "colour", "red") == 404);
    CHECK(correct(&api, (message_id){ 12345 }, "emotion", "joy") == 404);
    api_as(&api, ROLE_EDITOR);
    CHECK(correct(&api, talk.messages[0], "emotion", "joy") == 403);
}
