#include "devices.h"

#include "../../base/crypt.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/jobs.h"

#include <stdio.h>
#include <string.h>

const struct field device_fields[] = {
    FIELD(device, id, .flags = REQUIRED),
    FIELD(device, user_id, .flags = SECRET),
    FIELD(device, session_id, .flags = SECRET),
    FIELD(device, name, .flags = REQUIRED),
    FIELD(device, language, .flags = REQUIRED, .doc = "Of what it is told"),
    FIELD(device, endpoint_hash, .flags = SECRET),
    FIELD(device, address, .flags = SECRET),
    FIELD(device, notify_assigned, .doc = "Told that a case became one's own"),
    FIELD(device, notify_answered, .doc = "Told that the customer of such a case wrote"),
    FIELD(device, notify_mentioned, .doc = "Told that a colleague named one in a note"),
    FIELD(device, notify_woke, .doc = "Told that a case is back which one had put away"),
    FIELD(device, notify_promise, .doc = "Told that a promise is at risk, or broken"),
    FIELD(device, is_current, .doc = "Of the session that asks"),
    FIELD(device, created_at, .flags = REQUIRED),
    { 0 },
};

static const struct field address_fields[] = {
    FIELD(device_address, endpoint),
    FIELD(device_address, p256dh),
    FIELD(device_address, auth),
    { 0 },
};

/* --- addresses -------------------------------------------------------------------------------- */

char *endpoint_origin(struct arena *mem, const char *endpoint, bool may_be_private)
{
    static const char host_letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    const char *host = NULL, *end;

    if (text_starts(endpoint, "https://"))
        host = endpoint + strlen("https://");
    else if (may_be_private && text_starts(endpoint, "http://127.0.0.1:"))
        host = endpoint + strlen("http://");
    if (!host || strlen(endpoint) > ENDPOINT_MAX)
        return NULL;
    end = host + strspn(host, host_letters);
    if (end == host)
        return NULL;
    if (*end == ':') {
        size_t digits = strspn(end + 1, "0123456789");
        if (digits == 0 || digits > 5)
            return NULL;
        end += 1 + digits;
    }
    return *end == '/' ? arena_text_n(mem, endpoint, (size_t)(end - endpoint)) : NULL;
}

static void hash_endpoint(const char *endpoint, uint8_t out[HASH_LEN])
{
    hash_bytes((struct bytes){ (const uint8_t *)endpoint, strlen(endpoint) }, out);
}

/* An address can't be put in another one's place. */
static const char *seal_context(struct arena *mem, struct bytes hash)
{
    return arena_printf(mem, "device:%s", hex_write(mem, hash));
}

static struct bytes seal_address(struct tx *tx, const struct device_address *address,
                                 struct bytes hash)
{
    struct buf json = BUF(16384);
    struct bytes sealed;

    json_write(&json, address_fields, address);
    sealed =
        secret_seal(tx->mem, store_key(tx->store), seal_context(tx->mem, hash), buf_str(&json));
    buf_free(&json);
    return sealed;
}

static bool open_address(struct tx *tx, struct bytes sealed, struct bytes hash,
                         struct device_address *out, struct err *err)
{
    const char *json =
        secret_open(tx->mem, store_key(tx->store), seal_context(tx->mem, hash), sealed);

    *out = (struct device_address){ 0 };
    if (!json)
        return err_set(err, ERR_INTERNAL,
                       "the device's address was sealed with another key: put back its copy");
    return json_read(tx->mem, (struct bytes){ (const uint8_t *)json, strlen(json) }, address_fields,
                     out, err);
}

void push_secret(struct arena *mem, const uint8_t key[32], organisation_id organisation,
                 uint8_t out[WEBPUSH_SECRET_LEN])
{
    uint8_t point[WEBPUSH_POINT_LEN];

    /* Once in four thousand million organisations the first one is no secret of the curve. */
    for (int i = 0;; i++) {
        const char *words =
            arena_printf(mem, "web push, organisation %lld, %d", (long long)organisation.n, i);
        const struct bytes part = { (const uint8_t *)words, strlen(words) };
        hmac_sha256((struct bytes){ key, KEY_LEN }, &part, 1, out);
        if (webpush_point(out, point))
            return;
    }
}

/* --- rows ------------------------------------------------------------------------------------- */

struct saved {
    device_id id;
};
static const struct field saved_fields[] = {
    FIELD(saved, id),
    { 0 },
};

static bool check_room(struct tx *tx, const struct device *device, struct err *err)
{
    int64_t n;

    if (!db_run(tx, SQL_DEVICE_SWEEP,
                ARGS(arg_organisation(tx), arg_id(device->user_id), arg_time(tx->now)), err) ||
        !db_number(
            tx, SQL_DEVICE_COUNT,
            ARGS(arg_organisation(tx), arg_id(device->user_id), arg_bytes(device->endpoint_hash)),
            &n, err))
        return false;
    return n < DEVICES_MAX ||
           err_set(err, ERR_CONFLICT, "you are told on %d devices: remove one first", DEVICES_MAX);
}

