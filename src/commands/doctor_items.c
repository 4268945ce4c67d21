/* doctor_items.c — what belongs together is together (the checks of the daily reconciliation), and
 * nothing waits that should not: each row is a counted query.
 */
#include "doctor.h"

#include "../auth/organisations.h"
#include "../domain/differences/checks.h"

static const struct {
    enum sql sql;
    int64_t older_ms;     /* its $1 is the moment so long ago; 0: it has none */
    enum finding finding; /* when it counts any */
    const char *what, *found, *advice;
} rows[] = {
    { SQL_DOCTOR_NOT_UNDERSTOOD,      0,         FINDING_WARN, "envelopes", "not understood",
     "look at them in the desk, or GET /api/v1/envelopes"                                                                                 },
    { SQL_DOCTOR_NOT_SENT,            0,         FINDING_WARN, "messages",  "that could not be sent",
     "look at the outbox: the provider's words stand there"                                                                               },
    { SQL_DOCTOR_CONTENT_WITHOUT_USE, 0,         FINDING_WARN, "files",
     "that no row refers to and nothing will sweep",                                                  "they only take room: ask for help" },
    { SQL_DOCTOR_JOBS_GIVEN_UP,       0,         FINDING_WARN, "jobs",      "given up",
     "see why in the desk, mend it, and run them again"                                                                                   },
    { SQL_DOCTOR_EVENTS_PENDING,      MINUTE_MS, FINDING_WARN, "events",
     "not sealed for more than a minute",                                                             "is a server running?"              },
};

/* What each of the checks found, over all organisations. */
struct tally {
    int64_t n;
    const char *first;
};

struct tallying {
    struct visit *visit;
    struct tally *of; /* by the checks' order */
};

static bool tally(void *arg, const struct check_found *found, struct err *err)
{
    struct tallying *tallying = arg;
    struct tally *of = &tallying->of[found->check - checks];

    (void)err;
    if (of->n++ == 0)
        of->first = arena_printf(tallying->visit->mem, "%s%s%s",
                                 id_text(found->check->id_prefix, found->about).s,
                                 found->detail[0] ? " " : "", found->detail);
    return true;
}

static void walked(void *arg, int64_t n)
{
    progress_add(&((struct tallying *)arg)->visit->progress, n);
}

static void print_tally(struct visit *visit, const struct check *check, const struct tally *of)
{
    if (of->n == 0)
        finding_print(visit, FINDING_OK, check->what, "none %s", check->found);
    else
        finding_print(visit, check->is_bad ? FINDING_BAD : FINDING_WARN, check->what,
                      "%lld %s, as %s: %s", (long long)of->n, check->found, of->first,
                      check->advice);
}

/* The daily reconciliation's checks, all at once. */
static bool check_differences(struct tx *tx, struct visit *visit, struct err *err)
{
    struct tallying tallying = { visit, NEW_ARRAY(visit->mem, struct tally, checks_n) };
    struct list all;

    if (!organisation_list(tx, &all, err))
        return false;
    visit_begin(visit, "items", 0);
    for (size_t i = 0; i < all.n; i++) {
        tx->organisation = ((const struct organisation *)all.items)[i].id;
        if (!check_all(tx, walked, tally, &tallying, err))
            return false;
    }
    for (size_t i = 0; i < checks_n; i++)
        if (checks[i].part < check_parts_n)
            print_tally(visit, &checks[i], &tallying.of[i]);
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

    if (!check_differences(tx, visit, err))
        return false;
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
    return check_channels(tx, visit, err);
}
