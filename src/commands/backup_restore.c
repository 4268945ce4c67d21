/* backup_restore.c — from the file into an empty database and a folder that gets its name last. */
#include "backup.h"

#include "../auth/organisations.h"
#include "../base/disk.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../domain/search/search.h"
#include "../store/blobs.h"
#include "../store/events.h"
#include "backup_bundle.h"
#include "backup_tables.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    JSON_MAX = 1024 * 1024,
    KEY_FILE_MAX = 1024,
    CHUNK_MAX = 516 * 1024 * 1024,
    PIECE = 64 * 1024,
};

struct restoring {
    const char *path, *folder;
    const char *database;
    struct arena *mem;
    struct store *store;
    struct backup_head head;
    struct backup_manifest manifest;
    bool has_manifest;
    struct bundle_in *bundle;
    struct list tables; /* struct table, of the new database */
    struct loaded *loaded;
    int64_t files_n, files_size;
    struct buf chunk;
    struct progress progress;
};

/* What was put into a table so far; by number of the table. */
struct loaded {
    int64_t rows;
    uint8_t digest[32];
};

static bool is_wrong(const struct restoring *r, const char *what, struct err *err)
{
    return err_set(err, ERR_CONFLICT, "%s isn't sound: %s", r->path, what);
}

/* --- small members ------------------------------------------------------------------------- */

static bool read_small(struct restoring *r, const struct bundle_entry *entry, int64_t max,
                       struct bytes *out, struct err *err)
{
    uint8_t *data;

    if (entry->size > max)
        return is_wrong(r, "a member is too large", err);
    data = arena_alloc(r->mem, (size_t)entry->size + 1);
    *out = (struct bytes){ data, (size_t)entry->size };
    return bundle_read(r->bundle, data, out->len, err);
}

static bool read_json(struct restoring *r, const struct bundle_entry *entry,
                      const struct field *fields, void *out, struct err *err)
{
    struct bytes text;

    return read_small(r, entry, JSON_MAX, &text, err) &&
           (json_read(r->mem, text, fields, out, err) || is_wrong(r, entry->name, err));
}

static bool next_is(struct restoring *r, const char *name, struct bundle_entry *entry,
                    struct err *err)
{
    bool found;

    if (!bundle_next(r->bundle, entry, &found, err))
        return false;
    return (found && text_equal(entry->name, name)) || is_wrong(r, "its order is another", err);
}

static bool check_head(const struct restoring *r, struct err *err)
{
    if (r->head.format != BACKUP_FORMAT || r->head.schema > store_schema_newest() ||
        r->head.schema < 1)
        return err_set(err, ERR_UNSUPPORTED,
                       "%s was written by Gestand %s with schema %lld, this one knows %d: use "
                       "that program, or a newer one",
                       r->path, r->head.program, (long long)r->head.schema, store_schema_newest());
    return true;
}

static bool write_key(struct restoring *r, struct bytes key, struct err *err)
{
    const char *path = arena_printf(r->mem, "%s/key", r->folder);
    CLEANUP(close_file) int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file < 0)
        return disk_failed(err, "make", path, errno);
    return write_all(file, path, key, err);
}

/* What must be known before the database can be opened. */
static bool read_start(struct restoring *r, bool with_key, struct err *err)
{
    struct bundle_entry entry;
    struct bytes key;

    if (!bundle_open(r->mem, r->path, &r->bundle, err) || !next_is(r, "head.json", &entry, err) ||
        !read_json(r, &entry, backup_head_fields, &r->head, err) || !check_head(r, err) ||
        !next_is(r, "key", &entry, err) || !read_small(r, &entry, KEY_FILE_MAX, &key, err))
        return false;
    return !with_key || write_key(r, key, err);
}

/* --- tables -------------------------------------------------------------------------------- */

