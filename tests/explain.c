#include "explain.h"

#include "../src/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MAX = 40 };

struct plan {
    const char *name;
    char scan[200]; /* an index scan whose condition is still to come */
    char made[200]; /* names of what the statement makes itself, each with a blank in front */
};

static const char *text_of(const struct cell *cell, char *out, size_t size)
{
    size_t len = cell->len < size - 1 ? cell->len : size - 1;

    memcpy(out, cell->data, len);
    out[len] = '\0';
    return out;
}

static bool complain(const struct plan *plan, const char *line, struct err *err)
{
    return err_set(err, ERR_CONFLICT, "%s: %s", plan->name, line);
}

/* "SCAN cases USING INDEX …" walks all of it; "SEARCH cases USING INDEX … (organisation_id=?)"
 * doesn't. Full text and what the statement made itself may be walked. */
static bool check_sqlite(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    struct plan *plan = arg;
    char line[200];

    (void)columns;
    text_of(&cells[n - 1], line, sizeof(line));
    if (text_starts(line, "CO-ROUTINE ") || text_starts(line, "MATERIALIZE "))
        snprintf(plan->made + strlen(plan->made), sizeof(plan->made) - strlen(plan->made), "%s",
                 strchr(line, ' '));
    if (!text_starts(line, "SCAN ") || strstr(line, "VIRTUAL TABLE") ||
        text_starts(line, "SCAN CONSTANT ROW") || text_starts(line, "SCAN (") ||
        strstr(plan->made, line + strlen("SCAN")))
        return true;
    return complain(plan, line, err);
}

/* One line a node, and behind it lines that say more of it: an index scan without a condition
 * walks all of the index. */
static bool check_postgres(void *arg, const char *const *columns, const struct cell *cells,
                           size_t n, struct err *err)
{
    struct plan *plan = arg;
    char line[200];

    (void)columns, (void)n;
    text_of(&cells[0], line, sizeof(line));
    if (strstr(line, "Seq Scan"))
        return complain(plan, line, err);
    if (strstr(line, "Index Cond:"))
        plan->scan[0] = '\0';
    if (!strstr(line, "Index Scan") && !strstr(line, "Index Only Scan"))
        return true;
    if (plan->scan[0] != '\0')
        return complain(plan, plan->scan, err);
    memcpy(plan->scan, line, sizeof(line));
    return true;
}

/* The highest $n of a statement. */
static size_t values_of(const char *text)
{
    size_t n = 0, found;

    for (const char *at = strchr(text, '$'); at; at = strchr(at + 1, '$')) {
        found = (size_t)strtoul(at + 1, NULL, 10);
        n = found > n ? found : n;
    }
    return n < VALUES_MAX ? n : VALUES_MAX;
}

/* "1" and "0" can be read as a number, a boolean, a text, bytes and a word to search for; and both,
 * so that a list of them isn't seen through. */
static struct args sample_values(enum sql sql, struct arg values[VALUES_MAX])
{
    size_t n = values_of(sql_text(sql));

    for (size_t i = 0; i < n; i++)
        values[i] = arg_text(i % 2 == 0 ? "1" : "0");
    return (struct args){ values, n };
}

bool explain_is_indexed(struct tx *tx, enum sql sql, struct err *err)
{
    bool is_sqlite = text_equal(db_engine(tx), "sqlite");
    struct plan plan = { .name = sql_name(sql) };
    struct arg values[VALUES_MAX];
    struct args args = sample_values(sql, values);

    if (is_sqlite)
        return db_each(tx, arena_printf(tx->mem, "EXPLAIN QUERY PLAN %s", sql_text(sql)), args,
                       check_sqlite, &plan, err);
    if (!db_script(tx, "SET LOCAL enable_seqscan = off", err) ||
        !db_each(tx, arena_printf(tx->mem, "EXPLAIN %s", sql_text(sql)), args, check_postgres,
                 &plan, err))
        return false;
    return plan.scan[0] == '\0' || complain(&plan, plan.scan, err);
}

/* What SQLite plans, by the text alone. PostgreSQL is not asked. */
static bool each_line(struct tx *tx, enum sql sql, row_fn *fn, void *arg, struct err *err)
{
    struct arg values[VALUES_MAX];

    return !text_equal(db_engine(tx), "sqlite") ||
           db_each(tx, arena_printf(tx->mem, "EXPLAIN QUERY PLAN %s", sql_text(sql)),
                   sample_values(sql, values), fn, arg, err);
}

static bool check_narrow(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    char line[200];

    (void)columns;
    text_of(&cells[n - 1], line, sizeof(line));
    return !strstr(line, "(organisation_id=?)") || complain(arg, line, err);
}

bool explain_is_narrow(struct tx *tx, enum sql sql, struct err *err)
{
    struct plan plan = { .name = sql_name(sql) };

    return each_line(tx, sql, check_narrow, &plan, err);
}

struct use {
    const char *index;
    bool is_used;
};

static bool find_use(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                     struct err *err)
{
    struct use *use = arg;
    char line[200];

    (void)columns, (void)err;
    use->is_used |= strstr(text_of(&cells[n - 1], line, sizeof(line)), use->index) != NULL;
    return true;
}

bool explain_uses(struct tx *tx, enum sql sql, const char *index, struct err *err)
{
    struct use use = { .index = index, .is_used = !text_equal(db_engine(tx), "sqlite") };

    return each_line(tx, sql, find_use, &use, err) &&
           (use.is_used ||
            err_set(err, ERR_CONFLICT, "%s doesn't use the index %s", sql_name(sql), index));
}

static bool check_cursor(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                         struct err *err)
{
    const char *search = arg;
    char line[200];

    (void)columns;
    text_of(&cells[n - 1], line, sizeof(line));
    return !text_starts(line, search) || strstr(line, "(?,?)") ||
           err_set(err, ERR_CONFLICT, "%s", line);
}

bool explain_goes_on(struct tx *tx, enum sql sql, const char *alias, struct err *err)
{
    return each_line(tx, sql, check_cursor, arena_printf(tx->mem, "SEARCH %s ", alias), err);
}
