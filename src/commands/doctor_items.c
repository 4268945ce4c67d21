/* doctor_items.c — the reconciliation: what belongs together is together, and nothing waits that
 * should not. Each row is a counted query.
 */
#include "doctor.h"

static const struct {
    enum sql sql;
    int64_t older_ms;     /* its $1 is the moment so long ago; 0: it has none */
    enum finding finding; /* when it counts any */
    const char *what, *found, *advice;
} rows[] = {
    { SQL_DOCTOR_UNDERSTOOD_WITHOUT_MESSAGE,   0,         FINDING_BAD,  "envelopes",
     "understood without their message",                                                                                   "restore a backup, or ask for help"                     },
    { SQL_DOCTOR_ENVELOPE_WITHOUT_BYTES,       0,         FINDING_BAD,  "envelopes",     "without their raw bytes",
     "restore a backup"                                                                                                                                                            },
    { SQL_DOCTOR_WAITING_LONG,                 HOUR_MS,   FINDING_WARN, "envelopes",     "waiting for more than an hour",
     "is a server with role all or work running?"                                                                                                                                  },
    { SQL_DOCTOR_NOT_UNDERSTOOD,               0,         FINDING_WARN, "envelopes",     "not understood",
     "look at them in the desk, or GET /api/v1/envelopes"                                                                                                                          },
    { SQL_DOCTOR_MESSAGE_WITHOUT_CONVERSATION, 0,         FINDING_BAD,  "messages",      "in no conversation",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_MESSAGE_WITHOUT_CASE,         0,         FINDING_BAD,  "messages",      "in no case",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_MESSAGE_OUT_OF_PLACE,         0,         FINDING_BAD,  "messages",
     "in another case than the one they were merged into",                                                                 "ask for help: a change was not one transaction"        },
    { SQL_DOCTOR_CASE_MERGED_BADLY,            0,         FINDING_BAD,  "cases",         "merged into what isn't there",
     "ask for help: a change was not one transaction"                                                                                                                              },
    { SQL_DOCTOR_QUEUED_LONG,                  HOUR_MS,   FINDING_WARN, "messages",      "not sent for more than an hour",
     "look at the channel's health, and at the outbox"                                                                                                                             },
    { SQL_DOCTOR_NOT_SENT,                     0,         FINDING_WARN, "messages",      "that could not be sent",
     "look at the outbox: the provider's words stand there"                                                                                                                        },
    { SQL_DOCTOR_CONVERSATION_WITHOUT_CASE,    0,         FINDING_BAD,  "conversations", "without a case",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_CONVERSATION_WITHOUT_PERSON,  0,         FINDING_BAD,  "conversations", "without a person",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_CASE_WITHOUT_PERSON,          0,         FINDING_BAD,  "cases",         "without a person",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_CASE_WITH_OTHER_COUNT,        0,         FINDING_BAD,  "cases",
     "that count their messages wrongly",                                                                                  "ask for help: a change was not one transaction"        },
    { SQL_DOCTOR_CASE_WITH_OTHER_NAME,         0,         FINDING_WARN, "cases",
     "under a former name of their person",                                                                                "give the person another name, and the right one again" },
    { SQL_DOCTOR_PERSON_WITH_OTHER_FACE,       0,         FINDING_BAD,  "people",
     "with another face than who they were merged into",                                                                   "ask for help: a change was not one transaction"        },
    { SQL_DOCTOR_PERSON_MERGED_BADLY,          0,         FINDING_BAD,  "people",
     "merged without a merge that says so, or the other way round",                                                        "ask for help: a change was not one transaction"        },
    { SQL_DOCTOR_LABEL_OUT_OF_ORDER,           0,         FINDING_WARN, "labels",
     "in another place of a list than their case",                                                                         "they find it again when the case moves"                },
    { SQL_DOCTOR_IDENTITY_WITHOUT_PERSON,      0,         FINDING_BAD,  "identities",    "without a person",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_FILE_WITHOUT_CONTENT,         0,         FINDING_BAD,  "attachments",   "without their content",
     "restore a backup"                                                                                                                                                            },
    { SQL_DOCTOR_FILE_WITHOUT_MESSAGE,         0,         FINDING_BAD,  "attachments",
     "without their message or note",                                                                                      "restore a backup, or ask for help"                     },
    { SQL_DOCTOR_CONTENT_WITHOUT_USE,          0,         FINDING_WARN, "files",
     "that no row refers to and nothing will sweep",                                                                       "they only take room: ask for help"                     },
    { SQL_DOCTOR_NOTE_WITHOUT_CASE,            0,         FINDING_BAD,  "notes",         "without a case",
     "restore a backup, or ask for help"                                                                                                                                           },
    { SQL_DOCTOR_JOBS_GIVEN_UP,                0,         FINDING_WARN, "jobs",          "given up",
     "see why in the desk, mend it, and run them again"                                                                                                                            },
    { SQL_DOCTOR_EVENTS_PENDING,               MINUTE_MS, FINDING_WARN, "events",
     "not sealed for more than a minute",                                                                                  "is a server running?"                                  },
};

