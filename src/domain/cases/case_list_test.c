#include "cases.h"

#include "explain.h"
#include "test.h"
#include "world.h"

#include "../../base/text.h"

/* One list: is its statement found by an index, from the cursor on? */
static bool explain(struct tx *tx, void *arg, struct err *err)
{
    struct arg values[CASE_LIST_VALUES_MAX];
    enum sql sql;
    size_t n;

    const struct case_query *query = arg;

    return case_list_sql(tx, query, &sql, values, &n, err) && explain_is_indexed(tx, sql, err) &&
           explain_goes_on(tx, sql, query->label.n != 0 ? "l" : "c", err);
}

TEST(every_list_of_cases_walks_an_index_from_its_cursor_on)
{
    static const char *const owners[] = { NULL, "none", "1" };
    enum { STATUSES = FILTER_OURS + 1, SORTS = 3 };
    FRESH_WORLD(w);

    for (unsigned i = 0; i < STATUSES * SORTS * COUNT(owners) * COUNT(owners); i++) {
        const char *team = owners[i % COUNT(owners)];
        const char *assignee = owners[i / COUNT(owners) % COUNT(owners)];
        struct case_query query = {
            .status = i / (COUNT(owners) * COUNT(owners)) % STATUSES,
            .sort = i / (COUNT(owners) * COUNT(owners)) / STATUSES,
            .team = text_equal(team, "1") ? "tem_0000000000001" : team,
            .assignee = text_equal(assignee, "1") ? "usr_0000000000001" : assignee,
        };
        if (!world_read(&w, explain, &query))
            test_fail(__FILE__, __LINE__, "status %u, sort %u, team %s, assignee %s: %s",
                      query.status, query.sort, team ? team : "-", assignee ? assignee : "-",
                      w.err.text);
    }
}

TEST(every_list_of_a_label_walks_its_own_index_from_the_cursor_on)
{
    enum { STATUSES = FILTER_OURS + 1 };
    WORLD(w);

    for (unsigned i = 0; i < 2 * STATUSES; i++) {
        unsigned status = i / 2;
        struct case_query query = { .status = status, .label = { 1 }, .waits = i % 2 };
        if (status == FILTER_SNOOZED) /* few, in an index of their own */
            continue;
        if (!world_read(&w, explain, &query))
            test_fail(__FILE__, __LINE__, "status %u: %s", status, w.err.text);
    }
}

struct found_by {
    struct case_query query;
    const char *index;
};

static bool explain_index(struct tx *tx, void *arg, struct err *err)
{
    const struct found_by *found = arg;
    struct arg values[CASE_LIST_VALUES_MAX];
    enum sql sql;
    size_t n;

    return case_list_sql(tx, &found->query, &sql, values, &n, err) &&
           explain_goes_on(tx, sql, "c", err) && explain_uses(tx, sql, found->index, err);
}

static bool explain_way(struct tx *tx, void *arg, struct err *err)
{
    const struct found_by *found = arg;
    struct arg values[CASE_LIST_VALUES_MAX];
    enum sql sql;
    size_t n;

    return case_list_sql(tx, &found->query, &sql, values, &n, err) &&
           explain_is_indexed(tx, sql, err) && explain_uses(tx, sql, found->index, err);
}

/* Few cases are of a time here: it begins with them. */
TEST(cases_of_a_time_are_found_by_its_index_or_within_that_of_their_customer)
{
    static struct found_by rows[] = {
        { { .opened = "7d" },                                                                "cases_by_opening" },
        { { .opened = "7d", .status = FILTER_ALL, .sort = SORT_NEWEST },                     "cases_by_opening" },
        { { .last_message = "2026-01-01T00:00:00Z..", .status = FILTER_ALL },
         "cases_by_last_message"                                                                                },
        { { .last_message = "..2026-01-01T00:00:00Z", .sort = SORT_OLDEST, .team = "none" },
         "cases_by_last_message"                                                                                },
        { { .opened = "30d", .label = { 1 } },                                               "cases_by_opening" },
        { { .opened = "30d", .status = FILTER_OURS, .emotion = "anger" },                    "cases_by_opening" },
        { { .opened = "30d", .last_message = "7d", .waits = true, .sort = SORT_NEWEST },
         "cases_by_opening"                                                                                     },
        { { .opened = "30d", .person = { 1 }, .status = FILTER_ALL },                        "cases_by_person"  },
        { { .opened = "30d", .status = FILTER_SNOOZED },                                     "cases_snoozed"    },
    };
    WORLD(w);

    for (size_t i = 0; i < COUNT(rows); i++)
        if (!world_read(&w, explain_way, &rows[i]))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, w.err.text);
}

TEST(who_waits_is_urgent_or_is_angry_is_found_by_an_index_of_those_alone)
{
    static const char team[] = "tem_0000000000001";
    static struct found_by rows[] = {
        { { .waits = true },                                              "cases_by_waiting"        },
        { { .waits = true, .status = FILTER_ALL },                        "cases_by_waiting"        },
        { { .waits = true, .team = team },                                "cases_by_team"           },
        { { .waits = true, .sort = SORT_NEWEST },                         "cases_waiting_by_update" },
        { { .waits = true, .sort = SORT_OLDEST, .status = CASE_NEW + 1 },
         "cases_waiting_by_update"                                                                  },
        { { .status = FILTER_OURS },                                      "cases_by_status"         },
        { { .status = FILTER_OURS, .waits = true },                       "cases_by_status"         },
        { { .status = FILTER_OURS, .team = team },                        "cases_by_team"           },
        { { .status = FILTER_OURS, .sort = SORT_NEWEST },                 "cases_by_update"         },
        { { .status = FILTER_OURS, .emotion = "anger" },                  "cases_by_emotion"        },
        { { .urgent = true },                                             "cases_urgent"            },
        { { .urgent = true, .waits = true },                              "cases_urgent"            },
        { { .emotion = "anger" },                                         "cases_by_emotion"        },
        { { .emotion = "anger", .waits = true },                          "cases_by_emotion"        },
        { { .status = FILTER_SNOOZED },                                   "cases_snoozed"           },
        { { .status = FILTER_SNOOZED, .waits = true, .urgent = true },    "cases_snoozed"           },
        { { .status = FILTER_SNOOZED, .team = team, .emotion = "anger" }, "cases_snoozed"           },
    };
    WORLD(w);

    for (size_t i = 0; i < COUNT(rows); i++)
        if (!world_read(&w, explain_index, &rows[i]))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, w.err.text);
}
