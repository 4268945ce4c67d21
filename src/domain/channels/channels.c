#include "channels.h"

#include "../../base/crypt.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"

#include <string.h>

/* More senders than there can be, each a second behind the other. */
static const int64_t SLOTS_MS = MINUTE_MS;
static const int64_t SAME_MS = 30 * SECOND_MS; /* what stays as it is isn't written more often */

const struct field channel_fields[] = {
    FIELD(channel, id, .flags = REQUIRED),
    FIELD(channel, type, .flags = REQUIRED),
    FIELD(channel, name, .flags = REQUIRED),
    FIELD(channel, address, .flags = REQUIRED, .doc = "What people write to"),
    FIELD(channel, settings, .flags = REQUIRED,
          .doc = "By the fields of the type; secrets are never shown"),
    FIELD(channel, secrets, .flags = SECRET),
    FIELD(channel, team_id, .doc = "Who gets its new cases"),
    FIELD(channel, enabled),
    FIELD(channel, is_demo,
          .doc = "Nobody is at the other side: nothing is fetched, and what is sent only counts as "
                 "sent"),
    FIELD(channel, last_good_at, .doc = "When the other side was last reached, to receive"),
    FIELD(channel, last_error_at),
    FIELD(channel, last_error,
          .doc = "Why nothing can be received now, in words; null when nothing is wrong"),
    FIELD(channel, send_good_at,
          .doc = "When something last got through, or lay ready to be fetched"),
    FIELD(channel, send_error_at),
    FIELD(channel, send_error,
          .doc = "Why nothing can be sent now, in words; null when nothing is wrong"),
    FIELD(channel, backlog, .doc = "Messages that wait on the other side"),
    FIELD(channel, created_at),
    FIELD(channel, version),
    { 0 },
};

bool channel_get(struct tx *tx, channel_id id, struct channel *out, struct err *err)
{
    *out = (struct channel){ 0 };
    return db_one(tx, SQL_CHANNEL_GET, ARGS(arg_organisation(tx), arg_id(id)), channel_fields, out,
                  err);
}

char *channel_seal_context(struct arena *mem, channel_id id)
{
    return arena_printf(mem, "channel:%lld", (long long)id.n);
}

bool channel_open(struct tx *tx, channel_id id, struct open_channel *out, struct err *err)
{
    const char *json;

    *out = (struct open_channel){ .organisation = tx->organisation };
    if (!channel_get(tx, id, &out->row, err))
        return false;
    out->type = channel_type_named(out->row.type);
    if (!out->type)
        return err_set(err, ERR_INTERNAL, "channel type %s isn't known", out->row.type);
    json = secret_open(tx->mem, store_key(tx->store), channel_seal_context(tx->mem, id),
                       out->row.secrets);
    if (!json)
        return err_set(err, ERR_INTERNAL, "the channel's secrets were sealed with another key");
    out->settings = arena_alloc(tx->mem, out->type->settings_size);
    return json_read_stored(tx->mem, json, out->type->settings_fields, out->settings, err);
}

bool channel_list(struct tx *tx, struct list *out, struct err *err)
{
    return db_all(tx, SQL_CHANNEL_LIST, ARGS(arg_organisation(tx)), channel_fields,
                  sizeof(struct channel), out, err);
}

bool channel_shown_settings(struct tx *tx, const struct channel *channel,
                            const struct channel_type *type, void **out, struct err *err)
{
    struct field *fields;
    size_t n = 0;

    while (type->settings_fields[n].name)
        n++;
    fields = NEW_ARRAY(tx->mem, struct field, n + 1);
    for (size_t i = 0; i < n; i++) {
        fields[i] = type->settings_fields[i];
        fields[i].flags &= ~(unsigned)REQUIRED; /* a secret isn't among them */
    }
    *out = arena_alloc(tx->mem, type->settings_size);
    return json_read_stored(tx->mem, channel->settings.s, fields, *out, err);
}

