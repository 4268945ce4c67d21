#include "people.h"

#include <string.h>

static const struct field identity_change_fields[] = {
    FIELD(identity_change, state, .names = identity_state_names),
    FIELD(identity_change, is_main, .doc = "true: who has it is meant when nothing else tells"),
    FIELD(identity_change, is_shared),
    { 0 },
};

struct preference_draft {
    identity_id identity_id;
};

static const struct field preference_draft_fields[] = {
    FIELD(preference_draft, identity_id, .flags = REQUIRED),
    { 0 },
};

/* The address that the path names, if it is one of the person's, whoever of those he is has it. */
static bool of_request(const struct request *rq, struct tx *tx, struct identity *out,
                       struct err *err)
{
    person_id person, root, other;
    identity_id id;

    if (!request_id(rq, "id", "per", &person.n, err) ||
        !request_id(rq, "identity", "idn", &id.n, err) || !person_root(tx, person, &root, err) ||
        !identity_get(tx, id, out, err) || !person_root(tx, out->person_id, &other, err))
        return false;
    return other.n == root.n || err_set(err, ERR_NOT_FOUND, "this person has no such address");
}

static bool post_identity(struct request *rq, struct tx *tx, struct err *err)
{
    struct identity identity;
    person_id id;

    return request_id(rq, "id", "per", &id.n, err) &&
           identity_add(tx, id, rq->body, BY_AGENT, &identity, err) &&
           reply(rq, 201, identity_fields, &identity);
}

static bool patch_identity(struct request *rq, struct tx *tx, struct err *err)
{
    struct identity_change change = *(const struct identity_change *)rq->body;
    struct identity identity;

    change.has_state = request_named(rq, "state");
    change.has_main = request_named(rq, "is_main");
    change.has_shared = request_named(rq, "is_shared");
    return of_request(rq, tx, &identity, err) &&
           identity_change(tx, identity.id, &change, &identity, err) &&
           reply(rq, 200, identity_fields, &identity);
}

static bool delete_identity(struct request *rq, struct tx *tx, struct err *err)
{
    struct identity identity;

    return of_request(rq, tx, &identity, err) && identity_remove(tx, identity.id, err) &&
           reply_nothing(rq);
}

static bool post_restore(struct request *rq, struct tx *tx, struct err *err)
{
    struct identity identity;

    return of_request(rq, tx, &identity, err) &&
           identity_restore(tx, identity.id, &identity, err) &&
           reply(rq, 200, identity_fields, &identity);
}

static bool purpose_of(const struct request *rq, unsigned *out, struct err *err)
{
    const char *text = request_param(rq, "purpose");

    return enum_read(identity_purpose_names, text, strlen(text), out) ||
           err_set(err, ERR_NOT_FOUND, "the purposes are answer, callback and letter");
}

static bool put_preference(struct request *rq, struct tx *tx, struct err *err)
{
    const struct preference_draft *draft = rq->body;
    unsigned purpose;
    person_id id;

    return request_id(rq, "id", "per", &id.n, err) && purpose_of(rq, &purpose, err) &&
           identity_prefer(tx, id, purpose, draft->identity_id, err) && reply_nothing(rq);
}

static bool delete_preference(struct request *rq, struct tx *tx, struct err *err)
{
    unsigned purpose;
    person_id id;

    return request_id(rq, "id", "per", &id.n, err) && purpose_of(rq, &purpose, err) &&
           identity_prefer(tx, id, purpose, (identity_id){ 0 }, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/people/{id}/identities", WRITE, post_identity, PERSON_WRITE,
          BODY(identity_draft), MADE(identity),
          "Gives a person an address; 409 when somebody else has it and it isn't shared."),
    ROUTE(PATCH, "/api/v1/people/{id}/identities/{identity}", WRITE, patch_identity, PERSON_WRITE,
          BODY(identity_change), ONE(identity),
          "Says how sure an address is, or whose it is first of those who share it."),
    ROUTE(DELETE, "/api/v1/people/{id}/identities/{identity}", WRITE, delete_identity, PERSON_WRITE,
          NOTHING, NOTHING, "Takes an address from a person; it can be restored."),
    ROUTE(POST, "/api/v1/people/{id}/identities/{identity}/restore", WRITE, post_restore,
          PERSON_WRITE, NOTHING, ONE(identity), "Gives back an address that was removed."),
    ROUTE(PUT, "/api/v1/people/{id}/preferences/{purpose}", WRITE, put_preference, PERSON_WRITE,
          BODY(preference_draft), NOTHING,
          "Says which address is meant for a purpose: answer, callback or letter."),
    ROUTE(DELETE, "/api/v1/people/{id}/preferences/{purpose}", WRITE, delete_preference,
          PERSON_WRITE, NOTHING, NOTHING, "No address is meant for the purpose any more."),
};
const struct routes identity_routes = ROUTES(rows);
