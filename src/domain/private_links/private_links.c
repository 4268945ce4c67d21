#include "private_links.h"

#include "../../base/crypt.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../people/merges.h"

#include <ctype.h>
#include <string.h>

const char *const private_state_names[] = { "waiting", "opened", "expired", "withdrawn", NULL };
const char *const private_said_names[] = { "unsaid", "yes", "no", NULL };

const struct field private_link_fields[] = {
    FIELD(private_link, id, .flags = REQUIRED),
    FIELD(private_link, organisation_id, .flags = SECRET),
    FIELD(private_link, case_id, .flags = REQUIRED),
    FIELD(private_link, state, .names = private_state_names),
    FIELD(private_link, from_channel_id, .flags = REQUIRED, .doc = "Where the customer wrote"),
    FIELD(private_link, from_conversation_id, .flags = REQUIRED),
    FIELD(private_link, channel_id, .flags = REQUIRED, .doc = "The chat that it opens"),
    FIELD(private_link, person_id, .flags = SECRET),
    FIELD(private_link, identity_id),
    FIELD(private_link, handle, .flags = REQUIRED, .doc = "Whom it is for, as he writes there"),
    FIELD(private_link, is_public,
          .doc = "Others can read it where it is sent: opening it alone "
                 "doesn't prove who one is"),
    FIELD(private_link, language, .flags = SECRET),
    FIELD(private_link, user_id),
    FIELD(private_link, created_at, .flags = REQUIRED),
    FIELD(private_link, expires_at, .flags = REQUIRED, .doc = "It must be opened before"),
    FIELD(private_link, withdrawn_at),
    FIELD(private_link, opened_at),
    FIELD(private_link, visitor_id, .doc = "The one browser that opened it"),
    FIELD(private_link, said, .names = private_said_names,
          .doc = "What he answered who opened it, when asked whether he is whom it is for"),
    FIELD(private_link, proved_at, .doc = "When that was shown; both are one person since"),
    FIELD(private_link, was_closed, .doc = "We said something in public since it was opened"),
    FIELD(private_link, closing, .doc = "What may be said in public at the end"),
    FIELD(private_link, url, .doc = "Told only now"),
    FIELD(private_link, text, .doc = "What may be written with it; told only now"),
    { 0 },
};

/* --- finding -------------------------------------------------------------------------------- */

bool private_link_find(struct tx *tx, const char *secret, struct private_link *out, bool *found,
                       struct err *err)
{
    uint8_t hash[HASH_LEN];

    *found = false;
    *out = (struct private_link){ 0 };
    if (strlen(secret) != PRIVATE_SECRET_LEN)
        return true;
    hash_bytes((struct bytes){ (const uint8_t *)secret, PRIVATE_SECRET_LEN }, hash);
    if (!db_find(tx, SQL_PRIVATE_LINK_BY_SECRET, ARGS(arg_bytes((struct bytes){ hash, HASH_LEN })),
                 private_link_fields, out, found, err))
        return false;
    if (*found)
        tx->organisation = out->organisation_id;
    return true;
}

/* --- what happens to one -------------------------------------------------------------------- */

static bool tell(struct tx *tx, const struct private_link *link, const char *kind, const char *data,
                 struct err *err)
{
    return event_add(tx,
                     &(struct event){ .kind = kind,
                                      .case_id = link->case_id,
                                      .about = arena_text(tx->mem, id_text("plk", link->id.n).s),
                                      .data = { data } },
                     err);
}

bool private_link_open(struct tx *tx, struct private_link *link, visitor_id visitor, bool *opened,
                       struct err *err)
{
    const char *from = arena_text(tx->mem, id_text("chn", link->from_channel_id.n).s);
    const char *to = arena_text(tx->mem, id_text("chn", link->channel_id.n).s);
    int64_t rows;

    if (!db_change(tx, SQL_PRIVATE_LINK_OPEN,
                   ARGS(arg_organisation(tx), arg_id(link->id), arg_time(tx->now), arg_id(visitor)),
                   &rows, err))
        return false;
    *opened = rows == 1;
    if (!*opened)
        return true;
    link->opened_at = tx->now;
    link->visitor_id = visitor;
    return tell(tx, link, "private.opened", NULL, err) &&
           tell(tx, link, "case.channel_changed",
                arena_printf(tx->mem, "{\"from\":\"%s\",\"to\":\"%s\",\"reason\":\"privacy\"}",
                             from, to),
                err);
}

