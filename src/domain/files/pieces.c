#include "pieces.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SWEEP_BATCH = 500 }; /* as file_sweep deletes at most */

static bool disk_failed(struct err *err, const char *doing, const char *path)
{
    int code = errno;

    if (code == ENOSPC || code == EDQUOT)
        return err_set(err, ERR_FULL, "no room left on the disk for an upload");
    return err_set(err, ERR_INTERNAL, "cannot %s %s: %s", doing, path, strerror(code));
}

static void close_file(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

void pieces_close(struct pieces *pieces)
{
    close_file(&pieces->fd);
}

static const char *folder_of(const struct store *store, struct arena *mem)
{
    return arena_printf(mem, "%s/uploads", store_settings(store)->data);
}

static char *path_of(const struct store *store, struct arena *mem, file_id id)
{
    char name[ID_TEXT_MAX];

    id_write("fil", id.n, name);
    return arena_printf(mem, "%s/%s", folder_of(store, mem), name);
}

static bool sync_file(const struct store *store, int fd, const char *path, struct err *err)
{
    return store_settings(store)->careless || fsync(fd) == 0 || disk_failed(err, "sync", path);
}

/* A new name is only durable with its folder. */
static bool sync_folder(const struct store *store, const char *path, struct err *err)
{
    CLEANUP(close_file) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return disk_failed(err, "open", path);
    return sync_file(store, fd, path, err);
}

static bool make_folder(const struct store *store, const char *path, struct err *err)
{
    if (mkdir(path, 0700) != 0)
        return errno == EEXIST || disk_failed(err, "make", path);
    return sync_folder(store, store_settings(store)->data, err);
}

bool pieces_open(struct store *store, struct arena *mem, file_id id, struct pieces *out,
                 struct err *err)
{
    *out = (struct pieces){
        .store = store,
        .folder = folder_of(store, mem),
        .path = path_of(store, mem, id),
        .fd = -1,
    };
    if (!make_folder(store, out->folder, err))
        return false;
    out->fd = open(out->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (out->fd < 0)
        return disk_failed(err, "open", out->path);
    while (flock(out->fd, LOCK_EX) != 0)
        if (errno != EINTR)
            return disk_failed(err, "lock", out->path);
    return true;
}

static bool write_all(struct pieces *pieces, int64_t at, struct bytes piece, struct err *err)
{
    size_t done = 0;

    while (done < piece.len) {
        ssize_t n = pwrite(pieces->fd, piece.data + done, piece.len - done, at + (off_t)done);
        if (n < 0 && errno != EINTR)
            return disk_failed(err, "write", pieces->path);
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

bool pieces_add(struct pieces *pieces, int64_t at, struct bytes piece, struct err *err)
{
    struct stat file;

    if (fstat(pieces->fd, &file) != 0)
        return disk_failed(err, "look at", pieces->path);
    if (file.st_size < at)
        return err_set(err, ERR_GONE, "what came before was lost: begin a new upload");
    if (file.st_size > at && ftruncate(pieces->fd, at) != 0)
        return disk_failed(err, "cut", pieces->path);
    return write_all(pieces, at, piece, err) &&
           sync_file(pieces->store, pieces->fd, pieces->path, err) &&
           (at > 0 || sync_folder(pieces->store, pieces->folder, err));
}

/* --- whole --------------------------------------------------------------------------------- */

static bool copy_all(struct pieces *pieces, const char *path, struct err *err)
{
    CLEANUP(close_file) int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct stat file;
    off_t at = 0;

    if (to < 0 || fstat(pieces->fd, &file) != 0)
        return disk_failed(err, "copy to", path);
    while (at < file.st_size) {
        ssize_t n = sendfile(to, pieces->fd, &at, (size_t)(file.st_size - at));
        if (n == 0)
            return err_set(err, ERR_INTERNAL, "%s is shorter than it was", pieces->path);
        if (n < 0 && errno != EINTR)
            return disk_failed(err, "copy to", path);
    }
    return true;
}

bool pieces_to_blob(struct pieces *pieces, struct store *store, struct arena *mem, struct blob *out,
                    struct err *err)
{
    const char *whole = arena_printf(mem, "%s.whole", pieces->path);

    if (copy_all(pieces, whole, err) && blob_put_file(store, mem, whole, out, err))
        return true;
    unlink(whole);
    return false;
}

void pieces_remove(const struct store *store, struct arena *mem, file_id id)
{
    unlink(path_of(store, mem, id)); /* what stays behind is swept */
}

/* --- sweeping ------------------------------------------------------------------------------ */

static bool sweep_rows(struct tx *tx, void *changed, struct err *err)
{
    return db_change(tx, SQL_FILE_SWEEP, ARGS(arg_int(tx->now.ms - DAY_MS)), changed, err);
}

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

/* A file that nobody wrote to for a day has no row any more: its row is older than it. By the
 * system's clock, which also stamps files. */
static bool sweep_folder(const char *path, struct err *err)
{
    CLEANUP(close_folder) DIR *folder = opendir(path);
    struct dirent *entry;
    struct stat file;

    if (!folder)
        return errno == ENOENT || disk_failed(err, "open", path);
    while ((entry = readdir(folder)))
        if (fstatat(dirfd(folder), entry->d_name, &file, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(file.st_mode) && file.st_mtime < time(NULL) - DAY_MS / SECOND_MS)
            unlinkat(dirfd(folder), entry->d_name, 0);
    return true;
}

bool files_sweep(struct store *store, int64_t *swept, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("sweep");
    struct scope scope = { .mem = mem };
    int64_t changed = SWEEP_BATCH;

    for (*swept = 0; changed == SWEEP_BATCH; *swept += changed)
        if (!store_write(store, &scope, sweep_rows, &changed, err))
            return false;
    return sweep_folder(folder_of(store, mem), err);
}
