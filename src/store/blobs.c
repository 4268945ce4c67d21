#include "blobs.h"

#include "../base/disk.h"
#include "../base/text.h"
#include "store_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMPORARY_NAME_LEN = 20 };

/* Removes a half-made file, at every way out but the last. */
static void remove_file(const char **path)
{
    if (*path)
        unlink(*path);
}

static const char *blob_folder(const struct store *store, struct arena *mem)
{
    return arena_printf(mem, "%s/blobs", store_settings(store)->data);
}

char *blob_path(const struct store *store, struct arena *mem, struct bytes hash)
{
    const char *hex = hex_write(mem, hash);

    return arena_printf(mem, "%s/%.2s/%s", blob_folder(store, mem), hex, hex + 2);
}

/* --- writing ------------------------------------------------------------------------------- */

/* However long ago it was written. */
static bool rename_young(const struct store *store, struct arena *mem, const char *from,
                         const char *path, struct err *err)
{
    CLEANUP(close_file) int lock = -1;

    if (!blobs_lock(store, mem, true, &lock, err))
        return false;
    return (utimensat(AT_FDCWD, from, NULL, 0) == 0 && rename(from, path) == 0) ||
           disk_failed(err, "move a file to", path, errno);
}

/* Moves a whole, synced file to the place that its hash names. The folders are synced even when
 * they stood there already: another thread may have made them a moment ago. */
static bool move_in(struct store *store, struct arena *mem, const char *from,
                    const struct blob *blob, struct err *err)
{
    const char *path = blob_path(store, mem, blob->hash);
    const char *shard = folder_of(mem, path);

    if (!folder_make(shard, err) || !rename_young(store, mem, from, path, err))
        return false;
    return store_sync_folder(store, shard, err) &&
           store_sync_folder(store, blob_folder(store, mem), err) &&
           store_sync_folder(store, store_settings(store)->data, err);
}

/* Also when the same content is there already: that heals a damaged one. */
static bool write_large(struct store *store, struct arena *mem, struct bytes content,
                        const struct blob *blob, struct err *err)
{
    const char *folder = blob_folder(store, mem);
    const char *path = arena_printf(mem, "%s/new-%s", folder, random_text(mem, TEMPORARY_NAME_LEN));
    CLEANUP(close_file) int fd = -1;
    CLEANUP(remove_file) const char *unfinished = NULL;

    if (!folder_make(folder, err))
        return false;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return disk_failed(err, "make", path, errno);
    unfinished = path;
    if (!write_all(fd, path, content, err) || !store_sync(store, fd, path, err) ||
        !move_in(store, mem, path, blob, err))
        return false;
    unfinished = NULL;
    return true;
}

/* A row's own copy. Never NULL, which would mean "in a file". */
static struct bytes copy_of(struct arena *mem, struct bytes content)
{
    uint8_t *copy = arena_alloc(mem, content.len + 1);

    if (content.len > 0)
        memcpy(copy, content.data, content.len);
    return (struct bytes){ copy, content.len };
}

bool blob_put(struct store *store, struct arena *mem, struct bytes content, struct blob *out,
              struct err *err)
{
    uint8_t hash[HASH_LEN];

    hash_bytes(content, hash);
    *out = (struct blob){ .hash = arena_bytes(mem, (struct bytes){ hash, HASH_LEN }),
                          .size = (int64_t)content.len };
    if (content.len > BLOB_INLINE_MAX)
        return write_large(store, mem, content, out, err);
    out->data = copy_of(mem, content);
    return true;
}

struct blob blob_of_nothing(struct arena *mem)
{
    uint8_t hash[HASH_LEN];

    hash_bytes((struct bytes){ 0 }, hash);
    return (struct blob){ .hash = arena_bytes(mem, (struct bytes){ hash, HASH_LEN }),
                          .data = copy_of(mem, (struct bytes){ 0 }) };
}

/* --- reading ------------------------------------------------------------------------------- */

static bool open_file(const char *path, int *fd, int64_t *size, struct err *err)
{
    struct stat file;

    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0 || fstat(*fd, &file) != 0)
        return disk_failed(err, "open", path, errno);
    *size = file.st_size;
    return true;
}

