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

    return case_list_sql(tx, arg, &sql, values, &n, err) && explain_is_indexed(tx, sql, err) &&
           explain_goes_on(tx, sql, "c", err);
}

TEST(every_list_of_cases_walks_an_index_from_its_cursor_on)
{
    static const char *const owners[] = { NULL, "none", "1" };
    enum { STATUSES = 6, SORTS = 3 };
    WORLD(w);

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
