#include "visitors.h"

#include "../../base/address.h"
#include "../../base/text.h"
#include "../presence/presence.h"

#include <string.h>

static const int64_t SILENT_MS = 30 * DAY_MS; /* who began and said nothing */

const char *const visitor_state_names[] = { "away", "here", "typing", NULL };

const struct field visitor_fields[] = {
    FIELD(visitor, id, .flags = REQUIRED),
    FIELD(visitor, channel_id, .flags = REQUIRED),
    FIELD(visitor, secret_hash, .flags = SECRET),
    FIELD(visitor, challenge, .flags = SECRET),
    FIELD(visitor, address_hash, .flags = SECRET),
    FIELD(visitor, person_id),
    FIELD(visitor, conversation_id),
    FIELD(visitor, round),
    FIELD(visitor, login),
    FIELD(visitor, email),
    FIELD(visitor, name),
    FIELD(visitor, email_is_verified),
    FIELD(visitor, language),
    FIELD(visitor, page),
    FIELD(visitor, state, .names = visitor_state_names),
    FIELD(visitor, until),
    FIELD(visitor, seen_at),
    FIELD(visitor, newest),
    FIELD(visitor, delivered),
    FIELD(visitor, read),
    FIELD(visitor, mailed),
    FIELD(visitor, transcripts),
    FIELD(visitor, change),
    FIELD(visitor, created_at),
    { 0 },
};

/* --- who it is ------------------------------------------------------------------------------ */

bool visitor_token_read(const char *token, visitor_id *id, uint8_t hash[HASH_LEN])
{
    const char *dot = token ? strchr(token, '.') : NULL;

    if (!dot || strlen(dot + 1) != VISITOR_SECRET_LEN ||
        !id_read("vis", token, (size_t)(dot - token), &id->n))
        return false;
    hash_bytes((struct bytes){ (const uint8_t *)dot + 1, VISITOR_SECRET_LEN }, hash);
    return true;
}

const char *visitor_name(struct arena *mem, const struct visitor *visitor, const char *language)
{
    static const struct {
        const char *language, *word;
    } words[] = {
        { "nl", "Bezoeker" },
        { "en", "Visitor"  },
        { "fr", "Visiteur" },
    };
    const char *word = words[0].word, *id = id_text("vis", visitor->id.n).s;
    char *end = arena_text(mem, id + strlen(id) - 4);

    if (!text_is_blank(visitor->name))
        return visitor->name;
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_equal(words[i].language, language))
            word = words[i].word;
    for (char *c = end; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    return arena_printf(mem, "%s %s", word, end);
}

struct bytes visitor_address_hash(struct arena *mem, const struct store *store, const char *address)
{
    char network[ADDRESS_TEXT_MAX];
    uint8_t *hash = arena_alloc(mem, HASH_LEN);
    struct bytes parts[] = {
        { (const uint8_t *)"chat address", 13 },
        { (const uint8_t *)network,        0  },
    };

    address_network(address, network);
    parts[1].len = strlen(network);
    hmac_sha256((struct bytes){ store_key(store), KEY_LEN }, parts, COUNT(parts), hash);
    return (struct bytes){ hash, HASH_LEN };
}

bool visitor_add(struct tx *tx, struct visitor *visitor, bool *taken, struct err *err)
{
    int64_t rows;

    visitor->id.n = id_new();
    visitor->created_at = visitor->seen_at = tx->now;
    visitor->until = instant_plus(tx->now, VISITOR_HERE_MS);
    if (!db_change(tx, SQL_VISITOR_ADD,
                   ARGS(arg_organisation(tx), arg_id(visitor->id), arg_id(visitor->channel_id),
                        arg_bytes(visitor->secret_hash), arg_bytes(visitor->challenge),
                        arg_bytes(visitor->address_hash), arg_text(visitor->language),
                        arg_text(visitor->page), arg_text(visitor_state_names[visitor->state]),
                        arg_time(visitor->until), arg_time(tx->now)),
                   &rows, err))
        return false;
    *taken = rows == 0;
    return true;
}

bool visitor_find(struct tx *tx, visitor_id id, struct visitor *out, bool *found, struct err *err)
{
    *out = (struct visitor){ 0 };
    return db_find(tx, SQL_VISITOR_GET, ARGS(arg_organisation(tx), arg_id(id)), visitor_fields, out,
                   found, err);
}

/* A thread is "vis_….2": the visitor's second conversation. */
bool visitor_of_thread(struct tx *tx, const char *thread_key, struct visitor *out, bool *found,
                       struct err *err)
{
    visitor_id id;

    *found = false;
    *out = (struct visitor){ 0 };
    return !thread_key || !id_read("vis", thread_key, strcspn(thread_key, "."), &id.n) ||
           visitor_find(tx, id, out, found, err);
}

