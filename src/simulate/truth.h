/* truth.h — what really happened, a JSON object a line: who is who, and which contacts are about
 * one thing. The check holds it against what the server made of it.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/err.h"
#include "../store/store.h"

#include <stdio.h>

/* A line: `kind` says which members it has. */
struct truth_line {
    const char *kind; /* person, contact, promise, end */
    int64_t person, household;
    const char *name, *email, *phone; /* of a person */
    int64_t contact, story;
    const char *need, *way, *how; /* how: first, thread, again, switch, astray */
    const char *message;          /* its id on the channel */
    instant at;
    const char *promise; /* its id, made in `at` */
    instant due, done;   /* done: when it was, or would have been; {0}: never */
};

MUST_CHECK bool truth_write(FILE *file, const struct truth_line *line, struct err *err);
/* Gives each line to `take`, which may keep its texts: they live in mem. */
MUST_CHECK bool truth_read(struct arena *mem, const char *path,
                           bool (*take)(void *arg, const struct truth_line *line, struct err *err),
                           void *arg, struct err *err);

/* What the server made of it. */
struct truth_verdict {
    int64_t contacts;
    int64_t right;   /* in the case of their story */
    int64_t apart;   /* in a case of their own, though their story has one */
    int64_t wrong;   /* in the case of another story */
    int64_t without; /* in none */
    int64_t people;  /* who wrote */
    int64_t merged;  /* of the server's people: those who are several */
    int64_t mixed;   /* of them: those of one household, behind one address */
    /* Of what was promised, those whose moment came. */
    int64_t promises, kept, moved, broken;
    int64_t silent;   /* nothing became of it, and nobody heard */
    int64_t unwarned; /* its owner wasn't warned when it came at risk */
    /* Cases of a story that has an earlier one of the same person; of these, those whose journey
     * says which; and journeys that name a case of another story. */
    int64_t returns, returns_found, returns_wrong;
};

/* Reads the file and the store; writes each contact that isn't right to `details` (NULL: doesn't).
 */
MUST_CHECK bool truth_check(struct store *store, organisation_id organisation, const char *path,
                            FILE *details, struct truth_verdict *out, struct err *err);
/* What of it is about promises (truth_promises.c). */
MUST_CHECK bool truth_check_promises(struct store *store, organisation_id organisation,
                                     const char *path, FILE *details, struct truth_verdict *out,
                                     struct err *err);
