#include "messages.h"

#include "explain.h"
#include "test.h"
#include "world.h"

static bool explain(struct tx *tx, void *arg, struct err *err)
{
    static const struct {
        enum sql sql;
        const char *index;
    } rows[] = {
        { SQL_MESSAGE_BY_EXTERNAL_ID,  "messages_by_external_id"  },
        { SQL_MESSAGE_BY_CONTENT,      "messages_once"            },
        { SQL_MESSAGE_NEWEST,          "messages_by_conversation" },
        { SQL_MESSAGE_REFERENCES,      "messages_by_conversation" },
        { SQL_MESSAGE_OUTBOX,          "messages_in_outbox"       },
        { SQL_MESSAGE_READY,           "messages_in_outbox"       },
        { SQL_TIMELINE_MESSAGES,       "messages_by_case"         },
        { SQL_TIMELINE_MESSAGES_AFTER, "messages_by_case"         },
        { SQL_TIMELINE_EVENTS,         "events_of_case"           },
        { SQL_TIMELINE_EVENTS_AFTER,   "events_of_case"           },
        { SQL_TIMELINE_EVENTS_PENDING, "events_pending_by_case"   },
    };

    (void)arg;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!explain_is_indexed(tx, rows[i].sql, err) ||
            !explain_uses(tx, rows[i].sql, rows[i].index, err))
            return false;
    return true;
}

/* By the primary key alone they would walk through all messages of an organisation. */
TEST(messages_are_found_by_the_index_made_for_it)
{
    FRESH_WORLD(w);

    CHECK_OK(world_read(&w, explain, NULL), &w.err);
}

/* --- one conversation ----------------------------------------------------------------------- */

struct conversing {
    message_id answer;
    const char *references, *newest;
};

/* Their mail, an answer that didn't arrive, one that did, the one that is asked about, theirs. */
static bool converse(struct tx *tx, void *arg, struct err *err)
{
    static const struct {
        enum direction direction;
        enum message_state state;
    } rows[] = {
        { DIRECTION_IN,  MESSAGE_RECEIVED },
        { DIRECTION_OUT, MESSAGE_FAILED   },
        { DIRECTION_OUT, MESSAGE_SENT     },
        { DIRECTION_OUT, MESSAGE_QUEUED   },
        { DIRECTION_IN,  MESSAGE_RECEIVED },
    };
    struct conversing *conversing = arg;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct message message = { .conversation_id = { 1 },
                                   .case_id = { 2 },
                                   .channel_id = { 3 },
                                   .direction = rows[i].direction,
                                   .state = rows[i].state,
                                   .external_id = arena_printf(tx->mem, "m%zu", i),
                                   .subject = "",
                                   .text = "",
                                   .parties = { "{}" } };

        if (!message_add(tx, &message, "", err))
            return false;
        if (rows[i].state == MESSAGE_QUEUED)
            conversing->answer = message.id;
    }
    return true;
}

static bool look_back(struct tx *tx, void *arg, struct err *err)
{
    struct conversing *conversing = arg;
    struct message answer, newest;
    struct list references;
    bool found;

    if (!message_get(tx, conversing->answer, &answer, err) ||
        !message_references(tx, &answer, &references, err) ||
        !message_newest(tx, answer.conversation_id, DIRECTION_IN, answer.id, &newest, &found, err))
        return false;
    conversing->references = "";
    for (size_t i = 0; i < references.n; i++)
        conversing->references = arena_printf(tx->mem, "%s %s", conversing->references,
                                              ((const char **)references.items)[i]);
    conversing->newest = found ? newest.external_id : NULL;
    return true;
}

TEST(an_answer_refers_to_what_arrived_before_it_and_to_nothing_that_came_since)
{
    WORLD(w);
    struct conversing conversing = { 0 };

    CHECK_OK(world_write(&w, converse, &conversing), &w.err);
    CHECK_OK(world_read(&w, look_back, &conversing), &w.err);
    CHECK_TEXT(conversing.references, " m0 m2");
    CHECK_TEXT(conversing.newest, "m0");
}
