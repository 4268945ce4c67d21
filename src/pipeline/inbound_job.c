/* inbound_job.c — the job that takes what a channel has stored along the way, oldest first.
 *
 * One after the other, and never two such jobs for one channel (job_ask): an answer that overtook
 * the mail it answers would find no conversation to join.
 */
#include "pipeline.h"

#include "../base/log.h"
#include "../base/text.h"
#include "../store/events.h"

/* Envelopes in one run: then others have their turn, and a server that stops needn't wait long. */
enum { RUN_MAX = 64 };

struct understanding {
    struct job job;
    struct envelope envelope;
    struct inbound in;
    bool goes_on; /* there is (another) one that waits */
};

static bool load(struct tx *tx, void *arg, struct err *err)
{
    struct understanding *u = arg;
    channel_id channel = { u->job.about };

    return envelope_first_waiting(tx, channel, &u->envelope, &u->goes_on, err) &&
           channel_get(tx, channel, &u->in.channel, err) && judge_get(tx, &u->in.judge, err);
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    return job_finish(tx, &((struct understanding *)arg)->job, err);
}

static bool once_more(struct tx *tx, void *arg, struct err *err)
{
    return job_once_more(tx, &((struct understanding *)arg)->job, err);
}

static bool note_not_understood(struct tx *tx, const struct inbound *in, struct err *err)
{
    char about[ID_TEXT_MAX];

    if (in->outcome != INBOUND_NOT_UNDERSTOOD)
        return true;
    id_write("env", in->envelope.n, about);
    return event_add(tx, &(struct event){ .kind = "envelope.not_understood", .about = about }, err);
}

static bool settle(struct tx *tx, void *arg, struct err *err)
{
    struct understanding *u = arg;
    struct envelope next;

    return inbound_settle(tx, &u->in, err) && note_not_understood(tx, &u->in, err) &&
           envelope_first_waiting(tx, u->in.channel.id, &next, &u->goes_on, err) &&
           (u->goes_on ? job_progress(tx, &u->job, err) : finish(tx, u, err));
}

static bool understand(struct tx *tx, void *arg, struct err *err)
{
    struct understanding *u = arg;

    return inbound_run(tx, &u->in, err) && settle(tx, u, err);
}

/* It can't be read, or it can't be put down however often it is tried: kept, with the reason. */
static bool give_up(struct store *store, const struct scope *scope, struct understanding *u,
                    struct err *err)
{
    inbound_stop(&u->in, INBOUND_NOT_UNDERSTOOD, arena_text(scope->mem, err->text));
    err_clear(err);
    return store_write(store, scope, settle, u, err);
}

/* The first that waits. The job's tries are those of this one. */
static bool take_along(struct store *store, const struct scope *scope, struct understanding *u,
                       struct err *err)
{
    const struct channel_type *type = channel_type_named(u->in.channel.type);

    u->in.envelope = u->envelope.id;
    u->in.arrived_at = u->envelope.arrived_at;
    u->in.is_ours = u->envelope.is_ours;
    u->in.stage = "parse";
    if (u->job.tries > INBOUND_TRIES_MAX) {
        err_set(err, ERR_INVALID, "each time that it was read, the program ended");
    } else if (inbound_parse(store, scope->mem, type, u->envelope.raw, &u->in, err)) {
        if (store_write(store, scope, understand, u, err))
            return true;
        if (u->job.tries < INBOUND_TRIES_MAX &&
            (err_is_temporary(err) || err->code == ERR_INTERNAL))
            return false;
    } else if (err->code == ERR_BUSY || err->code == ERR_FULL) {
        return false;
    }
    return give_up(store, scope, u, err);
}

bool job_inbound(struct job_run *run, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("inbound");
    struct scope scope = run->scope;
    struct understanding u;

    scope.mem = mem;
    for (int n = 0; n < RUN_MAX; n++) {
        u = (struct understanding){ .job = run->job };
        arena_reset(mem);
        if (!store_read(run->store, &scope, load, &u, err))
            return false;
        if (!u.goes_on)
            return store_write(run->store, &scope, finish, &u, err);
        if (!take_along(run->store, &scope, &u, err)) {
            if (n == 0)
                return false;
            /* The next run begins with it, and counts its tries. */
            LOG_WARN("job.inbound", "job=%s envelope=%s err=\"%s\"",
                     id_text("job", run->job.id.n).s, id_text("env", u.envelope.id.n).s, err->text);
            err_clear(err);
            break;
        }
        if (!u.goes_on)
            return true;
        run->job.tries = 1; /* job_progress */
        run->is_last_try = false;
    }
    return store_write(run->store, &scope, once_more, &u, err);
}
