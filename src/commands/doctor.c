/* doctor.c — the command doctor: looks at everything, changes nothing. */
#include "doctor.h"

#include "../auth/organisations.h"
#include "../base/text.h"
#include "../store/events.h"
#include "commands.h"
#include "open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

#define MEGABYTE ((int64_t)1024 * 1024)

static const int64_t DISK_BAD = 100 * MEGABYTE, DISK_WARN = 1024 * MEGABYTE,
                     WAL_WARN = 512 * MEGABYTE;

struct doctor_options {
    const char *data, *database;
    bool full;
};

void finding_print(struct visit *visit, enum finding finding, const char *what, const char *format,
                   ...)
{
    static const char *const words[] = { "ok", "warn", "bad" };
    va_list args;
    char text[512];

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    progress_end(&visit->progress);
    fprintf(visit->out, "%-5s %-14s %s\n", words[finding], what, text);
    fflush(visit->out);
    visit->warnings += finding == FINDING_WARN;
    visit->bad += finding == FINDING_BAD;
}

void visit_begin(struct visit *visit, const char *what, int64_t total)
{
    progress_end(&visit->progress);
    visit->progress = progress_start(what);
    visit->progress.total = total;
    progress_add(&visit->progress, 0);
}

/* --- without the database ------------------------------------------------------------------ */

static void check_key(struct visit *visit)
{
    const char *path = arena_printf(visit->mem, "%s/key", visit->data);
    struct stat st;

    if (stat(path, &st) != 0)
        finding_print(visit, FINDING_BAD, "key",
                      "%s is missing: put it back from a backup, or stored passwords of "
                      "channels are lost",
                      path);
    else if (st.st_mode & 077)
        finding_print(visit, FINDING_BAD, "key", "others may read it: run chmod 600 %s", path);
    else
        finding_print(visit, FINDING_OK, "key", "is there and readable by its owner only");
}

static void check_disk(struct visit *visit)
{
    struct statvfs disk;
    int64_t left;
    enum finding finding;

    if (statvfs(visit->data, &disk) != 0) {
        finding_print(visit, FINDING_BAD, "disk", "cannot be asked: %s", strerror(errno));
        return;
    }
    left = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    finding = left < DISK_BAD ? FINDING_BAD : left < DISK_WARN ? FINDING_WARN : FINDING_OK;
    finding_print(visit, finding, "disk", "%lld MB left%s", (long long)(left / MEGABYTE),
                  finding == FINDING_OK ? "" : ": make room, nothing can be received without");
}

static void check_wal(struct visit *visit)
{
    struct stat st;

    if (stat(arena_printf(visit->mem, "%s/gestand.db-wal", visit->data), &st) != 0)
        return;
    if (st.st_size > WAL_WARN)
        finding_print(visit, FINDING_WARN, "wal",
                      "%lld MB wait to be folded into the database: something reads for very "
                      "long; start the server again if it doesn't shrink",
                      (long long)(st.st_size / MEGABYTE));
    else
        finding_print(visit, FINDING_OK, "wal", "%lld MB", (long long)(st.st_size / MEGABYTE));
}

/* --- the database -------------------------------------------------------------------------- */

struct integrity {
    struct visit *visit;
    int lines;
};

static bool take_integrity(void *arg, const char *const *columns, const struct cell *cells,
                           size_t n, struct err *err)
{
    enum { LINES_MAX = 5 };
    struct integrity *integrity = arg;

    (void)columns, (void)n, (void)err;
    if (cells[0].kind != CELL_TEXT || text_equal(cells[0].data, "ok"))
        return true;
    if (integrity->lines++ < LINES_MAX)
        finding_print(integrity->visit, FINDING_BAD, "database", "%.200s: restore a backup",
                      cells[0].data);
    return true;
}

/* PostgreSQL checks its pages when it reads them; what it knows of damage is asked. */
static const char postgres_integrity[] =
    "SELECT 'index ' || i.indexrelid::regclass::text || ' is not valid' FROM pg_index AS i "
    "WHERE NOT i.indisvalid "
    "UNION ALL SELECT 'pages with wrong checksums were seen' FROM pg_stat_database "
    "WHERE datname = current_database() AND checksum_failures > 0";

static bool check_integrity(struct tx *tx, struct visit *visit, struct err *err)
{
    bool is_sqlite = text_equal(db_engine(tx), "sqlite");
    struct integrity integrity = { .visit = visit };
    const char *text = !is_sqlite    ? postgres_integrity
                       : visit->full ? "PRAGMA integrity_check"
                                     : "PRAGMA quick_check";

    visit_begin(visit, "the database itself", 0);
    if (!db_each(tx, text, NO_ARGS, take_integrity, &integrity, err))
        return false;
    if (integrity.lines == 0)
        finding_print(visit, FINDING_OK, "database", "%s is sound", db_engine(tx));
    return true;
}

