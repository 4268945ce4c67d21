/* ways.c — the ways to a customer, put together from his addresses and what he wrote so far. */
#include "ways.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "../../channel/chat.h"
#include "../../channel/sms.h"
#include "../../store/events.h"
#include "../channels/channels.h"
#include "../messages/messages.h"
#include "../people/people.h"
#include "../visitors/visitors.h"

#include <stdlib.h>
#include <string.h>

enum { WAYS_MAX = 200, LEFT_MAX = 10 };

const char *const way_reason_names[] = { "unsaid",    "choice",        "window_closed",
                                         "privacy",   "escalation",    "referral",
                                         "no_answer", "not_delivered", NULL };
static const char *const unit_names[] = { "characters", "graphemes", "segments", NULL };

/* What the API says, and what a person reads who tries it all the same. */
static const struct {
    const char *name, *words;
} obstacles[WAY_OBSTACLES_N] = {
    [WAY_FREE] = { NULL,         NULL                                                             },
    [WAY_OFF] = { "off",        "this channel is switched off"                                   },
    [WAY_NOT_PROVEN] = { "not_proven", "nobody has shown yet that this address is the customer's"       },
    [WAY_WINDOW] = { "window",     "the customer wrote too long ago to be answered on this channel" },
    [WAY_STOPPED] = { "stopped",    "the customer wrote STOP: no messages before he writes again"    },
    [WAY_BLOCKED] = { "blocked",    "this visitor was shut out of the chat"                          },
    [WAY_LEFT] = { "left",       "the visitor removed this chat: nobody would see it"             },
};

const struct field way_fields[] = {
    FIELD(way, channel_id, .flags = REQUIRED),
    FIELD(way, channel, .flags = REQUIRED, .doc = "The channel's name"),
    FIELD(way, type, .flags = REQUIRED),
    FIELD(way, identity_id, .doc = "null: the customer wrote from an address that isn't among his"),
    FIELD(way, kind, .names = identity_kind_names),
    FIELD(way, address, .flags = REQUIRED),
    FIELD(way, name, .doc = "Of who wrote from there"),
    FIELD(way, conversation_id, .doc = "The one it goes on in; null: it begins one"),
    FIELD(way, is_here, .doc = "That one is of this case"),
    FIELD(way, is_usual, .doc = "Taken when an answer says nothing of its way"),
    FIELD(way, is_preferred, .doc = "The address is the one that is meant for answers"),
    FIELD(way, heard_at, .doc = "When the customer last wrote this way"),
    FIELD(way, text_unit, .names = unit_names, .doc = "How a text is counted there"),
    FIELD(way, text_max, .doc = "How many of them an answer may have; 0 when it doesn't matter"),
    FIELD(way, can_attach),
    FIELD(way, can_copy, .doc = "It can go to others too (cc)"),
    FIELD(way, has_subject),
    FIELD(way, quotes, .doc = "What is answered stands under the answer"),
    FIELD(way, signs, .doc = "A signature belongs under it"),
    FIELD(way, is_public, .doc = "Everybody reads it"),
    FIELD(way, open_until, .doc = "Until then he may be answered there; null: always"),
    FIELD(way, why_not,
          .doc = "off, not_proven, window, stopped, blocked or left; null: it can be used"),
    { 0 },
};

/* A conversation with what was last heard in it. */
struct way_row {
    conversation_id conversation_id;
    channel_id channel_id;
    person_id person_id;
    case_id case_id, place_case_id, answered_in;
    const char *thread_key, *subject;
    instant created_at;
    unsigned direction;
    instant at;
    struct json_text parties;
    const char *text;
};

static const struct field way_row_fields[] = {
    FIELD(way_row, conversation_id),
    FIELD(way_row, channel_id),
    FIELD(way_row, person_id),
    FIELD(way_row, case_id),
    FIELD(way_row, place_case_id),
    FIELD(way_row, answered_in),
    FIELD(way_row, thread_key),
    FIELD(way_row, subject),
    FIELD(way_row, created_at),
    FIELD(way_row, direction, .names = direction_names),
    FIELD(way_row, at),
    FIELD(way_row, parties),
    FIELD(way_row, text),
    { 0 },
};