/* The first row of each piece names the columns: they must be those of the database. */
static bool check_columns(const struct table *table, struct bytes *rows)
{
    struct cell cells[ROW_CELLS_MAX];
    size_t n;

    if (!row_read(rows, cells, &n) || n != table->columns_n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (cells[i].kind != CELL_TEXT || !text_equal(cells[i].data, table->columns[i]))
            return false;
    return true;
}

static struct arg arg_cell(const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_NULL:
        break;
    case CELL_INT:
        return arg_int(cell->i);
    case CELL_REAL:
        return (struct arg){ .kind = ARG_REAL, .real = cell->real };
    case CELL_TEXT:
        return arg_text(cell->data);
    case CELL_BYTES:
        return arg_bytes((struct bytes){ (const uint8_t *)cell->data, cell->len });
    }
    return (struct arg){ .kind = ARG_NULL };
}

static bool insert_row(struct tx *tx, enum sql insert, const struct cell *cells, size_t n,
                       struct err *err)
{
    struct arg args[ROW_CELLS_MAX];

    for (size_t i = 0; i < n; i++)
        args[i] = arg_cell(&cells[i]);
    return db_run(tx, insert, (struct args){ args, n }, err);
}

static bool load_rows(struct restoring *r, struct tx *tx, const struct table *table,
                      struct bytes rows, struct err *err)
{
    struct loaded *loaded = &r->loaded[table - (const struct table *)r->tables.items];
    enum sql insert = sql_composed(table_insert(r->mem, table));
    struct cell cells[ROW_CELLS_MAX];
    size_t n;

    if (!check_columns(table, &rows))
        return is_wrong(r, "a table has other columns", err);
    while (rows.len > 0) {
        const uint8_t *from = rows.data;

        if (!row_read(&rows, cells, &n) || n != table->columns_n)
            return is_wrong(r, "a row can't be read", err);
        row_digest(loaded->digest, (struct bytes){ from, (size_t)(rows.data - from) });
        loaded->rows++;
        progress_add(&r->progress, 1);
        if (!insert_row(tx, insert, cells, n, err))
            return err_prefix(err, "table %s: ", table->name);
    }
    return true;
}

static bool load_chunk(struct restoring *r, struct tx *tx, const struct bundle_entry *entry,
                       struct err *err)
{
    const char *name = entry->name + strlen("tables/");
    const struct table *table =
        tables_find(&r->tables, arena_text_n(r->mem, name, strcspn(name, "/")));
    char *room;

    if (!table || entry->size > CHUNK_MAX)
        return is_wrong(r, "it has a table that isn't known", err);
    buf_clear(&r->chunk);
    room = buf_room(&r->chunk, (size_t)entry->size);
    if (!room || !bundle_read(r->bundle, room, (size_t)entry->size, err))
        return false;
    return load_rows(r, tx, table, (struct bytes){ (const uint8_t *)room, (size_t)entry->size },
                     err);
}

/* --- large files --------------------------------------------------------------------------- */

static bool copy_file(struct restoring *r, int file, int64_t size, struct hasher *hasher,
                      struct err *err)
{
    uint8_t piece[PIECE];

    while (size > 0) {
        size_t len = size < PIECE ? (size_t)size : PIECE;

        if (!bundle_read(r->bundle, piece, len, err) ||
            !write_all(file, r->folder, (struct bytes){ piece, len }, err))
            return false;
        hasher_add(hasher, (struct bytes){ piece, len });
        size -= (int64_t)len;
    }
    return true;
}

/* Twice is once: the closure may be run again. */
static bool load_file(struct restoring *r, const struct bundle_entry *entry, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("file");
    CLEANUP(close_file) int file = -1;
    struct hasher *hasher = hasher_new(mem);
    uint8_t found[HASH_LEN];
    struct bytes hash;
    char *path;

    if (!hex_read(mem, entry->name + strlen("files/"), &hash) || hash.len != HASH_LEN)
        return is_wrong(r, "a file has another name", err);
    path = blob_path(r->store, mem, hash);
    if (!folder_make(folder_of(mem, path), err))
        return false;
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return disk_failed(err, "make", path, errno);
    if (!copy_file(r, file, entry->size, hasher, err))
        return false;
    hasher_end(hasher, found);
    if (memcmp(found, hash.data, HASH_LEN) != 0)
        return is_wrong(r, "a file has another content", err);
    r->files_n++;
    r->files_size += entry->size;
    return true;
}

