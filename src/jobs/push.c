/* push.c — one notice to one device. What a service says of a device that is gone removes it.
 *
 * It may be sent twice: the browser shows one notification a case and kind, in the same place.
 */
#include "push.h"

#include "../base/crypt.h"
#include "../base/fetch.h"
#include "../base/text.h"
#include "../domain/devices/devices.h"

#include <string.h>

/* All are of this size: what is in one can't be told by its length. */
enum { TEXT_LEN = 160 };
static const int64_t SIGNED_MS = HOUR_MS;

struct pushing {
    struct job job;
    struct notice notice;
    bool found;
};

static bool read_notice(struct tx *tx, void *arg, struct err *err)
{
    struct pushing *pushing = arg;

    return notice_get(tx, (notice_id){ pushing->job.about }, &pushing->notice, &pushing->found,
                      err);
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    struct pushing *pushing = arg;

    return notice_remove(tx, (notice_id){ pushing->job.about }, err) &&
           job_finish(tx, &pushing->job, err);
}

static bool forget_device(struct tx *tx, void *arg, struct err *err)
{
    struct pushing *pushing = arg;
    bool found;

    return device_remove(tx, pushing->notice.user_id, pushing->notice.device_id, &found, err) &&
           finish(tx, arg, err);
}

/* What happened, and which case: no word of a customer. */
static struct bytes text_of(struct arena *mem, const struct notice *notice)
{
    const char *json = arena_printf(
        mem, "%-*s", TEXT_LEN,
        arena_printf(mem, "{\"kind\":\"%s\",\"reference\":\"%s\",\"language\":\"%s\"}",
                     notice_kind_names[notice->kind], notice->reference, notice->language));

    return (struct bytes){ (const uint8_t *)json, strlen(json) };
}

static bool seal(struct arena *mem, const struct notice *notice, struct bytes *out, struct err *err)
{
    uint8_t secret[WEBPUSH_SECRET_LEN], salt[WEBPUSH_SALT_LEN];

    webpush_secret(secret);
    random_bytes(salt, sizeof(salt));
    return (notice->address.p256dh.len == WEBPUSH_POINT_LEN &&
            notice->address.auth.len == WEBPUSH_AUTH_LEN &&
            webpush_seal(mem, notice->address.p256dh.data, notice->address.auth.data, secret, salt,
                         text_of(mem, notice), out)) ||
           err_set(err, ERR_UPSTREAM, "the device's key is none");
}

/* Push services want to know whom to write to when we misbehave. */
static const char *contact_of(struct arena *mem, const struct notice *notice)
{
    return strpbrk(notice->contact, "\"\\ ") ? "mailto:nobody@invalid"
                                             : arena_printf(mem, "mailto:%s", notice->contact);
}

static bool send(struct job_run *run, const struct notice *notice, struct fetched *out,
                 struct err *err)
{
    const char *origin =
        endpoint_origin(run->mem, notice->address.endpoint, fetch_private_is_allowed());
    instant until = instant_plus(clock_wall(), SIGNED_MS);
    uint8_t secret[WEBPUSH_SECRET_LEN];
    const char *authorization;
    struct bytes body;

    if (!origin)
        return err_set(err, ERR_UPSTREAM, "the device's address is none for a push service");
    push_secret(run->mem, store_key(run->store), run->job.organisation_id, secret);
    authorization = webpush_authorization(run->mem, secret, origin, contact_of(run->mem, notice),
                                          until.ms / SECOND_MS);
    if (!authorization || !seal(run->mem, notice, &body, err))
        return false;
    const struct fetch_header headers[] = {
        { "Content-Type", "application/octet-stream" },
        { "Content-Encoding", "aes128gcm" },
        { "TTL", arena_printf(run->mem, "%lld", (long long)(NOTICE_MS / SECOND_MS)) },
        { "Urgency", notice->kind == NOTICE_ANSWERED ? "high" : "normal" },
        { "Authorization", authorization },
    };
    struct fetch rq = { .method = "POST",
                        .url = notice->address.endpoint,
                        .headers = headers,
                        .headers_n = COUNT(headers),
                        .body = body };
    return fetch(run->mem, &rq, out, err);
}

static bool is_too_old(const struct notice *notice)
{
    return clock_wall().ms - notice->created_at.ms > NOTICE_MS;
}

bool job_push(struct job_run *run, struct err *err)
{
    struct pushing pushing = { .job = run->job };
    struct fetched answer;

    if (!store_read(run->store, &run->scope, read_notice, &pushing, err))
        return false;
    if (!pushing.found || is_too_old(&pushing.notice))
        return store_write(run->store, &run->scope, finish, &pushing, err);
    if (!send(run, &pushing.notice, &answer, err))
        return false;
    if (answer.status == 404 || answer.status == 410)
        return store_write(run->store, &run->scope, forget_device, &pushing, err);
    if (answer.status >= 200 && answer.status < 300)
        return store_write(run->store, &run->scope, finish, &pushing, err);
    return err_set(err, answer.status == 429 || answer.status >= 500 ? ERR_BUSY : ERR_UPSTREAM,
                   "the push service answered %d", answer.status);
}
