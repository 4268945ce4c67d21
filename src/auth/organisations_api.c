/* organisations_api.c — the caller's own organisation; one never sees another. */
#include "organisations_api.h"

#include "organisations.h"

struct organisation_patch {
    const char *name, *language, *time_zone;
    bool needs_second_step;
};

static const struct field organisation_patch_fields[] = {
    FIELD(organisation_patch, name, .min = 1, .max = ORGANISATION_NAME_MAX),
    FIELD(organisation_patch, language, .doc = "nl, en or fr: of what the system itself writes"),
    FIELD(organisation_patch, time_zone, .max = TIME_ZONE_MAX, .doc = "as Europe/Amsterdam"),
    FIELD(organisation_patch, needs_second_step, .doc = "who has no second step can only add one"),
    { 0 },
};

/* GET /api/v1/organisations */
static bool list_organisations(struct request *rq, struct tx *tx, struct err *err)
{
    struct organisation *own = NEW(tx->mem, struct organisation);
    struct list list = { own, 1 };

    return organisation_get(tx, own, err) &&
           reply_list(rq, organisation_fields, sizeof(*own), &list, NULL);
}

static bool get_own(const struct request *rq, struct tx *tx, struct organisation *out,
                    struct err *err)
{
    int64_t id;

    if (!request_id(rq, "id", "org", &id, err))
        return false;
    if (id != tx->organisation.n)
        return err_set(err, ERR_NOT_FOUND, "there is no such organisation here");
    return organisation_get(tx, out, err);
}

/* GET /api/v1/organisations/{id} */
static bool get_organisation(struct request *rq, struct tx *tx, struct err *err)
{
    struct organisation own;

    return get_own(rq, tx, &own, err) &&
           reply_versioned(rq, 200, own.version, organisation_fields, &own);
}

/* PATCH /api/v1/organisations/{id} */
static bool patch_organisation(struct request *rq, struct tx *tx, struct err *err)
{
    const struct organisation_patch *patch = rq->body;
    struct organisation own;
    int64_t version;

    if (!get_own(rq, tx, &own, err) || !request_version(rq, own.version, &version, err))
        return false;
    if (request_named(rq, "name"))
        own.name = patch->name;
    if (request_named(rq, "language"))
        own.language = patch->language;
    if (request_named(rq, "time_zone"))
        own.time_zone = patch->time_zone;
    if (request_named(rq, "needs_second_step"))
        own.needs_second_step = patch->needs_second_step;
    return organisation_change(tx, &own, version, err) &&
           reply_versioned(rq, 200, own.version, organisation_fields, &own);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/organisations", READ, list_organisations, LOGGED_IN, NOTHING,
          MANY(organisation), "Lists the organisations that the caller belongs to."),
    ROUTE(GET, "/api/v1/organisations/{id}", READ, get_organisation, LOGGED_IN, NOTHING,
          ONE(organisation), "Reads an organisation."),
    ROUTE(PATCH, "/api/v1/organisations/{id}", WRITE, patch_organisation, ORGANISATION_WRITE,
          BODY(organisation_patch), ONE(organisation),
          "Changes what an organisation is called, its language or its time zone, "
          "or whether everybody needs a second step.",
          .is_versioned = true),
};
const struct routes organisation_routes = ROUTES(rows);
