#include "pieces.h"

#include "../../base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

void pieces_close(struct pieces *pieces)
{
    close_file(&pieces->fd);
}

static const char *uploads_of(const struct store *store, struct arena *mem)
{
    return arena_printf(mem, "%s/uploads", store_settings(store)->data);
}

static char *path_of(const struct store *store, struct arena *mem, file_id id)
{
    char name[ID_TEXT_MAX];

    id_write("fil", id.n, name);
    return arena_printf(mem, "%s/%s", uploads_of(store, mem), name);
}

bool pieces_open(struct store *store, struct arena *mem, file_id id, struct pieces *out,
                 struct err *err)
{
    *out = (struct pieces){
        .store = store,
        .folder = uploads_of(store, mem),
        .path = path_of(store, mem, id),
        .fd = -1,
    };
    if (!folder_make(out->folder, err))
        return false;
    out->fd = open(out->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (out->fd < 0)
        return disk_failed(err, "open", out->path, errno);
    return file_lock(out->fd, out->path, false, err);
}

bool pieces_add(struct pieces *pieces, int64_t at, struct bytes piece, struct err *err)
{
    const char *data = store_settings(pieces->store)->data;
    struct stat file;

    if (fstat(pieces->fd, &file) != 0)
        return disk_failed(err, "look at", pieces->path, errno);
    if (file.st_size < at)
        return err_set(err, ERR_GONE, "what came before was lost: begin a new upload");
    if ((file.st_size > at && ftruncate(pieces->fd, at) != 0) ||
        lseek(pieces->fd, at, SEEK_SET) != at)
        return disk_failed(err, "cut", pieces->path, errno);
    return write_all(pieces->fd, pieces->path, piece, err) &&
           store_sync(pieces->store, pieces->fd, pieces->path, err) &&
           (at > 0 || (store_sync_folder(pieces->store, pieces->folder, err) &&
                       store_sync_folder(pieces->store, data, err)));
}

/* --- whole --------------------------------------------------------------------------------- */

static bool copy_all(struct pieces *pieces, const char *path, struct err *err)
{
    CLEANUP(close_file) int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct stat file;
    off_t at = 0;

    if (to < 0 || fstat(pieces->fd, &file) != 0)
        return disk_failed(err, "copy to", path, errno);
    while (at < file.st_size) {
        ssize_t n = sendfile(to, pieces->fd, &at, (size_t)(file.st_size - at));
        if (n == 0)
            return err_set(err, ERR_INTERNAL, "%s is shorter than it was", pieces->path);
        if (n < 0 && errno != EINTR)
            return disk_failed(err, "copy to", path, errno);
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

/* A file that nobody wrote to for a day has no row any more: its row is older than it. */
bool pieces_sweep(const struct store *store, struct arena *mem, struct err *err)
{
    return folder_sweep(uploads_of(store, mem), DAY_MS, err);
}
