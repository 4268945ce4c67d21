/* postgres_rows.h — values to and from PostgreSQL's protocol. Only postgres.c includes this. */
#pragma once

#include "engine.h"

#include "../base/buf.h"

#include <libpq-fe.h>

enum { PARAMETERS_MAX = 64 };

/* Values as libpq wants them: numbers and texts as text, bytes as they are. */
struct parameters {
    int n;
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
    char numbers[PARAMETERS_MAX][32];
};

/* Texts and bytes stay borrowed from args. */
MUST_CHECK bool parameters_from(struct parameters *out, struct args args, struct err *err);

/* The rows of one statement on their way to its sink; one a connection, used again. */
struct rows {
    const char *names[COLUMNS_MAX]; /* of the result at hand */
    bool began;                     /* the sink knows the columns */
    struct buf scratch;             /* the decoded bytes of one row */
};

/* Hands each row of a result to the sink; a statement may come in several results. */
MUST_CHECK bool rows_hand_over(struct rows *rows, const PGresult *result, struct sink *sink,
                               struct column_map *map, struct err *err);
/* How many rows an INSERT, UPDATE or DELETE changed; 0 for anything else. */
int64_t rows_changed(PGresult *result);
