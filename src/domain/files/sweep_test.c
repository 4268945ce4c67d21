#include "sweep.h"

#include "test.h"
#include "world.h"

#include "../../base/disk.h"
#include "../../base/text.h"
#include "../envelopes/envelopes.h"
#include "files.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGE = BLOB_INLINE_MAX + 1, ROUNDS = 200 };

static const message_id MESSAGE = { 7 };

/* A file with a content, of a message or of none. */
struct stored {
    struct file file;
    struct blob blob;
    struct bytes content;
};

static bool put(struct world *w, struct stored *stored, char letter, size_t len)
{
    uint8_t *data = arena_alloc(w->mem, len);

    memset(data, letter, len);
    *stored = (struct stored){
        .content = { data, len }
    };
    stored->file.name = "a.txt";
    stored->file.type = "text/plain";
    stored->file.user_id = (user_id){ 5 };
    return blob_put(w->store, w->mem, stored->content, &stored->blob, &w->err);
}

static bool add_file(struct tx *tx, void *arg, struct err *err)
{
    struct stored *stored = arg;

    return file_add(tx, &stored->file, &stored->blob, err);
}

static bool add(struct world *w, struct stored *stored, char letter, size_t len, message_id message)
{
    if (!put(w, stored, letter, len))
        return false;
    stored->file.message_id = message;
    return world_write(w, add_file, stored);
}

static bool remove_file(struct tx *tx, void *arg, struct err *err)
{
    const struct stored *stored = arg;

    return file_remove(tx, &stored->file, err);
}

static bool get_content(struct tx *tx, void *arg, struct err *err)
{
    const struct stored *stored = arg;
    struct bytes found;

    return blob_get(tx, stored->blob.hash, &found, err) &&
           (found.len == stored->content.len || err_set(err, ERR_INTERNAL, "another length"));
}

/* Is its content there: the row, and its file if it's a large one? */
static bool has_content(struct world *w, struct stored *stored)
{
    return world_read(w, get_content, stored);
}

static const char *path_of(struct world *w, const struct stored *stored)
{
    return blob_path(w->store, w->mem, stored->blob.hash);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* All parts of the blob folder. */
static bool sweep_folder(struct world *w)
{
    for (int64_t part = 0; part < BLOB_SWEEP_PARTS; part++)
        if (!blobs_sweep(w->store, part, &w->err))
            return false;
    return true;
}

/* A day later. */
static bool sweep_next_day(struct world *w, struct swept *swept)
{
    clock_advance(DAY_MS + MINUTE_MS);
    return files_sweep(w->store, swept, &w->err);
}

static const instant BEGIN = { 1800000000000 };

/* --- rows ------------------------------------------------------------------------------------ */

TEST(a_content_goes_a_day_after_the_last_file_that_had_it)
{
    static const size_t sizes[] = { 10, LARGE };
    WORLD(w);
    struct stored one, same, sent;
    struct swept swept;

    clock_fake(BEGIN);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        CHECK_OK(add(&w, &one, 'a', sizes[i], (message_id){ 0 }), &w.err);
        CHECK_OK(add(&w, &same, 'a', sizes[i], (message_id){ 0 }), &w.err);
        CHECK_OK(add(&w, &sent, 's', sizes[i], MESSAGE), &w.err);
        CHECK_OK(world_write(&w, remove_file, &one), &w.err);
        clock_advance(DAY_MS - MINUTE_MS);
        CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
        CHECK(swept.files == 0 && swept.contents == 0 && has_content(&w, &same));
        CHECK_OK(world_write(&w, remove_file, &same), &w.err);
        clock_advance(DAY_MS - MINUTE_MS);
        CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
        CHECK(swept.files == 0 && swept.contents == 0 && has_content(&w, &same));
        CHECK_OK(sweep_next_day(&w, &swept), &w.err);
        CHECK(swept.files == 0 && swept.contents == 1 && !has_content(&w, &same));
        CHECK(has_content(&w, &sent));
    }
}

