#include "reconcile.h"

#include "../domain/differences/differences.h"
#include "../store/jobs.h"

/* Pieces in one snapshot, and snapshots in one run: a quarter of a second of a processor, and as
 * long for the others. */
enum { PIECES_MAX = 20, STEPS_MAX = 2 };
static const int64_t BREATH_MS = 250;

struct finding {
    const char *kind, *about, *detail;
};

struct step {
    struct reconciliation at;
    struct finding *findings;
    size_t findings_n, room_n;
    struct arena *mem;
};

static bool find_it(void *arg, const struct check_found *found, struct err *err)
{
    struct step *step = arg;

    (void)err;
    step->at.found_n++;
    if (step->findings_n == step->room_n)
        return true;
    step->findings[step->findings_n++] = (struct finding){
        .kind = found->check->kind,
        .about = arena_text(step->mem, id_text(found->check->id_prefix, found->about).s),
        .detail = arena_text(step->mem, found->detail),
    };
    return true;
}

static bool is_at_its_end(const struct step *step)
{
    return step->at.at_part >= (int64_t)check_parts_n;
}

static bool look(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    int64_t n;

    for (int i = 0; i < PIECES_MAX && !is_at_its_end(step); i++) {
        if (!check_piece(tx, (unsigned)step->at.at_part, &step->at.at_id, &n, find_it, step, err))
            return false;
        step->at.looked_n += n;
        if (n > 0)
            continue;
        step->at.at_part++;
        step->at.at_id = 0;
    }
    return true;
}

static bool keep(struct tx *tx, void *arg, struct err *err)
{
    const struct step *step = arg;

    for (size_t i = 0; i < step->findings_n; i++) {
        const struct finding *one = &step->findings[i];

        if (!difference_see(tx, one->kind, one->about, one->detail, err))
            return false;
    }
    return reconciliation_save(tx, &step->at, err) &&
           (!is_at_its_end(step) || reconciliation_end(tx, &step->at, err));
}

static bool get(struct tx *tx, void *arg, struct err *err)
{
    struct reconciliation *at = arg;

    return reconciliation_get(tx, at->id, at, err);
}

static bool take_step(struct job_run *run, struct reconciliation *at, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("reconcile");
    struct scope scope = run->scope;
    struct step step = { .at = *at, .mem = mem };

    scope.mem = mem;
    step.room_n = at->found_n < DIFFERENCES_MAX ? (size_t)(DIFFERENCES_MAX - at->found_n) : 0;
    step.findings = NEW_ARRAY(mem, struct finding, step.room_n + 1);
    if (!store_read(run->store, &scope, look, &step, err) ||
        !store_write(run->store, &scope, keep, &step, err))
        return false;
    *at = step.at;
    return true;
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    return job_finish(tx, arg, err);
}

static bool go_on_later(struct tx *tx, void *arg, struct err *err)
{
    const struct job *job = arg;

    return job_finish(tx, job, err) &&
           job_add(tx, job->kind, job->about, instant_plus(tx->now, BREATH_MS), err);
}

bool job_reconcile(struct job_run *run, struct err *err)
{
    struct reconciliation at = { .id = { run->job.about } };

    if (!store_read(run->store, &run->scope, get, &at, err))
        return false;
    for (int i = 0; i < STEPS_MAX && at.at_part < (int64_t)check_parts_n; i++)
        if (!take_step(run, &at, err))
            return false;
    return store_write(run->store, &run->scope,
                       at.at_part < (int64_t)check_parts_n ? go_on_later : finish, &run->job, err);
}

/* The housekeeping comes each hour: a day has come at the nearest of them. */
static bool begin_due(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return reconciliation_begin_due(tx, instant_plus(tx->now, HOUR_MS / 2 - DAY_MS), err);
}

bool reconcile_when_due(struct job_run *run, struct err *err)
{
    return store_write(run->store, &run->scope, begin_due, NULL, err);
}
