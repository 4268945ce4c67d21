/* blobs_sweep.c — removes the files of blobs that have no row; declared in blobs.h. */
#include "blobs.h"

#include "../base/disk.h"
#include "../base/text.h"
#include "store_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH = 500, SHARDS = 256 };

bool blobs_lock(const struct store *store, struct arena *mem, bool is_shared, int *out,
                struct err *err)
{
    const char *path = arena_printf(mem, "%s/blobs.lock", store_settings(store)->data);

    *out = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*out < 0)
        return disk_failed(err, "open", path, errno);
    return file_lock(*out, path, is_shared, err);
}

void blob_spare(const struct store *store, struct arena *mem, struct bytes hash)
{
    utimensat(AT_FDCWD, blob_path(store, mem, hash), NULL, 0); /* a small one has no file */
}

/* Old files of one shard, a few at a time. */
struct batch {
    struct bytes hashes[BATCH];
    bool has_row[BATCH];
    size_t n;
};

static bool find_rows(struct tx *tx, void *arg, struct err *err)
{
    struct batch *batch = arg;
    int64_t rows;

    for (size_t i = 0; i < batch->n; i++) {
        if (!db_number(tx, SQL_BLOB_LARGE_ROWS, ARGS(arg_bytes(batch->hashes[i])), &rows, err))
            return false;
        batch->has_row[i] = rows > 0;
    }
    return true;
}

/* It may have been put again since its row was looked for: then it's young. */
static bool remove_old(const struct store *store, struct arena *mem, struct bytes hash,
                       struct err *err)
{
    CLEANUP(close_file) int lock = -1;
    const char *path = blob_path(store, mem, hash);

    if (!blobs_lock(store, mem, false, &lock, err))
        return false;
    return !file_is_old(AT_FDCWD, path, DAY_MS) || unlink(path) == 0 ||
           disk_failed(err, "remove", path, errno);
}

static bool sweep_batch(struct store *store, struct arena *mem, struct batch *batch,
                        struct err *err)
{
    struct scope scope = { .mem = mem };

    if (!store_read(store, &scope, find_rows, batch, err))
        return false;
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->has_row[i] && !remove_old(store, mem, batch->hashes[i], err))
            return false;
    return true;
}

/* The hash that a file's name and its folder's make; what has another name isn't ours. */
static bool read_name(struct arena *mem, int shard, const char *name, struct bytes *hash)
{
    return hex_read(mem, arena_printf(mem, "%02x%s", (unsigned)shard, name), hash) &&
           hash->len == HASH_LEN;
}

/* Fills the batch with what comes next in the folder. */
static void read_batch(struct arena *mem, DIR *folder, int shard, struct batch *batch)
{
    const struct dirent *entry;

    batch->n = 0;
    while (batch->n < BATCH && (entry = readdir(folder)))
        if (file_is_old(dirfd(folder), entry->d_name, DAY_MS) &&
            read_name(mem, shard, entry->d_name, &batch->hashes[batch->n]))
            batch->n++;
}

static bool sweep_shard(struct store *store, int shard, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("sweep");
    const char *path =
        arena_printf(mem, "%s/blobs/%02x", store_settings(store)->data, (unsigned)shard);
    CLEANUP(close_folder) DIR *folder = opendir(path);
    struct batch batch;

    if (!folder)
        return errno == ENOENT || disk_failed(err, "open", path, errno);
    do {
        arena_reset(mem);
        read_batch(mem, folder, shard, &batch);
        if (!sweep_batch(store, mem, &batch, err))
            return false;
    } while (batch.n == BATCH);
    return true;
}

bool blobs_sweep(struct store *store, int64_t part, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("sweep");

    for (int64_t shard = part % BLOB_SWEEP_PARTS; shard < SHARDS; shard += BLOB_SWEEP_PARTS)
        if (!sweep_shard(store, (int)shard, err))
            return false;
    /* What was being written when a process ended. */
    return folder_sweep(arena_printf(mem, "%s/blobs", store_settings(store)->data), DAY_MS, err);
}
