#include "private_links.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "../../channel/chat.h"
#include "../../store/events.h"
#include "../channels/channels.h"
#include "../people/people.h"

#include <string.h>

struct private_link_draft {
    channel_id channel_id, chat_id;
    int64_t minutes;
};

static const struct field private_link_draft_fields[] = {
    FIELD(private_link_draft, channel_id,
          .doc = "Where the customer wrote; the newest public one of the case when left out"),
    FIELD(private_link_draft, chat_id,
          .doc = "The chat that it opens; the first one when left out"),
    FIELD(private_link_draft, minutes, .min = 5, .max = PRIVATE_MINUTES_MAX,
          .doc = "Until it must be opened; a day when left out"),
    { 0 },
};

/* What may be written with a link, and at the end. */
static const struct wording {
    const char *language, *hours, *minutes, *text, *closing;
} wordings[] = {
    { "nl", "%lld uur",    "%lld minuten",
     "Hierover gaan we graag privé verder. Deze link werkt één keer, %s lang: %s", "Dit is verder privé besproken en nu afgerond. Bedankt voor het melden."          },
    { "en", "%lld hours",  "%lld minutes",
     "We would like to go on in private. This link works once, for %s: %s",        "We went on about this in private, and it is done now. Thank you for telling us." },
    { "fr", "%lld heures", "%lld minutes",
     "Continuons en privé. Ce lien fonctionne une seule fois, pendant %s : %s",    "La suite a été traitée en privé et c'est réglé. Merci de l'avoir signalé."       },
};

static const struct wording *wording_of(const char *language)
{
    for (size_t i = 1; i < COUNT(wordings); i++)
        if (text_equal(wordings[i].language, language))
            return &wordings[i];
    return &wordings[0];
}

static unsigned state_of(const struct private_link *link, instant now)
{
    if (link->opened_at.ms > 0)
        return PRIVATE_OPENED;
    if (link->withdrawn_at.ms > 0)
        return PRIVATE_WITHDRAWN;
    return link->expires_at.ms > now.ms ? PRIVATE_WAITING : PRIVATE_EXPIRED;
}

static void dress(struct private_link *link, instant now)
{
    link->state = state_of(link, now);
    link->closing = wording_of(link->language)->closing;
}

/* --- making one ------------------------------------------------------------------------------- */

/* The conversation of the case that it leads away from. */
static bool find_from(struct tx *tx, const struct casefile *c, channel_id channel, struct way *out,
                      struct err *err)
{
    const struct way *ways;
    struct list list;

    *out = (struct way){ 0 };
    if (!case_ways(tx, c, &list, err))
        return false;
    ways = list.items;
    for (size_t i = 0; i < list.n; i++) {
        bool is_meant = channel.n != 0 ? ways[i].channel_id.n == channel.n : ways[i].is_public;
        if (!is_meant || !ways[i].is_here || text_equal(ways[i].type, chat_channel.name))
            continue;
        *out = ways[i];
        return true;
    }
    if (channel.n != 0)
        return err_field(err, "channel_id", "isn't one that the customer wrote on in this case");
    return err_set(err, ERR_CONFLICT, "nothing of this case is public");
}

static bool check_chat(const struct channel *channel, struct err *err)
{
    if (!text_equal(channel->type, chat_channel.name))
        return err_field(err, "chat_id", "isn't a chat");
    return channel->enabled || err_field(err, "chat_id", "is switched off");
}

static bool find_chat(struct tx *tx, channel_id wanted, channel_id *out, struct err *err)
{
    struct channel channel;
    const struct channel *all;
    struct list list;

    *out = wanted;
    if (wanted.n != 0)
        return channel_get(tx, wanted, &channel, err) && check_chat(&channel, err);
    if (!channel_list(tx, &list, err))
        return false;
    all = list.items;
    for (size_t i = 0; i < list.n && out->n == 0; i++)
        if (all[i].enabled && text_equal(all[i].type, chat_channel.name))
            *out = all[i].id;
    return out->n != 0 ||
           err_set(err, ERR_CONFLICT, "there is no chat to go on in: connect one first");
}

static bool find_language(struct tx *tx, person_id id, const char **out, struct err *err)
{
    struct organisation organisation;
    struct person person;

    if (!person_get(tx, id, &person, err) || !organisation_get(tx, &organisation, err))
        return false;
    *out = text_is_blank(person.language) ? organisation.language : person.language;
    return true;
}

/* Somebody who presses a key again and again fills no table. */
static bool check_room(struct tx *tx, case_id id, struct err *err)
{
    int64_t n;

    return db_number(tx, SQL_PRIVATE_LINK_COUNT_SINCE,
                     ARGS(arg_organisation(tx), arg_id(id), arg_int(id_at(tx->now.ms - DAY_MS))),
                     &n, err) &&
           (n < PRIVATE_LINKS_MAX ||
            err_set(err, ERR_TOO_MANY, "this case had %d links today: wait until tomorrow",
                    PRIVATE_LINKS_MAX));
}

static bool store_link(struct tx *tx, const struct private_link *link, const char *secret,
                       struct err *err)
{
    uint8_t hash[HASH_LEN];

