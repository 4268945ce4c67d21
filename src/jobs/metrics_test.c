#include "metrics.h"

#include "api.h"
#include "explain.h"
#include "test.h"

#include "../base/text.h"
#include "../domain/channels/channels.h"
#include "../http/system_api.h"
#include "worker.h"

#include <string.h>

static const instant now = { 1800000000000 };

static void clock_back(const int *unused)
{
    (void)unused;
    clock_fake((instant){ 0 });
}

/* The clock stands still until the end of the test. */
#define STILL CLEANUP(clock_back) int still = (clock_fake(now), 0)

static const char *ask(struct api *api)
{
    return api_call(api, GET, "/metrics", NULL) == 200 ? api->body : "";
}

/* Does a line say exactly this? */
static bool says(const char *metrics, const char *line)
{
    const char *at = strstr(metrics, line);

    return at && at[strlen(line)] == '\n' && (at == metrics || at[-1] == '\n');
}

#define CHECK_SAYS(metrics, line)                                                                  \
    do {                                                                                           \
        if (!says(metrics, line))                                                                  \
            test_fail(__FILE__, __LINE__, "no line %s in %s", line, metrics);                      \
    } while (0)

struct row {
    const char *kind;
    int64_t due_ms, taken_ms, given_up_ms; /* from now; 0: not taken, not given up */
};

static const struct row job_rows[] = {
    { "send",    -61000, 0,     0  },
    { "send",    -5000,  0,     0  },
    { "send",    60000,  0,     0  },
    { "send",    -90000, 5000,  0  },
    { "inbound", -90000, 0,     -1 },
    { "odd",     -2000,  0,     0  },
    { "odder",   -1000,  0,     0  },
    { "inbound", -7000,  -1000, 0  },
};

static bool add_jobs(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    for (size_t i = 0; i < COUNT(job_rows); i++) {
        const struct row *row = &job_rows[i];
        if (!db_run(tx,
                    sql_composed("INSERT INTO jobs (organisation_id, id, kind, about, due_at, "
                                 "created_at, taken_until, given_up_at) "
                                 "VALUES ($1, $2, $3, 1, $4, $4, $5, $6)"),
                    ARGS(arg_organisation(tx), arg_int((int64_t)i + 1), arg_text(row->kind),
                         arg_int(now.ms + row->due_ms),
                         arg_int(row->taken_ms ? now.ms + row->taken_ms : 0),
                         arg_int(row->given_up_ms ? now.ms + row->given_up_ms : 0)),
                    err))
            return false;
    }
    return true;
}

TEST(the_metrics_say_how_far_behind_the_jobs_are_by_kind)
{
    static const char *const lines[] = {
        "gestand_jobs_waiting{kind=\"send\"} 3",
        "gestand_jobs_waiting{kind=\"inbound\"} 1",
        "gestand_jobs_waiting{kind=\"housekeeping\"} 0",
        "gestand_jobs_waiting{kind=\"other\"} 2",
        "gestand_jobs_late_seconds{kind=\"send\"} 61",
        "gestand_jobs_late_seconds{kind=\"inbound\"} 7",
        "gestand_jobs_late_seconds{kind=\"housekeeping\"} 0",
        "gestand_jobs_late_seconds{kind=\"other\"} 2",
        "gestand_jobs_running{kind=\"send\"} 1",
        "gestand_jobs_running{kind=\"inbound\"} 0",
        "gestand_jobs_given_up{kind=\"inbound\"} 1",
        "gestand_jobs_given_up{kind=\"send\"} 0",
        "gestand_database_answers 1",
    };
    STILL;
    WORLD(w);
    API(api, &w, &system_routes);
    const char *metrics;

    CHECK_OK(world_write(&w, add_jobs, NULL), &w.err);
    api_as_token(&api, ROLE_INTEGRATION, "metrics:read");
    metrics = ask(&api);
    for (size_t i = 0; i < COUNT(lines); i++)
        CHECK_SAYS(metrics, lines[i]);
    CHECK(!strstr(metrics, "odd") && still == 0);
}

/* --- channels, and what waits for a person
 * --------------------------------------------------------- */