TEST(an_upload_that_no_message_took_goes_first_and_its_content_a_day_later)
{
    WORLD(w);
    struct stored upload, sent;
    struct swept swept;

    clock_fake(BEGIN);
    CHECK_OK(add(&w, &upload, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK_OK(add(&w, &sent, 'b', LARGE, MESSAGE), &w.err);
    CHECK_OK(sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.files == 1 && swept.contents == 0 && has_content(&w, &upload));
    CHECK_OK(sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.files == 0 && swept.contents == 1 && !has_content(&w, &upload));
    CHECK_OK(sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.files == 0 && swept.contents == 0 && has_content(&w, &sent));
}

TEST(a_content_that_another_row_has_is_kept)
{
    WORLD(w);
    struct stored upload, sent;
    struct swept swept;

    clock_fake(BEGIN);
    CHECK_OK(add(&w, &upload, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK_OK(add(&w, &sent, 'a', LARGE, MESSAGE), &w.err);
    for (int day = 0; day < 3; day++) {
        CHECK_OK(sweep_next_day(&w, &swept), &w.err);
        CHECK(swept.files == (day == 0) && swept.contents == 0 && has_content(&w, &sent));
    }
}

static bool add_envelope(struct tx *tx, void *arg, struct err *err)
{
    const struct stored *stored = arg;
    struct envelope envelope = { .channel_id = { 2 }, .external_id = "1", .folder = "" };
    bool is_new;

    return envelope_add(tx, &envelope, &stored->blob, &is_new, err);
}

TEST(a_mail_keeps_its_raw_bytes_also_when_they_were_an_upload_once)
{
    WORLD(w);
    struct stored upload;
    struct swept swept;

    clock_fake(BEGIN);
    CHECK_OK(add(&w, &upload, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK_OK(world_write(&w, add_envelope, &upload), &w.err);
    for (int day = 0; day < 3; day++)
        CHECK_OK(sweep_next_day(&w, &swept), &w.err);
    CHECK(has_content(&w, &upload));
}

TEST(a_content_that_is_put_again_has_its_day_again)
{
    WORLD(w);
    struct stored upload;
    struct swept swept;

    clock_fake(BEGIN);
    CHECK_OK(add(&w, &upload, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK_OK(world_write(&w, remove_file, &upload), &w.err);
    clock_advance(DAY_MS - MINUTE_MS);
    CHECK_OK(add(&w, &upload, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK_OK(world_write(&w, remove_file, &upload), &w.err);
    clock_advance(HOUR_MS);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.contents == 0 && has_content(&w, &upload));
}

static bool add_many(struct tx *tx, void *arg, struct err *err)
{
    struct stored *stored = arg;

    for (int i = 0; i < 1200; i++) {
        uint8_t hash[HASH_LEN] = { (uint8_t)i, (uint8_t)(i >> 8) };
        struct blob blob = {
            .hash = { hash, HASH_LEN },
              .size = 1, .data = { hash, 1        }
        };
        if (!file_add(tx, &stored->file, &blob, err))
            return false;
    }
    return true;
}

TEST(more_than_fit_in_one_batch_are_swept_in_several)
{
    WORLD(w);
    struct stored upload;
    struct swept swept;

    clock_fake(BEGIN);
    CHECK(put(&w, &upload, 'a', 1));
    CHECK_OK(world_write(&w, add_many, &upload), &w.err);
    CHECK_OK(sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.files == 1200 && swept.contents == 0);
    CHECK_OK(sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.files == 0 && swept.contents == 1200);
}

/* --- files of blobs -------------------------------------------------------------------------- */

TEST(an_old_file_without_a_row_is_removed_and_no_other)
{
    WORLD(w);
    struct stored old, young, used;

    CHECK_OK(put(&w, &old, 'a', LARGE) && put(&w, &young, 'b', LARGE), &w.err);
    CHECK_OK(add(&w, &used, 'c', LARGE, MESSAGE), &w.err);
    CHECK(test_age(path_of(&w, &old), DAY_MS + MINUTE_MS));
    CHECK(test_age(path_of(&w, &young), DAY_MS - MINUTE_MS));
    CHECK(test_age(path_of(&w, &used), 10 * DAY_MS));
    CHECK_OK(sweep_folder(&w), &w.err);
    CHECK(!is_there(path_of(&w, &old)));
    CHECK(is_there(path_of(&w, &young)) && has_content(&w, &used));
}

TEST(what_is_not_a_blob_stays_and_what_was_half_written_goes)
{
    WORLD(w);
    struct stored any;
    const char *half = arena_printf(w.mem, "%s/blobs/new-x", w.settings.data);
    const char *foreign, *shorter;
    CLEANUP(close_file) int file = open(half, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    CHECK_OK(file >= 0 && put(&w, &any, 'a', LARGE), &w.err);
    foreign = arena_printf(w.mem, "%s.copy", path_of(&w, &any));
    shorter = arena_printf(w.mem, "%s/abcd", folder_of(w.mem, foreign));
    CHECK(link(half, foreign) == 0 && link(half, shorter) == 0 && test_age(half, 2 * DAY_MS));
    CHECK_OK(sweep_folder(&w), &w.err);
    CHECK(!is_there(half) && is_there(foreign) && is_there(shorter) && is_there(path_of(&w, &any)));
}

TEST(a_file_outlives_the_row_of_one_organisation_when_another_has_it)
{
    WORLD(w);
    struct world other = w;
    struct stored mine, theirs;
    struct swept swept;

    clock_fake(BEGIN);
    other.scope.organisation.n = id_new();
    CHECK_OK(add(&w, &mine, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK_OK(add(&other, &theirs, 'a', LARGE, MESSAGE), &other.err);
    CHECK_OK(sweep_next_day(&w, &swept) && sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.contents == 1 && !has_content(&w, &mine));
    CHECK(test_age(path_of(&w, &mine), 10 * DAY_MS));
    CHECK_OK(sweep_folder(&w), &w.err);
    CHECK(has_content(&other, &theirs));
}

TEST(a_file_stays_a_day_longer_than_its_row_for_who_read_that_before)
{
    WORLD(w);
    struct stored upload;
    struct swept swept;

    clock_fake(BEGIN);
    CHECK_OK(add(&w, &upload, 'a', LARGE, (message_id){ 0 }), &w.err);
    CHECK(test_age(path_of(&w, &upload), 10 * DAY_MS));
    CHECK_OK(sweep_next_day(&w, &swept) && sweep_next_day(&w, &swept), &w.err);
    CHECK(swept.contents == 1);
    CHECK_OK(sweep_folder(&w), &w.err);
    CHECK(is_there(path_of(&w, &upload)));
    CHECK(test_age(path_of(&w, &upload), DAY_MS + MINUTE_MS));
    CHECK_OK(sweep_folder(&w), &w.err);
    CHECK(!is_there(path_of(&w, &upload)));
}

/* --- beside writers -------------------------------------------------------------------------- */

/* Sweeps again and again: the rows, or the part of the folder that a blob is in. */
struct sweeper {
    struct world *w;
    const struct blob *blob; /* NULL: the rows */
    struct err err;
    bool ok;
    atomic_bool must_end;
    pthread_t thread;
};

static void *sweep(void *arg)
{
    struct sweeper *sweeper = arg;
    struct store *store = sweeper->w->store;
    struct swept swept;

    do
        sweeper->ok = sweeper->blob ? blobs_sweep(store, sweeper->blob->hash.data[0], &sweeper->err)
                                    : files_sweep(store, &swept, &sweeper->err);
    while (sweeper->ok && !atomic_load(&sweeper->must_end));
    return NULL;
}

static void end_sweep(struct sweeper *sweeper)
{
    atomic_store(&sweeper->must_end, true);
    pthread_join(sweeper->thread, NULL);
}

/* Long enough for who sweeps to come by. */
static bool add_slowly(struct tx *tx, void *arg, struct err *err)
{
    const struct stored *stored = arg;
    int64_t rows;

    for (int i = 0; i < 200; i++)
        if ((i == 1 && !add_file(tx, arg, err)) ||
            !db_number(tx, SQL_BLOB_LARGE_ROWS, ARGS(arg_bytes(stored->blob.hash)), &rows, err))
            return false;
    return true;
}

/* It was dropped long ago when it comes again. */
TEST(a_row_that_comes_again_while_it_is_swept_is_not_lost)
{
    WORLD(w);
    struct stored stored;

    clock_fake(BEGIN);
    for (int round = 0; round < 10; round++) {
        struct sweeper sweeper = { .w = &w };
        bool ok;

        CHECK_OK(add(&w, &stored, 'a', LARGE, (message_id){ 0 }), &w.err);
        CHECK_OK(world_write(&w, remove_file, &stored), &w.err);
        clock_advance(DAY_MS + MINUTE_MS);
        CHECK(pthread_create(&sweeper.thread, NULL, sweep, &sweeper) == 0);
        ok = world_write(&w, add_slowly, &stored);
        end_sweep(&sweeper);
        CHECK_OK(ok, &w.err);
        CHECK_OK(sweeper.ok, &sweeper.err);
        CHECK_OK(has_content(&w, &stored), &w.err);
        CHECK_OK(world_write(&w, remove_file, &stored), &w.err);
    }
}

/* It is old and has no row when it comes again. */
TEST(a_file_that_comes_again_while_it_is_swept_is_not_lost)
{
    WORLD(w);
    struct stored stored;
    struct sweeper sweeper = { .w = &w, .blob = &stored.blob };
    struct blob again;
    bool ok = true;

    CHECK_OK(put(&w, &stored, 'a', LARGE), &w.err);
    CHECK(pthread_create(&sweeper.thread, NULL, sweep, &sweeper) == 0);
    for (int round = 0; ok && round < ROUNDS; round++) {
        ok = test_age(path_of(&w, &stored), 10 * DAY_MS) && /* from here on it may go */
             blob_put(w.store, w.mem, stored.content, &again, &w.err);
    }
    end_sweep(&sweeper);
    CHECK(ok && is_there(path_of(&w, &stored)));
    CHECK_OK(sweeper.ok, &sweeper.err);
}
