#include "engine.h"

#include "../base/text.h"
#include "migrate.h"
#include "test.h"
#include "world.h"

#include <string.h>

/* What differs says so in its name. */
static bool is_for(enum sql sql, const struct engine *engine)
{
    const char *name = sql_name(sql), *end = strrchr(name, '_');

    if (end && (text_equal(end, "_sqlite") || text_equal(end, "_postgres")))
        return text_equal(end + 1, engine->name);
    return true;
}

static void close_connection(struct connection **db)
{
    if (*db)
        (*db)->engine->close(*db);
}

TEST(every_statement_can_be_prepared_on_the_engine_it_is_for)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    const struct engine *engine = world_engine(&w);

    CHECK_OK(engine->open(&w.settings, true, &db, &w.err), &w.err);
    CHECK_OK(migrate(db, 0, &w.err), &w.err);
    for (enum sql sql = 0; sql < SQL_COUNT; sql++) {
        if (is_for(sql, engine) && !engine->prepare(db, sql, &w.err))
            test_fail(__FILE__, __LINE__, "%s: %s", sql_name(sql), w.err.text);
    }
}

TEST(a_statement_that_is_wrong_cannot_be_prepared)
{
    EMPTY_WORLD(w);
    CLEANUP(close_connection) struct connection *db = NULL;
    const struct engine *engine = world_engine(&w);

    CHECK_OK(engine->open(&w.settings, true, &db, &w.err), &w.err);
    CHECK_OK(migrate(db, 0, &w.err), &w.err);
    CHECK(!engine->prepare(db, sql_composed("SELECT nothing FROM nowhere"), &w.err));
    CHECK_OK(engine->prepare(db, sql_composed("SELECT name FROM organisations"), &w.err), &w.err);
}
