#include "disk.h"

#include "../base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILES_OPEN_MAX = 16 };

void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

bool disk_failed(struct err *err, const char *doing, const char *path, int code)
{
    if (code == ENOSPC || code == EDQUOT)
        return err_set(err, ERR_FULL, "no room left on the disk for %s", path);
    return err_set(err, ERR_INTERNAL, "cannot %s %s: %s", doing, path, strerror(code));
}

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

/* --- folders ------------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *at)
{
    (void)stat, (void)kind, (void)at;
    return remove(path);
}

void folder_remove(const char *path)
{
    nftw(path, remove_one, FILES_OPEN_MAX, FTW_DEPTH | FTW_PHYS);
}

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
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
