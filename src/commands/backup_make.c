/* backup_make.c — from a snapshot of the database into the file. */
#include "backup.h"

#include "../base/disk.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../store/blobs.h"
#include "backup_bundle.h"
#include "backup_tables.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    CHUNK = 4 * 1024 * 1024,       /* of rows in one member */
    CHUNK_MAX = 512 * 1024 * 1024, /* with a last row of any size */
    HEAD_MAX = 1024 * 1024,
    PIECE = 64 * 1024,
    KEY_FILE_MAX = 1024,
};

const struct field backup_head_fields[] = {
    FIELD(backup_head, format, .flags = REQUIRED),  FIELD(backup_head, program, .flags = REQUIRED),
    FIELD(backup_head, schema, .flags = REQUIRED),  FIELD(backup_head, engine, .flags = REQUIRED),
    FIELD(backup_head, made_at, .flags = REQUIRED), { 0 },
};

static const struct field backup_table_fields[] = {
    FIELD(backup_table, name, .flags = REQUIRED),
    FIELD(backup_table, rows, .flags = REQUIRED),
    FIELD(backup_table, digest, .flags = REQUIRED),
    { 0 },
};

const struct field backup_manifest_fields[] = {
    FIELD(backup_manifest, tables, .flags = REQUIRED, .of = backup_table_fields,
          .size = sizeof(struct backup_table)),
    FIELD(backup_manifest, files_n, .flags = REQUIRED),
    FIELD(backup_manifest, files_size, .flags = REQUIRED),
    FIELD(backup_manifest, missing_n, .flags = REQUIRED),
    { 0 },
};

struct making {
    struct store *store;
    const char *path;
    struct arena *mem; /* of one run of the closure */
    struct backup_manifest *manifest;
    struct bundle_out *bundle;
    struct progress progress;
    /* The table or file at hand. */
    const struct table *table;
    struct buf chunk;
    int chunks_n;
    int64_t rows;
    uint8_t digest[32];
    uint8_t last_hash[HASH_LEN];
};

static void end_making(struct making *m)
{
    progress_end(&m->progress);
    bundle_make_end(&m->bundle);
    buf_free(&m->chunk);
    arena_freep(&m->mem);
}

static void free_buf(struct buf *b)
{
    buf_free(b);
}

static bool add_whole(struct making *m, const char *name, struct bytes content, struct err *err)
{
    return bundle_member(m->bundle, name, (int64_t)content.len, err) &&
           bundle_add(m->bundle, content, err);
}

static bool add_json(struct making *m, const char *name, const struct field *fields,
                     const void *row, struct err *err)
{
    CLEANUP(free_buf) struct buf json = BUF(HEAD_MAX);

    json_write(&json, fields, row);
    buf_char(&json, '\n');
    return add_whole(m, name, (struct bytes){ (const uint8_t *)buf_str(&json), json.len }, err);
}

/* --- head and key -------------------------------------------------------------------------- */

static bool add_head(struct making *m, struct tx *tx, struct err *err)
{
    struct backup_head head = { .format = BACKUP_FORMAT,
                                .program = GESTAND_VERSION,
                                .engine = db_engine(tx),
                                .made_at = tx->now };

    return tables_schema(tx, &head.schema, err) &&
           add_json(m, "head.json", backup_head_fields, &head, err);
}

static bool add_key(struct making *m, struct err *err)
{
    const char *path = arena_printf(m->mem, "%s/key", store_settings(m->store)->data);
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
    uint8_t key[KEY_FILE_MAX];
    int64_t len = file >= 0 ? read_some(file, key, sizeof(key)) : -1;

    if (len <= 0)
        return disk_failed(err, "read", path, errno);
    return add_whole(m, "key", (struct bytes){ key, (size_t)len }, err);
}

/* --- tables -------------------------------------------------------------------------------- */

static void begin_chunk(struct making *m)
{
    struct cell names[ROW_CELLS_MAX];

    buf_clear(&m->chunk);
    for (size_t i = 0; i < m->table->columns_n; i++)
        names[i] = (struct cell){ .kind = CELL_TEXT,
                                  .data = m->table->columns[i],
                                  .len = strlen(m->table->columns[i]) };
    row_write(&m->chunk, names, m->table->columns_n);
}

static bool end_chunk(struct making *m, struct err *err)
{
    const char *name = arena_printf(m->mem, "tables/%s/%06d", m->table->name, m->chunks_n++);

    if (m->chunk.full)
        return err_set(err, ERR_INTERNAL, "a row of table %s is too large", m->table->name);
    return add_whole(m, name, (struct bytes){ (const uint8_t *)m->chunk.data, m->chunk.len }, err);
}

static bool add_row(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                    struct err *err)
{
    struct making *m = arg;
    size_t at = m->chunk.len;

    (void)columns;
    row_write(&m->chunk, cells, n);
    row_digest(m->digest, (struct bytes){ (const uint8_t *)m->chunk.data + at, m->chunk.len - at });
    m->rows++;
    progress_add(&m->progress, 1);
    if (m->chunk.len < CHUNK)
        return true;
    if (!end_chunk(m, err))
        return false;
    begin_chunk(m);
    return true;
}

