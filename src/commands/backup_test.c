#include "backup.h"

#include "../auth/organisations.h"
#include "../auth/users.h"
#include "../base/disk.h"
#include "../base/text.h"
#include "../store/blobs.h"
#include "../store/events.h"
#include "backup_tables.h"
#include "test.h"
#include "world.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGE = 100 * 1000 };

struct content {
    struct blob small, large;
};

static bool add_content(struct tx *tx, void *arg, struct err *err)
{
    const struct content *content = arg;
    struct user_draft draft = { .email = "anna@example.org", .name = "Anna ☺", .role = ROLE_LEAD };
    struct user user;

    return user_make(tx, &draft, NULL, &user, err) && blob_add(tx, &content->small, err) &&
           blob_add(tx, &content->large, err);
}

/* A world with something of everything in it, sealed. */
static bool fill(struct world *w)
{
    char *large = arena_alloc(w->mem, LARGE);
    struct sealing sealing = { .max = 100 };
    struct content content;

    memset(large, 'x', LARGE);
    return blob_put(w->store, w->mem, (struct bytes){ (const uint8_t *)"\0y", 2 }, &content.small,
                    &w->err) &&
           blob_put(w->store, w->mem, (struct bytes){ (const uint8_t *)large, LARGE },
                    &content.large, &w->err) &&
           world_write(w, add_content, &content) && world_write(w, events_seal, &sealing);
}

struct digests {
    size_t n;
    int64_t rows;
    uint8_t all[128][32];
};

static bool take_digests(struct tx *tx, void *arg, struct err *err)
{
    struct digests *digests = arg;
    struct list tables;
    int64_t n;

    if (!tables_read(tx, &tables, err))
        return false;
    digests->n = tables.n;
    digests->rows = 0;
    for (size_t i = 0; i < tables.n && i < COUNT(digests->all); i++) {
        if (!table_digest(tx, &((struct table *)tables.items)[i], &n, digests->all[i], err))
            return false;
        digests->rows += n;
    }
    return true;
}

static void remove_folder(const char **path)
{
    folder_remove(*path);
}

/* From the engine under test to SQLite: both ways round together with tests/peers. */
TEST(a_restored_backup_holds_every_row_and_file_exactly)
{
    WORLD(w);
    const char *file = arena_printf(w.mem, "%s/backup", w.settings.data);
    const char *data = arena_printf(w.mem, "%s/restored", w.settings.data);
    CLEANUP(store_closep) struct store *restored = NULL;
    struct store_settings settings = { .data = data };
    struct digests before, after;
    struct backup_manifest manifest;
    struct stat st;

    CHECK_OK(fill(&w), &w.err);
    CHECK_OK(world_read(&w, take_digests, &before), &w.err);
    CHECK_OK(backup_make(w.store, w.mem, file, &manifest, &w.err), &w.err);
    CHECK(manifest.files_n == 1 && manifest.missing_n == 0);
    CHECK(stat(file, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK_OK(backup_restore(w.mem, file, data, NULL, &manifest, &w.err), &w.err);
    CHECK_OK(store_open(&settings, &restored, &w.err), &w.err);
    CHECK_OK(store_read(restored, &w.scope, take_digests, &after, &w.err), &w.err);
    CHECK(before.n <= COUNT(before.all));
    CHECK(before.rows > 4 && before.rows == after.rows && before.n == after.n);
    CHECK(memcmp(before.all, after.all, before.n * 32) == 0);
    CHECK(memcmp(store_key(restored), store_key(w.store), KEY_LEN) == 0);
}

TEST(a_backup_with_one_changed_bit_is_refused_and_nothing_is_left)
{
    WORLD(w);
    const char *file = arena_printf(w.mem, "%s/backup", w.settings.data);
    const char *data = arena_printf(w.mem, "%s/restored", w.settings.data);
    struct backup_manifest manifest;
    struct stat st;
    uint8_t byte;

    CHECK_OK(fill(&w), &w.err);
    CHECK_OK(backup_make(w.store, w.mem, file, &manifest, &w.err), &w.err);
    CHECK(stat(file, &st) == 0);
    for (off_t at = 0; at < st.st_size; at += st.st_size / 20) {
        CLEANUP(close_file) int fd = open(file, O_RDWR | O_CLOEXEC);

        CHECK(pread(fd, &byte, 1, at) == 1);
        byte ^= 0x10;
        CHECK(pwrite(fd, &byte, 1, at) == 1);
        CHECK(!backup_restore(w.mem, file, data, NULL, &manifest, &w.err));
        CHECK(w.err.code == ERR_CONFLICT);
        CHECK(access(data, F_OK) != 0);
        byte ^= 0x10;
        CHECK(pwrite(fd, &byte, 1, at) == 1);
    }
    CHECK_OK(backup_restore(w.mem, file, data, NULL, &manifest, &w.err), &w.err);
}

TEST(a_backup_goes_on_without_a_file_that_is_gone_and_says_so)
{
    WORLD(w);
    const char *file = arena_printf(w.mem, "%s/backup", w.settings.data);
    CLEANUP(remove_folder) const char *blobs = arena_printf(w.mem, "%s/blobs", w.settings.data);
    struct backup_manifest manifest;

    CHECK_OK(fill(&w), &w.err);
    folder_remove(blobs);
    CHECK_OK(backup_make(w.store, w.mem, file, &manifest, &w.err), &w.err);
    CHECK(manifest.files_n == 0 && manifest.missing_n == 1);
    CHECK_OK(backup_restore(w.mem, file, arena_printf(w.mem, "%s/restored", w.settings.data), NULL,
                            &manifest, &w.err),
             &w.err);
}

TEST(nothing_is_restored_over_something)
{
    WORLD(w);
    const char *file = arena_printf(w.mem, "%s/backup", w.settings.data);
    struct backup_manifest manifest;

    CHECK_OK(backup_make(w.store, w.mem, file, &manifest, &w.err), &w.err);
    CHECK(!backup_restore(w.mem, file, w.settings.data, NULL, &manifest, &w.err));
    CHECK(w.err.code == ERR_CONFLICT);
    CHECK_OK(world_reopen(&w), &w.err);
}
