/* inbound_job.c — the job that takes a stored envelope along the way. */
#include "pipeline.h"

#include "../base/text.h"
#include "../store/events.h"

struct understanding {
    struct job job;
    struct envelope envelope;
    struct open_channel channel;
    struct inbound in;
};

static bool load(struct tx *tx, void *arg, struct err *err)
{
    struct understanding *u = arg;

    return envelope_get(tx, (envelope_id){ u->job.about }, &u->envelope, err) &&
           channel_open(tx, u->envelope.channel_id, &u->channel, err);
}

static bool note_not_understood(struct tx *tx, const struct inbound *in, struct err *err)
{
    char about[ID_TEXT_MAX];

    if (in->outcome != INBOUND_NOT_UNDERSTOOD)
        return true;
    id_write("env", in->envelope.n, about);
    return event_add(tx, &(struct event){ .kind = "envelope.not_understood", .about = about }, err);
}

static bool settle(struct tx *tx, struct understanding *u, struct err *err)
{
    return inbound_settle(tx, &u->in, err) && note_not_understood(tx, &u->in, err) &&
           job_finish(tx, &u->job, err);
}

static bool understand(struct tx *tx, void *arg, struct err *err)
{
    struct understanding *u = arg;

    return inbound_run(tx, &u->in, err) && settle(tx, u, err);
}

static bool refuse(struct tx *tx, void *arg, struct err *err)
{
    return settle(tx, arg, err);
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    return job_finish(tx, &((struct understanding *)arg)->job, err);
}

/* It can't be read, or it can't be put down however often it is tried: kept, with the reason. */
static bool give_up(struct job_run *run, struct understanding *u, struct err *err)
{
    inbound_stop(&u->in, INBOUND_NOT_UNDERSTOOD, arena_text(run->mem, err->text));
    err_clear(err);
    return store_write(run->store, &run->scope, refuse, u, err);
}

bool job_inbound(struct job_run *run, struct err *err)
{
    struct understanding u = { .job = run->job };

    if (!store_read(run->store, &run->scope, load, &u, err))
        return false;
    u.in.envelope = u.envelope.id;
    u.in.channel = u.channel.row;
    u.in.is_ours = u.envelope.is_ours;
    if (u.envelope.state != ENVELOPE_WAITING) /* somebody else did it */
        return store_write(run->store, &run->scope, finish, &u, err);
    if (inbound_parse(run->store, run->mem, u.channel.type, u.envelope.raw, &u.in, err)) {
        if (store_write(run->store, &run->scope, understand, &u, err))
            return true;
        if (!run->is_last_try && (err_is_temporary(err) || err->code == ERR_INTERNAL))
            return false;
    } else if (err->code == ERR_BUSY || err->code == ERR_FULL) {
        return false;
    }
    return give_up(run, &u, err);
}
