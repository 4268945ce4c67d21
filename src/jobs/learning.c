/* learning.c — the job that learns from what people corrected, of one organisation.
 *
 * From all that are left, anew each time: what was taken back has then left nothing behind. The
 * reading, the learning and the writing are apart, so that nobody waits for the learning.
 */
#include "learning.h"

#include "../domain/understanding/corrections.h"
#include "../language/learn.h"

struct lessons {
    struct job job;
    struct list corrections;
    struct bytes weights;
};

static bool load(struct tx *tx, void *arg, struct err *err)
{
    return correction_lessons(tx, &((struct lessons *)arg)->corrections, err);
}

static bool keep(struct tx *tx, void *arg, struct err *err)
{
    const struct lessons *lessons = arg;

    return learned_save(tx, lessons->weights, err) && job_finish(tx, &lessons->job, err);
}

bool job_learn(struct job_run *run, struct err *err)
{
    struct lessons lessons = { .job = run->job };

    if (!store_read(run->store, &run->scope, load, &lessons, err))
        return false;
    lessons.weights = language_learn(run->mem, (struct bytes){ 0 }, lessons.corrections.items,
                                     lessons.corrections.n);
    return store_write(run->store, &run->scope, keep, &lessons, err);
}
