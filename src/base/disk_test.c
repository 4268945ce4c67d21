#include "disk.h"

#include "test.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that is gone after the test. */
struct place {
    struct arena *mem;
    const char *path;
    struct err err;
};

static struct place place_make(void)
{
    struct place place = { .mem = arena_new("disk") };
    char *path = arena_text(place.mem, "/tmp/gestand-disk-XXXXXX");

    place.path = mkdtemp(path);
    return place;
}

static void place_remove(struct place *place)
{
    folder_remove(place->path);
    arena_free(place->mem);
}

#define PLACE(p) CLEANUP(place_remove) struct place p = place_make()

static const char *in(struct place *place, const char *name)
{
    return arena_printf(place->mem, "%s/%s", place->path, name);
}

static bool write_file(const char *path, const char *text)
{
    CLEANUP(close_file) int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct err err;

    return file >= 0 &&
           write_all(file, path, (struct bytes){ (const uint8_t *)text, strlen(text) }, &err) &&
           file_sync(file, path, &err);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

TEST(what_was_written_is_read_and_has_its_hash_and_no_byte_more)
{
    PLACE(p);
    const char *path = in(&p, "a");
    uint8_t hash[HASH_LEN], found[HASH_LEN];
    char text[6] = "";
    int64_t n;

    CHECK(write_file(path, "hello"));
    hash_bytes((struct bytes){ (const uint8_t *)"hello", 5 }, hash);
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
    CHECK_OK(read_all(file, path, text, 5, &p.err), &p.err);
    CHECK_TEXT(text, "hello");
    n = read_some(file, text, 1);
    CHECK(n == 0);
    CHECK(!read_all(file, path, text, 1, &p.err));
    CHECK(p.err.code == ERR_INTERNAL && strstr(p.err.text, "shorter"));
    CHECK(lseek(file, 0, SEEK_SET) == 0 && file_hash(file, path, found, &p.err));
    CHECK(memcmp(found, hash, HASH_LEN) == 0);
    CHECK(lseek(file, 0, SEEK_SET) == 0 && file_has_hash(file, (struct bytes){ hash, HASH_LEN }));
    CHECK(lseek(file, 1, SEEK_SET) == 1 && !file_has_hash(file, (struct bytes){ hash, HASH_LEN }));
    CHECK(!file_has_hash(-1, (struct bytes){ hash, HASH_LEN }));
}

TEST(a_disk_without_room_is_another_error_than_all_else)
{
    static const struct {
        int code;
        enum err_code wanted;
        const char *text;
    } rows[] = {
        { ENOSPC, ERR_FULL,     "no room left on the disk"          },
        { EDQUOT, ERR_FULL,     "no room left on the disk"          },
        { EACCES, ERR_INTERNAL, "cannot open /a: Permission denied" },
    };
    struct err err;

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(!disk_failed(&err, "open", "/a", rows[i].code));
        CHECK(err.code == rows[i].wanted);
        CHECK_TEXT(err.text, rows[i].text);
    }
}

TEST(a_full_disk_is_noticed_by_the_write)
{
    CLEANUP(close_file) int file = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct err err;

    CHECK(!write_all(file, "/dev/full", (struct bytes){ (const uint8_t *)"x", 1 }, &err));
    CHECK(err.code == ERR_FULL);
}

TEST(a_folder_is_made_once_for_us_alone_and_removed_with_what_is_in_it)
{
    PLACE(p);
    const char *folder = in(&p, "f");
    struct stat st;

    CHECK_OK(folder_make(folder, &p.err) && folder_make(folder, &p.err), &p.err);
    CHECK(stat(folder, &st) == 0 && (st.st_mode & 0777) == 0700);
    CHECK_OK(folder_make(in(&p, "f/g"), &p.err) && write_file(in(&p, "f/g/a"), "x"), &p.err);
    CHECK_OK(folder_sync(folder, &p.err) && disk_sync(folder, &p.err), &p.err);
    CHECK(!folder_sync(in(&p, "f/g/a"), &p.err) && !folder_make(in(&p, "no/g"), &p.err));
    folder_remove(folder);
    folder_remove(folder);
    CHECK(!is_there(folder));
}

TEST(a_folder_is_free_when_it_is_missing_or_holds_only_what_is_ignored)
{
    PLACE(p);

    CHECK_OK(folder_is_free(in(&p, "none"), "x", &p.err), &p.err);
    CHECK_OK(folder_is_free(p.path, "x", &p.err), &p.err);
    CHECK(write_file(in(&p, "x"), ""));
    CHECK_OK(folder_is_free(p.path, "x", &p.err), &p.err);
    CHECK(write_file(in(&p, "y"), ""));
    CHECK(!folder_is_free(p.path, "x", &p.err) && p.err.code == ERR_CONFLICT);
}

TEST(a_path_tells_its_folder)
{
    static const struct {
        const char *path, *folder;
    } rows[] = {
        { "a",    "."  },
        { "/a",   "/"  },
        { "/a/b", "/a" },
        { "a/b",  "a"  },
        { "a/",   "a"  },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("folder");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(folder_of(mem, rows[i].path), rows[i].folder);
}

TEST(old_files_are_swept_and_nothing_else)
{
    PLACE(p);

    CHECK(write_file(in(&p, "old"), "") && test_age(in(&p, "old"), DAY_MS + MINUTE_MS));
    CHECK(write_file(in(&p, "young"), "") && test_age(in(&p, "young"), DAY_MS - MINUTE_MS));
    CHECK_OK(folder_make(in(&p, "f"), &p.err) && write_file(in(&p, "f/old"), ""), &p.err);
    CHECK(test_age(in(&p, "f/old"), 2 * DAY_MS) && test_age(in(&p, "f"), 2 * DAY_MS));
    CHECK(symlink("young", in(&p, "link")) == 0 && test_age(in(&p, "link"), 2 * DAY_MS));
    CHECK_OK(folder_sweep(p.path, DAY_MS, &p.err), &p.err);
    CHECK(!is_there(in(&p, "old")) && is_there(in(&p, "young")) && is_there(in(&p, "f/old")));
    CHECK(is_there(in(&p, "link")));
    CHECK_OK(folder_sweep(in(&p, "none"), DAY_MS, &p.err), &p.err);
}

TEST(a_lock_is_shared_with_who_shares_it_and_with_nobody_else)
{
    PLACE(p);
    const char *path = in(&p, "lock");
    CLEANUP(close_file) int one = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CLEANUP(close_file) int two = open(path, O_RDWR | O_CLOEXEC);
    CLEANUP(close_file) int three = open(path, O_RDWR | O_CLOEXEC);

    CHECK_OK(file_lock(one, path, true, &p.err) && file_lock(two, path, true, &p.err), &p.err);
    CHECK(flock(three, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK);
    close_file(&one);
    close_file(&two);
    CHECK_OK(file_lock(three, path, false, &p.err), &p.err);
    one = open(path, O_RDWR | O_CLOEXEC);
    CHECK(flock(one, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK);
    CHECK(!file_lock(-1, path, true, &p.err));
}
