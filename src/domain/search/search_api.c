#include "search.h"

#include "../../base/text.h"
#include "../cases/cases.h"

#include <string.h>

static const struct field search_query_fields[] = {
    FIELD(search_query, q, .flags = REQUIRED, .max = SEARCH_MAX,
          .doc = "Words, the last one also as a beginning when few have it as a word; or a case's "
                 "reference or id"),
    FIELD(search_query, kind, .names = search_kind_names,
          .doc = "With one of the filters below only messages and cases are found"),
    FIELD(search_query, channel),
    FIELD(search_query, direction, .names = search_direction_names),
    FIELD(search_query, person, .doc = "Whose case it is: what was said by and to somebody"),
    FIELD(search_query, since, .doc = "Messages of this moment or later"),
    FIELD(search_query, until, .doc = "Messages before this moment"),
    FIELD(search_query, status, .names = search_status_names, .doc = "The case's"),
    FIELD(search_query, team, .max = 20, .doc = "The case's: a team's id, or none"),
    FIELD(search_query, assignee, .max = 20,
          .doc = "The case's: a user's id, me (who asks) or none"),
    FIELD(search_query, label, .doc = "The case's"),
    PAGE_FIELDS(search_query),
    { 0 },
};

/* `case` cannot be the name of a member. */
struct search_result {
    const void *of_case; /* struct casefile */
    struct list items;
    const char *next;
};

static const struct field search_result_fields[] = {
    { .name = "case",
     .at = offsetof(struct search_result, of_case),
     .kind = KIND_ONE,
     .flags = OPTIONAL,
     .of = casefile_fields,
     .doc = "The case whose reference or id was sought" },
    FIELD(search_result, items, .of = hit_fields, .size = sizeof(struct hit)),
    FIELD(search_result, next, .doc = "The cursor of the next page; null on the last one"),
    { 0 },
};

static bool case_by_id(struct tx *tx, case_id id, struct casefile *out, bool *found,
                       struct err *err)
{
    struct err missing = { 0 };

    *found = case_get(tx, id, out, &missing);
    if (*found || missing.code == ERR_NOT_FOUND)
        return true;
    *err = missing;
    return false;
}

/* The case whose id or reference this is; NULL when there is none. */
static bool find_case(struct tx *tx, const char *q, const void **out, struct err *err)
{
    struct casefile *c = NEW(tx->mem, struct casefile);
    bool found;
    case_id id;

    if (!(id_read("cas", q, strlen(q), &id.n) ? case_by_id(tx, id, c, &found, err)
                                              : case_by_reference(tx, q, c, &found, err)))
        return false;
    *out = found ? c : NULL;
    return true;
}

/* GET /api/v1/search */
static bool get_search(struct request *rq, struct tx *tx, struct err *err)
{
    const struct search_query *asked = rq->body;
    struct search_query query = *asked;
    struct search_result result = { 0 };
    bool sees_people = has_right(rq->caller.rights, PERSON_READ);

    if (!sees_people && query.kind == SEARCH_PEOPLE)
        return err_set(err, ERR_DENIED, "this needs the right %s", right_name(PERSON_READ));
    query.no_people = !sees_people;
    if (!search_page(tx, &query, &result.items, &result.next, err))
        return false;
    /* It comes first, and only once. */
    if (text_is_blank(query.page.cursor) && query.kind != SEARCH_PEOPLE &&
        !find_case(tx, text_trim(tx->mem, query.q), &result.of_case, err))
        return false;
    return reply(rq, 200, search_result_fields, &result);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/search", READ, get_search, CASE_READ, QUERY(search_query),
          ONE(search_result),
          "Searches the words of messages, titles of cases and people, newest first; filtered "
          "pages may be short or "
          "empty before the last one."),
};
const struct routes search_routes = ROUTES(rows);
