/* key_file.c — the file with the key that seals secrets; declared in crypt.h. */
#include "crypt.h"

#include "disk.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_TEXT_LEN = 2 * KEY_LEN };

static bool read_key(int file, const char *path, uint8_t out[KEY_LEN], struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("key");
    char text[KEY_TEXT_LEN + 2];
    struct bytes key;
    struct stat st;
    int64_t len;

    if (fstat(file, &st) < 0 || !S_ISREG(st.st_mode))
        return err_set(err, ERR_INTERNAL, "%s must be a file with the key", path);
    if (st.st_mode & 077)
        return err_set(err, ERR_INTERNAL, "others may read the key: run chmod 600 %s", path);
    len = read_some(file, text, sizeof(text));
    if (len > 0 && text[len - 1] == '\n')
        len--;
    if (len != KEY_TEXT_LEN || !hex_read(mem, arena_text_n(mem, text, KEY_TEXT_LEN), &key) ||
        key.len != KEY_LEN)
        return err_set(err, ERR_INTERNAL, "%s must hold %d digits in hex: put back its copy", path,
                       KEY_TEXT_LEN);
    memcpy(out, key.data, KEY_LEN);
    return true;
}

static bool write_key(struct arena *mem, const char *path, struct err *err)
{
    CLEANUP(close_file) int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    uint8_t key[KEY_LEN];
    const char *text;

    if (file < 0)
        return disk_failed(err, "make", path, errno);
    random_bytes(key, sizeof(key));
    text = arena_printf(mem, "%s\n", hex_write(mem, (struct bytes){ key, sizeof(key) }));
    return write_all(file, path, (struct bytes){ (const uint8_t *)text, KEY_TEXT_LEN + 1 }, err) &&
           file_sync(file, path, err);
}

/* The whole file appears at once or not at all, and never in the place of another one: a key
 * that was used is not to be lost to a second process that starts at the same moment. */
static bool make_key(const char *path, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("key");
    const char *draft = arena_printf(mem, "%s.%s", path, random_text(mem, 10));
    bool made = write_key(mem, draft, err) && (link(draft, path) == 0 || errno == EEXIST ||
                                               disk_failed(err, "make", path, errno));

    unlink(draft);
    return made && folder_sync(folder_of(mem, path), err);
}

bool key_load(const char *path, uint8_t out[KEY_LEN], struct err *err)
{
    for (int try = 0; try < 2; try++) {
        CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);

        if (file >= 0)
            return read_key(file, path, out, err);
        if (errno != ENOENT)
            break;
        if (!make_key(path, err))
            return false;
    }
    return disk_failed(err, "read", path, errno);
}