bool channel_room_get(struct tx *tx, channel_id id, struct channel_room *out, struct err *err)
{
    struct open_channel channel;

    *out = (struct channel_room){ 0 };
    if (!channel_open(tx, id, &channel, err))
        return false;
    if (channel.type->room)
        *out = channel.type->room(channel.settings);
    return true;
}

bool channel_open_anywhere(struct tx *tx, channel_id id, struct open_channel *out, struct err *err)
{
    int64_t organisation;

    if (!db_number(tx, SQL_CHANNEL_ORGANISATION, ARGS(arg_id(id)), &organisation, err))
        return false;
    if (organisation == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no such channel");
    tx->organisation.n = organisation;
    return channel_open(tx, id, out, err);
}

bool channel_marks(struct tx *tx, struct list *out, struct err *err)
{
    static const struct field fields[] = {
        FIELD(channel_mark, id),
        FIELD(channel_mark, organisation_id),
        FIELD(channel_mark, version),
        { 0 },
    };

    /* One type is fetched so far. */
    return db_all(tx, SQL_CHANNEL_MARKS, ARGS(arg_text("email")), fields,
                  sizeof(struct channel_mark), out, err);
}

bool channel_take_slot(struct tx *tx, channel_id id, int64_t per_second, int64_t *wait_ms,
                       struct err *err)
{
    int64_t slot;

    if (!db_number(tx, SQL_CHANNEL_TAKE_SLOT,
                   ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now),
                        arg_time(instant_plus(tx->now, SLOTS_MS)),
                        arg_int((SECOND_MS + per_second - 1) / per_second)),
                   &slot, err))
        return false;
    *wait_ms = slot > tx->now.ms ? slot - tx->now.ms : 0;
    return true;
}

bool channel_set_health(struct tx *tx, channel_id id, const char *error, int64_t backlog,
                        struct err *err)
{
    if (!error)
        return db_run(tx, SQL_CHANNEL_GOOD,
                      ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now), arg_int(backlog)),
                      err);
    return db_run(tx, SQL_CHANNEL_BAD,
                  ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now),
                       arg_text(text_preview(tx->mem, error, 300)), arg_int(backlog)),
                  err);
}

static bool note_turn(struct tx *tx, channel_id id, const char *kind, int64_t rows, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("chn", id.n, about);
    return rows == 0 || event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

static bool note_taken(struct tx *tx, channel_id id, const struct channel *now, struct err *err)
{
    struct args args = ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now));
    int64_t rows;

    if (!now->send_error)
        return now->send_good_at.ms + SAME_MS > tx->now.ms ||
               db_run(tx, SQL_CHANNEL_SEND_GOOD, args, err);
    return db_change(tx, SQL_CHANNEL_SEND_AGAIN, args, &rows, err) &&
           note_turn(tx, id, "channel.send_working", rows, err);
}

static bool note_trouble(struct tx *tx, channel_id id, const struct channel *now, const char *words,
                         struct err *err)
{
    struct args args = ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now), arg_text(words));
    int64_t rows;

    if (now->send_error)
        return (text_equal(now->send_error, words) &&
                now->send_error_at.ms + SAME_MS > tx->now.ms) ||
               db_run(tx, SQL_CHANNEL_SEND_BAD, args, err);
    return db_change(tx, SQL_CHANNEL_SEND_NO_MORE, args, &rows, err) &&
           note_turn(tx, id, "channel.send_failing", rows, err);
}

bool channel_note_sending(struct tx *tx, channel_id id, const char *error, struct err *err)
{
    struct channel now = { 0 };

    if (!db_one(tx, SQL_CHANNEL_SENDING, ARGS(arg_organisation(tx), arg_id(id)), channel_fields,
                &now, err))
        return false;
    if (!error)
        return note_taken(tx, id, &now, err);
    return note_trouble(tx, id, &now, text_preview(tx->mem, error, 300), err);
}
