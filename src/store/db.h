/* db.h — what a closure may do with the database: run a written statement, get structs back.
 *
 * A struct tx is one transaction, seen from one organisation, on one thread. Everything that
 * the functions return lives in tx->mem. On failure: false, *err is set, the transaction will
 * be rolled back whatever the closure returns. Expected outcomes (nothing found, already there,
 * changed meanwhile) are values, not failures.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/err.h"
#include "../base/field.h"
#include "sql.h" /* made from all .sql files: enum sql */

struct connection;

enum actor_kind {
    ACTOR_SYSTEM,
    ACTOR_USER,
    ACTOR_CUSTOMER,    /* a person */
    ACTOR_INTEGRATION, /* a user of that role */
    ACTOR_RULE,
    ACTOR_CHANNEL, /* who hands in and fetches its messages; history's hashes hold these numbers */
};
extern const char *const actor_kind_names[];

/* Who does it, for history. */
struct actor {
    unsigned kind;
    int64_t id; /* user, person, rule or channel; 0 for the system */
};

/* What follows a commit: readers are woken, they look in the tables. */
enum wake {
    WAKE_EVENTS = 1 << 0,
    WAKE_JOBS = 1 << 1,
    WAKE_CHANNELS = 1 << 2,
    WAKE_SEALED = 1 << 3,   /* another node gave events their positions */
    WAKE_PRESENCE = 1 << 4, /* somebody opened or left a case, or types */
    WAKE_ALL = (1 << 5) - 1
};

struct tx {
    struct arena *mem;
    instant now; /* the same for every run of one closure */
    organisation_id organisation;
    struct actor actor;
    const struct store *store;
    unsigned wake; /* enum wake, added up; see tx_wake() */
    bool failed;   /* a statement failed: cannot be committed any more */
    struct connection *db;
};

void tx_wake(struct tx *tx, unsigned wake);

/* A value for $1, $2, … */
struct arg {
    enum { ARG_NULL, ARG_INT, ARG_REAL, ARG_TEXT, ARG_BYTES } kind;
    int64_t i;
    double real;
    const char *text; /* borrowed */
    struct bytes bytes;
};

struct args {
    const struct arg *v;
    size_t n;
};

#define ARGS(...)                                                                                  \
    ((struct args){ (const struct arg[]){ __VA_ARGS__ },                                           \
                    sizeof((const struct arg[]){ __VA_ARGS__ }) / sizeof(struct arg) })
#define NO_ARGS ((struct args){ NULL, 0 })

struct arg arg_int(int64_t i);
struct arg arg_bool(bool b);
struct arg arg_real(double real);
struct arg arg_text(const char *s);   /* NULL is SQL's NULL */
struct arg arg_bytes(struct bytes b); /* data NULL is SQL's NULL */
struct arg arg_time(instant at);      /* {0} is 0, not NULL */
/* The organisation of the transaction: leads nearly every list of values. */
struct arg arg_organisation(const struct tx *tx);
/* Any typed id; none is SQL's NULL. */
#define arg_id(id) arg_id_number((id).n)
struct arg arg_id_number(int64_t id);

/* Runs a statement that returns no rows. May be sent with the next one: an error can surface
 * there or at the commit. */
MUST_CHECK bool db_run(struct tx *tx, enum sql sql, struct args args, struct err *err);
/* The same, and how many rows it changed. */
MUST_CHECK bool db_change(struct tx *tx, enum sql sql, struct args args, int64_t *rows,
                          struct err *err);
/* At most one row into *out; *found says whether. Members without a column stay as they were;
 * ERR_INTERNAL for a second row. */
MUST_CHECK bool db_find(struct tx *tx, enum sql sql, struct args args, const struct field *fields,
                        void *out, bool *found, struct err *err);
/* As db_find, but ERR_NOT_FOUND without a row. */
MUST_CHECK bool db_one(struct tx *tx, enum sql sql, struct args args, const struct field *fields,
                       void *out, struct err *err);
/* All rows, as structs of `size` bytes behind one another. At most DB_ROWS_MAX: then
 * ERR_INTERNAL (lists have a LIMIT). */
enum { DB_ROWS_MAX = 20000 };
MUST_CHECK bool db_all(struct tx *tx, enum sql sql, struct args args, const struct field *fields,
                       size_t size, struct list *out, struct err *err);
/* One whole number (the first column); 0 without a row or for NULL. */
MUST_CHECK bool db_number(struct tx *tx, enum sql sql, struct args args, int64_t *out,
                          struct err *err);

/* A statement put together from written fragments (never from values). Kept prepared: there
 * is room for some thousands of different ones in a process, and their numbers are good as an
 * `enum sql` for ever. What comes after those is prepared for each run anew, and its number good
 * until the same thread puts the next one together: whoever asks for ever other lists has slower
 * ones, and keeps nobody from anything. Safe on any thread. */
enum { SQL_COMPOSED_MAX = 32 * 1024 }; /* bytes of its text */
enum sql sql_composed(const char *text);
const char *sql_name(enum sql sql);
const char *sql_text(enum sql sql);

/* Any rows as cells, one after the other, for exports and checks; return false to stop (with
 * err set). `text` is SQL of our own making. */
typedef bool row_fn(void *arg, const char *const *columns, const struct cell *cells, size_t n,
                    struct err *err);
MUST_CHECK bool db_each(struct tx *tx, const char *text, struct args args, row_fn *fn, void *arg,
                        struct err *err);
/* Several statements without values, of our own making: migrations and restores. */
MUST_CHECK bool db_script(struct tx *tx, const char *text, struct err *err);
/* Is this "sqlite" or "postgres"? For the few places that must differ. */
const char *db_engine(const struct tx *tx);

/* The texts of all statements, made by tools/sql.awk. */
struct sql_text {
    const char *name, *text;
};
extern const struct sql_text sql_texts[];
