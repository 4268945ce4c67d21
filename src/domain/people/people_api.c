#include "people.h"

#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/events.h"
#include "../../store/search.h"
#include "duplicates.h"
#include "seen.h"

#include <string.h>

enum person_sort { PEOPLE_NEWEST, PEOPLE_SEEN };
static const char *const person_sort_names[] = { "newest", "seen", NULL };

struct person_query {
    const char *q;
    unsigned sort;
    struct page_query page;
};

static const struct field person_query_fields[] = {
    FIELD(person_query, q, .max = 200, .doc = "Words of the name or an address"),
    FIELD(person_query, sort, .names = person_sort_names,
          .doc = "newest: who came last first. seen: who was spoken with last, only those who have "
                 "cases; not with q, and pages may be short before the last one"),
    PAGE_FIELDS(person_query),
    { 0 },
};

static const struct field person_draft_fields[] = {
    FIELD(person_draft, kind, .names = person_kind_names,
          .doc = "Of a new one; person when left out"),
    FIELD(person_draft, name, .min = 1, .max = PERSON_NAME_MAX),
    FIELD(person_draft, language, .max = 3, .doc = "As nl; empty when it isn't known"),
    { 0 },
};

/* The people that the index found, newest first. */
static bool find_people(struct tx *tx, const char *q, int64_t before, int64_t limit,
                        struct list *out, struct err *err)
{
    bool is_prefix;
    const char *words = words_sought(tx->mem, 'p', q, &is_prefix);
    struct person *people;
    struct list ids;

    if (!search_find(tx, words, &is_prefix, before, limit, &ids, err))
        return false;
    people = NEW_ARRAY(tx->mem, struct person, ids.n);
    *out = (struct list){ people, 0 };
    for (size_t i = 0; i < ids.n; i++) {
        person_id id = { ((int64_t *)ids.items)[i] };
        bool found;
        if (!db_find(tx, SQL_PERSON_GET, ARGS(arg_organisation(tx), arg_id(id)), person_fields,
                     &people[out->n], &found, err))
            return false;
        out->n += found;
    }
    return true;
}

static bool get_people(struct request *rq, struct tx *tx, struct err *err)
{
    const struct person_query *query = rq->body;
    int64_t before, limit;
    struct list people;
    const char *next;
    bool ok;

    if (query->sort == PEOPLE_SEEN) {
        if (!text_is_blank(query->q))
            return err_field(err, "sort",
                             "must be newest or left out when words (q) are looked for");
        return people_seen(tx, &query->page, &people, &next, err) &&
               reply_list(rq, person_fields, sizeof(struct person), &people, next);
    }
    if (!page_read(&query->page, INT64_MAX, &before, &limit, err))
        return false;
    ok = text_is_blank(query->q)
             ? db_all(tx, SQL_PERSON_LIST,
                      ARGS(arg_organisation(tx), arg_int(before), arg_int(limit)), person_fields,
                      sizeof(struct person), &people, err)
             : find_people(tx, query->q, before, limit, &people, err);
    if (!ok || !people_glance(tx, &people, err))
        return false;
    return reply_page(rq, person_fields, sizeof(struct person), &people, limit);
}

static bool get_person(struct request *rq, struct tx *tx, struct err *err)
{
    struct person person;
    person_id id;

    if (!request_id(rq, "id", "per", &id.n, err) || !person_get(tx, id, &person, err))
        return false;
    request_was_read(rq, "audit.person_read", (case_id){ 0 }, request_param(rq, "id"));
    return reply_versioned(rq, 200, person.version, person_fields, &person);
}

static bool post_person(struct request *rq, struct tx *tx, struct err *err)
{
    struct person person;

    return person_add(tx, rq->body, &person, err) &&
           reply_versioned(rq, 201, person.version, person_fields, &person);
}

static bool patch_person(struct request *rq, struct tx *tx, struct err *err)
{
    struct person person;
    int64_t version;
    person_id id;

    return request_id(rq, "id", "per", &id.n, err) && person_get(tx, id, &person, err) &&
           request_version(rq, person.version, &version, err) &&
           person_change(tx, version, rq->body, &person, err) &&
           reply_versioned(rq, 200, person.version, person_fields, &person);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/people", READ, get_people, PERSON_READ, QUERY(person_query), MANY(person),
          "Lists or searches people, newest first."),
    ROUTE(POST, "/api/v1/people", WRITE, post_person, PERSON_WRITE, BODY(person_draft),
          MADE(person), "Adds a person, or an organisation that is a customer."),
    ROUTE(GET, "/api/v1/people/{id}", READ, get_person, PERSON_READ, NOTHING, ONE(person),
          "Reads a person with all addresses; the reading is written down."),
    ROUTE(PATCH, "/api/v1/people/{id}", WRITE, patch_person, PERSON_WRITE, BODY(person_draft),
          ONE(person), "Changes a person's name or language.", .is_versioned = true),
};
const struct routes person_routes = ROUTES(rows);