/* A small file becomes a row: its content is read and the file is gone. */
static bool take_in(struct store *store, struct arena *mem, const char *path, struct blob *out,
                    struct err *err)
{
    CLEANUP(close_file) int fd = -1;
    int64_t size = 0;

    if (!open_file(path, &fd, &size, err))
        return false;
    uint8_t *content = arena_alloc(mem, (size_t)size + 1);
    if (!read_all(fd, path, content, (size_t)size, err) ||
        !blob_put(store, mem, (struct bytes){ content, (size_t)size }, out, err))
        return false;
    return unlink(path) == 0 || disk_failed(err, "remove", path, errno);
}

bool blob_put_file(struct store *store, struct arena *mem, const char *path, struct blob *out,
                   struct err *err)
{
    CLEANUP(close_file) int fd = -1;
    uint8_t hash[HASH_LEN];
    int64_t size = 0;

    if (!open_file(path, &fd, &size, err))
        return false;
    if (size <= BLOB_INLINE_MAX)
        return take_in(store, mem, path, out, err);
    if (!file_hash(fd, path, hash, err) || !store_sync(store, fd, path, err) ||
        !folder_make(blob_folder(store, mem), err))
        return false;
    *out =
        (struct blob){ .hash = arena_bytes(mem, (struct bytes){ hash, HASH_LEN }), .size = size };
    return move_in(store, mem, path, out, err);
}

/* Its first `n` bytes of `size`. */
static bool read_large(struct tx *tx, struct bytes hash, int64_t size, size_t n, struct bytes *out,
                       struct err *err)
{
    const char *path = blob_path(tx->store, tx->mem, hash);
    CLEANUP(close_file) int fd = -1;
    int64_t found = 0;

    if (!open_file(path, &fd, &found, err))
        return false;
    if (found != size)
        return err_set(err, ERR_INTERNAL, "%s is damaged: its size is another", path);
    uint8_t *content = arena_alloc(tx->mem, n + 1);
    *out = (struct bytes){ content, n };
    return read_all(fd, path, content, n, err);
}

/* --- rows ---------------------------------------------------------------------------------- */

struct blob_row {
    int64_t size;
    struct bytes data;
};

static const struct field blob_row_fields[] = {
    FIELD(blob_row, size),
    FIELD(blob_row, data),
    { 0 },
};

bool blob_add(struct tx *tx, const struct blob *blob, struct err *err)
{
    return db_run(tx, SQL_BLOB_KEEP, ARGS(arg_organisation(tx), arg_bytes(blob->hash)), err) &&
           db_run(tx, SQL_BLOB_ADD,
                  ARGS(arg_organisation(tx), arg_bytes(blob->hash), arg_int(blob->size),
                       arg_bytes(blob->data)),
                  err);
}

bool blob_drop(struct tx *tx, struct bytes hash, struct err *err)
{
    return db_run(tx, SQL_BLOB_DROP, ARGS(arg_organisation(tx), arg_bytes(hash), arg_time(tx->now)),
                  err);
}

bool blob_start(struct tx *tx, struct bytes hash, size_t max, struct bytes *out, struct err *err)
{
    struct blob_row row;

    if (!db_one(tx, SQL_BLOB_GET, ARGS(arg_organisation(tx), arg_bytes(hash)), blob_row_fields,
                &row, err))
        return false;
    if (row.size < (int64_t)max)
        max = (size_t)row.size;
    *out = (struct bytes){ row.data.data, max };
    return row.data.data || max == 0 || read_large(tx, hash, row.size, max, out, err);
}

bool blob_get(struct tx *tx, struct bytes hash, struct bytes *out, struct err *err)
{
    uint8_t found[HASH_LEN];
    struct blob_row row;

    if (!db_one(tx, SQL_BLOB_GET, ARGS(arg_organisation(tx), arg_bytes(hash)), blob_row_fields,
                &row, err))
        return false;
    *out = row.data;
    if (!row.data.data && row.size > 0 &&
        !read_large(tx, hash, row.size, (size_t)row.size, out, err))
        return false;
    hash_bytes(*out, found);
    if (hash.len != HASH_LEN || memcmp(found, hash.data, HASH_LEN) != 0)
        return err_set(err, ERR_INTERNAL, "the file %s is damaged", hex_write(tx->mem, hash));
    return true;
}
