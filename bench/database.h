/* database.h — how the benchmarks' programs get at a database that `gestand init` made. */
#pragma once

#include "../src/store/store.h"

/* Numbers of a column. */
struct ids {
    int64_t *v;
    size_t n, cap;
};

/* Opens data (or database, when it isn't "-"); not durable when `careless`. Ends the program with
 * the reason when it can't. */
struct store *database_open(const char *data, const char *database, bool careless);
/* The organisation that was made first. */
organisation_id database_organisation(struct store *store);
/* The first column of a statement of our own; $1 is the organisation. Lives in tx->mem. */
MUST_CHECK bool database_ids(struct tx *tx, const char *text, struct ids *out, struct err *err);
/* Prints what went wrong and ends the program. */
_Noreturn void give_up(const char *doing, const struct err *err);
/* A whole number of the command line. */
int64_t number_of(const char *text);
