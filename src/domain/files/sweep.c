#include "sweep.h"

#include "../../store/blobs.h"
#include "pieces.h"

static bool sweep_uploads(struct tx *tx, void *swept, struct err *err)
{
    int64_t before = tx->now.ms - DAY_MS;

    return db_run(tx, SQL_FILE_SWEEP_CONTENTS, ARGS(arg_int(before), arg_time(tx->now)), err) &&
           db_change(tx, SQL_FILE_SWEEP, ARGS(arg_int(before)), swept, err);
}

struct content {
    organisation_id organisation_id;
    struct bytes hash;
};

static const struct field content_fields[] = {
    FIELD(content, organisation_id),
    FIELD(content, hash),
    { 0 },
};

struct batch {
    struct list dropped; /* struct content */
    int64_t removed;
};

/* Each is either used, and no longer looked at, or removed: the next batch has others. */
static bool sweep_contents(struct tx *tx, void *arg, struct err *err)
{
    struct batch *batch = arg;
    int64_t changed;

    batch->removed = 0;
    if (!db_all(tx, SQL_CONTENT_DROPPED, ARGS(arg_int(tx->now.ms - DAY_MS)), content_fields,
                sizeof(struct content), &batch->dropped, err))
        return false;
    for (size_t i = 0; i < batch->dropped.n; i++) {
        const struct content *one = &((const struct content *)batch->dropped.items)[i];
        struct args args = ARGS(arg_id(one->organisation_id), arg_bytes(one->hash));
        if (!db_run(tx, SQL_CONTENT_KEEP_USED, args, err) ||
            !db_change(tx, SQL_CONTENT_REMOVE_UNUSED, args, &changed, err))
            return false;
        batch->removed += changed;
    }
    return true;
}

static bool sweep_all_contents(struct store *store, int64_t *swept, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("sweep");
    struct scope scope = { .mem = mem };
    struct batch batch;

    do {
        arena_reset(mem);
        if (!store_write(store, &scope, sweep_contents, &batch, err))
            return false;
        for (size_t i = 0; i < batch.dropped.n; i++)
            blob_spare(store, mem, ((const struct content *)batch.dropped.items)[i].hash);
        *swept += batch.removed;
    } while (batch.dropped.n > 0);
    return true;
}

bool files_sweep(struct store *store, struct swept *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("sweep");
    struct scope scope = { .mem = mem };
    int64_t files;

    *out = (struct swept){ 0 };
    do {
        if (!store_write(store, &scope, sweep_uploads, &files, err))
            return false;
        out->files += files;
    } while (files > 0);
    return pieces_sweep(store, mem, err) && sweep_all_contents(store, &out->contents, err);
}