static bool add_things(struct tx *tx, void *arg, struct err *err)
{
    const char *sql = arena_printf(
        tx->mem,
        "INSERT INTO channels (organisation_id, id, type, name, address, settings, enabled, "
        "created_at, last_good_at, last_error, send_good_at, send_error, backlog) VALUES "
        "(%1$lld, %2$lld, 'email', 'Secret', 'secret', '{}', TRUE, 0, %3$lld, NULL, 0, 'no', 7), "
        "(%1$lld, %2$lld + 1, 'email', 'Secret', 'secret', '{}', TRUE, 0, 1, NULL, 1, NULL, 0), "
        "(%1$lld, %2$lld + 2, 'api', 'Secret', 'secret', '{}', TRUE, 0, 0, NULL, 0, NULL, 0), "
        "(%1$lld, %2$lld + 3, 'api', 'Secret', 'secret', '{}', FALSE, 0, 0, 'no', 0, NULL, 0);"
        "INSERT INTO envelopes (organisation_id, id, channel_id, external_id, received_at, size, "
        "is_ours, state, stage) VALUES "
        "(%1$lld, %2$lld, 1, 'a', 0, 0, FALSE, 'not_understood', ''), "
        "(%1$lld, %2$lld + 1, 1, 'b', 0, 0, FALSE, 'understood', '');"
        "INSERT INTO messages (organisation_id, id, conversation_id, case_id, channel_id, "
        "direction, state, state_at, subject, text, fold_at, parties, is_auto, sent_at, at) VALUES "
        "(%1$lld, %2$lld, 1, 1, 1, 'out', 'failed', 0, '', '', 0, '{}', FALSE, 0, 0), "
        "(%1$lld, %2$lld + 1, 1, 1, 1, 'out', 'sent', 0, '', '', 0, '{}', FALSE, 0, 0), "
        "(%1$lld, %2$lld + 2, 1, 1, 1, 'out', 'queued', 0, '', '', 0, '{}', FALSE, 0, 0);",
        (long long)tx->organisation.n, *(const long long *)arg, (long long)now.ms - 9000);

    return db_script(tx, sql, err);
}

TEST(the_metrics_show_channels_and_outbox_of_the_own_organisation_only_and_no_names)
{
    static const char *const lines[] = {
        "gestand_channels{state=\"failing\"} 1", "gestand_channels{state=\"working\"} 1",
        "gestand_channels{state=\"quiet\"} 1",   "gestand_channels{state=\"disabled\"} 1",
        "gestand_outbox{state=\"queued\"} 1",    "gestand_outbox{state=\"sending\"} 0",
        "gestand_outbox{state=\"failed\"} 1",    "gestand_envelopes_not_understood 1",
    };
    STILL;
    WORLD(w);
    API(api, &w, &system_routes);
    long long ours = 100, theirs = 900;
    organisation_id own = w.scope.organisation;
    char id[ID_TEXT_MAX], other[ID_TEXT_MAX];
    const char *metrics;

    CHECK_OK(world_write(&w, add_things, &ours), &w.err);
    w.scope.organisation.n = own.n + 1;
    CHECK_OK(world_write(&w, add_things, &theirs), &w.err);
    w.scope.organisation = own;
    api_as_token(&api, ROLE_INTEGRATION, "metrics:read");
    metrics = ask(&api);
    for (size_t i = 0; i < COUNT(lines); i++)
        CHECK_SAYS(metrics, lines[i]);
    id_write("chn", ours, id);
    id_write("chn", theirs, other);
    CHECK(!strstr(metrics, "ecret") && !strstr(metrics, other) && still == 0);
    CHECK_SAYS(metrics, arena_printf(w.mem,
                                     "gestand_channel_failing{channel=\"%s\",type=\"email\","
                                     "direction=\"send\"} 1",
                                     id));
    CHECK_SAYS(metrics, arena_printf(w.mem,
                                     "gestand_channel_failing{channel=\"%s\",type=\"email\","
                                     "direction=\"receive\"} 0",
                                     id));
    CHECK_SAYS(metrics, arena_printf(w.mem,
                                     "gestand_channel_good_seconds{channel=\"%s\",type=\"email\","
                                     "direction=\"receive\"} 9",
                                     id));
    CHECK_SAYS(metrics, arena_printf(w.mem,
                                     "gestand_channel_backlog{channel=\"%s\",type=\"email\","
                                     "direction=\"receive\"} 7",
                                     id));
}

/* --- what it costs
 * ---------------------------------------------------------------------------------- */

static bool explain(struct tx *tx, void *arg, struct err *err)
{
    static const struct {
        enum sql sql;
        const char *index;
    } rows[] = {
        { SQL_JOB_COUNT_WAITING,             "jobs_due"                 },
        { SQL_JOB_COUNT_RUNNING,             "jobs_taken"               },
        { SQL_JOB_COUNT_GIVEN_UP,            "jobs_given_up"            },
        { SQL_MESSAGE_COUNT_OUTBOX,          "messages_in_outbox"       },
        { SQL_ENVELOPE_COUNT_NOT_UNDERSTOOD, "envelopes_not_understood" },
        { SQL_DIFFERENCE_COUNT,              "differences_open"         },
    };

    (void)arg;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!explain_uses(tx, rows[i].sql, rows[i].index, err))
            return false;
    return true;
}

TEST(no_metric_walks_through_a_table)
{
    WORLD(w);

    CHECK_OK(world_read(&w, explain, NULL), &w.err);
}
