#include "password.h"

#include "../base/crypt.h"
#include "../base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void close_input(FILE **file)
{
    if (*file && *file != stdin)
        fclose(*file);
}

static bool read_line(const char *path, char *out, size_t size, struct err *err)
{
    bool is_stdin = text_equal(path, "-");
    CLEANUP(close_input) FILE *file = is_stdin ? stdin : fopen(path, "re");

    if (!file)
        return err_set(err, ERR_NOT_FOUND, "the password file %s can't be read: %s", path,
                       strerror(errno));
    if (!fgets(out, (int)size, file))
        return err_set(err, ERR_INVALID, "%s holds no password: write it on the first line",
                       is_stdin ? "standard input" : path);
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

bool password_read(struct arena *mem, const char *path, const char *email, const char **hash,
                   struct err *err)
{
    char password[PASSWORD_MAX + 8] = "", made[PASSWORD_HASH_MAX];

    if (!read_line(path, password, sizeof(password), err))
        return false;
    if (!utf8_is_valid(password, strlen(password)))
        return err_set(err, ERR_INVALID, "the password must be UTF-8");
    if (!password_check(password, email, err) || !password_hash(password, made, err))
        return false;
    *hash = arena_text(mem, made);
    return true;
}
