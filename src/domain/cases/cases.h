/* cases.h — a case: one need of one customer, from first word to done, over all channels.
 *
 * (`case` is a keyword in C and in SQL: the struct is `casefile`, the functions are `case_…`, the
 * table is `cases`.) Works inside the caller's transaction and organisation; results live in
 * tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum {
    CASE_TITLE_MAX = 200,
    CASE_PREVIEW_MAX = 160,
    CASE_WHY_MAX = 200,
    ANSWER_TEXT_MAX = 100000
}; /* bytes */

enum case_status { CASE_NEW, CASE_OPEN, CASE_WAITING, CASE_DONE };
extern const char *const case_status_names[];
/* What a colleague decides of it; JUDGED: nobody did, and it's as urgent as its customer's words.
 */
enum case_priority {
    PRIORITY_JUDGED,
    PRIORITY_LOW,
    PRIORITY_NORMAL,
    PRIORITY_HIGH,
    PRIORITY_CRITICAL
};
extern const char *const case_priority_names[];
/* What waiting_order is when nobody waits: the end of the year 9999. */
extern const int64_t case_nobody_waits;

/* What moves a case by itself. */
enum case_event { THEY_WROTE, WE_ANSWERED, SOMEBODY_TOOK_IT, DELIVERY_FAILED };

struct casefile {
    case_id id;
    const char *reference; /* 4K7-M2QX */
    const char *title;
    unsigned status;
    bool is_active; /* neither done nor snoozed: it stands in the ordinary lists */
    person_id person_id;
    channel_id channel_id; /* where it began; none: a colleague noted it down */
    team_id team_id;
    user_id assignee_id;
    const char *preview; /* the newest message's first words */
    int64_t messages_n;
    int64_t heard_n; /* how often the customer was heard, or it woke: for read_marks.h */
    instant opened_at, done_at, updated_at;
    instant last_message_at; /* {0}: nothing was said */
    instant waiting_since;   /* since when the customer waits for us; {0}: we wait, or nobody */
    int64_t waiting_order;   /* sorts: waiting_since, or the year 9999 */
    instant snoozed_until; /* put away until then, or until the customer is heard; {0}: it isn't */
    user_id snoozed_by;    /* who put it away */
    int64_t version;
    const char *emotion, *urgency; /* of the customer's newest message; NULL: not judged */
    unsigned priority;
    const char *priority_why; /* in the words of who decided; NULL: none */
    const char *person_name;  /* as the person's own row says: lists need no other */
    /* Of one that was merged with others (cluster.h); none of it in a reply. */
    case_id merged_into, root_id; /* none: it stands for itself */
    unsigned own_status;
    instant own_waiting;
    int64_t own_since;
    bool is_emptied;       /* all that was in it was moved away: it stands in no list */
    case_id place;         /* the case that was asked for: itself, or a member of it */
    struct list members;   /* of struct case_member; where a case is read whole */
    struct list proposals; /* of struct case_proposal; the same */
    struct list labels;    /* of struct label */
    const void *person;    /* struct person; where a case is read whole */
    struct list timeline;  /* of struct timeline_item; the same */
    bool has_older;        /* there are more than the timeline shows */
    bool is_unread;        /* to who asks, in lists and where it's read whole */
};
extern const struct field casefile_fields[];
extern const struct routes case_routes, case_many_routes, timeline_routes;

/* Of a case that was merged into another one: that one, with the id that was asked for in ->place.
 * So it is with all that look for a case. */
MUST_CHECK bool case_get(struct tx *tx, case_id id, struct casefile *out, struct err *err);
/* Changes nothing, but who merges the case at the same moment waits, and finds what is written
 * beside it now. */
MUST_CHECK bool case_hold(struct tx *tx, case_id id, struct err *err);
/* By what a person says on the phone; *found. */
MUST_CHECK bool case_by_reference(struct tx *tx, const char *reference, struct casefile *out,
                                  bool *found, struct err *err);
/* The one that a path names as {id}: by its id or its reference. */
MUST_CHECK bool case_of_request(const struct request *rq, struct tx *tx, struct casefile *out,
                                struct err *err);
/* Opens a case: title, person, channel, team and opened_at ({0}: now) are taken from *c, the rest
 * is filled in. */
MUST_CHECK bool case_open(struct tx *tx, struct casefile *c, struct err *err);
/* What the event of that moment does to status, waiting and preview, in *c only; preview NULL: as
 * it was. The moment may lie back: the customer waits since the earliest. */
void case_apply(struct casefile *c, enum case_event event, const char *preview, instant at);
/* One message more, of that moment, in *c only; case_apply() does it where there is a preview. */
void case_count_message(struct casefile *c, instant at);
/* Writes *c back and makes it the next version; ERR_CHANGED when somebody else did meanwhile. */
MUST_CHECK bool case_save(struct tx *tx, struct casefile *c, struct err *err);
/* case_apply() and case_save() in one, cheaper when the case goes on waiting as it did. One that
 * wakes by it says so in its history, and to who put it away. */
MUST_CHECK bool case_move(struct tx *tx, struct casefile *c, enum case_event event,
                          const char *preview, instant at, struct err *err);
/* Of one that was done and isn't any more: since when does the customer wait, in *c only. */
MUST_CHECK bool case_wait_again(struct tx *tx, struct casefile *c, struct err *err);
/* Brings back a case that was put away until now; leaves one that was woken before, or was put
 * away for longer. */