/* A channel with what holds for it. */
struct way_channel {
    const struct channel *row;
    const struct channel_type *type;
    struct channel_room room;
    struct channel_rules rules;
};

/* An address that was left on a page. */
struct left {
    const struct identity *identity;
    instant at;
};

struct finding {
    const struct casefile *c; /* id none: of none */
    struct list identities;   /* of struct identity */
    struct way_channel *channels;
    size_t channels_n;
    conversation_id usual; /* where an answer goes of which nothing is said */
    bool is_one_way;       /* that can't go there: it goes to the address that he left */
    struct left left[LEFT_MAX];
    size_t left_n;
    struct way *ways;
    size_t n;
};

/* --- why not -------------------------------------------------------------------------------- */

/* What was last heard in a conversation. */
struct heard {
    instant at; /* {0}: nothing */
    const char *text;
};

static bool visitor_obstacle(struct tx *tx, const char *thread_key, enum way_obstacle *out,
                             struct err *err)
{
    struct visitor visitor;
    bool found, blocked;

    if (!visitor_of_thread(tx, thread_key, &visitor, &found, err))
        return false;
    *out = WAY_LEFT;
    if (!found)
        return true;
    if (!visitor_is_blocked(tx, visitor.id, visitor.address_hash, &blocked, err))
        return false;
    *out = blocked ? WAY_BLOCKED : WAY_FREE;
    return true;
}

static bool find_obstacle(struct tx *tx, const struct channel *channel,
                          const struct channel_type *type, const struct channel_rules *rules,
                          const struct heard *heard, const char *thread_key, enum way_obstacle *out,
                          struct err *err)
{
    *out = WAY_FREE;
    if (!channel->enabled)
        *out = WAY_OFF;
    else if (rules->window_ms > 0 && heard->at.ms + rules->window_ms < tx->now.ms)
        *out = WAY_WINDOW;
    else if (type == &chat_channel)
        return visitor_obstacle(tx, thread_key, out, err);
    return true;
}

static bool refuse(enum way_obstacle obstacle, struct err *err)
{
    return err_set(err, ERR_CONFLICT, "%s", obstacles[obstacle].words);
}

bool way_is_open(struct tx *tx, const struct conversation *conversation,
                 const struct open_channel *channel, struct err *err)
{
    struct channel_rules rules = channel_rules_of(channel->type, channel->settings);
    struct message newest;
    bool found;

    if (!channel->row.enabled)
        return err_set(err, ERR_CONFLICT, "the channel %s is switched off", channel->row.name);
    if (rules.window_ms == 0)
        return true;
    if (!message_newest(tx, conversation->id, DIRECTION_IN, (message_id){ 0 }, &newest, &found,
                        err))
        return false;
    return (found && newest.at.ms + rules.window_ms >= tx->now.ms) || refuse(WAY_WINDOW, err);
}

/* --- finding them ---------------------------------------------------------------------------- */

static bool read_channels(struct tx *tx, struct finding *finding, struct err *err)
{
    struct list list;
    void *settings;

    if (!channel_list(tx, &list, err))
        return false;
    finding->channels = NEW_ARRAY(tx->mem, struct way_channel, list.n + 1);
    for (size_t i = 0; i < list.n; i++) {
        const struct channel *row = &((const struct channel *)list.items)[i];
        const struct channel_type *type = channel_type_named(row->type);
        struct way_channel *channel = &finding->channels[finding->channels_n];

        if (!type)
            continue;
        if (!channel_shown_settings(tx, row, type, &settings, err))
            return false;
        *channel = (struct way_channel){ .row = row, .type = type };
        if (type->room)
            channel->room = type->room(settings);
        channel->rules = channel_rules_of(type, settings);
        finding->channels_n++;
    }
    return true;
}