/* --- all members in one transaction -------------------------------------------------------- */

static bool load_member(struct restoring *r, struct tx *tx, const struct bundle_entry *entry,
                        struct err *err)
{
    if (r->has_manifest)
        return is_wrong(r, "it goes on behind its end", err);
    if (text_starts(entry->name, "tables/"))
        return load_chunk(r, tx, entry, err);
    if (text_starts(entry->name, "files/"))
        return load_file(r, entry, err);
    r->has_manifest = text_equal(entry->name, "manifest.json");
    return r->has_manifest ? read_json(r, entry, backup_manifest_fields, &r->manifest, err)
                           : is_wrong(r, "it has a member that isn't known", err);
}

static bool check_empty(struct restoring *r, struct tx *tx, struct err *err)
{
    int64_t n, schema;

    if (!tables_schema(tx, &schema, err))
        return false;
    if (schema != r->head.schema)
        return err_set(err, ERR_CONFLICT,
                       "the database has schema %lld already, the backup has %lld: give an empty "
                       "database",
                       (long long)schema, (long long)r->head.schema);
    for (size_t i = 0; i < r->tables.n; i++) {
        const struct table *table = &((const struct table *)r->tables.items)[i];

        if (!table_count(tx, table, &n, err))
            return false;
        if (n > 0)
            return err_set(err, ERR_CONFLICT,
                           "the database isn't empty (table %s): give an empty one", table->name);
    }
    return true;
}

static bool check_manifest(struct restoring *r, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("manifest");

    if (!r->has_manifest || r->manifest.tables.n != r->tables.n)
        return is_wrong(r, "its end is missing", err);
    if (r->files_n != r->manifest.files_n || r->files_size != r->manifest.files_size)
        return is_wrong(r, "files are missing", err);
    for (size_t i = 0; i < r->tables.n; i++) {
        const struct backup_table *wanted = &((struct backup_table *)r->manifest.tables.items)[i];
        const struct loaded *loaded = &r->loaded[i];

        if (!text_equal(wanted->name, ((const struct table *)r->tables.items)[i].name) ||
            wanted->rows != loaded->rows ||
            !text_equal(wanted->digest, hex_write(mem, (struct bytes){ loaded->digest, 32 })))
            return is_wrong(r, wanted->name, err);
    }
    return true;
}

static bool load(struct tx *tx, void *arg, struct err *err)
{
    struct restoring *r = arg;
    struct bundle_entry entry;
    bool found = true;

    bundle_open_end(&r->bundle);
    arena_reset(r->mem);
    r->has_manifest = false;
    r->files_n = r->files_size = 0;
    r->progress = progress_start("rows");
    if (!tables_read(tx, &r->tables, err) || !check_empty(r, tx, err) || !read_start(r, false, err))
        return false;
    r->loaded = NEW_ARRAY(r->mem, struct loaded, r->tables.n);
    while (found) {
        if (!bundle_next(r->bundle, &entry, &found, err) ||
            (found && !load_member(r, tx, &entry, err)))
            return false;
    }
    return check_manifest(r, err);
}

/* --- looking at what came of it ------------------------------------------------------------ */

/* Asks the database itself: what it now holds is what was saved. */
static bool check_tables(struct tx *tx, void *arg, struct err *err)
{
    struct restoring *r = arg;
    struct list tables;
    uint8_t digest[32];
    int64_t n;

    if (!tables_read(tx, &tables, err))
        return false;
    for (size_t i = 0; i < tables.n; i++) {
        const struct table *table = &((const struct table *)tables.items)[i];

        if (!table_digest(tx, table, &n, digest, err))
            return false;
        if (n != r->loaded[i].rows || memcmp(digest, r->loaded[i].digest, 32) != 0)
            return err_set(err, ERR_INTERNAL, "table %s isn't what was saved", table->name);
    }
    return true;
}

