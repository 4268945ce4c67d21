#include "preferences.h"

static const struct field preferences_draft_fields[] = {
    FIELD(preferences, signature, .flags = REQUIRED, .max = SIGNATURE_MAX,
          .doc = "Under one's answers"),
    FIELD(preferences, settings, .flags = REQUIRED, .max = SETTINGS_MAX,
          .doc = "An object of the desk's own"),
    { 0 },
};
#define PREFERENCES_DRAFT                                                                          \
    { preferences_draft_fields, sizeof(struct preferences), 0, "preferences_draft" }

static bool get_preferences(struct request *rq, struct tx *tx, struct err *err)
{
    struct preferences preferences;

    return preferences_get(tx, &preferences, err) &&
           reply_versioned(rq, 200, preferences.version, preferences_fields, &preferences);
}

static bool put_preferences(struct request *rq, struct tx *tx, struct err *err)
{
    struct preferences before, after = *(const struct preferences *)rq->body;
    int64_t version;

    if (rq->caller.session_id.n == 0)
        return err_set(err, ERR_DENIED, "only who is logged in has a desk; a token has none");
    if (!preferences_get(tx, &before, err) || !request_version(rq, before.version, &version, err))
        return false;
    if (version != before.version)
        return err_set(err, ERR_CHANGED, "another window of yours changed them a moment ago");
    return preferences_save(tx, &after, version, err) &&
           reply_versioned(rq, 200, after.version, preferences_fields, &after);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/me/preferences", READ, get_preferences, LOGGED_IN, NOTHING,
          ONE(preferences), "Reads one's signature, and what the desk keeps for one."),
    ROUTE(PUT, "/api/v1/me/preferences", WRITE, put_preferences, LOGGED_IN, PREFERENCES_DRAFT,
          ONE(preferences), "Keeps them; If-Match \"0\" when there were none.",
          .is_versioned = true),
};
const struct routes preferences_routes = ROUTES(rows);