static const struct way_channel *channel_of(const struct finding *finding, channel_id id)
{
    for (size_t i = 0; i < finding->channels_n; i++)
        if (finding->channels[i].row->id.n == id.n)
            return &finding->channels[i];
    return NULL;
}

static bool is_meant_for(const struct identity *identity, enum identity_purpose purpose)
{
    const char *const *names = identity->preferred_for.items;

    for (size_t i = 0; i < identity->preferred_for.n; i++)
        if (text_equal(names[i], identity_purpose_names[purpose]))
            return true;
    return false;
}

/* His address that was written so. */
static const struct identity *identity_of(struct tx *tx, const struct finding *finding,
                                          const struct channel_type *type, const char *address)
{
    const struct identity *all = finding->identities.items;

    for (size_t i = 0; i < finding->identities.n; i++) {
        enum identity_kind kind = (enum identity_kind)all[i].kind;
        if ((type->answers_to & ANSWERS_TO(kind)) &&
            text_equal(all[i].value, identity_normal(tx->mem, kind, PHONE_NETHERLANDS, address)))
            return &all[i];
    }
    return NULL;
}

static struct way *way_of(const struct finding *finding, channel_id channel,
                          const struct identity *identity, const char *address)
{
    for (size_t i = 0; i < finding->n; i++) {
        struct way *way = &finding->ways[i];
        if (way->channel_id.n == channel.n && way->identity == identity &&
            (identity || text_equal(way->address, address)))
            return way;
    }
    return NULL;
}

static struct way *add(struct finding *finding, const struct way_channel *channel,
                       const struct identity *identity, const char *address)
{
    unsigned skills = channel->type->skills;
    struct way *way;

    if (finding->n == WAYS_MAX)
        return NULL;
    way = &finding->ways[finding->n++];
    *way = (struct way){
        .channel_id = channel->row->id,
        .channel = channel->row->name,
        .type = channel->row->type,
        .identity = identity,
        .kind = channel->type->address_kind,
        .address = identity ? identity->label : address,
        .text_unit = channel->room.unit,
        .text_max = channel->room.limit,
        .can_attach = skills & CAN_ATTACH,
        .can_copy = skills & CAN_COPY,
        .has_subject = skills & CAN_SUBJECT,
        .quotes = skills & CAN_QUOTE,
        .signs = skills & CAN_SIGN,
        .is_public = channel->rules.is_public,
    };
    if (!identity)
        return way;
    way->identity_id = identity->id;
    way->kind = identity->kind;
    way->is_preferred = is_meant_for(identity, FOR_ANSWER);
    way->is_callback = is_meant_for(identity, FOR_CALLBACK);
    return way;
}

/* Who wrote last in it; where nobody did, whom we wrote to. */
static bool read_party(struct tx *tx, const struct way_row *row, struct party *out, struct err *err)
{
    struct parties parties = { 0 };
    const struct list *list;

    *out = (struct party){ "", NULL };
    /* Of a chat that he opened and where nothing was said yet, the thread says who he is. */
    if (!row->parties.s) {
        if (row->thread_key)
            out->address = arena_text_n(tx->mem, row->thread_key, strcspn(row->thread_key, "."));
        return true;
    }
    if (!parties_read(tx->mem, row->parties.s, &parties, err))
        return false;
    list = row->direction == DIRECTION_OUT ? &parties.to
           : parties.reply_to.n > 0        ? &parties.reply_to
                                           : &parties.from;
    if (list->n > 0)
        *out = *(const struct party *)list->items;
    return true;
}

/* Who opened a chat came there, before he says anything. */
static struct heard heard_in(const struct way_row *row)
{
    if (!row->parties.s)
        return (struct heard){ row->created_at, NULL };
    if (row->direction == DIRECTION_OUT)
        return (struct heard){ { 0 }, NULL };
    return (struct heard){ row->at, row->text };
}

