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
        { SQL_MESSAGE_BY_EXTERNAL_ID, "messages_by_external_id"  },
        { SQL_MESSAGE_BY_CONTENT,     "messages_once"            },
        { SQL_MESSAGE_NEWEST,         "messages_by_conversation" },
        { SQL_MESSAGE_REFERENCES,     "messages_by_conversation" },
        { SQL_MESSAGE_OUTBOX,         "messages_in_outbox"       },
        { SQL_MESSAGE_READY,          "messages_in_outbox"       },
        { SQL_TIMELINE_MESSAGES,      "messages_by_case"         },
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
    WORLD(w);

    CHECK_OK(world_read(&w, explain, NULL), &w.err);
}
