/* bare.c — what the rows of incoming messages cost without a server: a loop that writes them, 500
 * in each durable transaction, in one thread that also makes the checkpoints, as SQLite does by
 * itself.
 *
 * usage: bench_bare DATA DATABASE SECONDS WARM_UP MESSAGES SEED
 *
 * What is counted is what the store must do for a message, by the server's own statements: its
 * envelope, its message, its words in the index, its case and conversation with all their
 * indexes, its event; and, as the server's sealer does in the same file, the event's position in
 * the chain: 500 are sealed with each transaction. What isn't: everything that the server does
 * besides. The rows are made before, the ids are known, nothing is looked up or checked; only a
 * case's version is counted along. Prints `per_second`, `cpu_us` and
 * `written_kb` of each, and `messages`.
 */
#include "database.h"
#include "plan.h"

#include "../src/base/text.h"
#include "../src/domain/cases/cases.h"
#include "../src/domain/messages/messages.h"
#include "../src/domain/understanding/judge.h"
#include "../src/store/events.h"
#include "../src/store/search.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum { BATCH = 500 };

/* A case in play, as the database has it. */
struct active {
    struct casefile c;
    conversation_id conversation;
};

struct arrival {
    struct active *active;
    envelope_id envelope;
    message_id message;
    const char *external_id, *raw, *text, *words, *preview, *about, *understood;
};

struct looping {
    const struct plan *plan;
    struct active *active;
    size_t active_n;
    struct arrival *arrivals;
    size_t n, at;
};

/* --- before ------------------------------------------------------------------------------------
 */

static int64_t number(const struct cell *cell)
{
    return cell->kind == CELL_NULL ? 0 : cell->kind == CELL_INT ? cell->i : number_of(cell->data);
}

struct reading {
    struct arena *mem;
    struct looping *loop;
};

static bool take_active(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                        struct err *err)
{
    const struct reading *reading = arg;
    struct active *active = &reading->loop->active[reading->loop->active_n++];

    (void)columns, (void)n;
    *active = (struct active){
        .c = { .id = { number(&cells[0]) },
              .person_id = { number(&cells[1]) },
              .channel_id = { number(&cells[2]) },
              .team_id = { number(&cells[3]) },
              .assignee_id = { number(&cells[4]) },
              .title = arena_text(reading->mem, cells[5].data),
              .messages_n = number(&cells[7]),
              .waiting_since = { number(&cells[8]) },
              .version = number(&cells[9]),
              .is_active = true },
        .conversation = { number(&cells[10]) },
    };
    return enum_read(case_status_names, cells[6].data, strlen(cells[6].data), &active->c.status) ||
           err_set(err, ERR_INTERNAL, "unknown status");
}

static bool read_active(struct tx *tx, void *arg, struct err *err)
{
    struct looping *loop = arg;
    struct reading reading = { tx->mem, loop };
    struct ids ids;

    if (!database_ids(tx, "SELECT id FROM cases WHERE organisation_id = $1 AND is_active = TRUE",
                      &ids, err))
        return false;
    loop->active = NEW_ARRAY(tx->mem, struct active, ids.n);
    return db_each(tx,
                   "SELECT c.id, c.person_id, c.channel_id, c.team_id, c.assignee_id, c.title, "
                   "c.status, c.messages_n, c.waiting_since, c.version, v.id "
                   "FROM cases c JOIN conversations v ON v.organisation_id = c.organisation_id "
                   "AND v.case_id = c.id WHERE c.organisation_id = $1 AND c.is_active = TRUE "
                   "ORDER BY c.id",
                   ARGS(arg_organisation(tx)), take_active, &reading, err);
}

static void make_arrival(struct arena *mem, struct looping *loop, struct random *random,
                         struct arrival *arrival, size_t i)
{
    size_t of_case = random_below(random, loop->active_n);
    struct judgement judgement;
    char about[ID_TEXT_MAX];

    *arrival = (struct arrival){
        .active = &loop->active[of_case],
        .envelope = { id_new() },
        .message = { id_new() },
        .external_id = arena_printf(mem, "bare-%zu", i),
        .text = plan_text(loop->plan, mem, random),
    };
    arrival->raw = arena_printf(mem,
                                "{\"external_id\":\"%s\",\"from\":\"klant-%08zu\",\"from_name\":"
                                "\"Klant %zu\",\"text\":\"%s\"}",
                                arrival->external_id, of_case, of_case, arrival->text);
    id_write("msg", arrival->message.n, about);
    arrival->about = arena_text(mem, about);
    arrival->words = message_words(mem, "", arrival->text);
    judge_text(mem, &(struct judge){ 0 }, arrival->text, strlen(arrival->text), &judgement);
    arrival->understood = judgement_write(mem, &judgement);
    arrival->preview = text_preview(mem, arrival->text, CASE_PREVIEW_MAX);
}

/* --- the loop ----------------------------------------------------------------------------------
 */

