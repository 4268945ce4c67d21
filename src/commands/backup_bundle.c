#include "backup_bundle.h"

#include "../base/clock.h"
#include "../base/crypt.h"
#include "../base/disk.h"
#include "../base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

/* The frame that zstd skips: its number, the length of what follows, and that. */
static const uint8_t seal_head[] = { 0x50, 0x2a, 0x4d, 0x18, 32 + 16, 0,   0,   0,
                                     'g',  'e',  's',  't',  'a',     'n', 'd', ' ',
                                     'b',  'a',  'c',  'k',  'u',     'p', ' ', '1' };
enum { SEAL_LEN = sizeof(seal_head) + HASH_LEN };

/* --- writing ------------------------------------------------------------------------------- */

struct bundle_out {
    const char *path, *part;
    struct archive *archive;
    struct archive_entry *entry;
    struct hasher *hasher;
    int file;
    int failed; /* errno of a write */
    bool is_finished;
};

static la_ssize_t write_piece(struct archive *archive, void *arg, const void *data, size_t len)
{
    struct bundle_out *out = arg;
    ssize_t n;

    do
        n = write(out->file, data, len);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        out->failed = errno;
        archive_set_error(archive, errno, "write");
        return -1;
    }
    hasher_add(out->hasher, (struct bytes){ data, (size_t)n });
    return n;
}

static bool out_failed(struct bundle_out *out, struct err *err)
{
    if (out->failed)
        return disk_failed(err, "write", out->part, out->failed);
    return err_set(err, ERR_INTERNAL, "cannot write %s: %s", out->part,
                   archive_error_string(out->archive));
}