/* He wrote where he can't be answered: at that address he is, by whichever channel. */
static void leave(struct tx *tx, struct finding *finding, const struct way_row *row,
                  const struct channel_type *type, const char *address)
{
    struct left *left;

    finding->is_one_way |= row->conversation_id.n == finding->usual.n;
    if (finding->left_n == LEFT_MAX)
        return;
    left = &finding->left[finding->left_n];
    *left = (struct left){ identity_of(tx, finding, type, address), row->at };
    finding->left_n += left->identity != NULL;
}

/* A way that goes on where something was said. The rows come newest first: what is there stays. */
static bool take_row(struct tx *tx, struct finding *finding, const struct way_row *row,
                     struct err *err)
{
    const struct way_channel *channel = channel_of(finding, row->channel_id);
    bool is_here = row->case_id.n == finding->c->id.n ||
                   row->conversation_id.n == finding->usual.n; /* of a message moved alone */
    struct heard heard = heard_in(row);
    const struct identity *identity;
    struct party party;
    struct way *way;

    if (!channel || !read_party(tx, row, &party, err))
        return !channel;
    if (text_is_blank(party.address))
        return true;
    if (channel->type->skills & IS_ONE_WAY) {
        leave(tx, finding, row, channel->type, party.address);
        return true;
    }
    identity = identity_of(tx, finding, channel->type, party.address);
    way = way_of(finding, row->channel_id, identity, party.address);
    if (way) {
        if (way->heard_at.ms < heard.at.ms)
            way->heard_at = heard.at;
        return true;
    }
    /* Elsewhere an e-mail is another thread, and who isn't known is somebody else's. */
    if (!is_here && (!identity || !channel->row->enabled))
        return true;
    way = add(finding, channel, identity, party.address);
    if (!way)
        return true;
    way->name = *party.name ? party.name : NULL;
    way->heard_at = heard.at;
    way->is_here = is_here;
    if (channel->rules.window_ms > 0)
        way->open_until = instant_plus(heard.at, channel->rules.window_ms);
    if (is_here || !(channel->type->skills & CAN_BEGIN) || (channel->type->skills & BY_ADDRESS))
        way->conversation = (struct conversation){
            .id = row->conversation_id,
            .channel_id = row->channel_id,
            .person_id = row->person_id,
            .case_id = row->case_id,
            .place_case_id = row->place_case_id,
            .answered_in = row->answered_in,
            .thread_key = row->thread_key,
            .subject = row->subject,
        };
    if (!find_obstacle(tx, channel->row, channel->type, &channel->rules, &heard, row->thread_key,
                       &way->obstacle, err))
        return false;
    /* What he still asks in that conversation may be answered there; nothing else begins. */
    if (way->obstacle == WAY_FREE && !is_here && (channel->type->skills & BY_ADDRESS) &&
        heard.text && sms_is_stop(tx->mem, heard.text))
        way->obstacle = WAY_STOPPED;
    /* A chat of his that is gone isn't worth a line. */
    if (way->obstacle == WAY_LEFT && !is_here)
        finding->n--;
    return true;
}

static bool take_rows(struct tx *tx, struct finding *finding, enum sql sql, int64_t about,
                      struct err *err)
{
    struct list rows;

