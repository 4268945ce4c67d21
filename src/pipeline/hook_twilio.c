/* hook_twilio.c — Twilio, and who speaks as it does, posts signed forms: messages, and what becomes
 * of ours.
 */
#include "hooks.h"

#include "../base/form.h"
#include "../base/text.h"
#include "../channel/sms_twilio.h"

#include <string.h>

enum { BODY_MAX = 64 * 1024 };

/* The path as they were given it. */
static const char *url_of(struct request *rq, const struct twilio_settings *settings,
                          const char *message)
{
    const char *query = request_query(rq);

    return arena_printf(rq->mem, "%s/api/v1/channels/%s/twilio%s%s%s%s", settings->our_url,
                        request_param(rq, "id"), *message ? "/" : "", message, *query ? "?" : "",
                        query);
}

/* The channel, for who may be the provider: he signed it somehow. */
static bool find(struct request *rq, struct exchange_caller *out, struct err *err)
{
    return (request_header(rq, "X-Twilio-Signature") ||
            err_set(err, ERR_UNAUTHENTICATED, "sign the form with X-Twilio-Signature")) &&
           exchange_find(rq, &twilio_channel, out, err);
}

static bool admit(struct request *rq, struct err *err)
{
    struct exchange_caller caller;

    return find(rq, &caller, err);
}

static bool check(struct request *rq, const char *message, struct hook *out, struct list *form,
                  struct err *err)
{
    const char *header = request_header(rq, "X-Twilio-Signature");
    const struct twilio_settings *settings;

    if (!find(rq, &out->caller, err) || !form_read(rq->mem, rq->raw, form, err))
        return false;
    settings = out->caller.channel.settings;
    if (!twilio_signature_is_good(rq->mem, settings, url_of(rq, settings, message), form, header))
        return err_set(
            err, ERR_UNAUTHENTICATED,
            "the signature is wrong: our_url and token must be as the provider has them");
    return exchange_admit_caller(&out->caller, err);
}

static bool prepare_message(struct request *rq, struct err *err)
{
    struct hook *hook = NEW(rq->mem, struct hook);
    struct list form;

    if (!check(rq, "", hook, &form, err))
        return false;
    hook->raw = rq->raw;
    hook->external_id = form_text(rq->mem, &form, "MessageSid");
    if (text_is_blank(hook->external_id))
        hook->external_id = NULL;
    rq->prepared = hook;
    return true;
}

static bool prepare_report(struct request *rq, struct err *err)
{
    struct hook *hook = NEW(rq->mem, struct hook);
    struct list form;

    if (!check(rq, request_param(rq, "message"), hook, &form, err))
        return false;
    hook->report = twilio_report(rq->mem, &form, &hook->words);
    rq->prepared = hook;
    return true;
}

/* An empty answer in TwiML: nothing is said back. */
static bool post_message(struct request *rq, struct tx *tx, struct err *err)
{
    return hook_receive(rq, tx, err) && reply_text(rq, "text/xml", "<Response/>");
}

static bool post_report(struct request *rq, struct tx *tx, struct err *err)
{
    return hook_report(rq, tx, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/channels/{id}/twilio", WRITE, post_message, ANYONE, RAW_BODY(BODY_MAX),
          CONTENT("text/xml"),
          "Takes an SMS as Twilio posts it: a form, signed with X-Twilio-Signature.",
          prepare_message, admit),
    ROUTE(POST, "/api/v1/channels/{id}/twilio/{message}", WRITE, post_report, ANYONE,
          RAW_BODY(BODY_MAX), NOTHING,
          "Takes what became of a message of ours, as Twilio posts it: a form, signed likewise.",
          prepare_report, admit),
};
const struct routes hook_twilio_routes = ROUTES(rows);
