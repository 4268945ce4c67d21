#include "relations.h"

#include "../../base/text.h"
#include "../../store/events.h"

#include <string.h>

const char *const relation_kind_names[] = { "contact_of", "member_of", "represents", "family_of",
                                            NULL };

const struct field relation_fields[] = {
    FIELD(relation, id, .flags = REQUIRED),
    FIELD(relation, person_id, .flags = REQUIRED),
    FIELD(relation, person_name, .flags = REQUIRED),
    FIELD(relation, kind, .names = relation_kind_names, .doc = "person kind other"),
    FIELD(relation, other_id, .flags = REQUIRED),
    FIELD(relation, other_name, .flags = REQUIRED),
    FIELD(relation, note),
    FIELD(relation, since),
    FIELD(relation, until),
    FIELD(relation, removed_at, .flags = OPTIONAL),
    { 0 },
};

struct relation_draft {
    unsigned kind;
    person_id other_id;
    const char *note;
    instant since, until;
};

static const struct field relation_draft_fields[] = {
    FIELD(relation_draft, kind, .flags = REQUIRED, .names = relation_kind_names,
          .doc = "What the person of the path is to the other"),
    FIELD(relation_draft, other_id, .flags = REQUIRED),
    FIELD(relation_draft, note, .max = RELATION_NOTE_MAX),
    FIELD(relation_draft, since),
    FIELD(relation_draft, until),
    { 0 },
};

static const struct field relation_change_fields[] = {
    FIELD(relation_draft, note, .max = RELATION_NOTE_MAX),
    FIELD(relation_draft, since),
    FIELD(relation_draft, until),
    { 0 },
};
#define RELATION_CHANGE                                                                            \
    { relation_change_fields, sizeof(struct relation_draft), 0, "relation_change" }

/* What the two sides of a kind may be. */
static const struct {
    enum relation_kind kind;
    bool is_other_organisation, is_other_human, is_person_human;
} rules[] = {
    { RELATION_CONTACT_OF, true,  false, true  },
    { RELATION_MEMBER_OF,  true,  false, true  },
    { RELATION_REPRESENTS, true,  true,  false },
    { RELATION_FAMILY_OF,  false, true,  true  },
};

static bool check_span(const struct relation *relation, struct err *err)
{
    return relation->until.ms == 0 || relation->since.ms <= relation->until.ms ||
           err_field(err, "until", "lies before since");
}

static bool check(const struct relation *relation, const struct person *person,
                  const struct person *other, struct err *err)
{
    if (person->id.n == other->id.n)
        return err_field(err, "other_id", "is the same person");
    if (rules[relation->kind].is_person_human && person->kind != PERSON_HUMAN)
        return err_field(err, "kind", "is for a person, not for an organisation");
    if (other->kind == PERSON_HUMAN ? !rules[relation->kind].is_other_human
                                    : !rules[relation->kind].is_other_organisation)
        return err_field(err, "other_id",
                         other->kind == PERSON_HUMAN ? "must be an organisation"
                                                     : "must be a person");
    return check_span(relation, err);
}

static bool tell(struct tx *tx, const struct relation *relation, const char *what, struct err *err)
{
    struct event event = {
        .kind = arena_printf(tx->mem, "relation.%s", what),
        .about = arena_text(tx->mem, id_text("per", relation->person_id.n).s),
        .data = { arena_printf(tx->mem, "{\"relation\":\"%s\",\"kind\":\"%s\",\"other\":\"%s\"}",
                               id_text("rel", relation->id.n).s,
                               relation_kind_names[relation->kind],
                               id_text("per", relation->other_id.n).s) },
    };

    return event_add(tx, &event, err);
}

static bool get(struct tx *tx, relation_id id, struct relation *out, struct err *err)
{
    *out = (struct relation){ 0 };
    return db_one(tx, SQL_RELATION_GET, ARGS(arg_organisation(tx), arg_id(id)), relation_fields,
                  out, err);
}

bool relation_list(struct tx *tx, person_id root, struct list *out, struct err *err)
{
    return db_all(tx, SQL_RELATION_LIST, ARGS(arg_organisation(tx), arg_id(root)), relation_fields,
                  sizeof(struct relation), out, err);
}

bool relation_add(struct tx *tx, struct relation *relation, struct err *err)
{
    struct person person, other;
    struct list all;

    if (!person_get(tx, relation->person_id, &person, err) ||
        !person_get(tx, relation->other_id, &other, err) ||
        !check(relation, &person, &other, err) || !relation_list(tx, person.id, &all, err))
        return false;
    if (all.n >= RELATIONS_MAX)
        return err_set(err, ERR_CONFLICT, "this person has %d relations: remove one first",
                       RELATIONS_MAX);
    relation->id.n = id_new();
    relation->note = text_preview(tx->mem, relation->note ? relation->note : "", RELATION_NOTE_MAX);
    return db_run(tx, SQL_RELATION_ADD,
                  ARGS(arg_organisation(tx), arg_id(relation->id), arg_id(relation->person_id),
                       arg_text(relation_kind_names[relation->kind]), arg_id(relation->other_id),
                       arg_text(relation->note), arg_time(relation->since),
                       arg_time(relation->until), arg_time(tx->now),
                       arg_int(tx->actor.kind == ACTOR_USER ? tx->actor.id : 0)),
                  err) &&
           tell(tx, relation, "added", err) && get(tx, relation->id, relation, err);
}

