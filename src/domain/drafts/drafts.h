/* drafts.h — what a colleague is writing in a case and hasn't sent: one reply and one note each.
 *
 * A draft is its writer's alone. Each keystroke may save it, so it leaves no history. It is sent at
 * a moment, by a job: until then it can be taken back, and nothing of the case has changed. Works
 * inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum draft_kind { DRAFT_REPLY, DRAFT_NOTE };
extern const char *const draft_kind_names[];

/* As far as it was written; checked when it's sent. */
struct draft_content {
    const char *text, *subject, *to;
    struct list cc;                  /* texts: addresses */
    struct list files;               /* texts: ids of uploaded files; kept while the draft is */
    struct list personal;            /* texts: kinds of personal data that stand there knowingly */
    struct list promises;            /* of struct promise_draft: owed once it is sent */
    conversation_id conversation_id; /* none: the newest of the case */
    channel_id channel_id;           /* the way that was chosen, and why; none: none was */
    identity_id identity_id;
    unsigned reason; /* enum way_reason */
    unsigned status; /* what the case becomes: enum case_status */
};
extern const struct field draft_content_fields[];

struct draft {
    draft_id id;
    user_id user_id;
    case_id case_id;
    unsigned kind;
    struct json_text content; /* of struct draft_content */
    instant send_at;          /* {0}: it waits for its writer */
    const char *send_error;   /* why it could not be sent */
    instant updated_at;
    int64_t version;
    struct list attached; /* of struct file: those of its files that are there; drafts_attached() */
};
extern const struct field draft_fields[];
extern const struct routes draft_routes;

/* The caller's own; *found says whether. */
MUST_CHECK bool draft_find(struct tx *tx, case_id id, enum draft_kind kind, struct draft *out,
                           bool *found, struct err *err);
/* Fills in the files that are attached to each: a list of struct draft of one case. */
MUST_CHECK bool drafts_attached(struct tx *tx, struct list *drafts, struct err *err);
/* Of anybody, for the job. */
MUST_CHECK bool draft_of_id(struct tx *tx, draft_id id, struct draft *out, bool *found,
                            struct err *err);
/* Keeps what was written in the place of version `version` (0: there was none); ERR_CHANGED when
 * another window of the writer saved since. What was to be sent isn't any more. */
MUST_CHECK bool draft_save(struct tx *tx, case_id id, enum draft_kind kind,
                           const struct draft_content *content, int64_t version, struct draft *out,
                           struct err *err);
/* Twice is once. */
MUST_CHECK bool draft_remove(struct tx *tx, case_id id, enum draft_kind kind, struct err *err);
/* What anybody is writing in a case goes along into another one, before all that stands in it does:
 * who writes in that one, too, finds both in one draft. */
MUST_CHECK bool draft_follow(struct tx *tx, case_id from, case_id to, struct err *err);

/* Asks to send this version at a moment. ERR_NOT_FOUND without one, ERR_CHANGED when it is another
 * by now, ERR_INVALID when it says nothing or goes to no address. */
MUST_CHECK bool draft_send(struct tx *tx, case_id id, enum draft_kind kind, int64_t version,
                           instant at, struct draft *out, struct err *err);
/* Takes that back; ERR_GONE when none waits to be sent. */
MUST_CHECK bool draft_keep(struct tx *tx, case_id id, enum draft_kind kind, struct draft *out,
                           struct err *err);
/* At its moment, as its writer: an answer or a note of the case, and no draft any more. */
MUST_CHECK bool draft_deliver(struct tx *tx, const struct draft *draft, struct err *err);
/* It can't be: it waits for its writer again, with the reason. */
MUST_CHECK bool draft_refuse(struct tx *tx, const struct draft *draft, const char *why,
                             struct err *err);
