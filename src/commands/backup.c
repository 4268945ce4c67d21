/* backup.c — the commands backup and restore. */
#include "backup.h"

#include "../base/disk.h"
#include "../base/text.h"
#include "commands.h"
#include "open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct backup_options {
    const char *data, *database, *file;
    bool verify;
};

static int64_t count_rows(const struct backup_manifest *manifest)
{
    int64_t n = 0;

    for (size_t i = 0; i < manifest->tables.n; i++)
        n += ((const struct backup_table *)manifest->tables.items)[i].rows;
    return n;
}

static void print_counts(const char *doing, const char *file,
                         const struct backup_manifest *manifest)
{
    printf("%s %s: %lld rows in %zu tables, %lld large files\n", doing, file,
           (long long)count_rows(manifest), manifest->tables.n, (long long)manifest->files_n);
}

/* --- verify -------------------------------------------------------------------------------- */

static void remove_folder(const char **path)
{
    if (*path)
        folder_remove(*path);
}

/* Beside the backup, unless TMPDIR says where there is room: it takes as much as the data. */
static const char *temporary_folder(struct arena *mem, const char *file, struct err *err)
{
    const char *parent = getenv("TMPDIR");
    char *path = text_is_blank(parent) ? arena_printf(mem, "%s.verify-XXXXXX", file)
                                       : arena_printf(mem, "%s/gestand-verify-XXXXXX", parent);

    if (mkdtemp(path))
        return path;
    err_set(err, ERR_INVALID, "cannot make the folder %s: set TMPDIR to where there is room", path);
    return NULL;
}

static bool verify(struct arena *mem, const char *file, struct err *err)
{
    CLEANUP(remove_folder) const char *folder = temporary_folder(mem, file, err);
    struct backup_manifest manifest;

    if (!folder ||
        !backup_restore(mem, file, arena_printf(mem, "%s/data", folder), NULL, &manifest, err))
        return false;
    print_counts("sound:", file, &manifest);
    return true;
}

/* --- backup -------------------------------------------------------------------------------- */

static bool backup(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    const struct backup_options *options = arg;
    struct backup_manifest manifest;

    if (options->verify)
        return verify(mem, options->file, err);
    if (!options->data)
        return err_set(err, ERR_MALFORMED, "--data is missing: add --data DIR");
    if (!open_store(options->data, options->database, SCHEMA_AS_IS, &store, err) ||
        !backup_make(store, mem, options->file, &manifest, err))
        return false;
    print_counts("wrote", options->file, &manifest);
    if (manifest.missing_n == 0)
        return true;
    return err_set(err, ERR_CONFLICT,
                   "%s has everything but %lld files that are missing or damaged in %s: see "
                   "'gestand doctor --full'",
                   options->file, (long long)manifest.missing_n, options->data);
}

static const struct option backup_table[] = {
    OPTION(backup_options, data, "DIR", .doc = "the folder with everything"),
    OPTION(backup_options, database, "URL",
           .doc = "a PostgreSQL database; without it, SQLite in "
                  "DIR"),
    OPTION(backup_options, verify, NULL,
           .doc = "restore FILE into a temporary folder and check all of it"),
    OPERAND(backup_options, file, "FILE", .doc = "the backup; one of that name is replaced"),
};

const struct command backup_command = {
    "backup",
    backup,
    "Writes everything into one file, while the server runs, or checks such a file",
    OPTIONS(backup_table, backup_options),
    NULL,
    "The file holds all messages and files and the key that opens stored passwords of mailboxes: "
    "it is\nreadable by you only (mode 0600), keep it so. It is a tar: tar --zstd -tf FILE lists "
    "it.\n--verify needs room for all of the data, beside FILE or in $TMPDIR.\n",
    0
};

/* --- restore ------------------------------------------------------------------------------- */

struct restore_options {
    const char *data, *database, *file;
};

static bool restore(struct arena *mem, const void *arg, struct err *err)
{
    const struct restore_options *options = arg;
    struct backup_manifest manifest;

    if (!backup_restore(mem, options->file, options->data, options->database, &manifest, err))
        return false;
    print_counts("restored", options->file, &manifest);
    return true;
}

static const struct option restore_table[] = {
    OPTION(restore_options, data, "DIR", .flags = REQUIRED,
           .doc = "the folder to make; missing or empty"),
    OPTION(restore_options, database, "URL",
           .doc = "an empty PostgreSQL database; without it, SQLite in DIR"),
    OPERAND(restore_options, file, "FILE", .doc = "the backup"),
};

const struct command restore_command = {
    "restore",
    restore,
    "Makes an installation from a backup",
    OPTIONS(restore_table, restore_options),
    NULL,
    "A backup of either engine goes into either: this is also how one moves to PostgreSQL. "
    "Everything\nis checked before DIR gets its name; if that fails, nothing is left.\n",
    0
};
