#include "channels.h"

#include "../../auth/teams.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"

#include <stdlib.h>
#include <string.h>

struct channel_draft {
    const char *type, *name;
    struct json_text settings;
    team_id team_id;
    bool enabled, is_demo;
};

static const struct field channel_draft_fields[] = {
    FIELD(channel_draft, type, .min = 1, .names = channel_type_names,
          .doc = "Can't be changed later"),
    FIELD(channel_draft, name, .min = 1, .max = 100),
    FIELD(channel_draft, settings, .doc = "By GET /api/v1/channel-types; what is left out stays"),
    FIELD(channel_draft, team_id),
    FIELD(channel_draft, enabled, .doc = "true when left out"),
    FIELD(channel_draft, is_demo, .doc = "false when left out"),
    { 0 },
};

/* The errors of the settings point into them. */
static bool read_settings(struct arena *mem, const struct channel_type *type,
                          struct json_text given, void *settings, struct err *err)
{
    const char *json = given.s ? given.s : "{}";
    struct bytes body = { (const uint8_t *)json, strlen(json) };

    if (json_read(mem, body, type->settings_fields, settings, err))
        return type->check(mem, settings, err);
    err_nest(err, 0, "/settings");
    return false;
}

/* What is stored: once to be shown, once whole and sealed. */
struct stored {
    const char *shown;
    struct bytes sealed;
};

static struct stored seal(struct tx *tx, channel_id id, const struct channel_type *type,
                          const void *settings)
{
    struct buf shown = BUF(1 << 20), whole = BUF(1 << 20);
    struct stored stored;

    json_write(&shown, type->settings_fields, settings);
    json_write_secrets(&whole, type->settings_fields, settings);
    stored.shown = arena_text(tx->mem, buf_str(&shown));
    stored.sealed = secret_seal(tx->mem, store_key(tx->store), channel_seal_context(tx->mem, id),
                                buf_str(&whole));
    buf_free(&shown);
    buf_free(&whole);
    return stored;
}