static bool add_table(struct making *m, struct tx *tx, const struct table *table,
                      struct backup_table *out, struct err *err)
{
    m->table = table;
    m->chunks_n = 0;
    m->rows = 0;
    memset(m->digest, 0, sizeof(m->digest));
    begin_chunk(m);
    if (!db_each(tx, table_select(m->mem, table), NO_ARGS, add_row, m, err) || !end_chunk(m, err))
        return false;
    *out = (struct backup_table){
        .name = table->name,
        .rows = m->rows,
        .digest = hex_write(tx->mem, (struct bytes){ m->digest, sizeof(m->digest) }),
    };
    return true;
}

/* How much there is to do is worth asking only when somebody looks. */
static bool count_all(struct making *m, struct tx *tx, const struct list *tables, struct err *err)
{
    int64_t n;

    for (size_t i = 0; m->progress.is_shown && i < tables->n; i++) {
        if (!table_count(tx, &((const struct table *)tables->items)[i], &n, err))
            return false;
        m->progress.total += n;
    }
    return true;
}

static bool add_tables(struct making *m, struct tx *tx, struct err *err)
{
    struct list tables;
    struct backup_table *out;

    if (!tables_read(tx, &tables, err) || !count_all(m, tx, &tables, err))
        return false;
    out = NEW_ARRAY(tx->mem, struct backup_table, tables.n);
    for (size_t i = 0; i < tables.n; i++)
        if (!add_table(m, tx, &((const struct table *)tables.items)[i], &out[i], err))
            return false;
    m->manifest->tables = (struct list){ out, tables.n };
    return true;
}

/* --- large files --------------------------------------------------------------------------- */

static bool pass_file(struct making *m, int file, int64_t size, struct err *err)
{
    uint8_t piece[PIECE];

    while (size > 0) {
        int64_t n = read_some(file, piece, size < PIECE ? (size_t)size : PIECE);

        if (n <= 0)
            return err_set(err, ERR_INTERNAL, "a file changed while it was read");
        if (!bundle_add(m->bundle, (struct bytes){ piece, (size_t)n }, err))
            return false;
        size -= n;
    }
    return true;
}

/* Is the file what its name says? Read twice: what is damaged must not get into the backup, and
 * the second time it comes from memory. */
static bool is_sound(int file, struct bytes hash, int64_t size)
{
    return lseek(file, 0, SEEK_END) == size && lseek(file, 0, SEEK_SET) == 0 &&
           file_has_hash(file, hash) && lseek(file, 0, SEEK_SET) == 0;
}

/* One that is gone or damaged is counted, not a reason to have no backup at all. */
static bool add_file(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                     struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("file");
    struct making *m = arg;
    struct bytes hash = { (const uint8_t *)cells[0].data, cells[0].len };
    CLEANUP(close_file) int file = -1;
    int64_t size = cells[1].i;

    (void)columns, (void)n;
    if (hash.len != HASH_LEN)
        return err_set(err, ERR_INTERNAL, "a file's hash is none");
    /* Several organisations may have the same file. */
    if (memcmp(hash.data, m->last_hash, HASH_LEN) == 0)
        return true;
    memcpy(m->last_hash, hash.data, HASH_LEN);
    file = open(blob_path(m->store, mem, hash), O_RDONLY | O_CLOEXEC);
    if (file < 0 || !is_sound(file, hash, size)) {
        m->manifest->missing_n++;
        return true;
    }
    m->manifest->files_n++;
    m->manifest->files_size += size;
    progress_add(&m->progress, 1);
    return bundle_member(m->bundle, arena_printf(mem, "files/%s", hex_write(mem, hash)), size,
                         err) &&
           pass_file(m, file, size, err);
}

static bool add_files(struct making *m, struct tx *tx, struct err *err)
{
    m->progress.what = "files";
    m->progress.done = m->progress.total = 0;
    memset(m->last_hash, 0, sizeof(m->last_hash));
    return db_each(tx, "SELECT hash, size FROM blobs WHERE data IS NULL ORDER BY hash", NO_ARGS,
                   add_file, m, err);
}

/* --- all of it ----------------------------------------------------------------------------- */

static bool make(struct tx *tx, void *arg, struct err *err)
{
    struct making *m = arg;

    bundle_make_end(&m->bundle);
    arena_reset(m->mem);
    *m->manifest = (struct backup_manifest){ 0 };
    m->progress = progress_start("rows");
    return bundle_make(m->mem, m->path, &m->bundle, err) && add_head(m, tx, err) &&
           add_key(m, err) && add_tables(m, tx, err) && add_files(m, tx, err) &&
           add_json(m, "manifest.json", backup_manifest_fields, m->manifest, err);
}

bool backup_make(struct store *store, struct arena *mem, const char *path,
                 struct backup_manifest *out, struct err *err)
{
    CLEANUP(end_making)
    struct making m = { .store = store,
                        .path = path,
                        .mem = arena_new("backup"),
                        .manifest = out,
                        .chunk = BUF(CHUNK_MAX) };
    struct scope scope = { .mem = mem };

    return store_read(store, &scope, make, &m, err) && bundle_finish(m.bundle, err);
}
