#include "record_types.h"

/* What comes in: as a type goes out, without what we know ourselves. */
static const struct field record_word_draft_fields[] = {
    FIELD(record_word, name, .flags = REQUIRED | LINE, .min = 1, .max = 60,
          .doc = "As it stands in data, or as status"),
    FIELD(record_word, label, .flags = REQUIRED | LINE, .min = 1, .max = 100,
          .doc = "What people read"),
    { 0 },
};

#define DRAFT                                                                                      \
    FIELD(record_type, label, .flags = REQUIRED | LINE, .min = 1, .max = 100,                      \
          .doc = "What people read, as Bestelling"),                                               \
        FIELD(record_type, fields, .of = record_word_draft_fields,                                 \
              .size = sizeof(struct record_word), .max = RECORD_WORDS_MAX,                         \
              .doc = "Of its data, in the order in which people see it"),                          \
        FIELD(record_type, statuses, .of = record_word_draft_fields,                               \
              .size = sizeof(struct record_word), .max = RECORD_WORDS_MAX),                        \
        FIELD(record_type, lookup_url, .flags = URL, .max = 1000,                                  \
              .doc =                                                                               \
                  "Where one can be asked for, with {key} in it; it answers as a PUT takes it"),   \
        FIELD(record_type, lookup_token, .flags = LINE, .max = 1000,                               \
              .doc = "Goes along as Authorization; kept sealed, never shown. Left out of a "       \
                     "change: as it was"),                                                         \
        FIELD(record_type, lookup_ttl_s, .max = LOOKUP_TTL_MAX_S,                                  \
              .doc = "How many seconds an answer holds; 300 when left out")

static const struct field record_type_draft_fields[] = {
    FIELD(record_type, name, .flags = REQUIRED, .min = 1, .max = RECORD_TYPE_NAME_MAX,
          .doc = "As it stands in addresses; can't be changed later"),
    DRAFT,
    { 0 },
};
static const struct field record_type_change_fields[] = { DRAFT, { 0 } };
#define TYPE_DRAFT { record_type_draft_fields, sizeof(struct record_type), 0, "record_type_draft" }
#define TYPE_CHANGE                                                                                \
    { record_type_change_fields, sizeof(struct record_type), 0, "record_type_change" }

static void fill(struct record_type *type)
{
    if (type->lookup_ttl_s == 0)
        type->lookup_ttl_s = LOOKUP_TTL_DEFAULT_S;
}

static bool get_types(struct request *rq, struct tx *tx, struct err *err)
{
    struct list types;

    return record_type_list(tx, &types, err) &&
           reply_list(rq, record_type_fields, sizeof(struct record_type), &types, NULL);
}

static bool get_type(struct request *rq, struct tx *tx, struct err *err)
{
    struct record_type type;

    return record_type_named(tx, request_param(rq, "type"), &type, err) &&
           reply_versioned(rq, 200, type.version, record_type_fields, &type);
}

static bool post_type(struct request *rq, struct tx *tx, struct err *err)
{
    struct record_type type = *(const struct record_type *)rq->body;

    fill(&type);
    return record_type_add(tx, &type, err) &&
           reply_versioned(rq, 201, type.version, record_type_fields, &type);
}

static bool put_type(struct request *rq, struct tx *tx, struct err *err)
{
    struct record_type before, type = *(const struct record_type *)rq->body;
    int64_t version;

    if (!record_type_named(tx, request_param(rq, "type"), &before, err) ||
        !request_version(rq, before.version, &version, err))
        return false;
    type.id = before.id;
    type.name = before.name;
    type.created_at = before.created_at;
    if (!request_named(rq, "lookup_token") && type.lookup_url)
        type.lookup_token = before.lookup_token;
    fill(&type);
    return record_type_change(tx, &type, version, err) &&
           reply_versioned(rq, 200, type.version, record_type_fields, &type);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/record-types", READ, get_types, RECORD_READ, NOTHING, MANY(record_type),
          "Lists the types of record, by name."),
    ROUTE(POST, "/api/v1/record-types", WRITE, post_type, ORGANISATION_WRITE, TYPE_DRAFT,
          MADE(record_type), "Adds a type of record, as order or repair."),
    ROUTE(GET, "/api/v1/record-types/{type}", READ, get_type, RECORD_READ, NOTHING,
          ONE(record_type), "Reads a type of record."),
    ROUTE(PUT, "/api/v1/record-types/{type}", WRITE, put_type, ORGANISATION_WRITE, TYPE_CHANGE,
          ONE(record_type), "Changes a type of record, all but its name.", .is_versioned = true),
};
const struct routes record_type_routes = ROUTES(rows);
