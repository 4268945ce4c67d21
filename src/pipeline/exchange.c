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

static bool check_signature(struct request *rq, const struct open_channel *channel, struct err *err)
{
    const struct api_settings *settings = channel->settings;
    const char *id = request_header(rq, "webhook-id");
    const char *timestamp = request_header(rq, "webhook-timestamp");
    const char *signature = request_header(rq, "webhook-signature");

    if (!id || !timestamp || !signature)
        return err_set(err, ERR_UNAUTHENTICATED,
                       "sign with webhook-id, webhook-timestamp and webhook-signature, or send a "
                       "token");
    return api_signature_is_good(rq->mem, settings->secret, id, timestamp, rq->raw, signature,
                                 clock_wall()) ||
           err_set(err, ERR_UNAUTHENTICATED, "the signature is wrong, or older than five minutes");
}

bool exchange_check(struct request *rq, struct exchange_caller *out, struct err *err)
{
    struct scope scope = { .mem = rq->mem };
    struct finding finding = { 0 };
    bool by_token = rq->caller.organisation_id.n != 0;

    if (!request_id(rq, "id", "chn", &finding.id.n, err) ||
        !store_read(rq->store, &scope, find_channel, &finding, err))
        return false;
    *out = (struct exchange_caller){
        finding.channel, { ACTOR_INTEGRATION, finding.id.n }
    };
    if (by_token && !has_right(rq->caller.rights, MESSAGE_EXCHANGE))
        return err_set(err, ERR_DENIED, "this needs the right %s", right_name(MESSAGE_EXCHANGE));
    if (by_token && rq->caller.organisation_id.n != finding.channel.organisation.n)
        return err_set(err, ERR_NOT_FOUND, "there is no such channel");
    if (!by_token && !check_signature(rq, &out->channel, err))
        return false;
    if (finding.channel.type != &api_channel)
        return err_set(err, ERR_CONFLICT, "%s is not a channel of the type api",
                       finding.channel.row.name);
    return finding.channel.row.enabled ||
           err_set(err, ERR_CONFLICT, "the channel %s is switched off", finding.channel.row.name);
}

void exchange_enter(struct tx *tx, const struct exchange_caller *caller)
{
    tx->organisation = caller->channel.organisation;
    tx->actor = caller->actor;
}
