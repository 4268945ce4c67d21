/* truth_promises.c — was each promise kept, moved before its moment, or said to be broken?
 *
 * Those whose moment was before the end of what was played. The jobs ran at the moments of each.
 */
#include "truth.h"

#include "../base/text.h"
#include "../domain/promises/promises.h"

#include <string.h>

enum { PROMISES_MAX = 1 << 20, BATCH_N = 500 };

/* The jobs of what is moved run when something else is done, too. */
static const int64_t LATE_MS = 2 * HOUR_MS;

struct judging {
    struct arena *mem;
    promise_id *all;
    size_t n, cap, from, to;
    instant end;
    FILE *details;
    struct truth_verdict *out;
};

static bool keep(void *arg, const struct truth_line *line, struct err *err)
{
    struct judging *j = arg;
    promise_id *more;

    if (text_equal(line->kind, "end"))
        j->end = line->at;
    if (!text_equal(line->kind, "promise"))
        return true;
    if (j->n == PROMISES_MAX)
        return err_set(err, ERR_TOO_LARGE, "more than %d promises", PROMISES_MAX);
    if (j->n == j->cap) {
        j->cap = j->cap == 0 ? 1024 : 2 * j->cap;
        more = NEW_ARRAY(j->mem, promise_id, j->cap);
        if (j->n > 0)
            memcpy(more, j->all, j->n * sizeof(*more));
        j->all = more;
    }
    return id_read("prm", line->promise, strlen(line->promise), &j->all[j->n++].n) ||
           err_set(err, ERR_INVALID, "'%s' is no promise", line->promise);
}

static void tell(const struct judging *j, const char *what, const struct promise *p)
{
    char id[ID_TEXT_MAX];

    if (!j->details)
        return;
    id_write("prm", p->id.n, id);
    fprintf(j->details, "%s\t%s\n", what, id);
}

/* Before its moment: who owns it when it came at risk, who leads halfway from there. */
static bool was_warned(const struct promise *p)
{
    bool was_settled = p->settled_at.ms != 0 && p->settled_at.ms <= p->risk_at.ms + LATE_MS;

    return was_settled || (p->warned_at.ms >= p->risk_at.ms && p->warned_at.ms < p->due_at.ms);
}

static void judge(const struct judging *j, const struct promise *p)
{
    bool was_in_time = p->settled_at.ms != 0 && p->settled_at.ms <= p->due_at.ms;
    bool is_broken = p->broken_at.ms != 0;

    j->out->promises++;
    j->out->kept += was_in_time && p->state == PROMISE_KEPT;
    j->out->moved += was_in_time && p->state == PROMISE_MOVED;
    j->out->broken += is_broken;
    if (!is_broken && !was_in_time) {
        j->out->silent++;
        tell(j, "silent", p);
    }
    if (!was_warned(p)) {
        j->out->unwarned++;
        tell(j, "unwarned", p);
    }
}

/* With what it was moved to. */
static bool look_up(struct tx *tx, void *arg, struct err *err)
{
    struct judging *j = arg;
    struct promise promise;

    for (size_t i = j->from; i < j->to; i++)
        for (promise_id id = j->all[i]; id.n != 0; id = promise.next_id) {
            if (!promise_get(tx, id, &promise, err))
                return false;
            if (promise.due_at.ms < j->end.ms)
                judge(j, &promise);
        }
    return true;
}

bool truth_check_promises(struct store *store, organisation_id organisation, const char *path,
                          FILE *details, struct truth_verdict *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("promises");
    struct judging j = { .mem = mem, .details = details, .out = out };
    struct scope scope = { .mem = mem, .organisation = organisation };

    if (!truth_read(mem, path, keep, &j, err))
        return false;
    for (j.from = 0; j.from < j.n; j.from = j.to) {
        j.to = j.from + BATCH_N < j.n ? j.from + BATCH_N : j.n;
        if (!store_read(store, &scope, look_up, &j, err))
            return false;
    }
    return true;
}