    if (!db_all(tx, sql, ARGS(arg_organisation(tx), arg_int(about)), way_row_fields,
                sizeof(struct way_row), &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!take_row(tx, finding, &((const struct way_row *)rows.items)[i], err))
            return false;
    return true;
}

/* Where he never wrote from, but is known to be. */
static void take_identities(struct finding *finding)
{
    const struct identity *all = finding->identities.items;

    for (size_t i = 0; i < finding->channels_n; i++) {
        const struct way_channel *channel = &finding->channels[i];
        if (!channel->row->enabled || !(channel->type->skills & CAN_BEGIN))
            continue;
        for (size_t k = 0; k < finding->identities.n; k++)
            if ((channel->type->answers_to & ANSWERS_TO(all[k].kind)) &&
                !way_of(finding, channel->row->id, &all[k], NULL))
                (void)add(finding, channel, &all[k], NULL);
    }
}

/* --- their order ------------------------------------------------------------------------------ */

static int first_true(bool a, bool b)
{
    return a == b ? 0 : a ? -1 : 1;
}

static bool is_proven(const struct way *way)
{
    return !way->identity || way->identity->state == IDENTITY_VERIFIED;
}

static int by_rank(const void *a, const void *b)
{
    const struct way *x = a, *y = b;
    const int order[] = {
        first_true(x->obstacle == WAY_FREE, y->obstacle == WAY_FREE),
        first_true(is_proven(x), is_proven(y)),
        first_true(x->is_preferred, y->is_preferred),
        first_true(x->is_callback, y->is_callback),
        x->heard_at.ms > y->heard_at.ms   ? -1
        : x->heard_at.ms < y->heard_at.ms ? 1
                                          : 0,
        first_true(x->is_here, y->is_here),
        x->identity_id.n < y->identity_id.n   ? -1
        : x->identity_id.n > y->identity_id.n ? 1
                                              : 0,
    };

    for (size_t i = 0; i < COUNT(order); i++)
        if (order[i] != 0)
            return order[i];
    return x->channel_id.n < y->channel_id.n ? -1 : x->channel_id.n > y->channel_id.n;
}

/* The one that he used last stands in front of the one that he prefers. */
static void put_first(struct way *ways, size_t n)
{
    struct way last;
    size_t at = 0;

    for (size_t i = 1; i < n; i++)
        if (ways[i].obstacle == WAY_FREE && ways[i].heard_at.ms > ways[at].heard_at.ms)
            at = i;
    if (at == 0)
        return;
    last = ways[at];
    memmove(ways + 1, ways, at * sizeof(ways[0]));
    ways[0] = last;
}

/* Whoever wrote in this case is answered there, whatever else is known of him; and what claims to
 * be from an address is answered there, and comes to who really has it. While nothing was said yet
 * there is nothing that somebody else could read: what a colleague was told will do. */
static bool is_trusted(const struct finding *finding, const struct identity *identity)
{
    return !identity || identity->state == IDENTITY_VERIFIED || identity->state_by == BY_SENDER ||
           (finding->c->messages_n == 0 && identity->state == IDENTITY_CLAIMED);
}

static void hear_of_left(struct finding *finding)
{
    for (size_t i = 0; i < finding->left_n; i++)
        for (size_t k = 0; k < finding->n; k++) {
            struct way *way = &finding->ways[k];
            if (way->identity == finding->left[i].identity &&
                way->heard_at.ms < finding->left[i].at.ms)
                way->heard_at = finding->left[i].at;
        }
}

static void finish(struct finding *finding, struct list *out)
{
    hear_of_left(finding);
    for (size_t i = 0; i < finding->n; i++) {
        struct way *way = &finding->ways[i];
        if (way->obstacle == WAY_FREE && !way->is_here && !is_trusted(finding, way->identity))
            way->obstacle = WAY_NOT_PROVEN;
        way->conversation_id = way->conversation.id;
        way->is_usual = way->conversation.id.n != 0 && way->conversation.id.n == finding->usual.n;
        way->why_not = obstacles[way->obstacle].name;
    }
    if (finding->n > 0)
        qsort(finding->ways, finding->n, sizeof(finding->ways[0]), by_rank);
    put_first(finding->ways, finding->n);
    if (finding->is_one_way && finding->n > 0 && finding->ways[0].obstacle == WAY_FREE)
        finding->ways[0].is_usual = true;
    *out = (struct list){ finding->ways, finding->n };
}

bool case_ways(struct tx *tx, const struct casefile *c, struct list *out, struct err *err)
{
    struct finding finding = { .c = c, .ways = NEW_ARRAY(tx->mem, struct way, WAYS_MAX) };
    struct conversation usual;
    person_id root;
    bool found;

    if (!conversation_of_case(tx, c->id, &usual, &found, err))
        return false;
    finding.usual = usual.id;
    if (!person_root(tx, c->person_id, &root, err) ||
        !identity_list(tx, root, &finding.identities, err) || !read_channels(tx, &finding, err) ||
        !take_rows(tx, &finding, SQL_WAY_CONVERSATIONS_OF_CASE, c->id.n, err) ||
        !take_rows(tx, &finding, SQL_WAY_CONVERSATIONS_OF_PERSON, root.n, err))
        return false;
    take_identities(&finding);
    finish(&finding, out);
    return true;
}

bool way_choose(struct tx *tx, const struct casefile *c, channel_id channel, identity_id identity,
                struct way *out, struct err *err)
{
    const struct way *ways;
    struct list list;

