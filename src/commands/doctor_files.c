/* doctor_files.c — are the files there, and are they what their hashes say? */
#include "doctor.h"

#include "../base/disk.h"
#include "../base/text.h"
#include "../store/blobs.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SAMPLE_N = 500, NAMED_MAX = 5 };

struct files {
    struct visit *visit;
    int64_t total, seen, read;
    int64_t missing_n, damaged_n;
};

/* Of each file it's looked whether it is there; of a sample, or all, every byte. */
static bool is_sampled(const struct files *files)
{
    return files->visit->full || files->total <= SAMPLE_N || random() % files->total < SAMPLE_N;
}

static void complain(struct files *files, int64_t *count, const char *path, const char *how)
{
    if (++*count <= NAMED_MAX)
        finding_print(files->visit, FINDING_BAD, "files", "%s is %s: put it back from a backup",
                      path, how);
}

static void look_at_large(struct files *files, struct bytes hash, int64_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("file");
    const char *path = blob_path(files->visit->store, mem, hash);
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (file < 0 || fstat(file, &st) != 0) {
        complain(files, &files->missing_n, path, "missing");
        return;
    }
    if (st.st_size != size) {
        complain(files, &files->damaged_n, path, "damaged");
        return;
    }
    if (!is_sampled(files))
        return;
    files->read++;
    if (!file_has_hash(file, hash))
        complain(files, &files->damaged_n, path, "damaged");
}

static void look_at_small(struct files *files, struct bytes hash, struct bytes data)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("file");
    uint8_t found[HASH_LEN];

    if (!is_sampled(files))
        return;
    files->read++;
    hash_bytes(data, found);
    if (hash.len != HASH_LEN || memcmp(found, hash.data, HASH_LEN) != 0)
        complain(files, &files->damaged_n,
                 arena_printf(mem, "the file in row %s", hex_write(mem, hash)), "damaged");
}

static bool look(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                 struct err *err)
{
    struct files *files = arg;
    struct bytes hash = { (const uint8_t *)cells[0].data, cells[0].len };

    (void)columns, (void)n, (void)err;
    files->seen++;
    progress_add(&files->visit->progress, 1);
    if (cells[2].kind == CELL_NULL)
        look_at_large(files, hash, cells[1].i);
    else
        look_at_small(files, hash, (struct bytes){ (const uint8_t *)cells[2].data, cells[2].len });
    return true;
}

bool check_files(struct tx *tx, struct visit *visit, struct err *err)
{
    struct files files = { .visit = visit };

    if (!db_number(tx, SQL_DOCTOR_FILES, NO_ARGS, &files.total, err))
        return false;
    visit_begin(visit, "files", files.total);
    if (!db_each(tx, "SELECT hash, size, data FROM blobs", NO_ARGS, look, &files, err))
        return false;
    if (files.missing_n > NAMED_MAX || files.damaged_n > NAMED_MAX)
        finding_print(visit, FINDING_BAD, "files", "in all %lld are missing and %lld damaged",
                      (long long)files.missing_n, (long long)files.damaged_n);
    if (files.missing_n + files.damaged_n == 0)
        finding_print(visit, FINDING_OK, "files", "%lld are there, %lld were read%s",
                      (long long)files.seen, (long long)files.read,
                      files.read < files.seen ? " (--full reads all)" : "");
    return true;
}
