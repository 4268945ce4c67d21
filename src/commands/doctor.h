/* doctor.h — what the doctor looks at, in two tables: rows of checks, and counted queries. */
#pragma once

#include "../store/store.h"
#include "progress.h"

#include <stdio.h>

enum finding { FINDING_OK, FINDING_WARN, FINDING_BAD };

struct visit {
    struct arena *mem;
    struct store *store;
    const char *data;
    bool full; /* look at every byte of every file */
    FILE *out; /* where the findings go */
    struct progress progress;
    int warnings, bad;
};

/* Prints one line: ok, warn or bad, what was looked at, what was found and what to do. */
void finding_print(struct visit *visit, enum finding finding, const char *what, const char *format,
                   ...) PRINTF(4, 5);

/* Shows on a terminal how far it is with the next part, until its finding is printed. `total` 0:
 * nobody knows. */
void visit_begin(struct visit *visit, const char *what, int64_t total);

/* A store_fn: everything that is in the database, or that it refers to. */
bool doctor_look(struct tx *tx, void *visit, struct err *err);

/* The files: blobs that are gone or changed. (doctor_files.c) */
bool check_files(struct tx *tx, struct visit *visit, struct err *err);
/* Every item is in exactly one state: envelopes, messages, conversations, cases, people.
 * (doctor_items.c) */
bool check_items(struct tx *tx, struct visit *visit, struct err *err);
