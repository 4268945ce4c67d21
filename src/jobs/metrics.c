#include "metrics.h"

#include <assert.h>

#include "../base/text.h"
#include "../domain/channels/channels.h"
#include "worker.h"

/* Jobs of one kind in one state. */
struct kind_count {
    const char *kind;
    int64_t n;
    instant due_at; /* of the oldest */
};

static const struct field kind_count_fields[] = {
    FIELD(kind_count, kind),
    FIELD(kind_count, n),
    FIELD(kind_count, due_at),
    { 0 },
};

static const char *const outbox_states[] = { "queued", "sending", "failed" };

/* What was read. */
struct figures {
    instant now;
    struct list waiting, running, given_up; /* of struct kind_count */
    struct list channels;                   /* of struct channel */
    int64_t outbox[COUNT(outbox_states)], not_understood, differences;
};

/* --- reading ------------------------------------------------------------------------------------
 */

static bool read_jobs(struct tx *tx, struct figures *out, struct err *err)
{
    struct args now = ARGS(arg_time(tx->now)),
                now_max = ARGS(arg_time(tx->now), arg_int(COUNTED_MAX)),
                max = ARGS(arg_int(COUNTED_MAX));

    return db_all(tx, SQL_JOB_COUNT_WAITING, now_max, kind_count_fields, sizeof(struct kind_count),
                  &out->waiting, err) &&
           db_all(tx, SQL_JOB_COUNT_RUNNING, now, kind_count_fields, sizeof(struct kind_count),
                  &out->running, err) &&
           db_all(tx, SQL_JOB_COUNT_GIVEN_UP, max, kind_count_fields, sizeof(struct kind_count),
                  &out->given_up, err);
}

static bool read_figures(struct tx *tx, void *arg, struct err *err)
{
    struct figures *out = arg;

    out->now = tx->now;
    for (size_t i = 0; i < COUNT(outbox_states); i++)
        if (!db_number(tx, SQL_MESSAGE_COUNT_OUTBOX,
                       ARGS(arg_organisation(tx), arg_text(outbox_states[i]), arg_int(COUNTED_MAX)),
                       &out->outbox[i], err))
            return false;
    return read_jobs(tx, out, err) &&
           db_number(tx, SQL_ENVELOPE_COUNT_NOT_UNDERSTOOD,
                     ARGS(arg_organisation(tx), arg_int(COUNTED_MAX)), &out->not_understood, err) &&
           db_number(tx, SQL_DIFFERENCE_COUNT, ARGS(arg_organisation(tx), arg_int(COUNTED_MAX)),
                     &out->differences, err) &&
           db_all(tx, SQL_CHANNEL_HEALTH, ARGS(arg_organisation(tx)), channel_fields,
                  sizeof(struct channel), &out->channels, err);
}

/* --- writing ------------------------------------------------------------------------------------
 */

static void begin(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# HELP gestand_%s %s\n# TYPE gestand_%s %s\n", name, help, name, type);
}

/* The kinds are those of the table: what another program left is "other". */
static const char *kind_of(size_t type)
{
    return type < job_types_n ? job_types[type].kind : "other";
}

static bool is_of(const struct kind_count *count, size_t type)
{
    if (type < job_types_n)
        return text_equal(count->kind, job_types[type].kind);
    for (size_t i = 0; i < job_types_n; i++)
        if (text_equal(count->kind, job_types[i].kind))
            return false;
    return true;
}

static int64_t seconds_since(instant then, instant now)
{
    return now.ms > then.ms ? (now.ms - then.ms) / SECOND_MS : 0;
}

static void write_jobs(struct buf *out, const char *name, const struct list *counts)
{
    for (size_t type = 0; type <= job_types_n; type++) {
        int64_t n = 0;
        for (size_t i = 0; i < counts->n; i++) {
            const struct kind_count *count = &((const struct kind_count *)counts->items)[i];
            n += is_of(count, type) ? count->n : 0;
        }
        buf_printf(out, "gestand_%s{kind=\"%s\"} %lld\n", name, kind_of(type), (long long)n);
    }
}

static void write_lateness(struct buf *out, const struct figures *figures)
{
    begin(out, "jobs_late_seconds", "gauge", "How long the oldest job has been due.");
    for (size_t type = 0; type <= job_types_n; type++) {
        int64_t late_s = 0;
        for (size_t i = 0; i < figures->waiting.n; i++) {
            const struct kind_count *count =
                &((const struct kind_count *)figures->waiting.items)[i];
            int64_t s = is_of(count, type) ? seconds_since(count->due_at, figures->now) : 0;
            late_s = s > late_s ? s : late_s;
        }
        buf_printf(out, "gestand_jobs_late_seconds{kind=\"%s\"} %lld\n", kind_of(type),
                   (long long)late_s);
    }
}

