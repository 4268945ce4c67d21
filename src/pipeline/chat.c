#include "chat.h"

#include "../base/text.h"
#include "../domain/calendars/calendars.h"
#include "../domain/calendars/work.h"
#include "../domain/people/merges.h"
#include "../domain/people/people.h"
#include "../store/jobs.h"

#include <string.h>

/* --- who calls ------------------------------------------------------------------------------ */

/* Our page is the only one that speaks for a visitor. Who sends no Origin is no page. */
static bool check_origin(const struct request *rq, struct err *err)
{
    const char *origin = request_header(rq, "Origin"), *host = request_header(rq, "Host"), *own;

    if (!origin)
        return true;
    own = strstr(origin, "://");
    return (own && text_equal(own + 3, host)) ||
           err_set(err, ERR_DENIED, "the chat speaks only with its own page");
}

bool chat_enter(struct request *rq, struct tx *tx, struct chat_caller *out, struct err *err)
{
    channel_id id;

    *out = (struct chat_caller){ 0 };
    if (!check_origin(rq, err) || !request_id(rq, "channel", "chn", &id.n, err) ||
        !channel_open_anywhere(tx, id, &out->channel, err))
        return false;
    if (out->channel.type != &chat_channel || !out->channel.row.enabled)
        return err_set(err, ERR_NOT_FOUND, "there is no such chat");
    out->settings = out->channel.settings;
    tx->actor = (struct actor){ ACTOR_CHANNEL, id.n };
    return organisation_get(tx, &out->organisation, err);
}

static bool find_visitor(struct request *rq, struct tx *tx, struct chat_caller *out, bool *found,
                         struct err *err)
{
    uint8_t hash[HASH_LEN];
    visitor_id id;

    *found = false;
    if (!visitor_token_read(request_header(rq, "X-Visitor"), &id, hash))
        return true;
    if (!visitor_find(tx, id, &out->visitor, found, err))
        return false;
    *found = *found && out->visitor.channel_id.n == out->channel.row.id.n &&
             secret_equal(out->visitor.secret_hash, (struct bytes){ hash, HASH_LEN });
    return true;
}