static bool write_arrival(struct tx *tx, struct arrival *arrival, struct err *err)
{
    struct casefile *c = &arrival->active->c;
    struct bytes raw = { (const uint8_t *)arrival->raw, strlen(arrival->raw) };

    return db_run(tx, SQL_ENVELOPE_ADD,
                  ARGS(arg_organisation(tx), arg_id(arrival->envelope), arg_id(c->channel_id),
                       arg_text(arrival->external_id), arg_time(tx->now), arg_int((int64_t)raw.len),
                       arg_bytes(raw), arg_text(NULL), arg_text(NULL), arg_bool(false),
                       arg_text("understood"), arg_text(""), arg_text(NULL),
                       arg_id(arrival->message), arg_time(tx->now)),
                  err) &&
           case_move(tx, c, THEY_WROTE, arrival->preview, tx->now, err) &&
           db_run(tx, SQL_MESSAGE_ADD,
                  ARGS(arg_organisation(tx), arg_id(arrival->message),
                       arg_id(arrival->active->conversation), arg_id(c->id), arg_id(c->channel_id),
                       arg_text("in"), arg_text("received"), arg_time(tx->now), arg_text(NULL),
                       arg_id(c->person_id), arg_text(NULL), arg_text(arrival->external_id),
                       arg_bytes((struct bytes){ 0 }), arg_id(arrival->envelope), arg_text(""),
                       arg_text(arrival->text), arg_text(NULL),
                       arg_int((int64_t)strlen(arrival->text)), arg_text("{}"), arg_bool(false),
                       arg_int(0), arg_time(tx->now), arg_text(arrival->understood),
                       arg_bool(false), arg_text(NULL)),
                  err) &&
           search_add(tx, arrival->message.n, arrival->words, err) &&
           event_add(tx,
                     &(struct event){
                         .kind = "message.received", .case_id = c->id, .about = arrival->about },
                     err);
}

static bool write_batch(struct tx *tx, void *arg, struct err *err)
{
    struct sealing sealing = { .max = BATCH };
    struct looping *loop = arg;

    for (size_t i = 0; i < BATCH && loop->at < loop->n; i++)
        if (!write_arrival(tx, &loop->arrivals[loop->at++], err))
            return false;
    return events_seal(tx, &sealing, err);
}

/* The store leaves them to the server, which isn't there. */
static bool make_checkpoints(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return !text_equal(db_engine(tx), "sqlite") ||
           db_script(tx, "PRAGMA wal_autocheckpoint = 4000", err);
}

/* What the process has used so far. */
struct usage {
    double cpu_us, written_kb;
};

static struct usage usage_now(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (struct usage){
        (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
            (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec),
        (double)used.ru_oublock / 2,
    };
}

/* Runs for some seconds; how many it took. */
static double run(struct store *store, struct looping *loop, organisation_id organisation,
                  double seconds)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("batch");
    struct scope scope = {
        mem, organisation, { ACTOR_INTEGRATION, 1 }
    };
    int64_t began_us = clock_monotonic_us();
    struct err err;

    err_clear(&err);
    while (loop->at < loop->n && (double)(clock_monotonic_us() - began_us) / 1e6 < seconds) {
        if (!store_write(store, &scope, write_batch, loop, &err))
            give_up("write", &err);
        arena_reset(mem);
    }
    return (double)(clock_monotonic_us() - began_us) / 1e6;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("bare");
    struct scope scope = { .mem = mem };
    struct looping loop = { 0 };
    struct random random;
    struct store *store;
    struct err err;

    if (argc != 7) {
        fputs("usage: bench_bare DATA DATABASE SECONDS WARM_UP MESSAGES SEED\n", stderr);
        return 2;
    }
    err_clear(&err);
    loop.n = (size_t)number_of(argv[5]);
    loop.plan = plan_new(mem, (uint64_t)number_of(argv[6]));
    store = database_open(argv[1], argv[2], false);
    scope.organisation = database_organisation(store);
    if (!store_read(store, &scope, read_active, &loop, &err))
        give_up("cases", &err);
    if (!store_write(store, &scope, make_checkpoints, NULL, &err))
        give_up("checkpoints", &err);
    random = plan_random(plan_seed(loop.plan), 2);
    loop.arrivals = NEW_ARRAY(mem, struct arrival, loop.n);
    for (size_t i = 0; i < loop.n; i++)
        make_arrival(mem, &loop, &random, &loop.arrivals[i], i);

    run(store, &loop, scope.organisation, (double)number_of(argv[4]));
    size_t before = loop.at;
    struct usage from = usage_now();
    double seconds = run(store, &loop, scope.organisation, (double)number_of(argv[3]));
    struct usage to = usage_now();
    double n = (double)(loop.at - before);
    store_close(store);
    printf("per_second %.1f\ncpu_us %.1f\nwritten_kb %.1f\nmessages %.0f\n", n / seconds,
           (to.cpu_us - from.cpu_us) / n, (to.written_kb - from.written_kb) / n, n);
    return 0;
}