bool device_save(struct tx *tx, struct device *device, const struct device_address *address,
                 struct err *err)
{
    uint8_t *hash = arena_alloc(tx->mem, HASH_LEN);
    struct saved saved;

    hash_endpoint(address->endpoint, hash);
    device->endpoint_hash = (struct bytes){ hash, HASH_LEN };
    device->address = seal_address(tx, address, device->endpoint_hash);
    device->created_at = tx->now;
    if (!check_room(tx, device, err) ||
        !db_one(tx, SQL_DEVICE_SAVE,
                ARGS(arg_organisation(tx), arg_id_number(id_new()), arg_id(device->user_id),
                     arg_id(device->session_id), arg_text(device->name), arg_text(device->language),
                     arg_bytes(device->endpoint_hash), arg_bytes(device->address),
                     arg_bool(device->notify_assigned), arg_bool(device->notify_answered),
                     arg_bool(device->notify_mentioned), arg_bool(device->notify_woke),
                     arg_bool(device->notify_promise), arg_time(device->created_at)),
                saved_fields, &saved, err))
        return false;
    device->id = saved.id;
    return true;
}

bool device_list(struct tx *tx, user_id user, session_id session, struct list *out, struct err *err)
{
    struct device *rows;

    if (!db_all(tx, SQL_DEVICE_LIST, ARGS(arg_organisation(tx), arg_id(user), arg_time(tx->now)),
                device_fields, sizeof(struct device), out, err))
        return false;
    rows = out->items;
    for (size_t i = 0; i < out->n; i++)
        rows[i].is_current = rows[i].session_id.n == session.n;
    return true;
}

bool device_remove(struct tx *tx, user_id user, device_id id, bool *found, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_DEVICE_REMOVE, ARGS(arg_organisation(tx), arg_id(user), arg_id(id)),
                   &rows, err))
        return false;
    *found = rows > 0;
    return !*found ||
           db_run(tx, SQL_NOTICE_REMOVE_OF_DEVICE, ARGS(arg_organisation(tx), arg_id(id)), err);
}

/* --- notices ---------------------------------------------------------------------------------- */

const char *const notice_kind_names[] = { "assigned", "answered", "mentioned",
                                          "woke",     "promise",  NULL };

static bool wants(const struct device *device, enum notice_kind kind)
{
    switch (kind) {
    case NOTICE_ASSIGNED:
        return device->notify_assigned;
    case NOTICE_ANSWERED:
        return device->notify_answered;
    case NOTICE_MENTIONED:
        return device->notify_mentioned;
    case NOTICE_WOKE:
        return device->notify_woke;
    case NOTICE_PROMISE:
        return device->notify_promise;
    }
    return false;
}

bool notice_add(struct tx *tx, user_id user, enum notice_kind kind, case_id about, struct err *err)
{
    const struct device *devices;
    struct list list;

    if (user.n == 0 || (tx->actor.kind == ACTOR_USER && tx->actor.id == user.n))
        return true;
    if (!device_list(tx, user, (session_id){ 0 }, &list, err))
        return false;
    devices = list.items;
    for (size_t i = 0; i < list.n; i++) {
        int64_t id = id_new();
        if (!wants(&devices[i], kind))
            continue;
        if (!db_run(tx, SQL_NOTICE_ADD,
                    ARGS(arg_organisation(tx), arg_id_number(id), arg_id(devices[i].id),
                         arg_id(about), arg_text(notice_kind_names[kind]), arg_time(tx->now)),
                    err) ||
            !job_add_to_lane(tx, "push", id, devices[i].id.n, tx->now, err))
            return false;
    }
    return true;
}

static const struct field notice_fields[] = {
    FIELD(notice, id),
    FIELD(notice, kind, .names = notice_kind_names),
    FIELD(notice, created_at),
    FIELD(notice, device_id),
    FIELD(notice, user_id),
    FIELD(notice, language),
    FIELD(notice, endpoint_hash),
    FIELD(notice, sealed),
    FIELD(notice, reference),
    FIELD(notice, contact),
    { 0 },
};

bool notice_get(struct tx *tx, notice_id id, struct notice *out, bool *found, struct err *err)
{
    *out = (struct notice){ 0 };
    if (!db_find(tx, SQL_NOTICE_GET, ARGS(arg_organisation(tx), arg_id(id)), notice_fields, out,
                 found, err))
        return false;
    if (*found && !db_find(tx, SQL_NOTICE_DEVICE,
                           ARGS(arg_organisation(tx), arg_id(out->device_id), arg_time(tx->now)),
                           notice_fields, out, found, err))
        return false;
    return !*found || open_address(tx, out->sealed, out->endpoint_hash, &out->address, err);
}

bool notice_remove(struct tx *tx, notice_id id, struct err *err)
{
    return db_run(tx, SQL_NOTICE_REMOVE, ARGS(arg_organisation(tx), arg_id(id)), err);
}
