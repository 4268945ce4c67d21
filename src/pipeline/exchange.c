#include "exchange.h"

#include "../base/text.h"
#include "../channel/api.h"

struct finding {
    channel_id id;
    struct open_channel channel;
};

static bool find_channel(struct tx *tx, void *arg, struct err *err)
{
    struct finding *finding = arg;

    return channel_open_anywhere(tx, finding->id, &finding->channel, err);
}

bool exchange_find(struct request *rq, const struct channel_type *type, struct exchange_caller *out,
                   struct err *err)
{
    struct scope scope = { .mem = rq->mem };
    struct finding finding = { 0 };

    if (!request_id(rq, "id", "chn", &finding.id.n, err) ||
        !store_read(rq->store, &scope, find_channel, &finding, err))
        return false;
    *out = (struct exchange_caller){ .channel = finding.channel };
    return out->channel.type == type ||
           err_set(err, ERR_NOT_FOUND, "there is no such channel of the type %s", type->name);
}

bool exchange_admit_caller(struct exchange_caller *caller, struct err *err)
{
    caller->actor = (struct actor){ ACTOR_CHANNEL, caller->channel.row.id.n };
    /* Only now: its name is for who has shown who he is. */
    return caller->channel.row.enabled ||
           err_set(err, ERR_CONFLICT, "the channel %s is switched off", caller->channel.row.name);
}

static bool is_signed(struct request *rq)
{
    return request_header(rq, "webhook-id") && request_header(rq, "webhook-timestamp") &&
           request_header(rq, "webhook-signature");
}

static bool check_signature(struct request *rq, const struct open_channel *channel, struct err *err)
{
    const struct api_settings *settings = channel->settings;

    return api_signature_is_good(rq->mem, settings->secret, request_header(rq, "webhook-id"),
                                 request_header(rq, "webhook-timestamp"), rq->raw,
                                 request_header(rq, "webhook-signature"), clock_wall()) ||
           err_set(err, ERR_UNAUTHENTICATED, "the signature is wrong, or older than five minutes");
}

/* The channel, for a caller who may be somebody: with a token's right, or signed somehow. */
static bool find(struct request *rq, struct exchange_caller *out, struct err *err)
{
    bool by_token = rq->caller.organisation_id.n != 0;

    if (!by_token && !is_signed(rq))
        return err_set(err, ERR_UNAUTHENTICATED,
                       "sign with webhook-id, webhook-timestamp and webhook-signature, or send a "
                       "token");
    if (by_token && !has_right(rq->caller.rights, MESSAGE_EXCHANGE))
        return err_set(err, ERR_DENIED, "this needs the right %s", right_name(MESSAGE_EXCHANGE));
    if (!exchange_find(rq, &api_channel, out, err))
        return false;
    return !by_token || rq->caller.organisation_id.n == out->channel.organisation.n ||
           err_set(err, ERR_NOT_FOUND, "there is no such channel of the type api");
}

bool exchange_admit(struct request *rq, struct err *err)
{
    struct exchange_caller caller;

    return find(rq, &caller, err);
}

bool exchange_check(struct request *rq, struct exchange_caller *out, struct err *err)
{
    if (!find(rq, out, err) ||
        (rq->caller.organisation_id.n == 0 && !check_signature(rq, &out->channel, err)))
        return false;
    return exchange_admit_caller(out, err);
}

void exchange_enter(struct tx *tx, const struct exchange_caller *caller)
{
    tx->organisation = caller->channel.organisation;
    tx->actor = caller->actor;
}
