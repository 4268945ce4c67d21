#include "said.h"

#include "../cases/cases.h"
#include "../conversations/conversations.h"
#include "../messages/messages.h"
#include "../notes/notes.h"
#include "api.h"
#include "merges.h"
#include "test.h"

#include <string.h>

enum { MESSAGES = 4 };

/* A person with a case of so many messages, and a note. */
struct talk {
    const char *name;
    person_id person, other; /* other: who said one more thing in the case; none: nobody */
};

static bool say(struct tx *tx, const struct casefile *c, person_id who, int n, const char *text,
                struct err *err)
{
    struct conversation talk = {
        .channel_id = { 1 }, .person_id = who, .case_id = c->id, .subject = ""
    };

    if (!conversation_add(tx, &talk, err))
        return false;
    for (int i = 0; i < n; i++) {
        struct message message = { .conversation_id = talk.id,
                                   .case_id = c->id,
                                   .channel_id = { 1 },
                                   .person_id = who,
                                   .subject = "",
                                   .text = text,
                                   .parties = { "{}" } };
        if (!message_add(tx, &message, message_words(tx->mem, "", text), err))
            return false;
    }
    return true;
}

static bool add_talk(struct tx *tx, void *arg, struct err *err)
{
    struct talk *talk = arg;
    struct casefile c = { .title = "Lek", .channel_id = { 1 } };
    struct note note;
    bool is_new;

    if (!person_by_address(tx, IDENTITY_LOGIN, talk->name, talk->name, BY_MESSAGE, &c.person_id,
                           &is_new, err))
        return false;
    talk->person = c.person_id;
    return case_open(tx, &c, err) && say(tx, &c, c.person_id, MESSAGES, talk->name, err) &&
           note_add(tx, c.id, &(struct note_draft){ .text = "een notitie" }, &note, err) &&
           (talk->other.n == 0 || say(tx, &c, talk->other, 1, "van een ander", err));
}

static const char *path_of(struct world *w, person_id id, const char *rest)
{
    return arena_printf(w->mem, "/api/v1/people/%s%s", id_text("per", id.n).s, rest);
}

/* Messages and notes on all pages of so many; -1: one came twice. */
static int said(struct api *api, person_id id, int limit)
{
    int messages = api_count_pages(api, path_of(api->w, id, "/said"), "msg", limit);

    return messages < 0
               ? -1
               : messages + api_count_pages(api, path_of(api->w, id, "/said"), "not", limit);
}

TEST(all_that_was_said_with_a_person_is_read_page_by_page_over_all_who_are_one)
{
    WORLD(w);
    API(api, &w, &said_routes, &merge_routes);
    struct talk jan = { .name = "jan" }, piet = { .name = "piet" };

    CHECK_OK(world_write(&w, add_talk, &jan), &w.err);
    piet.other = jan.person;
    CHECK_OK(world_write(&w, add_talk, &piet), &w.err);
    api_as(&api, ROLE_AGENT);
    for (int limit = 1; limit <= 2 * MESSAGES + 4; limit++) {
        CHECK(said(&api, jan.person, limit) == MESSAGES + 1 + 1);
        CHECK(said(&api, piet.person, limit) == MESSAGES + 1 + 1);
    }
    CHECK(api_call(&api, POST, path_of(&w, piet.person, "/merges"),
                   arena_printf(w.mem, "{\"person_id\":\"%s\"}", id_text("per", jan.person.n).s)) ==
          201);
    CHECK(said(&api, jan.person, 3) == 2 * MESSAGES + 2 + 1);
    CHECK(api_call(&api, GET, path_of(&w, jan.person, "/said?limit=1"), NULL) == 200);
    CHECK(strstr(api.body, "van een ander") && strstr(api.body, "\"reference\":\""));
    CHECK(api_call(&api, GET, path_of(&w, (person_id){ 77 }, "/said"), NULL) == 404);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, path_of(&w, jan.person, "/said"), NULL) == 404);
}
