#include "old.h"

#include "../src/base/buf.h"
#include "../src/store/engine.h"

#include <stdio.h>

enum { DUMP_MAX = 1024 * 1024 };

static void close_connection(struct connection **db)
{
    if (*db)
        (*db)->engine->close(*db);
}

static bool read_dump(const char *path, struct buf *out, struct err *err)
{
    FILE *file = fopen(path, "r");
    char piece[4096];
    size_t n;

    if (!file)
        return err_set(err, ERR_NOT_FOUND, "%s is not there: run the tests in the source folder",
                       path);
    while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(out, piece, n);
    fclose(file);
    return !out->full || err_set(err, ERR_TOO_LARGE, "%s is too large", path);
}

static void free_buf(struct buf *b)
{
    buf_free(b);
}

bool old_load(struct world *w, int version)
{
    CLEANUP(free_buf) struct buf dump = BUF(DUMP_MAX);
    CLEANUP(close_connection) struct connection *db = NULL;
    const struct engine *engine = world_engine(w);
    const char *path = arena_printf(w->mem, "tests/data/old_%s_%04d.sql", engine->name, version);

    return read_dump(path, &dump, &w->err) && engine->open(&w->settings, true, &db, &w->err) &&
           engine->script(db, buf_str(&dump), &w->err);
}
