/* channels.h — the connected addresses of an organisation: settings, secrets, health.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem. Secrets are
 * sealed with the store's key and leave the database only by channel_open().
 */
#pragma once

#include "../../channel/channel.h"
#include "../../http/http.h"

struct channel {
    channel_id id;
    const char *type, *name, *address;
    struct json_text settings; /* without secrets */
    struct bytes secrets;      /* all settings, sealed; never in a reply */
    team_id team_id;
    bool enabled;
    bool is_demo; /* nobody is at the other side: nothing is fetched, and nothing goes out */
    instant last_good_at, last_error_at;
    const char *last_error; /* of receiving */
    instant send_good_at, send_error_at;
    const char *send_error;
    int64_t backlog;
    instant created_at;
    int64_t version;
};
extern const struct field channel_fields[];
extern const struct routes channel_routes;

/* A channel with its type and its settings as the type's own struct, secrets opened. */
struct open_channel {
    struct channel row;
    organisation_id organisation;
    const struct channel_type *type;
    void *settings;
};

MUST_CHECK bool channel_get(struct tx *tx, channel_id id, struct channel *out, struct err *err);
MUST_CHECK bool channel_open(struct tx *tx, channel_id id, struct open_channel *out,
                             struct err *err);
/* The same over all organisations: moves tx to the channel's. For what comes in from outside. */
MUST_CHECK bool channel_open_anywhere(struct tx *tx, channel_id id, struct open_channel *out,
                                      struct err *err);

/* All of the organisation, without what is sealed. */
MUST_CHECK bool channel_list(struct tx *tx, struct list *out, struct err *err);
/* The settings as the type's own struct, but for the secrets. */
MUST_CHECK bool channel_shown_settings(struct tx *tx, const struct channel *channel,
                                       const struct channel_type *type, void **out,
                                       struct err *err);

/* How much a message of it may hold; its secrets stay sealed. */
MUST_CHECK bool channel_room_get(struct tx *tx, channel_id id, struct channel_room *out,
                                 struct err *err);

/* What the secrets of a channel are sealed for: those of one can't be put in another's place. */
char *channel_seal_context(struct arena *mem, channel_id id);

/* Which fetched channels there are and how new each is, over all organisations: a list of struct
 * channel_mark. */
struct channel_mark {
    channel_id id;
    organisation_id organisation_id;
    int64_t version;
};
MUST_CHECK bool channel_marks(struct tx *tx, struct list *out, struct err *err);

/* Of a channel that sends `per_second` messages a second at most: the moment of the next one, in
 * *wait_ms from now. It's taken: who asks next gets a later one. */
MUST_CHECK bool channel_take_slot(struct tx *tx, channel_id id, int64_t per_second,
                                  int64_t *wait_ms, struct err *err);

/* What the receiver saw: error NULL is a good contact. */
MUST_CHECK bool channel_set_health(struct tx *tx, channel_id id, const char *error, int64_t backlog,
                                   struct err *err);
/* What the sender saw, beside it: error NULL when the other side took something. Written when it is
 * worth a write; the turn from the one to the other is an event. */
MUST_CHECK bool channel_note_sending(struct tx *tx, channel_id id, const char *error,
                                     struct err *err);