/* What waits in a channel though nothing will come for it. */
struct stranded {
    envelope_id first;
    const char *channel;
    int64_t n;
};

static const struct field stranded_fields[] = {
    FIELD(stranded, first),
    FIELD(stranded, channel),
    FIELD(stranded, n),
    { 0 },
};

static bool check_stranded(struct tx *tx, struct visit *visit, struct err *err)
{
    struct list list;

    if (!db_all(tx, SQL_DOCTOR_WAITING_WITHOUT_JOB, NO_ARGS, stranded_fields,
                sizeof(struct stranded), &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        const struct stranded *one = &((const struct stranded *)list.items)[i];

        finding_print(visit, FINDING_BAD, "envelopes",
                      "%lld of %s waiting with no job to understand them: POST "
                      "/api/v1/envelopes/%s/run brings all of this channel back on their way",
                      (long long)one->n, one->channel, id_text("env", one->first.n).s);
    }
    if (list.n == 0)
        finding_print(visit, FINDING_OK, "envelopes",
                      "none waiting with no job to understand them");
    return true;
}

struct channel_error {
    const char *name, *last_error, *send_error;
};

static const struct field channel_error_fields[] = {
    FIELD(channel_error, name),
    FIELD(channel_error, last_error),
    FIELD(channel_error, send_error),
    { 0 },
};

static bool check_channels(struct tx *tx, struct visit *visit, struct err *err)
{
    struct list list;

    if (!db_all(tx, SQL_DOCTOR_CHANNELS_IN_ERROR, ARGS(arg_bool(true)), channel_error_fields,
                sizeof(struct channel_error), &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        const struct channel_error *one = &((const struct channel_error *)list.items)[i];

        if (one->last_error)
            finding_print(visit, FINDING_WARN, "channels", "%s: %s", one->name, one->last_error);
        if (one->send_error)
            finding_print(visit, FINDING_WARN, "channels", "%s: %s", one->name, one->send_error);
    }
    if (list.n == 0)
        finding_print(visit, FINDING_OK, "channels", "none is in error");
    return true;
}

bool check_items(struct tx *tx, struct visit *visit, struct err *err)
{
    int64_t n;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct args args = rows[i].older_ms > 0
                               ? ARGS(arg_time(instant_plus(tx->now, -rows[i].older_ms)))
                               : NO_ARGS;

        visit_begin(visit, rows[i].what, 0);
        if (!db_number(tx, rows[i].sql, args, &n, err))
            return false;
        if (n == 0)
            finding_print(visit, FINDING_OK, rows[i].what, "none %s", rows[i].found);
        else
            finding_print(visit, rows[i].finding, rows[i].what, "%lld %s: %s", (long long)n,
                          rows[i].found, rows[i].advice);
    }
    return check_stranded(tx, visit, err) && check_channels(tx, visit, err);
}