/* Who chats and who wrote in public are one from now on. Who is known by the site's own login keeps
 * his face. */
static bool connect(struct tx *tx, const struct private_link *link, struct err *err)
{
    person_id customer, guest;
    struct person_merge merge;
    struct visitor visitor;
    bool found;

    if (!visitor_find(tx, link->visitor_id, &visitor, &found, err))
        return false;
    if (!found || visitor.person_id.n == 0)
        return true;
    if (!person_root(tx, link->person_id, &customer, err) ||
        !person_root(tx, visitor.person_id, &guest, err))
        return false;
    if (customer.n == guest.n)
        return true;
    if (visitor.login ? person_merge(tx, guest, customer, 0, NULL, &merge, err)
                      : person_merge(tx, customer, guest, 0, NULL, &merge, err))
        return true;
    /* An organisation and a person stay two. */
    if (err->code != ERR_CONFLICT)
        return false;
    err_clear(err);
    return true;
}

static bool prove(struct tx *tx, struct private_link *link, struct err *err)
{
    struct identity identity;
    int64_t rows;

    if (!db_change(tx, SQL_PRIVATE_LINK_PROVE,
                   ARGS(arg_organisation(tx), arg_id(link->id), arg_time(tx->now)), &rows, err))
        return false;
    link->proved_at = tx->now;
    if (rows == 0)
        return true;
    if (link->identity_id.n != 0 && (!identity_get(tx, link->identity_id, &identity, err) ||
                                     !identity_prove(tx, &identity, BY_LINK, err)))
        return false;
    return connect(tx, link, err) && tell(tx, link, "private.proved", NULL, err);
}

bool private_link_say(struct tx *tx, struct private_link *link, enum private_said said,
                      struct err *err)
{
    /* Once it's said it's said: who pressed twice is no news. */
    if (link->said == said || link->proved_at.ms > 0)
        return true;
    link->said = said;
    if (!db_run(tx, SQL_PRIVATE_LINK_SAY,
                ARGS(arg_organisation(tx), arg_id(link->id), arg_text(private_said_names[said])),
                err) ||
        !tell(tx, link, said == SAID_YES ? "private.said_yes" : "private.said_no", NULL, err))
        return false;
    return said != SAID_YES || link->is_public || prove(tx, link, err);
}

/* --- the code --------------------------------------------------------------------------------- */

char *private_link_code(struct arena *mem, const uint8_t key[KEY_LEN], private_link_id id)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; /* none like another */
    const struct id_text about = id_text("plk", id.n);
    const struct bytes parts[] = {
        { (const uint8_t *)"private code", 12              },
        { (const uint8_t *)about.s,        strlen(about.s) },
    };
    char *code = arena_alloc(mem, PRIVATE_CODE_LEN + 1);
    uint8_t hash[32];

    hmac_sha256((struct bytes){ key, KEY_LEN }, parts, COUNT(parts), hash);
    for (size_t i = 0; i < PRIVATE_CODE_LEN; i++)
        code[i] = letters[hash[i] % 32];
    return code;
}

/* As a word of its own, in whatever case. */
static bool has_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = text; (at = strcasestr(at, word)); at++)
        if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[len]))
            return true;
    return false;
}

bool private_links_hear(struct tx *tx, channel_id channel, person_id person, const char *text,
                        struct err *err)
{
    struct list list;
    struct private_link *links;

    if (!db_all(tx, SQL_PRIVATE_LINK_UNPROVED,
                ARGS(arg_organisation(tx), arg_id(person), arg_id(channel)), private_link_fields,
                sizeof(struct private_link), &list, err))
        return false;
    links = list.items;
    for (size_t i = 0; i < list.n; i++)
        if (has_word(text, private_link_code(tx->mem, store_key(tx->store), links[i].id)) &&
            !prove(tx, &links[i], err))
            return false;
    return true;
}
