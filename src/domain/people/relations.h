/* relations.h — who belongs to whom: a contact person of an organisation, who calls for her mother.
 *
 * Read from left to right: person kind other. It may have a beginning and an end. One that is
 * removed is kept, so that it can come back. Works inside the caller's transaction and
 * organisation; results live in tx->mem.
 */
#pragma once

#include "people.h"

enum { RELATION_NOTE_MAX = 200, RELATIONS_MAX = 200 /* of one person */ };

enum relation_kind {
    RELATION_CONTACT_OF,
    RELATION_MEMBER_OF,
    RELATION_REPRESENTS,
    RELATION_FAMILY_OF
};
extern const char *const relation_kind_names[];

struct relation {
    relation_id id;
    person_id person_id, other_id; /* faces, where a list is read */
    const char *person_name, *other_name;
    unsigned kind;
    const char *note;
    instant since, until; /* {0}: as long as we know; it goes on */
    instant removed_at;   /* {0}: it wasn't */
};
extern const struct field relation_fields[];
extern const struct routes relation_routes;

/* person, other, kind, note, since and until are taken from *relation. ERR_INVALID when such two
 * can't belong together so. */
MUST_CHECK bool relation_add(struct tx *tx, struct relation *relation, struct err *err);
/* Those of a person in both directions, of whichever of those he is; not what was removed. */
MUST_CHECK bool relation_list(struct tx *tx, person_id root, struct list *out, struct err *err);
