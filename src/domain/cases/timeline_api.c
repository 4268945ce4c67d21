#include "cases.h"

#include <string.h>

struct timeline_query {
    const char *before, *after, *around;
    int64_t limit;
    bool said;
};
static const struct field timeline_query_fields[] = {
    FIELD(timeline_query, before, .max = 20, .doc = "An item's id: what was before it"),
    FIELD(timeline_query, after, .max = 20, .doc = "An item's id: what came after it"),
    FIELD(timeline_query, around, .max = 20,
          .doc = "An item's id: itself, with what was before and came after it"),
    FIELD(timeline_query, limit, .min = 1, .max = TIMELINE_PART_MAX),
    FIELD(timeline_query, said, .doc = "true: only messages and notes, without what happened"),
    { 0 },
};

static const struct field timeline_page_fields[] = {
    FIELD(timeline_page, items, .flags = REQUIRED, .of = timeline_item_fields,
          .size = sizeof(struct timeline_item), .doc = "Messages, notes and history, oldest first"),
    FIELD(timeline_page, has_older, .doc = "There is more before the item with the lowest id"),
    FIELD(timeline_page, has_newer, .doc = "There is more after the item with the highest id"),
    { 0 },
};

static bool read_item_id(const char *name, const char *text, int64_t *out, struct err *err)
{
    static const char *const prefixes[] = { "msg", "not", "evt" };

    for (size_t i = 0; i < COUNT(prefixes); i++)
        if (id_read(prefixes[i], text, strlen(text), out))
            return true;
    return err_field(err, name, "must be an id like msg_…, not_… or evt_…");
}

static bool read_page(struct tx *tx, case_id id, const struct timeline_query *query,
                      struct timeline_page *out, struct err *err)
{
    struct timeline_part wanted = { TIMELINE_BEFORE, INT64_MAX, TIMELINE_PART, query->said };
    bool has_more;

    if (query->limit > 0)
        wanted.limit = query->limit;
    if (query->around)
        return read_item_id("around", query->around, &wanted.from, err) &&
               case_timeline_around(tx, id, &wanted, out, err);
    if (query->after)
        wanted.way = TIMELINE_AFTER;
    if ((query->before && !read_item_id("before", query->before, &wanted.from, err)) ||
        (query->after && !read_item_id("after", query->after, &wanted.from, err)) ||
        !case_timeline(tx, id, &wanted, &out->items, &has_more, err))
        return false;
    *(query->after ? &out->has_newer : &out->has_older) = has_more;
    return true;
}

static bool get_timeline(struct request *rq, struct tx *tx, struct err *err)
{
    const struct timeline_query *query = rq->body;
    struct timeline_page page = { 0 };
    struct casefile c;

    if (!!query->before + !!query->after + !!query->around > 1)
        return err_field(err, "before", "can't be asked for together with after or around");
    if (!case_of_request(rq, tx, &c, err) || !read_page(tx, c.id, query, &page, err))
        return false;
    request_was_read(rq, "audit.case_read", c.id, NULL);
    return reply(rq, 200, timeline_page_fields, &page);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases/{id}/timeline", READ, get_timeline, CASE_READ, QUERY(timeline_query),
          ONE(timeline_page),
          "Reads a part of a case's timeline, the newest when nothing is said; the reading is "
          "written down."),
};
const struct routes timeline_routes = ROUTES(rows);