bool visitor_save_identity(struct tx *tx, const struct visitor *visitor, struct err *err)
{
    tx_wake(tx, WAKE_PRESENCE);
    return db_run(tx, SQL_VISITOR_SAVE_IDENTITY,
                  ARGS(arg_organisation(tx), arg_id(visitor->id), arg_text(visitor->login),
                       arg_text(visitor->email), arg_bool(visitor->email_is_verified),
                       arg_text(visitor->name), arg_id(visitor->person_id), arg_int(id_new())),
                  err);
}

/* --- what he does --------------------------------------------------------------------------- */

static bool was_told(const struct tx *tx, const struct visitor *before, const struct visitor *now)
{
    unsigned was = before->until.ms > tx->now.ms ? before->state : VISITOR_AWAY;

    return was == now->state && text_equal(before->page, now->page) && before->read >= now->read;
}

bool visitor_save_presence(struct tx *tx, const struct visitor *before, const struct visitor *now,
                           struct err *err)
{
    /* While nobody has heard of him, he is no news. */
    bool is_news = now->conversation_id.n != 0 && !was_told(tx, before, now);

    if (is_news)
        tx_wake(tx, WAKE_PRESENCE);
    return db_run(tx, SQL_VISITOR_SAVE_PRESENCE,
                  ARGS(arg_organisation(tx), arg_id(now->id),
                       arg_text(visitor_state_names[now->state]), arg_time(now->until),
                       arg_text(now->page), arg_time(tx->now), arg_int(now->delivered),
                       arg_int(now->read), arg_int(is_news ? id_new() : 0)),
                  err);
}

static bool add_item(struct tx *tx, struct visitor *visitor, message_id message, int64_t *position,
                     struct err *err)
{
    tx_wake(tx, WAKE_PRESENCE);
    return db_number(tx, SQL_VISITOR_NEXT,
                     ARGS(arg_organisation(tx), arg_id(visitor->id), arg_int(id_new())), position,
                     err) &&
           db_run(
               tx, SQL_CHAT_ITEM_ADD,
               ARGS(arg_organisation(tx), arg_id(visitor->id), arg_int(*position), arg_id(message)),
               err);
}

char *visitor_thread(struct arena *mem, const struct visitor *visitor, int64_t round)
{
    return arena_printf(mem, "%s.%lld", id_text("vis", visitor->id.n).s, (long long)round);
}

bool visitor_goes_on(struct tx *tx, const struct visitor *visitor, conversation_id conversation,
                     int64_t round, struct err *err)
{
    tx_wake(tx, WAKE_PRESENCE);
    return db_run(tx, SQL_VISITOR_GOES_ON,
                  ARGS(arg_organisation(tx), arg_id(visitor->id), arg_id(conversation),
                       arg_int(round), arg_int(id_new())),
                  err);
}

bool visitor_wrote(struct tx *tx, struct visitor *visitor, message_id message, int64_t *position,
                   struct err *err)
{
    return db_run(tx, SQL_VISITOR_WROTE,
                  ARGS(arg_organisation(tx), arg_id(visitor->id), arg_id(visitor->person_id),
                       arg_id(visitor->conversation_id), arg_int(visitor->round),
                       arg_time(tx->now)),
                  err) &&
           add_item(tx, visitor, message, position, err);
}

bool visitor_hears(struct tx *tx, struct visitor *visitor, message_id message, struct err *err)
{
    int64_t position;

    return chat_item_position(tx, message, &position, err) &&
           (position > 0 || add_item(tx, visitor, message, &position, err));
}

bool visitor_forget(struct tx *tx, const struct visitor *visitor, struct err *err)
{
    struct args args = ARGS(arg_organisation(tx), arg_id(visitor->id));

    tx_wake(tx, WAKE_PRESENCE);
    return db_run(tx, SQL_CHAT_ITEMS_FORGET, args, err) &&
           db_run(tx, SQL_VISITOR_FORGET, args, err);
}

bool visitors_of_case_have_news(struct tx *tx, case_id id, struct err *err)
{
    return db_run(tx, SQL_VISITORS_OF_CASE_HAVE_NEWS,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(id_new())), err);
}

bool visitors_sweep(struct tx *tx, int64_t *swept, struct err *err)
{
    return db_change(tx, SQL_VISITORS_SWEEP, ARGS(arg_time(instant_plus(tx->now, -SILENT_MS))),
                     swept, err);
}

bool visitor_is_blocked(struct tx *tx, visitor_id id, struct bytes address_hash, bool *out,
                        struct err *err)
{
    int64_t visitor = 0, address = 0;

    if ((id.n != 0 &&
         !db_number(tx, SQL_CHAT_BLOCK_OF_VISITOR,
                    ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now)), &visitor, err)) ||
        !db_number(tx, SQL_CHAT_BLOCK_OF_ADDRESS,
                   ARGS(arg_organisation(tx), arg_bytes(address_hash), arg_time(tx->now)), &address,
                   err))
        return false;
    *out = visitor + address > 0;
    return true;
}
