/* people_table.c — import people and export people: a table of another system, and one for it. */
#include "commands.h"

#include "../base/disk.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../domain/people/export.h"
#include "../domain/people/import.h"
#include "open.h"
#include "pick.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { TABLE_MAX = 256 << 20, LINES_AT_ONCE = 50, LINE_MAX_BYTES = 1 << 20 };

#define ORGANISATION_OPTION(s)                                                                     \
    OPTION(s, organisation, "NAME", .doc = "which one, when there are several")

/* --- import people ---------------------------------------------------------------------------- */

struct import_options {
    const char *data, *database, *organisation, *file;
    bool dry_run;
};

struct importing {
    const struct import_options *options;
    struct import_columns columns;
    struct csv csv;
    struct csv_row rows[LINES_AT_ONCE];
    struct import_line lines[LINES_AT_ONCE];
    size_t n;
    int64_t counts[IMPORT_REFUSED + 1];
};

static bool read_table(struct arena *mem, const char *path, struct bytes *out, struct err *err)
{
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st = { 0 };
    uint8_t *data;
    int64_t n = 1;

    if (file < 0 || fstat(file, &st) != 0)
        return disk_failed(err, "open", path, errno);
    if (st.st_size > TABLE_MAX)
        return err_set(err, ERR_TOO_LARGE, "%s is larger than %d MB", path, TABLE_MAX >> 20);
    data = arena_alloc(mem, (size_t)st.st_size + 1);
    *out = (struct bytes){ data, 0 };
    while (n > 0 && out->len < (size_t)st.st_size) {
        n = read_some(file, (char *)data + out->len, (size_t)st.st_size - out->len);
        if (n < 0)
            return disk_failed(err, "read", path, errno);
        out->len += (size_t)n;
    }
    return true;
}

static bool import_some(struct tx *tx, void *arg, struct err *err)
{
    struct importing *i = arg;

    if (!pick_organisation(tx, i->options->organisation, err))
        return false;
    for (size_t k = 0; k < i->n; k++)
        if (!import_line(tx, &i->columns, &i->rows[k], i->options->dry_run, &i->lines[k], err))
            return false;
    return true;
}

static void tell(struct importing *i)
{
    for (size_t k = 0; k < i->n; k++) {
        const struct import_line *line = &i->lines[k];
        i->counts[line->outcome]++;
        if (line->outcome == IMPORT_REFUSED)
            printf("line %lld: %s%s%s\n", (long long)line->line, line->column ? line->column : "",
                   line->column ? " " : "", line->reason);
    }
}

static bool import_all(struct importing *i, struct store *store, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("import");
    struct scope scope = { .mem = mem };
    bool is_more = true;

    while (is_more) {
        for (i->n = 0; i->n < LINES_AT_ONCE && is_more;) {
            is_more = csv_next(&i->csv, &i->rows[i->n]);
            i->n += is_more;
        }
        if (!(i->options->dry_run ? store_read : store_write)(store, &scope, import_some, i, err))
            return false;
        tell(i);
        arena_reset(mem);
    }
    return true;
}

static bool import_people(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    const struct import_options *options = arg;
    struct importing *i = NEW(mem, struct importing);
    struct bytes table;
    struct csv_row first;

    i->options = options;
    if (!read_table(mem, options->file, &table, err))
        return false;
    csv_begin(&i->csv, mem, table);
    if (!csv_next(&i->csv, &first))
        return err_set(err, ERR_INVALID, "there is nothing in the table");
    if (!import_columns_read(mem, &first, &i->columns, err) ||
        !open_store(options->data, options->database, 0, &store, err))
        return false;
    for (size_t k = 0; k < i->columns.unknown.n; k++)
        printf("column %s isn't read\n", ((const char *const *)i->columns.unknown.items)[k]);
    if (!import_all(i, store, err))
        return false;
    printf("%s%lld added, %lld changed, %lld the same, %lld refused\n",
           options->dry_run ? "nothing was done: it would be " : "",
           (long long)i->counts[IMPORT_ADDED], (long long)i->counts[IMPORT_CHANGED],
           (long long)i->counts[IMPORT_SAME], (long long)i->counts[IMPORT_REFUSED]);
    return true;
}

static const struct option import_table[] = {
    PLACE_OPTIONS(import_options),
    ORGANISATION_OPTION(import_options),
    OPTION(import_options, dry_run, NULL, .doc = "only say what would become of each line"),
    OPERAND(import_options, file, "FILE",
            .doc = "a table as CSV; its first line names the columns"),
};

const struct command import_people_command = {
    "import people",
    import_people,
    "Takes people from a table",
    OPTIONS(import_table, import_options),
    NULL,
    "Columns (in Dutch, English or French): name, kind, language, external, login, email, phone,\n"
    "handle, postal (or street, number, postcode, city). Separated by ; , tab or |, in UTF-8 or\n"
    "Windows-1252. A line with a mistake is refused whole; again is fine.\n",
    0
};

/* --- export people ---------------------------------------------------------------------------- */

enum export_format { EXPORT_CSV, EXPORT_JSON };
static const char *const format_names[] = { "csv", "json", NULL };

struct export_options {
    const char *data, *database, *organisation;
    unsigned format;
};

struct exporting {
    const struct export_options *options;
    int64_t before;
    struct person *people;
    size_t n;
};

static bool read_people(struct tx *tx, void *arg, struct err *err)
{
    struct exporting *e = arg;
    struct list found;

    if (!pick_organisation(tx, e->options->organisation, err) ||
        !people_table_read(tx, e->before, &found, err))
        return false;
    e->people = found.items;
    e->n = found.n;
    return true;
}

static void write_person(struct buf *out, const struct person *person, enum export_format format)
{
    if (format == EXPORT_CSV) {
        people_table_write(out, person);
        return;
    }
    json_write(out, person_fields, person);
    buf_char(out, '\n');
}

static bool write_out(struct exporting *e, struct err *err)
{
    for (size_t i = 0; i < e->n; i++) {
        CLEANUP(buf_free) struct buf out = BUF(LINE_MAX_BYTES);
        write_person(&out, &e->people[i], e->options->format);
        if (fwrite(buf_str(&out), 1, out.len, stdout) != out.len)
            return disk_failed(err, "write", "standard output", errno);
        e->before = e->people[i].id.n;
    }
    return true;
}

static bool export_people(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(arena_freep) struct arena *page = arena_new("export");
    struct exporting e = { .options = arg, .before = INT64_MAX, .n = EXPORT_PEOPLE_MAX };
    struct scope scope = { .mem = page };

    (void)mem;
    if (!open_store(e.options->data, e.options->database, 0, &store, err))
        return false;
    if (e.options->format == EXPORT_CSV)
        fputs(people_table_head, stdout);
    while (e.n == EXPORT_PEOPLE_MAX) {
        if (!store_read(store, &scope, read_people, &e, err) || !write_out(&e, err))
            return false;
        arena_reset(page);
    }
    return true;
}

static const struct option export_table[] = {
    PLACE_OPTIONS(export_options),
    ORGANISATION_OPTION(export_options),
    OPTION(export_options, format, "FORMAT", .names = format_names,
           .doc = "csv (the first address of each kind), or json (all of them, one person a line)"),
};

const struct command export_people_command = { "export people",
                                               export_people,
                                               "Writes all people to standard output",
                                               OPTIONS(export_table, export_options),
                                               NULL,
                                               "What it writes as CSV, import people reads.\n",
                                               0 };