/* --- the API --------------------------------------------------------------------------------- */

static bool save(struct tx *tx, const struct relation *relation, const char *what, struct err *err)
{
    return db_run(tx, SQL_RELATION_SAVE,
                  ARGS(arg_organisation(tx), arg_id(relation->id), arg_text(relation->note),
                       arg_time(relation->since), arg_time(relation->until),
                       arg_time(relation->removed_at)),
                  err) &&
           tell(tx, relation, what, err);
}

/* The relation that the path names, if the person is on either side of it. */
static bool of_request(const struct request *rq, struct tx *tx, struct relation *out,
                       struct err *err)
{
    person_id id, root, left, right;
    relation_id relation;

    if (!request_id(rq, "id", "per", &id.n, err) ||
        !request_id(rq, "relation", "rel", &relation.n, err) || !person_root(tx, id, &root, err) ||
        !get(tx, relation, out, err) || !person_root(tx, out->person_id, &left, err) ||
        !person_root(tx, out->other_id, &right, err))
        return false;
    return left.n == root.n || right.n == root.n ||
           err_set(err, ERR_NOT_FOUND, "this person has no such relation");
}

static bool get_relations(struct request *rq, struct tx *tx, struct err *err)
{
    person_id id, root;
    struct list all;

    return request_id(rq, "id", "per", &id.n, err) && person_root(tx, id, &root, err) &&
           relation_list(tx, root, &all, err) &&
           reply_list(rq, relation_fields, sizeof(struct relation), &all, NULL);
}

static bool post_relation(struct request *rq, struct tx *tx, struct err *err)
{
    const struct relation_draft *draft = rq->body;
    struct relation relation = {
        .kind = draft->kind,
        .other_id = draft->other_id,
        .note = draft->note,
        .since = draft->since,
        .until = draft->until,
    };

    return request_id(rq, "id", "per", &relation.person_id.n, err) &&
           relation_add(tx, &relation, err) && reply(rq, 201, relation_fields, &relation);
}

static bool patch_relation(struct request *rq, struct tx *tx, struct err *err)
{
    const struct relation_draft *draft = rq->body;
    struct relation relation;

    if (!of_request(rq, tx, &relation, err))
        return false;
    if (request_named(rq, "note"))
        relation.note = text_preview(tx->mem, draft->note ? draft->note : "", RELATION_NOTE_MAX);
    if (request_named(rq, "since"))
        relation.since = draft->since;
    if (request_named(rq, "until"))
        relation.until = draft->until;
    return check_span(&relation, err) && save(tx, &relation, "changed", err) &&
           reply(rq, 200, relation_fields, &relation);
}

static bool delete_relation(struct request *rq, struct tx *tx, struct err *err)
{
    struct relation relation;

    if (!of_request(rq, tx, &relation, err))
        return false;
    if (relation.removed_at.ms != 0)
        return reply_nothing(rq);
    relation.removed_at = tx->now;
    return save(tx, &relation, "removed", err) && reply_nothing(rq);
}

static bool post_restore(struct request *rq, struct tx *tx, struct err *err)
{
    struct relation relation;

    if (!of_request(rq, tx, &relation, err))
        return false;
    relation.removed_at = (instant){ 0 };
    return save(tx, &relation, "restored", err) && reply(rq, 200, relation_fields, &relation);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/people/{id}/relations", READ, get_relations, PERSON_READ, NOTHING,
          MANY(relation), "Lists whom a person belongs to and who belongs to him, in one page."),
    ROUTE(POST, "/api/v1/people/{id}/relations", WRITE, post_relation, PERSON_WRITE,
          BODY(relation_draft), MADE(relation),
          "Says what a person is to another: contact person, member, representative, family."),
    ROUTE(PATCH, "/api/v1/people/{id}/relations/{relation}", WRITE, patch_relation, PERSON_WRITE,
          RELATION_CHANGE, ONE(relation), "Changes its note, its beginning or its end."),
    ROUTE(DELETE, "/api/v1/people/{id}/relations/{relation}", WRITE, delete_relation, PERSON_WRITE,
          NOTHING, NOTHING, "Takes a relation away; it can be restored."),
    ROUTE(POST, "/api/v1/people/{id}/relations/{relation}/restore", WRITE, post_restore,
          PERSON_WRITE, NOTHING, ONE(relation), "Gives back a relation that was removed."),
};
const struct routes relation_routes = ROUTES(rows);
