/* hook_kannel.c — Kannel posts what came in and asks for an address with each report; the secret in
 * the address shows that it's Kannel. Only 200 tells it that all is well.
 */
#include "hooks.h"

#include "../channel/sms_kannel.h"

#include <string.h>

enum { BODY_MAX = 48 * 1024 }; /* 255 parts, and room for the query beside it in the envelope */

static struct bytes bytes_of(const char *s)
{
    return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static bool check(struct request *rq, struct hook *out, struct err *err)
{
    const struct kannel_settings *settings;

    if (!exchange_find(rq, &kannel_channel, &out->caller, err))
        return false;
    settings = out->caller.channel.settings;
    if (!secret_equal(bytes_of(settings->secret), bytes_of(request_param(rq, "secret"))))
        return err_set(err, ERR_UNAUTHENTICATED, "the secret in the address is wrong");
    return exchange_admit_caller(&out->caller, err);
}

static bool prepare_message(struct request *rq, struct err *err)
{
    struct hook *hook = NEW(rq->mem, struct hook);

    if (!check(rq, hook, err))
        return false;
    hook->raw = kannel_raw(rq->mem, request_query(rq), rq->raw);
    kannel_query(rq->mem, request_query(rq), &hook->at, &hook->external_id);
    rq->prepared = hook;
    return true;
}

static bool prepare_report(struct request *rq, struct err *err)
{
    struct hook *hook = NEW(rq->mem, struct hook);

    if (!check(rq, hook, err))
        return false;
    hook->report = kannel_report(rq->mem, request_query(rq), &hook->words);
    rq->prepared = hook;
    return true;
}

static bool admit(struct request *rq, struct err *err)
{
    struct hook hook = { 0 };

    return check(rq, &hook, err);
}

static bool post_message(struct request *rq, struct tx *tx, struct err *err)
{
    return hook_receive(rq, tx, err) && reply_text(rq, "text/plain", "");
}

static bool get_report(struct request *rq, struct tx *tx, struct err *err)
{
    return hook_report(rq, tx, err) && reply_text(rq, "text/plain", "");
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/channels/{id}/kannel/{secret}", WRITE, post_message, ANYONE,
          RAW_BODY(BODY_MAX), CONTENT("text/plain"),
          "Takes an SMS from Kannel (post-url): its text is the body, the rest stands in the "
          "query; the secret is the channel's.",
          prepare_message, admit),
    ROUTE(GET, "/api/v1/channels/{id}/kannel/{secret}/{message}", WRITE, get_report, ANYONE,
          FOREIGN_QUERY, CONTENT("text/plain"),
          "Takes a delivery report from Kannel (dlr-url): type is %d, words are %A.",
          prepare_report),
};
const struct routes hook_kannel_routes = ROUTES(rows);
