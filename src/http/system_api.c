#include "system_api.h"

#include "../base/log.h"
#include "../store/events.h"
#include "inside.h"

/* --- health --------------------------------------------------------------------------------------
 */

/* GET /healthz */
static bool get_health(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(rq, "text/plain; charset=utf-8", "ok\n");
}

static bool read_something(struct tx *tx, void *position, struct err *err)
{
    return events_position(tx, position, err);
}

/* GET /readyz */
static bool get_ready(struct request *rq, struct tx *tx, struct err *err)
{
    const struct server_settings *settings = &((struct exchange *)rq)->server->settings;
    int64_t position;

    (void)tx;
    if (!request_read(rq, read_something, &position, err)) {
        LOG_WARN("http.ready", "err=\"%s\"", err->text);
        return err_set(err, ERR_BUSY, "the database doesn't answer");
    }
    if (settings->is_ready && !settings->is_ready(settings->arg, err)) {
        LOG_WARN("http.ready", "err=\"%s\"", err->text);
        return err_set(err, ERR_BUSY, "not everything has started: the log tells more");
    }
    return reply_text(rq, "text/plain; charset=utf-8", "ready\n");
}

/* --- metrics, as Prometheus reads them
 * ------------------------------------------------------------ */

struct metric {
    const char *name, *type, *help;
    int64_t value;
};

static void write_metrics(struct buf *out, const struct metric *metrics, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct metric *m = &metrics[i];
        buf_printf(out, "# HELP gestand_%s %s\n# TYPE gestand_%s %s\ngestand_%s %lld\n", m->name,
                   m->help, m->name, m->type, m->name, (long long)m->value);
    }
}

static void write_durations(struct buf *out, struct server *server)
{
    static const char *const kinds[ROUTE_KINDS] = { "read",    "write",    "alone",
                                                    "outside", "password", "stream" };
    static const char name[] = "gestand_http_request_duration_seconds";

    buf_printf(out,
               "# HELP %s From the request line to the reply, by the kind of route.\n"
               "# TYPE %s histogram\n",
               name, name);
    for (size_t kind = 0; kind < ROUTE_KINDS; kind++) {
        struct durations *durations = &server->durations[kind];
        int64_t n = 0;
        for (size_t i = 0; i < DURATIONS; i++) {
            n += durations->counts[i];
            buf_printf(out, "%s_bucket{kind=\"%s\",le=\"%g\"} %lld\n", name, kinds[kind],
                       (double)duration_limits_us[i] / 1e6, (long long)n);
        }
        n += durations->counts[DURATIONS];
        buf_printf(out, "%s_bucket{kind=\"%s\",le=\"+Inf\"} %lld\n", name, kinds[kind],
                   (long long)n);
        buf_printf(out, "%s_sum{kind=\"%s\"} %g\n%s_count{kind=\"%s\"} %lld\n", name, kinds[kind],
                   (double)durations->sum_us / 1e6, name, kinds[kind], (long long)n);
    }
}

static int64_t queue_length(struct server *server)
{
    size_t n;

    pthread_mutex_lock(&server->lock);
    n = server->queued;
    pthread_mutex_unlock(&server->lock);
    return (int64_t)n;
}

/* A database that doesn't answer is no reason to say nothing. */
static void write_more(struct buf *out, struct request *rq)
{
    const struct server_settings *settings = &((struct exchange *)rq)->server->settings;
    struct metric is_whole = { "database_answers", "gauge",
                               "0 when it doesn't: then some of the others are missing.", 1 };
    struct err err;

    err_clear(&err);
    if (settings->metrics && !settings->metrics(settings->arg, rq, out, &err)) {
        LOG_WARN("http.metrics", "err=\"%s\"", err.text);
        is_whole.value = 0;
    }
    write_metrics(out, &is_whole, 1);
}

/* GET /metrics */
static bool get_metrics(struct request *rq, struct tx *tx, struct err *err)
{
    struct server *server = ((struct exchange *)rq)->server;
    CLEANUP(buf_free) struct buf out = BUF(HTTP_REPLY_MAX);
    struct store_stats store;

    (void)tx, (void)err;
    store_stats(rq->store, &store);
    const struct metric metrics[] = {
        { "http_requests_total",  "counter", "Requests that came in.",                                      server->requests               },
        { "http_refused_total",   "counter", "Requests that were refused by their headers or size.",
         server->refused                                                                                                                   },
        { "http_failed_total",    "counter", "Requests answered with 500.",                                 server->failed                 },
        { "http_running",         "gauge",   "Requests that wait for a thread, run, or are being written.",
         server->running                                                                                                                   },
        { "http_queue",           "gauge",   "Requests that wait for a thread.",                            queue_length(server)           },
        { "http_body_bytes",      "gauge",   "Bodies of requests in memory.",
         server->body_bytes + server->unknown_body_bytes                                                                                   },
        { "http_overdue_total",   "counter", "Clients that were hung up on: they took too long.",
         clients_cut_off(server->clients)                                                                                                  },
        { "http_streams",         "gauge",   "Live streams.",                                               streams_count(server->streams) },
        { "store_writes_total",   "counter", "Closures that were committed.",                               store.writes                   },
        { "store_commits_total",  "counter", "Transactions that were committed.",                           store.commits                  },
        { "store_retries_total",  "counter", "Closures that were run again.",                               store.retries                  },
        { "store_failures_total", "counter", "Closures that failed.",                                       store.failures                 },
        { "store_queue",          "gauge",   "Closures that wait to be written.",                           store.queued                   },
        { "store_queue_max",      "gauge",   "The longest that the queue ever was.",                        store.queue_max                },
        { "store_slowest_us",     "gauge",   "The longest run of a closure, in microseconds.",
         store.slowest_us                                                                                                                  },
    };
    write_metrics(&out, metrics, COUNT(metrics));
    write_durations(&out, server);
    write_more(&out, rq);
    return reply_text(rq, "text/plain; version=0.0.4; charset=utf-8", buf_str(&out));
}

/* --- what it can do
 * -------------------------------------------------------------------------------- */

/* GET /api/v1/openapi.json */
static bool get_openapi(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(rq, "application/json", ((struct exchange *)rq)->server->openapi);
}

/* None of these waits for the database but /readyz, which is to tell whether it answers. */
static const struct route rows[] = {
    ROUTE(GET, "/healthz", ALONE, get_health, ANYONE, NOTHING, CONTENT("text/plain"),
          "Answers as long as the process lives."),
    ROUTE(GET, "/readyz", ALONE, get_ready, ANYONE, NOTHING, CONTENT("text/plain"),
          "Answers 200 when requests can be served, else 503."),
    ROUTE(GET, "/metrics", ALONE, get_metrics, METRICS_READ, NOTHING, CONTENT("text/plain"),
          "Tells how it is, in the text format of Prometheus."),
    ROUTE(GET, "/api/v1/openapi.json", ALONE, get_openapi, ANYONE, NOTHING,
          CONTENT("application/json"), "Describes this API as OpenAPI 3.1."),
};
const struct routes system_routes = ROUTES(rows);