bool bundle_make(struct arena *mem, const char *path, struct bundle_out **result, struct err *err)
{
    CLEANUP(bundle_make_end) struct bundle_out *out = NEW(mem, struct bundle_out);

    out->path = arena_text(mem, path);
    out->part = arena_printf(mem, "%s.part", path);
    out->hasher = hasher_new(mem);
    out->file = open(out->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (out->file < 0)
        return disk_failed(err, "make", out->part, errno);
    /* It may have stood there already, readable by others. */
    if (fchmod(out->file, 0600) != 0)
        return disk_failed(err, "make", out->part, errno);
    out->archive = archive_write_new();
    out->entry = archive_entry_new();
    if (!out->archive || !out->entry ||
        archive_write_set_format_pax_restricted(out->archive) != ARCHIVE_OK ||
        archive_write_add_filter_zstd(out->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(out->archive, 1) != ARCHIVE_OK ||
        archive_write_open(out->archive, out, NULL, write_piece, NULL) != ARCHIVE_OK)
        return out_failed(out, err);
    *result = out;
    out = NULL;
    return true;
}

bool bundle_member(struct bundle_out *out, const char *name, int64_t size, struct err *err)
{
    archive_entry_clear(out->entry);
    archive_entry_set_pathname(out->entry, name);
    archive_entry_set_size(out->entry, size);
    archive_entry_set_filetype(out->entry, AE_IFREG);
    archive_entry_set_perm(out->entry, 0600);
    archive_entry_set_mtime(out->entry, clock_now().ms / 1000, 0);
    return archive_write_header(out->archive, out->entry) == ARCHIVE_OK || out_failed(out, err);
}

bool bundle_add(struct bundle_out *out, struct bytes data, struct err *err)
{
    la_ssize_t n = data.len > 0 ? archive_write_data(out->archive, data.data, data.len) : 0;

    return (n >= 0 && (size_t)n == data.len) || out_failed(out, err);
}

static bool write_seal(struct bundle_out *out, struct err *err)
{
    uint8_t seal[SEAL_LEN];

    memcpy(seal, seal_head, sizeof(seal_head));
    hasher_end(out->hasher, seal + sizeof(seal_head));
    return write_all(out->file, out->part, (struct bytes){ seal, SEAL_LEN }, err);
}

bool bundle_finish(struct bundle_out *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("folder");

    if (archive_write_close(out->archive) != ARCHIVE_OK)
        return out_failed(out, err);
    if (!write_seal(out, err) || !file_sync(out->file, out->part, err))
        return false;
    if (rename(out->part, out->path) != 0)
        return disk_failed(err, "rename to", out->path, errno);
    out->is_finished = true;
    return folder_sync(folder_of(mem, out->path), err);
}

void bundle_make_end(struct bundle_out **result)
{
    struct bundle_out *out = *result;

    if (!out)
        return;
    archive_write_free(out->archive);
    archive_entry_free(out->entry);
    if (out->file >= 0 && !out->is_finished)
        unlink(out->part);
    close_file(&out->file);
    *result = NULL;
}

/* --- reading ------------------------------------------------------------------------------- */

struct bundle_in {
    const char *path;
    struct archive *archive;
    int file;
    int64_t left; /* bytes up to the seal */
    uint8_t piece[PIECE];
};

static bool damaged(struct bundle_in *in, struct err *err)
{
    return err_set(err, ERR_CONFLICT,
                   "%s is damaged or not a whole backup of Gestand: use another one", in->path);
}

/* The hash of everything before the seal must be the one in it. */
static bool check_seal(struct arena *mem, struct bundle_in *in, struct err *err)
{
    struct hasher *hasher = hasher_new(mem);
    uint8_t seal[SEAL_LEN], hash[HASH_LEN];
    struct stat st;

    if (fstat(in->file, &st) != 0)
        return disk_failed(err, "read", in->path, errno);
    if (!S_ISREG(st.st_mode) || st.st_size < SEAL_LEN)
        return damaged(in, err);
    in->left = st.st_size - SEAL_LEN;
    for (int64_t left = in->left; left > 0;) {
        int64_t n = read_some(in->file, in->piece, left < PIECE ? (size_t)left : PIECE);

        if (n <= 0)
            return n < 0 ? disk_failed(err, "read", in->path, errno) : damaged(in, err);
        hasher_add(hasher, (struct bytes){ in->piece, (size_t)n });
        left -= n;
    }
    hasher_end(hasher, hash);
    if (read_some(in->file, seal, SEAL_LEN) != SEAL_LEN ||
        memcmp(seal, seal_head, sizeof(seal_head)) != 0 ||
        memcmp(seal + sizeof(seal_head), hash, HASH_LEN) != 0)
        return damaged(in, err);
    return lseek(in->file, 0, SEEK_SET) == 0 || disk_failed(err, "read", in->path, errno);
}

static la_ssize_t read_piece(struct archive *archive, void *arg, const void **data)
{
    struct bundle_in *in = arg;
    int64_t n = read_some(in->file, in->piece, in->left < PIECE ? (size_t)in->left : PIECE);

    if (n < 0) {
        archive_set_error(archive, errno, "read");
        return -1;
    }
    in->left -= n;
    *data = in->piece;
    return (la_ssize_t)n;
}

bool bundle_open(struct arena *mem, const char *path, struct bundle_in **result, struct err *err)
{
    CLEANUP(bundle_open_end) struct bundle_in *in = NEW(mem, struct bundle_in);

    in->path = arena_text(mem, path);
    in->file = open(path, O_RDONLY | O_CLOEXEC);
    if (in->file < 0)
        return err_set(err, ERR_NOT_FOUND, "%s can't be read: %s", path, strerror(errno));
    if (!check_seal(mem, in, err))
        return false;
    in->archive = archive_read_new();
    if (!in->archive || archive_read_support_format_tar(in->archive) != ARCHIVE_OK ||
        archive_read_support_filter_zstd(in->archive) != ARCHIVE_OK ||
        archive_read_open(in->archive, in, NULL, read_piece, NULL) != ARCHIVE_OK)
        return damaged(in, err);
    *result = in;
    in = NULL;
    return true;
}

bool bundle_next(struct bundle_in *in, struct bundle_entry *entry, bool *found, struct err *err)
{
    struct archive_entry *header;
    int result = archive_read_next_header(in->archive, &header);

    *found = result == ARCHIVE_OK;
    if (result == ARCHIVE_EOF)
        return true;
    if (result != ARCHIVE_OK || !archive_entry_pathname(header) ||
        archive_entry_filetype(header) != AE_IFREG || archive_entry_size(header) < 0)
        return damaged(in, err);
    *entry = (struct bundle_entry){ archive_entry_pathname(header), archive_entry_size(header) };
    return true;
}

bool bundle_read(struct bundle_in *in, void *out, size_t len, struct err *err)
{
    size_t at = 0;

    while (at < len) {
        la_ssize_t n = archive_read_data(in->archive, (char *)out + at, len - at);

        if (n <= 0)
            return damaged(in, err);
        at += (size_t)n;
    }
    return true;
}

void bundle_open_end(struct bundle_in **result)
{
    struct bundle_in *in = *result;

    if (!in)
        return;
    archive_read_free(in->archive);
    close_file(&in->file);
    *result = NULL;
}