    hash_bytes((struct bytes){ (const uint8_t *)secret, PRIVATE_SECRET_LEN }, hash);
    return db_run(tx, SQL_PRIVATE_LINK_ADD,
                  ARGS(arg_organisation(tx), arg_id(link->id), arg_id(link->case_id),
                       arg_id(link->from_channel_id), arg_id(link->from_conversation_id),
                       arg_id(link->channel_id), arg_id(link->person_id), arg_id(link->identity_id),
                       arg_text(link->handle), arg_bool(link->is_public), arg_text(link->language),
                       arg_bytes((struct bytes){ hash, HASH_LEN }), arg_id(link->user_id),
                       arg_time(link->created_at), arg_time(link->expires_at)),
                  err) &&
           event_add(tx,
                     &(struct event){ .kind = "private.asked",
                                      .case_id = link->case_id,
                                      .about = arena_text(tx->mem, id_text("plk", link->id.n).s) },
                     err);
}

static const char *text_of(struct arena *mem, const struct private_link *link, int64_t minutes)
{
    const struct wording *wording = wording_of(link->language);
    bool is_hours = minutes % 60 == 0;
    const char *how_long = arena_printf(mem, is_hours ? wording->hours : wording->minutes,
                                        (long long)(is_hours ? minutes / 60 : minutes));

    return arena_printf(mem, wording->text, how_long, link->url);
}

/* POST /api/v1/cases/{id}/private-links */
static bool post_link(struct request *rq, struct tx *tx, struct err *err)
{
    const struct private_link_draft *draft = rq->body;
    int64_t minutes = draft->minutes > 0 ? draft->minutes : PRIVATE_MINUTES;
    const char *secret = random_text(rq->mem, PRIVATE_SECRET_LEN);
    struct private_link link = { .id = { id_new() } };
    struct casefile c;
    struct way from;

    if (!case_of_request(rq, tx, &c, err) || !check_room(tx, c.id, err) ||
        !find_from(tx, &c, draft->channel_id, &from, err) ||
        !find_chat(tx, draft->chat_id, &link.channel_id, err))
        return false;
    link.case_id = c.id;
    link.from_channel_id = from.channel_id;
    link.from_conversation_id = from.conversation.id;
    link.person_id = from.identity ? from.identity->person_id : from.conversation.person_id;
    link.identity_id = from.identity_id;
    link.handle = from.address;
    link.is_public = from.is_public;
    link.user_id = rq->caller.user_id;
    link.created_at = tx->now;
    link.expires_at = instant_plus(tx->now, minutes * MINUTE_MS);
    if (!find_language(tx, link.person_id, &link.language, err) ||
        !store_link(tx, &link, secret, err))
        return false;
    link.url = request_link(rq, arena_printf(rq->mem, "/p/%s", secret));
    link.text = text_of(rq->mem, &link, minutes);
    dress(&link, tx->now);
    return reply(rq, 201, private_link_fields, &link);
}

/* --- the others ------------------------------------------------------------------------------- */

/* GET /api/v1/cases/{id}/private-links */
static bool get_links(struct request *rq, struct tx *tx, struct err *err)
{
    struct private_link *links;
    struct casefile c;
    struct list list;

    if (!case_of_request(rq, tx, &c, err) ||
        !db_all(tx, SQL_PRIVATE_LINK_LIST_OF_CASE, ARGS(arg_organisation(tx), arg_id(c.id)),
                private_link_fields, sizeof(struct private_link), &list, err))
        return false;
    links = list.items;
    for (size_t i = 0; i < list.n; i++)
        dress(&links[i], tx->now);
    return reply_list(rq, private_link_fields, sizeof(struct private_link), &list, NULL);
}

/* DELETE /api/v1/private-links/{id} */
static bool delete_link(struct request *rq, struct tx *tx, struct err *err)
{
    struct private_link link = { 0 };
    private_link_id id;
    int64_t rows;

    if (!request_id(rq, "id", "plk", &id.n, err) ||
        !db_one(tx, SQL_PRIVATE_LINK_GET, ARGS(arg_organisation(tx), arg_id(id)),
                private_link_fields, &link, err) ||
        !db_change(tx, SQL_PRIVATE_LINK_WITHDRAW,
                   ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now)), &rows, err))
        return false;
    if (rows == 0 && link.withdrawn_at.ms == 0)
        return err_set(err, ERR_CONFLICT, "it was opened already: shut out who chats instead");
    return (rows == 0 || event_add(tx,
                                   &(struct event){ .kind = "private.withdrawn",
                                                    .case_id = link.case_id,
                                                    .about = request_param(rq, "id") },
                                   err)) &&
           reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/cases/{id}/private-links", WRITE, post_link, CASE_WRITE,
          BODY(private_link_draft), MADE(private_link),
          "Makes a link, good for once, from a public conversation into a private chat.",
          .told_once = "if you lost the link, withdraw it (GET lists those of the case) and make "
                       "another one with a new Idempotency-Key"),
    ROUTE(GET, "/api/v1/cases/{id}/private-links", READ, get_links, CASE_READ, NOTHING,
          MANY(private_link), "Lists the links of a case, and what became of them, newest first."),
    ROUTE(DELETE, "/api/v1/private-links/{id}", WRITE, delete_link, CASE_WRITE, NOTHING, NOTHING,
          "Withdraws a link that wasn't opened yet."),
};
const struct routes private_link_routes = ROUTES(rows);
