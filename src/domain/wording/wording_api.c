#include "wording.h"

#define WORDING_DRAFT { wording_draft_fields, sizeof(struct wording), 0, "wording_draft" }

static bool get_wording(struct request *rq, struct tx *tx, struct err *err)
{
    struct wording wording;

    return wording_get(tx, &wording, err) &&
           reply_versioned(rq, 200, wording.version, wording_fields, &wording);
}

static bool put_wording(struct request *rq, struct tx *tx, struct err *err)
{
    struct wording before, after = *(const struct wording *)rq->body;
    int64_t version;

    if (!wording_get(tx, &before, err) || !request_version(rq, before.version, &version, err))
        return false;
    if (version != before.version)
        return err_set(err, ERR_CHANGED, "somebody changed the wording a moment ago");
    return wording_save(tx, &after, version, err) &&
           reply_versioned(rq, 200, after.version, wording_fields, &after);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/wording", READ, get_wording, CASE_READ, NOTHING, ONE(wording),
          "Reads how the organisation words what it writes, and what is its own."),
    ROUTE(PUT, "/api/v1/wording", WRITE, put_wording, ORGANISATION_WRITE, WORDING_DRAFT,
          ONE(wording), "Keeps it; If-Match \"0\" when there was none.", .is_versioned = true),
};
const struct routes wording_routes = ROUTES(rows);