    if (!case_ways(tx, c, &list, err))
        return false;
    ways = list.items;
    for (size_t i = 0; i < list.n; i++) {
        if ((channel.n != 0 && ways[i].channel_id.n != channel.n) ||
            (identity.n != 0 && ways[i].identity_id.n != identity.n))
            continue;
        *out = ways[i];
        return out->obstacle == WAY_FREE || refuse(out->obstacle, err);
    }
    return err_field(err, identity.n != 0 ? "identity_id" : "channel_id",
                     "is no way to reach this customer");
}

bool person_ways(struct tx *tx, person_id id, struct list *out, struct err *err)
{
    struct way *ways;
    struct list all;
    size_t n = 0;

    if (!case_ways(tx, &(struct casefile){ .person_id = id }, &all, err))
        return false;
    ways = all.items;
    for (size_t i = 0; i < all.n; i++)
        if (ways[i].identity && (channel_type_named(ways[i].type)->skills & CAN_BEGIN))
            ways[n++] = ways[i];
    *out = (struct list){ ways, n };
    return true;
}

/* Of an address by which nobody is known: each channel that reaches its kind. */
static bool ways_of_nobody(struct tx *tx, enum identity_kind kind, const char *address,
                           struct list *out, struct err *err)
{
    const struct casefile none = { .status = CASE_NEW };
    struct finding finding = { .c = &none, .ways = NEW_ARRAY(tx->mem, struct way, WAYS_MAX) };

    if (!read_channels(tx, &finding, err))
        return false;
    for (size_t i = 0; i < finding.channels_n; i++) {
        const struct way_channel *channel = &finding.channels[i];
        if (channel->row->enabled && (channel->type->skills & CAN_BEGIN) &&
            (channel->type->answers_to & ANSWERS_TO(kind)))
            (void)add(&finding, channel, NULL, address);
    }
    finish(&finding, out);
    return true;
}

bool address_ways(struct tx *tx, enum identity_kind kind, const char *address, struct list *out,
                  struct err *err)
{
    struct identity identity;
    const char *value;
    struct way *ways;
    size_t n = 0;

    if (!identity_value(tx, kind, address, &value, err) ||
        !identity_find(tx, kind, value, NULL, &identity, err))
        return false;
    if (identity.id.n == 0)
        return ways_of_nobody(tx, kind, address, out, err);
    if (!person_ways(tx, identity.person_id, out, err))
        return false;
    ways = out->items;
    for (size_t i = 0; i < out->n; i++)
        if (text_equal(ways[i].identity->value, value))
            ways[n++] = ways[i];
    out->n = n;
    return true;
}

bool way_begin(struct tx *tx, person_id person, const struct channel *channel, identity_id identity,
               const char *value, struct way *out, struct err *err)
{
    const struct way *ways;
    struct list list;

    if (!person_ways(tx, person, &list, err))
        return false;
    ways = list.items;
    for (size_t i = 0; i < list.n; i++) {
        if (ways[i].channel_id.n != channel->id.n ||
            (identity.n != 0 && ways[i].identity_id.n != identity.n) ||
            (value && !text_equal(ways[i].identity->value, value)))
            continue;
        *out = ways[i];
        return out->obstacle == WAY_FREE || refuse(out->obstacle, err);
    }
    return err_field(err, identity.n != 0 ? "identity_id" : "channel_id",
                     "reaches no address of this customer");
}

bool way_address(struct tx *tx, enum identity_kind kind, const char *written, const char **out,
                 struct err *err)
{
    struct organisation organisation;
    char number[PHONE_MAX];

