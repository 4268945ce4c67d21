#include "mail_channel.h"

#include "../base/text.h"
#include "../domain/channels/channels.h"

struct looked_up {
    channel_id id;
    organisation_id organisation;
    bool is_on;
};

static bool look_up(struct tx *tx, void *arg, struct err *err)
{
    struct looked_up *wanted = arg;
    struct open_channel channel;

    if (!channel_open_anywhere(tx, wanted->id, &channel, err)) {
        if (err->code != ERR_NOT_FOUND)
            return false;
        return err_set(err, ERR_INVALID,
                       "there is no such channel: GET /api/v1/channels lists them");
    }
    if (!text_equal(channel.row.type, "email"))
        return err_set(err, ERR_INVALID, "the channel %s takes no mails: it is of type %s",
                       channel.row.name, channel.row.type);
    wanted->organisation = channel.organisation;
    wanted->is_on = channel.row.enabled;
    return true;
}

bool mail_channel(struct store *store, channel_id id, struct scope *scope, bool *is_on,
                  struct err *err)
{
    struct looked_up wanted = { .id = id };

    if (!store_read(store, scope, look_up, &wanted, err))
        return false;
    scope->organisation = wanted.organisation;
    *is_on = wanted.is_on;
    return true;
}
