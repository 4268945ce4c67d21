#include "devices.h"

#include "../../auth/organisations.h"
#include "../../base/crypt.h"
#include "../../base/fetch.h"
#include "../../base/text.h"

#include <string.h>

/* As the browser's own PushSubscription has it. */
struct device_draft {
    const char *name, *language, *endpoint, *p256dh, *auth;
    bool notify_assigned, notify_answered, notify_mentioned, notify_woke, notify_promise;
};

static const char *const languages[] = { "nl", "en", "fr" };

static const struct field device_draft_fields[] = {
    FIELD(device_draft, name, .flags = REQUIRED | LINE, .min = 1, .max = 100,
          .doc = "By which its user knows it"),
    FIELD(device_draft, language, .flags = REQUIRED | LINE, .max = 8, .doc = "nl, en or fr"),
    FIELD(device_draft, endpoint, .flags = REQUIRED, .min = 1, .max = ENDPOINT_MAX,
          .doc = "Of the browser's push subscription: an address that begins with https://"),
    FIELD(device_draft, p256dh, .flags = REQUIRED, .min = 80, .max = 100,
          .doc = "Its public key, base64url"),
    FIELD(device_draft, auth, .flags = REQUIRED, .min = 20, .max = 30,
          .doc = "Its secret, base64url"),
    FIELD(device_draft, notify_assigned, .doc = "Tell that a case became one's own"),
    FIELD(device_draft, notify_answered, .doc = "Tell that the customer of such a case wrote"),
    FIELD(device_draft, notify_mentioned, .doc = "Tell that a colleague named one in a note"),
    FIELD(device_draft, notify_woke, .doc = "Tell that a case is back which one had put away"),
    FIELD(device_draft, notify_promise, .doc = "Tell that a promise is at risk, or broken"),
    { 0 },
};

struct push_key {
    const char *key;
};
static const struct field push_key_fields[] = {
    FIELD(push_key, key, .flags = REQUIRED, .doc = "What a browser subscribes with, base64url"),
    { 0 },
};

static bool get_push_key(struct request *rq, struct tx *tx, struct err *err)
{
    uint8_t secret[WEBPUSH_SECRET_LEN], point[WEBPUSH_POINT_LEN];
    struct push_key key;

    push_secret(rq->mem, store_key(tx->store), tx->organisation, secret);
    if (!webpush_point(secret, point))
        return err_set(err, ERR_INTERNAL, "no key for push services");
    key.key = webpush_base64(rq->mem, (struct bytes){ point, sizeof(point) });
    return reply(rq, 200, push_key_fields, &key);
}

static bool check_language(const char *language, struct err *err)
{
    for (size_t i = 0; i < COUNT(languages); i++)
        if (text_equal(languages[i], language))
            return true;
    return err_field(err, "language", "must be nl, en or fr");
}

static bool read_address(struct arena *mem, const struct device_draft *draft,
                         struct device_address *out, struct err *err)
{
    out->endpoint = draft->endpoint;
    if (!endpoint_origin(mem, draft->endpoint, fetch_private_is_allowed()))
        return err_field(err, "endpoint", "must be an address that begins with https://");
    if (!base64_read(mem, draft->p256dh, &out->p256dh) || !webpush_is_point(out->p256dh))
        return err_field(err, "p256dh", "must be a public key of P-256, uncompressed");
    return (base64_read(mem, draft->auth, &out->auth) && out->auth.len == WEBPUSH_AUTH_LEN) ||
           err_field(err, "auth", "must be %d bytes", WEBPUSH_AUTH_LEN);
}

static bool put_device(struct request *rq, struct tx *tx, struct err *err)
{
    const struct device_draft *draft = rq->body;
    struct device_address address = { 0 };
    struct device device = {
        .user_id = { tx->actor.id },
        .session_id = rq->caller.session_id,
        .name = draft->name,
        .language = draft->language,
        .notify_assigned = draft->notify_assigned,
        .notify_answered = draft->notify_answered,
        .notify_mentioned = draft->notify_mentioned,
        .notify_woke = draft->notify_woke,
        .notify_promise = draft->notify_promise,
        .is_current = true,
    };

    if (rq->caller.session_id.n == 0)
        return err_set(err, ERR_DENIED, "only who is logged in has a device; a token has none");
    return check_language(draft->language, err) && read_address(rq->mem, draft, &address, err) &&
           device_save(tx, &device, &address, err) && reply(rq, 200, device_fields, &device);
}

static bool get_devices(struct request *rq, struct tx *tx, struct err *err)
{
    struct list devices;

    return device_list(tx, (user_id){ tx->actor.id }, rq->caller.session_id, &devices, err) &&
           reply_list(rq, device_fields, sizeof(struct device), &devices, NULL);
}

static bool delete_device(struct request *rq, struct tx *tx, struct err *err)
{
    device_id id;
    bool found;

    if (!request_id(rq, "id", "dev", &id.n, err) ||
        !device_remove(tx, (user_id){ tx->actor.id }, id, &found, err))
        return false;
    return found ? reply_nothing(rq) : err_set(err, ERR_NOT_FOUND, "you have no such device");
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/me/push-key", READ, get_push_key, LOGGED_IN, NOTHING, ONE(push_key),
          "Reads the key with which a browser subscribes to what it will be told."),
    ROUTE(GET, "/api/v1/me/devices", READ, get_devices, LOGGED_IN, NOTHING, MANY(device),
          "Lists the browsers in which one is told."),
    ROUTE(PUT, "/api/v1/me/devices", WRITE, put_device, LOGGED_IN, BODY(device_draft), ONE(device),
          "Has this browser told, until its session ends; the same endpoint again is the same "
          "device."),
    ROUTE(DELETE, "/api/v1/me/devices/{id}", WRITE, delete_device, LOGGED_IN, NOTHING, NOTHING,
          "Tells nothing more there."),
};
const struct routes device_routes = ROUTES(rows);