bool chat_enter_visitor(struct request *rq, struct tx *tx, struct chat_caller *out, struct err *err)
{
    bool found, blocked;

    if (!chat_enter(rq, tx, out, err) || !find_visitor(rq, tx, out, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_UNAUTHENTICATED, "this chat isn't known here: begin a new one");
    if (!visitor_is_blocked(tx, out->visitor.id,
                            visitor_address_hash(tx->mem, tx->store, rq->address), &blocked, err))
        return false;
    return !blocked || err_set(err, ERR_DENIED, "this chat was closed");
}

struct admission {
    struct request *rq;
    struct chat_caller caller;
};

static bool admit(struct tx *tx, void *arg, struct err *err)
{
    struct admission *admission = arg;

    return chat_enter_visitor(admission->rq, tx, &admission->caller, err);
}

bool chat_admit(struct request *rq, struct err *err)
{
    struct admission admission = { .rq = rq };
    struct scope scope = { .mem = rq->mem };

    return store_read(rq->store, &scope, admit, &admission, err);
}

/* --- is somebody there ---------------------------------------------------------------------- */

static bool find_calendar(struct tx *tx, const char *text, struct calendar *out, bool *found,
                          struct err *err)
{
    calendar_id id;

    *found = false;
    if (text_is_blank(text) || !id_read("cal", text, strlen(text), &id.n))
        return true;
    return calendar_of_id(tx, id, out, found, err);
}

bool chat_is_open(struct tx *tx, const struct chat_caller *caller, bool *is_open, instant *opens_at,
                  struct err *err)
{
    struct chat_hours hours = chat_hours_of(caller->settings, caller->organisation.time_zone);
    struct calendar calendar;
    struct work_span next;
    bool found;

    if (!find_calendar(tx, caller->settings->calendar, &calendar, &found, err))
        return false;
    if (!found) {
        *is_open = chat_hours_are_open(&hours, tx->now, opens_at);
        return true;
    }
    *is_open = work_is_open(&calendar, tx->now);
    *opens_at = !*is_open && work_next(&calendar, tx->now, &next) ? next.from : (instant){ 0 };
    return true;
}

/* --- who he is ------------------------------------------------------------------------------ */

static bool add_identity(struct tx *tx, person_id person, enum identity_kind kind,
                         const char *value, struct err *err)
{
    struct identity_draft draft = { .kind = kind, .state = IDENTITY_VERIFIED, .value = value };
    struct identity identity;

    return identity_add(tx, person, &draft, BY_TOKEN, &identity, err);
}

/* Who has it by now; id 0: nobody. */
static bool holder_of(struct tx *tx, enum identity_kind kind, const char *address,
                      struct identity *out, struct err *err)
{
    const char *value;

    return identity_value(tx, kind, address, &value, err) &&
           identity_find(tx, kind, value, NULL, out, err);
}

static bool make_person(struct tx *tx, const struct chat_caller *caller, person_id *out,
                        struct err *err)
{
    struct person_draft draft = {
        .name = visitor_name(tx->mem, &caller->visitor, caller->organisation.language),
        .language = caller->visitor.language,
    };
    struct person person;

    if (!person_add(tx, &draft, &person, err))
        return false;
    *out = person.id;
    return true;
}

/* Whose login it is; else whose address it is for certain; else who wrote here without a name. */
static bool find_known(struct tx *tx, struct chat_caller *caller, const struct identity *login,
                       const struct identity *email, person_id *out, struct err *err)
{
    if (login->id.n != 0)
        *out = login->person_id;
    else if (email->id.n != 0 && email->state == IDENTITY_VERIFIED)
        *out = email->person_id;
    else if (caller->visitor.person_id.n != 0)
        *out = caller->visitor.person_id;
    else
        return make_person(tx, caller, out, err);
    return true;
}

/* Who wrote here without a name is who the site says now: what he said goes with him. */
static bool become(struct tx *tx, person_id unnamed, person_id known, struct err *err)
{
    struct person_merge merge;
    person_id from, to;

    if (unnamed.n == 0 || unnamed.n == known.n)
        return true;
    if (!person_root(tx, unnamed, &from, err) || !person_root(tx, known, &to, err))
        return false;
    return from.n == to.n || person_merge(tx, to, from, 0, NULL, &merge, err);
}

/* What somebody else holds stays his. */
static bool prove_email(struct tx *tx, person_id person, const char *email,
                        const struct identity *holder, struct err *err)
{
    struct identity said;
    const char *value;

    if (holder->id.n != 0)
        return holder->person_id.n != person.n || identity_prove(tx, holder, BY_TOKEN, err);
    if (!identity_value(tx, IDENTITY_EMAIL, email, &value, err) ||
        !identity_of_person(tx, person, IDENTITY_EMAIL, value, &said, err))
        return false;
    return said.id.n != 0 ? identity_prove(tx, &said, BY_TOKEN, err)
                          : add_identity(tx, person, IDENTITY_EMAIL, email, err);
}

/* Who was called by a number so far is called as the site says. */
static bool give_name(struct tx *tx, const struct chat_caller *caller, person_id id,
                      struct err *err)
{
    struct visitor unnamed = caller->visitor;
    struct person_draft draft = { .name = caller->visitor.name };
    struct person person;

    unnamed.name = NULL;
    if (text_is_blank(draft.name))
        return true;
    if (!person_get(tx, id, &person, err))
        return false;
    draft.language = person.language;
    return !text_equal(person.name,
                       visitor_name(tx->mem, &unnamed, caller->organisation.language)) ||
           person_change(tx, person.version, &draft, &person, err);
}

bool chat_known_person(struct tx *tx, struct chat_caller *caller, struct err *err)
{
    struct visitor *visitor = &caller->visitor;
    bool has_email = visitor->email_is_verified && visitor->email;
    struct identity login, email = { 0 };
    person_id person = { 0 };

    if (!visitor->login)
        return true;
    if (!holder_of(tx, IDENTITY_LOGIN, visitor->login, &login, err) ||
        (has_email && !holder_of(tx, IDENTITY_EMAIL, visitor->email, &email, err)) ||
        !find_known(tx, caller, &login, &email, &person, err))
        return false;
    if (login.id.n == 0 && !add_identity(tx, person, IDENTITY_LOGIN, visitor->login, err))
        return false;
    if (has_email && !prove_email(tx, person, visitor->email, &email, err))
        return false;
    if (!become(tx, visitor->person_id, person, err))
        return false;
    visitor->person_id = person;
    return give_name(tx, caller, person, err);
}

bool chat_claim_email(struct tx *tx, const struct visitor *visitor, struct err *err)
{
    struct identity_draft draft = { .kind = IDENTITY_EMAIL,
                                    .state = IDENTITY_CLAIMED,
                                    .value = visitor->email };
    struct identity now;

    if (visitor->person_id.n == 0 || !visitor->email || visitor->email_is_verified)
        return true;
    if (!holder_of(tx, IDENTITY_EMAIL, visitor->email, &now, err))
        return false;
    /* He only says so: whose it is keeps it. */
    draft.is_shared = now.id.n != 0;
    if (!identity_add(tx, visitor->person_id, &draft, BY_MESSAGE, &now, err)) {
        if (err->code != ERR_CONFLICT)
            return false;
        err_clear(err); /* he had it already */
    }
    return true;
}

/* --- our answers ---------------------------------------------------------------------------- */

bool chat_ask_mail(struct tx *tx, const struct chat_settings *settings,
                   const struct visitor *visitor, struct err *err)
{
    int64_t minutes =
        settings->mail_after_minutes > 0 ? settings->mail_after_minutes : CHAT_MAIL_AFTER_MIN;

    if (text_is_blank(settings->mail_channel) || text_is_blank(visitor->email))
        return true;
    return job_add(tx, "chat_mail", visitor->id.n, instant_plus(tx->now, minutes * MINUTE_MS), err);
}

bool chat_reach(struct tx *tx, const struct message *message, const struct open_channel *channel,
                const char *thread_key, struct receipt *receipt, struct err *err)
{
    static const char gone[] = "the visitor removed this chat: nobody will see it";
    struct visitor visitor;
    bool found;

    if (!visitor_of_thread(tx, thread_key, &visitor, &found, err))
        return false;
    if (!found) {
        *receipt = (struct receipt){ .delivery = DELIVERY_REFUSED };
        memcpy(receipt->words, gone, sizeof(gone));
        return true;
    }
    return visitor_hears(tx, &visitor, message->id, err) &&
           chat_ask_mail(tx, channel->settings, &visitor, err);
}