    if (kind == IDENTITY_EMAIL) {
        *out = text_trim(tx->mem, written);
        return text_is_email(*out) || err_field(err, "to", "isn't a mail address");
    }
    if (kind != IDENTITY_PHONE)
        return err_field(err, "to", "can't be chosen on this channel");
    if (!organisation_get(tx, &organisation, err))
        return false;
    if (!phone_read(written, strlen(written), organisation_home(&organisation), number))
        return err_field(err, "to", "isn't a telephone number");
    *out = arena_text(tx->mem, number);
    return true;
}

/* --- another channel than before -------------------------------------------------------------- */

struct last_said {
    channel_id channel_id;
    unsigned direction, state;
};

static const struct field last_said_fields[] = {
    FIELD(last_said, channel_id),
    FIELD(last_said, direction, .names = direction_names),
    FIELD(last_said, state, .names = message_state_names),
    { 0 },
};

/* Who opened a chat by a link of ours moved himself: that stands there already. */
static bool was_entered(struct tx *tx, const struct conversation *conversation, bool *out,
                        struct err *err)
{
    struct message newest;
    bool found = true;

    if (conversation->id.n != 0 && conversation->thread_key &&
        text_starts(conversation->thread_key, "vis_") &&
        !message_newest(tx, conversation->id, DIRECTION_IN, (message_id){ 0 }, &newest, &found,
                        err))
        return false;
    *out = !found;
    return true;
}

bool way_tell(struct tx *tx, const struct casefile *c, const struct conversation *conversation,
              message_id message, enum way_reason reason, struct err *err)
{
    channel_id channel = conversation->channel_id;
    struct last_said last = { 0 };
    bool found, entered;

    if (!was_entered(tx, conversation, &entered, err))
        return false;
    if (entered)
        return true;
    if (!db_find(tx, SQL_WAY_NEWEST_OF_CASE, ARGS(arg_organisation(tx), arg_id(c->id)),
                 last_said_fields, &last, &found, err))
        return false;
    if (!found || last.channel_id.n == channel.n)
        return true;
    if (reason == REASON_UNSAID && last.direction == DIRECTION_OUT && last.state == MESSAGE_FAILED)
        reason = REASON_NOT_DELIVERED;
    return event_add(
        tx,
        &(struct event){
            .kind = "case.channel_changed",
            .case_id = c->id,
            .about = arena_text(tx->mem, id_text("msg", message.n).s),
            .data = { arena_printf(tx->mem, "{\"from\":\"%s\",\"to\":\"%s\",\"reason\":\"%s\"}",
                                   id_text("chn", last.channel_id.n).s, id_text("chn", channel.n).s,
                                   way_reason_names[reason]) } },
        err);
}

/* --- over HTTP ------------------------------------------------------------------------------- */

/* GET /api/v1/cases/{id}/ways */
static bool get_ways(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c;
    struct list ways;

    return case_of_request(rq, tx, &c, err) && case_ways(tx, &c, &ways, err) &&
           reply_list(rq, way_fields, sizeof(struct way), &ways, NULL);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/cases/{id}/ways", READ, get_ways, CASE_READ, NOTHING, MANY(way),
          "Lists how the customer can be answered: each channel with each of his addresses, with "
          "what holds there."),
};
const struct routes way_routes = ROUTES(rows);