static bool check_history(struct tx *tx, void *arg, struct err *err)
{
    struct list all;
    int64_t n;

    (void)arg;
    if (!organisation_list(tx, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct organisation *one = &((struct organisation *)all.items)[i];

        tx->organisation = one->id;
        if (!events_verify(tx, NULL, NULL, &n, err))
            return err_prefix(err, "history of %s: ", one->name);
    }
    return true;
}

/* --- the steps ----------------------------------------------------------------------------- */

static bool open_new(struct restoring *r, int schema, struct err *err)
{
    /* Made durable at the end, all at once. */
    struct store_settings settings = { .data = r->folder,
                                       .database = r->database,
                                       .careless = true,
                                       .readers = 1,
                                       .writers = 1,
                                       .schema = schema };

    store_closep(&r->store);
    return store_open(&settings, &r->store, err);
}

static bool fill(struct restoring *r, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("restore");
    struct scope scope = { .mem = mem };

    return read_start(r, true, err) && open_new(r, (int)r->head.schema, err) &&
           store_write(r->store, &scope, load, r, err) &&
           store_read(r->store, &scope, check_tables, r, err) && open_new(r, 0, err) &&
           store_read(r->store, &scope, check_history, r, err) && search_rebuild(r->store, err);
}

static void end_restoring(struct restoring *r)
{
    progress_end(&r->progress);
    bundle_open_end(&r->bundle);
    store_closep(&r->store);
    buf_free(&r->chunk);
    arena_freep(&r->mem);
}

static void remove_unfinished(const char **folder)
{
    if (*folder)
        folder_remove(*folder);
}

/* Into their place; without its key a folder is no Gestand yet. */
static bool move_in(struct arena *mem, const char *from, const char *to, struct err *err)
{
    static const char *const names[] = { "blobs", "gestand.db", "key" };

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *path = arena_printf(mem, "%s/%s", to, names[i]);

        if (rename(arena_printf(mem, "%s/%s", from, names[i]), path) != 0 && errno != ENOENT)
            return disk_failed(err, "make", path, errno);
    }
    return true;
}

/* The arena of the work ends with it. */
static void copy_manifest(struct arena *mem, const struct backup_manifest *from,
                          struct backup_manifest *to)
{
    struct backup_table *tables = NEW_ARRAY(mem, struct backup_table, from->tables.n);

    *to = *from;
    to->tables.items = tables;
    for (size_t i = 0; i < from->tables.n; i++) {
        tables[i] = ((const struct backup_table *)from->tables.items)[i];
        tables[i].name = arena_text(mem, tables[i].name);
        tables[i].digest = arena_text(mem, tables[i].digest);
    }
}

bool backup_restore(struct arena *mem, const char *path, const char *data, const char *database,
                    struct backup_manifest *out, struct err *err)
{
    const char *folder = arena_printf(mem, "%s/restoring", data);
    CLEANUP(remove_unfinished) const char *unfinished = NULL;
    CLEANUP(end_restoring)
    struct restoring r = { .path = path,
                           .folder = folder,
                           .database = database,
                           .mem = arena_new("restore"),
                           .chunk = BUF(CHUNK_MAX) };

    if (!folder_is_free(data, "restoring", err))
        return false;
    folder_remove(folder);
    unfinished = mkdir(data, 0700) == 0 ? data : folder;
    if (mkdir(folder, 0700) != 0)
        return disk_failed(err, "make", folder, errno);
    if (!fill(&r, err))
        return false;
    store_closep(&r.store);
    if (!disk_sync(folder, err) || !move_in(mem, folder, data, err))
        return false;
    unfinished = folder;
    copy_manifest(mem, &r.manifest, out);
    return disk_sync(data, err);
}
