#include "engine.h"

#include "../base/text.h"
#include "explain.h"
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

/* --- how rows are found ---------------------------------------------------------------------- */

struct exception {
    const char *name; /* of a statement; with _ at the end all that begin so */
    const char *why;
};

/* What may walk through a whole table or index. */
static const struct exception walks[] = {
    { "case_titles_to_index",        "an index of what an older program left"             },
    { "doctor_",                     "looks at everything, when a person asks for it"     },
    { "event_newest_id",             "once at start: a row an organisation, and unsealed" },
    { "event_organisations_pending", "the sealer empties this table all the time"         },
    { "job_count_waiting",           "only so many of the oldest"                         },
    { "lease_end_all",               "a row for each node and mailbox"                    },
    { "lease_holders",               "a row for each node and mailbox"                    },
    { "lease_renew_all",             "a row for each node and mailbox"                    },
    { "organisation_list",           "it is what is asked for, and they are few"          },
    { "organisations_count",         "they are few"                                       },
};

/* What may walk through all that one organisation has. */
static const struct exception wide[] = {
    { "alert_people",                  "a row a user, of whom anybody is named"     },
    { "calendar_count",                "at most CALENDARS_MAX"                      },
    { "calendar_get_default",          "at most one"                                },
    { "calendar_list",                 "at most CALENDARS_MAX"                      },
    { "calendar_no_default",           "at most one"                                },
    { "calendar_team_list",            "one a team"                                 },
    { "channel_health",                "a row a channel, which are few"             },
    { "check_message_without_job",     "what was to be sent an hour ago"            },
    { "channel_list",                  "it is what is asked for, and they are few"  },
    { "correction_lessons",            "the newest LEARN_MAX"                       },
    { "difference_compare_again",      "a row a folder, which are few"              },
    { "difference_count",              "counts no further than told"                },
    { "difference_leave",              "those that hold, DIFFERENCES_MAX a day"     },
    { "difference_mailboxes",          "a row a folder, which are few"              },
    { "envelope_count_not_understood", "counts no further than told"                },
    { "event_pending",                 "the oldest ones, and only so many"          },
    { "job_scheduled",                 "organisation 0 has two jobs"                },
    { "label_count",                   "at most LABELS_MAX"                         },
    { "label_list",                    "at most LABELS_MAX"                         },
    { "label_list_of_case",            "at most LABELS_MAX, for the order by name"  },
    { "macro_count_shared",            "at most MACROS_SHARED_MAX"                  },
    { "macro_list",                    "the shared ones are for everybody"          },
    { "reconciliation_newest",         "one row, by the key"                        },
    { "record_type_list",              "at most RECORD_TYPES_MAX"                   },
    { "notice_people",                 "a row a device, which are few"              },
    { "task_history_pending",          "the sealer empties this table all the time" },
    { "task_kind_list",                "at most TASK_KINDS_MAX"                     },
    { "task_workload",                 "a row a team, which are few"                },
    { "team_uses",                     "of channels, which are few"                 },
    { "understand_own_addresses",      "a row a channel, which are few"             },
    { "view_count_shared",             "at most VIEWS_SHARED_MAX"                   },
    { "view_list",                     "the shared ones are for everybody"          },
    { "user_other_admins",             "who works there, when an admin is demoted"  },
    { "token_list_valid",              "those that were made by hand are few"       },
};

static bool is_exception(const struct exception *rows, size_t n, enum sql sql)
{
    for (size_t i = 0; i < n; i++) {
        const char *name = rows[i].name;
        if (name[strlen(name) - 1] == '_' ? text_starts(sql_name(sql), name)
                                          : text_equal(sql_name(sql), name))
            return true;
    }
    return false;
}

static bool explain_indexed(struct tx *tx, void *arg, struct err *err)
{
    return explain_is_indexed(tx, *(const enum sql *)arg, err);
}

static bool explain_narrow(struct tx *tx, void *arg, struct err *err)
{
    return explain_is_narrow(tx, *(const enum sql *)arg, err);
}

/* An exception that SQLite doesn't need is one too many; what PostgreSQL plans for an empty table
 * it may plan differently tomorrow. */
static void explain_all(struct world *w, store_fn *fn, const struct exception *rows, size_t n)
{
    for (enum sql sql = 0; sql < SQL_COUNT; sql++) {
        bool may = is_exception(rows, n, sql);
        if (!is_for(sql, world_engine(w)))
            continue;
        if (!world_read(w, fn, &sql)) {
            if (!may || w->err.code != ERR_CONFLICT)
                test_fail(__FILE__, __LINE__, "%s", w->err.text);
        } else if (may && !world_is_postgres(w)) {
            test_fail(__FILE__, __LINE__, "%s needs no exception", sql_name(sql));
        }
    }
}

TEST(no_statement_walks_through_a_table_but_for_a_reason)
{
    FRESH_WORLD(w);

    explain_all(&w, explain_indexed, walks, COUNT(walks));
}

TEST(no_statement_walks_through_all_of_an_organisation_but_for_a_reason)
{
    FRESH_WORLD(w);

    explain_all(&w, explain_narrow, wide, COUNT(wide));
}

TEST(a_statement_that_finds_its_rows_badly_is_seen)
{
    static const struct {
        store_fn *fn;
        const char *text;
    } rows[] = {
        { explain_indexed, "SELECT name FROM files WHERE name = $1"                                         },
        { explain_indexed, "SELECT f.id FROM cases c JOIN files f ON f.organisation_id = "
                           "c.organisation_id AND f.id = c.id WHERE c.title = $1" },
        { explain_narrow,  "SELECT name FROM files WHERE organisation_id = $1 AND name = $2"                },
    };
    FRESH_WORLD(w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        enum sql sql = sql_composed(rows[i].text);
        if (world_is_postgres(&w) && rows[i].fn == explain_narrow)
            continue;
        if (world_read(&w, rows[i].fn, &sql) || w.err.code != ERR_CONFLICT)
            test_fail(__FILE__, __LINE__, "%s", rows[i].text);
    }
}
