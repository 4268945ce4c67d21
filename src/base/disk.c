#include "disk.h"

#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILES_OPEN_MAX = 16, PIECE = 64 * 1024 };

void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
    *folder = NULL;
}

bool disk_failed(struct err *err, const char *doing, const char *path, int code)
{
    if (code == ENOSPC || code == EDQUOT)
        return err_set(err, ERR_FULL, "no room left on the disk");
    return err_set(err, ERR_INTERNAL, "cannot %s %s: %s", doing, path, strerror(code));
}

/* --- files --------------------------------------------------------------------------------- */

bool write_all(int file, const char *path, struct bytes data, struct err *err)
{
    size_t at = 0;

    while (at < data.len) {
        ssize_t n = write(file, data.data + at, data.len - at);

        if (n < 0 && errno != EINTR)
            return disk_failed(err, "write", path, errno);
        at += n > 0 ? (size_t)n : 0;
    }
    return true;
}

int64_t read_some(int file, void *out, size_t len)
{
    ssize_t n;

    do
        n = read(file, out, len);
    while (n < 0 && errno == EINTR);
    return n;
}

bool read_all(int file, const char *path, void *out, size_t len, struct err *err)
{
    size_t at = 0;

    while (at < len) {
        int64_t n = read_some(file, (char *)out + at, len - at);

        if (n < 0)
            return disk_failed(err, "read", path, errno);
        if (n == 0)
            return err_set(err, ERR_INTERNAL, "%s is shorter than it was", path);
        at += (size_t)n;
    }
    return true;
}

bool file_hash(int file, const char *path, uint8_t out[HASH_LEN], struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("hash");
    struct hasher *hasher = hasher_new(mem);
    uint8_t *piece = arena_alloc(mem, PIECE);
    int64_t n;

    while ((n = read_some(file, piece, PIECE)) > 0)
        hasher_add(hasher, (struct bytes){ piece, (size_t)n });
    hasher_end(hasher, out);
    return n == 0 || disk_failed(err, "read", path, errno);
}

bool file_has_hash(int file, struct bytes hash)
{
    uint8_t found[HASH_LEN];
    struct err ignored;

    return file_hash(file, "", found, &ignored) && hash.len == HASH_LEN &&
           memcmp(found, hash.data, HASH_LEN) == 0;
}

bool file_lock(int file, const char *path, bool is_shared, struct err *err)
{
    while (flock(file, is_shared ? LOCK_SH : LOCK_EX) != 0)
        if (errno != EINTR)
            return disk_failed(err, "lock", path, errno);
    return true;
}

bool file_sync(int file, const char *path, struct err *err)
{
    return fsync(file) == 0 || disk_failed(err, "sync", path, errno);
}

/* --- folders ------------------------------------------------------------------------------- */

bool folder_make(const char *path, struct err *err)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST || disk_failed(err, "make", path, errno);
}

bool folder_sync(const char *path, struct err *err)
{
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (file < 0)
        return disk_failed(err, "open", path, errno);
    return file_sync(file, path, err);
}

const char *folder_of(struct arena *mem, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    return slash == path ? "/" : arena_text_n(mem, path, (size_t)(slash - path));
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *at)
{
    (void)stat, (void)kind, (void)at;
    return remove(path);
}

void folder_remove(const char *path)
{
    nftw(path, remove_one, FILES_OPEN_MAX, FTW_DEPTH | FTW_PHYS);
}

bool file_is_old(int folder, const char *path, int64_t age_ms)
{
    struct stat file;

    return fstatat(folder, path, &file, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(file.st_mode) &&
           file.st_mtime < time(NULL) - age_ms / SECOND_MS;
}

bool folder_sweep(const char *path, int64_t age_ms, struct err *err)
{
    CLEANUP(close_folder) DIR *folder = opendir(path);
    const struct dirent *entry;

    if (!folder)
        return errno == ENOENT || disk_failed(err, "open", path, errno);
    while ((entry = readdir(folder)))
        if (file_is_old(dirfd(folder), entry->d_name, age_ms))
            unlinkat(dirfd(folder), entry->d_name, 0);
    return true;
}

bool folder_is_free(const char *path, const char *ignored, struct err *err)
{
    CLEANUP(close_folder) DIR *folder = opendir(path);
    const struct dirent *entry;

    if (!folder && errno == ENOENT)
        return true;
    if (!folder)
        return disk_failed(err, "use", path, errno);
    while ((entry = readdir(folder)))
        if (!text_equal(entry->d_name, ".") && !text_equal(entry->d_name, "..") &&
            !text_equal(entry->d_name, ignored))
            return err_set(err, ERR_CONFLICT, "%s is not empty: choose another folder", path);
    return true;
}

bool disk_sync(const char *folder, struct err *err)
{
    CLEANUP(close_file) int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    return (file >= 0 && syncfs(file) == 0) || disk_failed(err, "save", folder, errno);
}
