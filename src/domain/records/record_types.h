/* record_types.h — what kinds of record an organisation has: how they are called, which fields and
 * statuses people see of them, and where one can be asked for.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum {
    RECORD_TYPES_MAX = 100, /* of one organisation */
    RECORD_TYPE_NAME_MAX = 40,
    RECORD_WORDS_MAX = 50, /* fields, and statuses, of one type */
    LOOKUP_TTL_MAX_S = 7 * 86400,
    LOOKUP_TTL_DEFAULT_S = 300,
};

/* A field or a status: its name in the data, and what people read. */
struct record_word {
    const char *name, *label;
};

struct record_type {
    record_type_id id;
    const char *name;         /* in addresses: a-z, 0-9, - and _ */
    const char *label;        /* "Bestelling" */
    struct list fields;       /* of struct record_word, in the order in which people see them */
    struct list statuses;     /* of struct record_word */
    const char *lookup_url;   /* with {key} in it; NULL: it can't be asked for */
    const char *lookup_token; /* goes along as Authorization; only where it's asked for */
    int64_t lookup_ttl_s;     /* how long an answer holds */
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
extern const struct field record_type_fields[];
extern const struct routes record_type_routes;

/* All of the organisation, by name: a list of struct record_type. */
MUST_CHECK bool record_type_list(struct tx *tx, struct list *out, struct err *err);
/* ERR_NOT_FOUND names it. With its token, opened. */
MUST_CHECK bool record_type_named(struct tx *tx, const char *name, struct record_type *out,
                                  struct err *err);
/* Fills in the rest; ERR_INVALID, or ERR_CONFLICT when there is one of this name. */
MUST_CHECK bool record_type_add(struct tx *tx, struct record_type *type, struct err *err);
/* All but its name; ERR_CHANGED. */
MUST_CHECK bool record_type_change(struct tx *tx, struct record_type *type, int64_t version,
                                   struct err *err);
/* What people read of a status: its label, or itself. */
const char *record_status_label(const struct record_type *type, const char *status);