MUST_CHECK bool case_wake(struct tx *tx, case_id id, struct err *err);
/* An answer didn't get there: the customer waits again. */
MUST_CHECK bool case_unreached(struct tx *tx, case_id id, struct err *err);
/* It goes after all: who waits is he who wrote since. */
MUST_CHECK bool case_reached(struct tx *tx, case_id id, struct err *err);
/* The status after an event: the move table. */
enum case_status case_next(enum case_status from, enum case_event event);

/* A part of everything a case has. Messages, notes and events have one order, that of their ids: a
 * part begins beside one of them and goes on to older or newer ones. */
enum timeline_way { TIMELINE_BEFORE, TIMELINE_AFTER };
enum { TIMELINE_PART = 200, TIMELINE_PART_MAX = 500, TIMELINE_MANY = 2000 };
struct timeline_part {
    enum timeline_way way;
    int64_t from; /* an id, without itself; INT64_MAX: behind the newest */
    int64_t limit;
    bool said; /* only messages and notes: not what happened */
};
/* By time: struct timeline_item, oldest first. */
MUST_CHECK bool case_timeline(struct tx *tx, case_id id, const struct timeline_part *wanted,
                              struct list *out, bool *has_more, struct err *err);
/* What stands at both sides of wanted->from, itself included. */
struct timeline_page {
    struct list items;
    bool has_older, has_newer;
};
MUST_CHECK bool case_timeline_around(struct tx *tx, case_id id, const struct timeline_part *wanted,
                                     struct timeline_page *out, struct err *err);

/* What a list of cases is asked for; zeros and NULLs: no matter. */
struct case_query {
    unsigned status;             /* enum case_filter_status, or enum case_status + 1 */
    const char *team, *assignee; /* an id, or "none" */
    channel_id channel;
    label_id label;
    person_id person;
    bool waits;                        /* only those whose customer waits for us */
    bool urgent;                       /* only those whose priority is high or critical */
    const char *emotion;               /* one of emotion_names */
    const char *opened, *last_message; /* times, as case_list.c reads them */
    const char *q;                     /* words in any message, or in its title */
    unsigned sort;                     /* enum case_sort */
    struct page_query page;
};
enum case_filter_status { FILTER_ACTIVE, FILTER_ALL = CASE_DONE + 2, FILTER_SNOOZED, FILTER_OURS };
enum case_sort { SORT_WAITING, SORT_NEWEST, SORT_OLDEST };
extern const struct field case_query_fields[];
extern const char *const case_filter_status_names[], *const case_sort_names[];
/* For a list with words (q): they are looked for in what is done too, unless a status is asked for,
 * and stand with the newest first. ERR_INVALID when another order is asked for. */
MUST_CHECK bool case_order_words(const char *q, bool has_status, bool has_sort, unsigned *status,
                                 unsigned *sort, struct err *err);
/* One page, and the cursor of the next one (NULL: the last). */
MUST_CHECK bool case_list(struct tx *tx, const struct case_query *query, struct list *out,
                          const char **next, struct err *err);
/* How many there are, counted no further than max (0: is it a query at all?). Its words (q) count
 * for nothing. */
MUST_CHECK bool case_count(struct tx *tx, const struct case_query *query, int64_t max, int64_t *out,
                           struct err *err);
/* The statement for a query, put together from written fragments; its values behind it. */
enum { CASE_LIST_VALUES_MAX = 20 };
MUST_CHECK bool case_list_sql(struct tx *tx, const struct case_query *query, enum sql *out,
                              struct arg values[CASE_LIST_VALUES_MAX], size_t *n, struct err *err);

/* An answer as a colleague writes it. */
struct answer {
    const char *text, *subject;
    const char *to;                  /* a mail address or number; NULL: whoever wrote last */
    struct list cc;                  /* texts: addresses */
    struct list files;               /* texts: ids of uploaded files */
    struct list personal;            /* texts: kinds of personal data that go out knowingly */
    conversation_id conversation_id; /* none: the newest of the case */
    channel_id channel_id;           /* these two: the way to the customer (ways.h); none: */
    identity_id identity_id;         /* where he is answered anyhow */
    unsigned reason;                 /* enum way_reason, of another channel than before */
    struct list promises;            /* of struct promise_draft: what it promises */
    unsigned status; /* what the case becomes: enum case_status; CASE_NEW: waiting */
    /* Of who begins a case with it (begin.h), and never in a body: */
    const void *way;  /* struct way: it goes this one; NULL: as stands above */
    bool keeps_owner; /* nobody's stays nobody's */
};
extern const struct field answer_fields[];
/* Could it be sent, as far as it is known before? ERR_INVALID names what is wrong with it. */
MUST_CHECK bool answer_check(struct tx *tx, case_id id, const struct answer *answer,
                             struct err *err);
/* Stores the answer, asks the worker to send it, and moves the case: all or nothing. */
MUST_CHECK bool case_answer(struct tx *tx, case_id id, const struct answer *answer, message_id *out,
                            struct err *err);

struct timeline_item {
    const char *kind; /* message, note, or an event's kind */
    const char *id;
    instant at;
    unsigned actor_kind;
    user_id user_id;     /* the colleague who wrote or did it */
    person_id person_id; /* the customer who wrote it */
    conversation_id conversation_id;
    channel_id channel_id;
    unsigned direction, state; /* of a message */
    const char *state_words;
    const char *subject, *text;
    int64_t fold_at;
    bool has_html, prefers_html, is_auto;
    struct json_text parties, understood;
    struct list files;     /* of struct file */
    const char *about;     /* of an event: the thing's id, when it isn't the case */
    struct json_text data; /* of an event: what changed */
    /* as they come from the tables */
    message_id message_id;
    note_id note_id;
    event_id event_id;
    int64_t actor_id;
};
extern const struct field timeline_item_fields[];