static bool note_change(struct tx *tx, const char *kind, channel_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("chn", id.n, about);
    tx_wake(tx, WAKE_CHANNELS);
    return event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

static bool get_channels(struct request *rq, struct tx *tx, struct err *err)
{
    struct list channels;

    return channel_list(tx, &channels, err) &&
           reply_list(rq, channel_fields, sizeof(struct channel), &channels, NULL);
}

static bool reply_channel(struct request *rq, struct tx *tx, int status, channel_id id,
                          struct err *err)
{
    struct channel channel;

    return channel_get(tx, id, &channel, err) &&
           reply_versioned(rq, status, channel.version, channel_fields, &channel);
}

static bool get_channel(struct request *rq, struct tx *tx, struct err *err)
{
    channel_id id;

    return request_id(rq, "id", "chn", &id.n, err) && reply_channel(rq, tx, 200, id, err);
}

/* What is named in it must make sense here. */
static bool check_draft(const struct request *rq, struct tx *tx, struct err *err)
{
    const struct channel_draft *draft = rq->body;
    struct team team;

    if (request_named(rq, "name") && text_is_blank(draft->name))
        return err_field(err, "name", "must say what the channel is called");
    if (draft->team_id.n == 0 || team_get(tx, draft->team_id, &team, err))
        return true;
    return err->code == ERR_NOT_FOUND ? err_field(err, "team_id", "isn't known here") : false;
}

/* Two that read one mailbox would each take half of it. Who connects the same at the same moment
 * waits. */
static bool check_address(struct tx *tx, channel_id id, const struct channel_type *type,
                          const char *address, struct err *err)
{
    int64_t n;

    if (!db_run(tx, SQL_ORGANISATION_LOCK, ARGS(arg_organisation(tx)), err) ||
        !db_number(tx, SQL_CHANNEL_SAME_ADDRESS,
                   ARGS(arg_organisation(tx), arg_text(type->name), arg_text(address), arg_id(id)),
                   &n, err))
        return false;
    return n == 0 ||
           err_field(err, "/settings/address", "is connected already, by another channel");
}

static bool post_channel(struct request *rq, struct tx *tx, struct err *err)
{
    const struct channel_draft *draft = rq->body;
    const struct channel_type *type = draft->type ? channel_type_named(draft->type) : NULL;
    channel_id id = { id_new() };
    struct stored stored;
    void *settings;
    bool enabled = !request_named(rq, "enabled") || draft->enabled;

    if (!type)
        return err_field(err, "type", "is missing");
    if (!request_named(rq, "name"))
        return err_field(err, "name", "is missing");
    if (!check_draft(rq, tx, err))
        return false;
    settings = arena_alloc(tx->mem, type->settings_size);
    if (!read_settings(tx->mem, type, draft->settings, settings, err) ||
        (enabled && !check_address(tx, id, type, type->address(settings), err)))
        return false;
    stored = seal(tx, id, type, settings);
    return db_run(tx, SQL_CHANNEL_ADD,
                  ARGS(arg_organisation(tx), arg_id(id), arg_text(type->name),
                       arg_text(draft->name), arg_text(type->address(settings)),
                       arg_text(stored.shown), arg_bytes(stored.sealed), arg_id(draft->team_id),
                       arg_bool(enabled), arg_bool(draft->is_demo), arg_time(tx->now)),
                  err) &&
           note_change(tx, "channel.added", id, err) && reply_channel(rq, tx, 201, id, err);
}

static bool patch_channel(struct request *rq, struct tx *tx, struct err *err)
{
    const struct channel_draft *draft = rq->body;
    struct open_channel now;
    struct stored stored;
    int64_t version, changed;
    channel_id id;
    bool enabled;

    if (!request_id(rq, "id", "chn", &id.n, err) || !channel_open(tx, id, &now, err) ||
        !request_version(rq, now.row.version, &version, err) || !check_draft(rq, tx, err) ||
        !read_settings(tx->mem, now.type, draft->settings, now.settings, err))
        return false;
    if (request_named(rq, "type") && !text_equal(draft->type, now.row.type))
        return err_field(err, "type", "can't be changed");
    enabled = request_named(rq, "enabled") ? draft->enabled : now.row.enabled;
    if (enabled && !check_address(tx, id, now.type, now.type->address(now.settings), err))
        return false;
    stored = seal(tx, id, now.type, now.settings);
    if (!db_change(tx, SQL_CHANNEL_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(id), arg_int(version),
                        arg_text(request_named(rq, "name") ? draft->name : now.row.name),
                        arg_text(now.type->address(now.settings)), arg_text(stored.shown),
                        arg_bytes(stored.sealed),
                        arg_id(request_named(rq, "team_id") ? draft->team_id : now.row.team_id),
                        arg_bool(enabled),
                        arg_bool(request_named(rq, "is_demo") ? draft->is_demo : now.row.is_demo)),
                   &changed, err))
        return false;
    if (changed == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this channel a moment ago");
    return note_change(tx, "channel.changed", id, err) && reply_channel(rq, tx, 200, id, err);
}

struct opening {
    struct request *rq;
    channel_id id;
    struct open_channel channel;
};

static bool open_for_test(struct tx *tx, void *arg, struct err *err)
{
    struct opening *opening = arg;

    return channel_open(tx, opening->id, &opening->channel, err);
}

static bool note_test(struct tx *tx, void *arg, struct err *err)
{
    const struct opening *opening = arg;

    return channel_note_sending(tx, opening->id, NULL, err) && reply_nothing(opening->rq);
}

/* Tries the saved settings against the other side. What receives finds out by itself that all is
 * well; what sends would only with the next message. */
static bool test_channel(struct request *rq, struct tx *tx, struct err *err)
{
    struct opening opening = { .rq = rq };

    (void)tx;
    if (!request_id(rq, "id", "chn", &opening.id.n, err) ||
        !request_read(rq, open_for_test, &opening, err))
        return false;
    if (opening.channel.row.is_demo)
        return err_set(err, ERR_CONFLICT, "nobody is at the other side of a channel of a demo");
    return opening.channel.type->test(rq->mem, opening.channel.settings, err) &&
           request_write(rq, note_test, &opening, err);
}

/* What the other side of a channel needs, for who sets it up; it is written down who looked. */
static const struct field channel_secret_fields[] = {
    FIELD(channel_secret, secret, .doc = "What signs messages, or proves who posts them"),
    FIELD(channel_secret, url, .doc = "Where a provider has to post what comes in"),
    { 0 },
};

static bool get_secret(struct request *rq, struct tx *tx, struct err *err)
{
    struct open_channel channel;
    struct channel_secret shown;
    channel_id id;

    if (!request_id(rq, "id", "chn", &id.n, err) || !channel_open(tx, id, &channel, err))
        return false;
    if (!channel.type->show_secret)
        return err_set(err, ERR_CONFLICT,
                       "the other side of a channel of the type %s needs nothing",
                       channel.type->name);
    channel.type->show_secret(rq->mem, channel.settings, request_param(rq, "id"), &shown);
    request_was_read(rq, "audit.secret_read", (case_id){ 0 }, request_param(rq, "id"));
    return reply(rq, 200, channel_secret_fields, &shown);
}

/* --- what types there are, for the forms --------------------------------------------------------
 */

struct type_field {
    const char *name, *kind, *doc;
    bool is_required, is_secret;
    struct list names;
};

static const struct field type_field_fields[] = {
    FIELD(type_field, name),
    FIELD(type_field, kind),
    FIELD(type_field, doc),
    FIELD(type_field, is_required),
    FIELD(type_field, is_secret),
    FIELD(type_field, names, .flags = OPTIONAL),
    { 0 },
};

struct channel_type_form {
    const char *name;
    bool can_attach, has_subject, has_secret;
    int64_t files_max;
    struct list fields;
};

static const struct field channel_type_form_fields[] = {
    FIELD(channel_type_form, name),
    FIELD(channel_type_form, can_attach),
    FIELD(channel_type_form, files_max,
          .doc = "Bytes that the files of one message may have together; 0 when it doesn't matter"),
    FIELD(channel_type_form, has_subject),
    FIELD(channel_type_form, has_secret,
          .doc = "The other side needs to be told something: GET /api/v1/channels/{id}/secret"),
    FIELD(channel_type_form, fields, .of = type_field_fields, .size = sizeof(struct type_field)),
    { 0 },
};

static const char *kind_word(enum kind kind)
{
    switch (kind) {
    case KIND_INT:
        return "number";
    case KIND_BOOL:
        return "boolean";
    case KIND_ENUM:
        return "choice";
    default:
        return "text";
    }
}

static struct list describe_fields(struct arena *mem, const struct field *fields)
{
    struct type_field *out;
    size_t n = 0;

    while (fields[n].name)
        n++;
    out = NEW_ARRAY(mem, struct type_field, n);
    for (size_t i = 0; i < n; i++) {
        size_t names_n = 0;
        while (fields[i].names && fields[i].names[names_n])
            names_n++;
        out[i] = (struct type_field){
            .name = fields[i].name,
            .kind = kind_word(fields[i].kind),
            .doc = fields[i].doc,
            .is_required = (fields[i].flags & REQUIRED) != 0,
            .is_secret = (fields[i].flags & SECRET) != 0,
            .names = { (void *)fields[i].names, names_n }
        };
    }
    return (struct list){ out, n };
}

static bool get_types(struct request *rq, struct tx *tx, struct err *err)
{
    struct channel_type_form *rows = NEW_ARRAY(rq->mem, struct channel_type_form, channel_types_n);
    struct list list = { rows, channel_types_n };

    (void)tx, (void)err;
    for (size_t i = 0; i < channel_types_n; i++)
        rows[i] = (struct channel_type_form){
            channel_types[i]->name,
            (channel_types[i]->skills & CAN_ATTACH) != 0,
            (channel_types[i]->skills & CAN_SUBJECT) != 0,
            channel_types[i]->show_secret != NULL,
            channel_types[i]->files_max,
            describe_fields(rq->mem, channel_types[i]->settings_fields),
        };
    return reply_list(rq, channel_type_form_fields, sizeof(struct channel_type_form), &list, NULL);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/channel-types", READ, get_types, CHANNEL_READ, NOTHING,
          MANY(channel_type_form),
          "Lists the types of channel with the fields that an administrator fills in."),
    ROUTE(GET, "/api/v1/channels", READ, get_channels, CHANNEL_READ, NOTHING, MANY(channel),
          "Lists the channels with their health."),
    ROUTE(POST, "/api/v1/channels", WRITE, post_channel, CHANNEL_WRITE, BODY(channel_draft),
          MADE(channel), "Connects a channel."),
    ROUTE(GET, "/api/v1/channels/{id}", READ, get_channel, CHANNEL_READ, NOTHING, ONE(channel),
          "Reads a channel with its health."),
    ROUTE(PATCH, "/api/v1/channels/{id}", WRITE, patch_channel, CHANNEL_WRITE, BODY(channel_draft),
          ONE(channel), "Changes a channel.", .is_versioned = true),
    ROUTE(
        GET, "/api/v1/channels/{id}/secret", READ, get_secret, CHANNEL_WRITE, NOTHING,
        ONE(channel_secret),
        "Shows what the other side of a channel needs to reach us, its secret too; the reading is "
        "written down."),
    ROUTE(POST, "/api/v1/channels/{id}/test", OUTSIDE, test_channel, CHANNEL_WRITE, NOTHING,
          NOTHING, "Tries the channel's settings against the other side."),
};
const struct routes channel_routes = ROUTES(rows);
