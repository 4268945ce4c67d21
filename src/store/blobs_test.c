#include "blobs.h"

#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGE = 100000 };

static const size_t sizes[] = { 0, 1, BLOB_INLINE_MAX, BLOB_INLINE_MAX + 1, LARGE };

static struct bytes content(struct arena *mem, size_t len)
{
    uint8_t *data = arena_alloc(mem, len + 1);

    for (size_t i = 0; i < len; i++)
        data[i] = (uint8_t)(i * 7 + i / 256);
    return (struct bytes){ data, len };
}

static bool add(struct tx *tx, void *blob, struct err *err)
{
    return blob_add(tx, blob, err) && blob_add(tx, blob, err);
}

struct got {
    struct bytes hash, content;
};

static bool get(struct tx *tx, void *arg, struct err *err)
{
    struct got *got = arg;

    return blob_get(tx, got->hash, &got->content, err);
}

static bool same(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

TEST(a_blob_of_any_size_comes_back_also_after_a_restart)
{
    WORLD(w);

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct bytes in = content(w.mem, sizes[i]);
        struct blob blob;

        CHECK_OK(blob_put(w.store, w.mem, in, &blob, &w.err), &w.err);
        CHECK(blob.size == (int64_t)sizes[i]);
        CHECK(blob.hash.len == HASH_LEN);
        CHECK_OK(world_write(&w, add, &blob), &w.err);
        CHECK_OK(world_reopen(&w), &w.err);

        struct got got = { .hash = blob.hash };
        CHECK_OK(world_read(&w, get, &got), &w.err);
        CHECK(same(got.content, in));
    }
}

static bool write_file(const char *path, struct bytes b)
{
    FILE *file = fopen(path, "w");
    bool ok = file && fwrite(b.data, 1, b.len, file) == b.len;

    return file && fclose(file) == 0 && ok;
}

TEST(a_file_that_was_written_piece_by_piece_is_moved_in)
{
    WORLD(w);
    const char *path = arena_printf(w.mem, "%s/upload", w.settings.data);

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct bytes in = content(w.mem, sizes[i]);
        struct blob blob, same_blob;

        CHECK(write_file(path, in));
        CHECK_OK(blob_put_file(w.store, w.mem, path, &blob, &w.err), &w.err);
        CHECK(access(path, F_OK) != 0);
        CHECK_OK(blob_put(w.store, w.mem, in, &same_blob, &w.err), &w.err);
        CHECK(same(blob.hash, same_blob.hash));
        CHECK_OK(world_write(&w, add, &blob), &w.err);

        struct got got = { .hash = blob.hash };
        CHECK_OK(world_read(&w, get, &got), &w.err);
        CHECK(same(got.content, in));
    }
}

/* --- damage -------------------------------------------------------------------------------- */

static bool put_large(struct world *w, struct blob *blob)
{
    return blob_put(w->store, w->mem, content(w->mem, LARGE), blob, &w->err) &&
           world_write(w, add, blob);
}

TEST(one_changed_byte_in_a_stored_file_is_noticed_and_healed_by_storing_it_again)
{
    WORLD(w);
    struct blob blob;
    struct got got;

    CHECK_OK(put_large(&w, &blob), &w.err);
    got.hash = blob.hash;
    int fd = open(blob_path(w.store, w.mem, blob.hash), O_WRONLY);
    CHECK(fd >= 0 && pwrite(fd, "x", 1, LARGE / 2) == 1 && close(fd) == 0);
    CHECK(!world_read(&w, get, &got));
    CHECK(w.err.code == ERR_INTERNAL);
    CHECK(strstr(w.err.text, "damaged"));
    CHECK_OK(put_large(&w, &blob), &w.err);
    CHECK_OK(world_read(&w, get, &got), &w.err);
}

TEST(a_stored_file_that_is_shorter_or_gone_is_noticed)
{
    WORLD(w);
    struct blob blob;
    struct got got;

    CHECK_OK(put_large(&w, &blob), &w.err);
    got.hash = blob.hash;
    CHECK(truncate(blob_path(w.store, w.mem, blob.hash), LARGE - 1) == 0);
    CHECK(!world_read(&w, get, &got));
    CHECK(w.err.code == ERR_INTERNAL);
    CHECK(unlink(blob_path(w.store, w.mem, blob.hash)) == 0);
    CHECK(!world_read(&w, get, &got));
    CHECK(w.err.code == ERR_INTERNAL);
}

TEST(a_blob_of_another_organisation_is_not_found)
{
    WORLD(w);
    struct blob blob;
    struct got got;

    CHECK_OK(put_large(&w, &blob), &w.err);
    got.hash = blob.hash;
    w.scope.organisation.n = id_new();
    CHECK(!world_read(&w, get, &got));
    CHECK(w.err.code == ERR_NOT_FOUND);
}

static int files_in(const char *path)
{
    DIR *folder = opendir(path);
    int n = 0;

    for (struct dirent *entry; folder && (entry = readdir(folder));)
        n += entry->d_type == DT_REG;
    if (folder)
        closedir(folder);
    return n;
}

/* The blob folder stands in the way of itself: a file where the folder should be. */
TEST(a_blob_that_cannot_be_written_is_an_error_and_leaves_no_half_file)
{
    WORLD(w);
    struct bytes in = content(w.mem, LARGE);
    uint8_t hash[HASH_LEN];
    struct blob blob;

    hash_bytes(in, hash);
    const char *hex = hex_write(w.mem, (struct bytes){ hash, HASH_LEN });
    const char *folder = arena_printf(w.mem, "%s/blobs", w.settings.data);
    const char *shard = arena_printf(w.mem, "%s/%.2s", folder, hex);
    CHECK(write_file(shard, (struct bytes){ hash, 1 }));
    CHECK(!blob_put(w.store, w.mem, in, &blob, &w.err));
    CHECK(files_in(folder) == 1);
    CHECK(unlink(shard) == 0);
    CHECK_OK(blob_put(w.store, w.mem, in, &blob, &w.err), &w.err);
    CHECK(files_in(folder) == 0 && files_in(shard) == 1);
}