static bool take_version(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    (void)columns, (void)n, (void)err;
    *(int64_t *)arg = cells[0].kind == CELL_INT ? cells[0].i : 0;
    return true;
}

/* *is_ours: what follows can be asked of this schema. */
static bool check_schema(struct tx *tx, struct visit *visit, bool *is_ours, struct err *err)
{
    int64_t version = 0;
    int newest = store_schema_newest();

    if (!db_each(tx, "SELECT max(version) FROM schema_version", NO_ARGS, take_version, &version,
                 err))
        return false;
    *is_ours = version == newest;
    if (version > newest)
        finding_print(visit, FINDING_BAD, "schema",
                      "%lld, and this program knows only %d: use the newer program",
                      (long long)version, newest);
    else if (version < newest)
        finding_print(visit, FINDING_WARN, "schema",
                      "%lld: start the server of this version once, it upgrades to %d; the rest "
                      "was not looked at",
                      (long long)version, newest);
    else
        finding_print(visit, FINDING_OK, "schema", "%lld", (long long)version);
    return true;
}

static void walked(void *visit, int64_t n)
{
    progress_add(&((struct visit *)visit)->progress, n);
}

static bool check_history(struct tx *tx, struct visit *visit, struct err *err)
{
    struct list all;
    int64_t n, total, sum = 0;
    bool is_sound = true;

    if (!organisation_list(tx, &all, err) ||
        !db_number(tx, SQL_DOCTOR_EVENTS, NO_ARGS, &total, err))
        return false;
    visit_begin(visit, "events", total);
    for (size_t i = 0; i < all.n; i++) {
        const struct organisation *one = &((const struct organisation *)all.items)[i];

        tx->organisation = one->id;
        if (events_verify(tx, walked, visit, &n, err)) {
            sum += n;
            continue;
        }
        if (err->code != ERR_CONFLICT)
            return false;
        is_sound = false;
        finding_print(visit, FINDING_BAD, "history",
                      "%s: %s: compare with a backup and find out who had access", one->name,
                      err->text);
        err_clear(err);
    }
    if (is_sound)
        finding_print(visit, FINDING_OK, "history",
                      "%lld events of %zu organisations are as they "
                      "were written",
                      (long long)sum, all.n);
    return true;
}

bool doctor_look(struct tx *tx, void *arg, struct err *err)
{
    struct visit *visit = arg;
    bool is_ours;

    if (!check_integrity(tx, visit, err) || !check_schema(tx, visit, &is_ours, err))
        return false;
    return !is_ours || (check_history(tx, visit, err) && check_files(tx, visit, err) &&
                        check_items(tx, visit, err));
}

static void look_at_store(struct visit *visit, const char *database)
{
    struct scope scope = { .mem = visit->mem };
    struct err err = { 0 };

    if (!store_read(visit->store, &scope, doctor_look, visit, &err))
        finding_print(visit, FINDING_BAD, "database", "cannot be read: %s", err.text);
    if (!database)
        check_wal(visit);
}

static bool doctor(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    const struct doctor_options *options = arg;
    struct visit visit = {
        .mem = mem, .data = options->data, .full = options->full, .out = stdout
    };

    srandom((unsigned)time(NULL));
    check_disk(&visit);
    check_key(&visit);
    if (!open_store(options->data, options->database, SCHEMA_AS_IS, &store, err)) {
        finding_print(&visit, FINDING_BAD, "database", "cannot be opened: %s", err->text);
        err_clear(err);
    } else {
        visit.store = store;
        look_at_store(&visit, options->database);
    }
    if (visit.bad > 0)
        return err_set(err, ERR_CONFLICT, "%d bad, %d to look at: see above", visit.bad,
                       visit.warnings);
    return true;
}

static const struct option options[] = {
    PLACE_OPTIONS(doctor_options),
    OPTION(doctor_options, full, NULL, .doc = "read every file, not only a sample"),
};

const struct command doctor_command = {
    "doctor",
    doctor,
    "Looks whether everything is sound, also while the server runs",
    OPTIONS(options, doctor_options),
    NULL,
    "One line a finding: ok, warn or bad, and what to do. Changes nothing. Exit code 1 when "
    "something is bad. How far it is stands on a terminal.\n",
    0
};