static void write_runs(struct buf *out, const struct worker *worker)
{
    begin(out, "job_runs_total", "counter", "Runs of jobs on this node, by kind.");
    for (size_t type = 0; type <= job_types_n; type++)
        buf_printf(out, "gestand_job_runs_total{kind=\"%s\"} %lld\n", kind_of(type),
                   (long long)worker_counts(worker, type).runs);
    begin(out, "job_failures_total", "counter", "Runs of jobs on this node that failed, by kind.");
    for (size_t type = 0; type <= job_types_n; type++)
        buf_printf(out, "gestand_job_failures_total{kind=\"%s\"} %lld\n", kind_of(type),
                   (long long)worker_counts(worker, type).failures);
}

static const char *const channel_states[] = { "disabled", "failing", "working", "quiet" };

static const char *state_of(const struct channel *c)
{
    if (!c->enabled)
        return "disabled";
    if (c->last_error || c->send_error)
        return "failing";
    return c->last_good_at.ms > 0 || c->send_good_at.ms > 0 ? "working" : "quiet";
}

static void write_states(struct buf *out, const struct list *channels)
{
    begin(out, "channels", "gauge",
          "Channels of this organisation by health; quiet: nothing has gone in or out so far.");
    for (size_t state = 0; state < COUNT(channel_states); state++) {
        int n = 0;
        for (size_t i = 0; i < channels->n; i++)
            n += text_equal(state_of(&((const struct channel *)channels->items)[i]),
                            channel_states[state]);
        buf_printf(out, "gestand_channels{state=\"%s\"} %d\n", channel_states[state], n);
    }
}

static void write_channel(struct buf *out, const char *name, const struct channel *c,
                          const char *direction, int64_t value)
{
    char id[ID_TEXT_MAX];

    id_write("chn", c->id.n, id);
    buf_printf(out, "gestand_%s{channel=\"%s\",type=\"%s\",direction=\"%s\"} %lld\n", name, id,
               c->type, direction, (long long)value);
}

/* Names and addresses are nobody's business who only watches. */
static void write_channels(struct buf *out, const struct figures *figures)
{
    const struct channel *channels = figures->channels.items;
    size_t n = figures->channels.n;

    begin(out, "channel_failing", "gauge", "1 while the channel can't receive, or send.");
    for (size_t i = 0; i < n; i++) {
        write_channel(out, "channel_failing", &channels[i], "receive", channels[i].last_error != 0);
        write_channel(out, "channel_failing", &channels[i], "send", channels[i].send_error != 0);
    }
    begin(out, "channel_good_seconds", "gauge",
          "Since the last good contact; missing as long as there was none.");
    for (size_t i = 0; i < n; i++) {
        if (channels[i].last_good_at.ms > 0)
            write_channel(out, "channel_good_seconds", &channels[i], "receive",
                          seconds_since(channels[i].last_good_at, figures->now));
        if (channels[i].send_good_at.ms > 0)
            write_channel(out, "channel_good_seconds", &channels[i], "send",
                          seconds_since(channels[i].send_good_at, figures->now));
    }
    begin(out, "channel_backlog", "gauge", "Messages that wait on the other side.");
    for (size_t i = 0; i < n; i++)
        write_channel(out, "channel_backlog", &channels[i], "receive", channels[i].backlog);
}

static_assert(COUNTED_MAX == 10000, "as the help below says");

static void write_figures(struct buf *out, const struct figures *figures)
{
    begin(out, "jobs_waiting", "gauge", "Jobs to be run, now or later: of the oldest 10000.");
    write_jobs(out, "jobs_waiting", &figures->waiting);
    write_lateness(out, figures);
    begin(out, "jobs_running", "gauge", "Jobs that a worker has taken.");
    write_jobs(out, "jobs_running", &figures->running);
    begin(out, "jobs_given_up", "gauge", "Jobs that were given up: counted up to 10000.");
    write_jobs(out, "jobs_given_up", &figures->given_up);
    write_states(out, &figures->channels);
    write_channels(out, figures);
    begin(out, "outbox", "gauge", "This organisation's messages on their way: up to 10000 each.");
    for (size_t i = 0; i < COUNT(outbox_states); i++)
        buf_printf(out, "gestand_outbox{state=\"%s\"} %lld\n", outbox_states[i],
                   (long long)figures->outbox[i]);
    begin(out, "envelopes_not_understood", "gauge",
          "What this organisation got and nobody understands: counted up to 10000.");
    buf_printf(out, "gestand_envelopes_not_understood %lld\n", (long long)figures->not_understood);
    begin(
        out, "differences", "gauge",
        "What doesn't fit together in this organisation, by the last reconciliation: counted up to "
        "10000.");
    buf_printf(out, "gestand_differences %lld\n", (long long)figures->differences);
}

bool metrics_write(const struct worker *worker, struct request *rq, struct buf *out,
                   struct err *err)
{
    struct figures figures;

    if (!request_read(rq, read_figures, &figures, err))
        return false;
    write_figures(out, &figures);
    if (worker)
        write_runs(out, worker);
    return true;
}
