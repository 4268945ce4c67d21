/* chat.h — the way of visitors into our chat: who calls, how often he may, and who he is.
 *
 * A visitor's requests come from our own page in a frame on somebody else's. They carry his secret
 * in X-Visitor, never a cookie; what comes from another origin is refused.
 */
#pragma once

#include "../auth/organisations.h"
#include "../channel/chat.h"
#include "../domain/visitors/visitors.h"
#include "arrival.h"

struct chat_caller {
    struct open_channel channel;
    const struct chat_settings *settings;
    struct organisation organisation;
    struct visitor visitor; /* zeros until chat_enter_visitor() */
};

/* Makes the transaction the channel's, that the path names as {channel}. */
MUST_CHECK bool chat_enter(struct request *rq, struct tx *tx, struct chat_caller *out,
                           struct err *err);
/* And finds its visitor. ERR_UNAUTHENTICATED: the widget begins anew; ERR_DENIED: he is shut out.
 */
MUST_CHECK bool chat_enter_visitor(struct request *rq, struct tx *tx, struct chat_caller *out,
                                   struct err *err);
/* For route->admit: is there such a visitor? */
MUST_CHECK bool chat_admit(struct request *rq, struct err *err);

/* Is somebody there now, and when next ({0}: unknown, or now)? By the calendar that the settings
 * name; when it's gone or none is named, by their own hours. */
MUST_CHECK bool chat_is_open(struct tx *tx, const struct chat_caller *caller, bool *is_open,
                             instant *opens_at, struct err *err);

/* For route->prepare, once a request: may this one come now? ERR_TOO_MANY says when. */
enum chat_rate {
    RATE_BEGIN,
    RATE_SEND,
    RATE_SAY,
    RATE_PROVE,
    RATE_MAIL,
    RATE_LINK,
    RATE_FORM,
    CHAT_RATES_N
};
MUST_CHECK bool chat_rate_take(struct request *rq, enum chat_rate rate, struct err *err);
/* How many began from this address lately: they have more work to do. */
int64_t chat_begun_lately(const struct request *rq);

/* The person whom the site's token speaks of, made if there is none; else none is set. */
MUST_CHECK bool chat_known_person(struct tx *tx, struct chat_caller *caller, struct err *err);
/* What he says of his own address stands with his person, as claimed. */
MUST_CHECK bool chat_claim_email(struct tx *tx, const struct visitor *visitor, struct err *err);

/* What a visitor writes, on its way in. */
struct chat_writing {
    struct request *rq;
    struct chat_caller caller;
    struct judge judge;
    struct chat_message message; /* id, text, page and files are set before */
    struct arrival arrival;
};
struct chat_sent {
    int64_t position; /* among what he sees; 0: it isn't shown */
    message_id message_id;
    const char *id, *reference;
};
/* Outside the transaction, the caller and the judge are known: who wrote it, and all that is slow.
 */
MUST_CHECK bool chat_complete(struct chat_writing *writing, struct err *err);
/* Inside, with the caller as he is now: it's a message in a case. */
MUST_CHECK bool chat_take(struct tx *tx, struct chat_writing *writing, struct chat_sent *out,
                          struct err *err);

/* For 80_send.c: our answer lies ready for its visitor; if he is gone for good, *receipt says so.
 */
MUST_CHECK bool chat_reach(struct tx *tx, const struct message *message,
                           const struct open_channel *channel, const char *thread_key,
                           struct receipt *receipt, struct err *err);
/* Asks for a mail with what he hasn't seen, when he goes on not seeing it. */
MUST_CHECK bool chat_ask_mail(struct tx *tx, const struct chat_settings *settings,
                              const struct visitor *visitor, struct err *err);
bool job_chat_mail(struct job_run *run, struct err *err);
bool job_chat_transcript(struct job_run *run, struct err *err);

extern const struct routes chat_begin_routes, chat_in_routes, chat_visit_routes,
    private_page_routes, form_page_routes;
