/* drafts.c — sends a draft at its moment, unless its writer took it back.
 *
 * Becoming a message and being no draft any more are one transaction. What is refused for good
 * stays a draft, with the reason.
 */
#include "drafts.h"

#include "../domain/drafts/drafts.h"

struct sending {
    struct job job;
    struct draft draft;
    const char *why; /* it can't be sent */
};

static bool deliver(struct tx *tx, void *arg, struct err *err)
{
    struct sending *sending = arg;
    bool found;

    if (!draft_of_id(tx, (draft_id){ sending->job.about }, &sending->draft, &found, err))
        return false;
    /* Taken back, or asked for again at a later moment: then that has a job of its own. */
    if (!found || sending->draft.send_at.ms == 0 || sending->draft.send_at.ms > tx->now.ms)
        return job_finish(tx, &sending->job, err);
    return draft_deliver(tx, &sending->draft, err) && job_finish(tx, &sending->job, err);
}

static bool refuse(struct tx *tx, void *arg, struct err *err)
{
    struct sending *sending = arg;
    struct draft now;
    bool found;

    if (!draft_of_id(tx, sending->draft.id, &now, &found, err))
        return false;
    /* Its writer was there meanwhile: what he wants now has a job of its own. */
    if (found && now.version == sending->draft.version &&
        !draft_refuse(tx, &now, sending->why, err))
        return false;
    return job_finish(tx, &sending->job, err);
}

bool job_send_draft(struct job_run *run, struct err *err)
{
    struct sending sending = { .job = run->job };

    if (store_write(run->store, &run->scope, deliver, &sending, err))
        return true;
    if (sending.draft.id.n == 0 ||
        (!run->is_last_try && (err_is_temporary(err) || err->code == ERR_INTERNAL)))
        return false;
    sending.why = err->code == ERR_INTERNAL ? "something went wrong here, again and again"
                                            : arena_text(run->mem, err->text);
    err_clear(err);
    return store_write(run->store, &run->scope, refuse, &sending, err);
}
