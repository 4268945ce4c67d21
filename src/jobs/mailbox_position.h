/* mailbox_position.h — what the database knows of a folder: how far it was read, and which
 * messages before that the server couldn't hand over.
 *
 * Those are put aside, so that everything behind them goes on, and asked for again, later and
 * later: most servers get well. Their numbers mean something only with the folder's uid_validity.
 *
 * What became of each message is written down by its number, in the same transaction, so that the
 * folder can be compared with what came in (mailbox_compare.c).
 * All functions work inside the caller's transaction.
 */
#pragma once

#include "../pipeline/pipeline.h"

struct aside {
    int64_t uid;
    instant since; /* when it was asked for first; none: now */
    instant due_at;
    const char *words; /* why */
    bool is_settled;   /* it came, or is gone, or was given up: nothing more to ask */
};

/* A message of the folder, and what became of it. */
struct mailbox_mail {
    int64_t uid;
    const struct became *became; /* NULL: nothing, it isn't for us */
};

struct position {
    channel_id channel;
    const char *folder;
    int64_t uid_validity, last_uid;
    int64_t first_uid; /* what became of those before isn't written down; 0: 1 */
    int64_t compared_uid;
    instant compared_at;
    bool found;
    const struct aside *aside; /* what changed of it; borrowed */
    size_t aside_n;
    struct list waiting;              /* all of it, as the table has it: struct aside */
    const struct mailbox_mail *mails; /* that were looked at; borrowed */
    size_t mails_n;
    bool is_comparison; /* of mails that should have been there: a new one is a difference */
};

/* Closures with a struct position. */
bool position_read(struct tx *tx, void *arg, struct err *err);  /* found, and all numbers */
bool position_write(struct tx *tx, void *arg, struct err *err); /* with `aside` and `mails` */
/* How far the comparison is: compared_uid and compared_at. */
bool position_compared(struct tx *tx, void *arg, struct err *err);
/* waiting, the longest due first. */
bool position_read_aside(struct tx *tx, void *arg, struct err *err);
/* The folder's UIDs are new: those of before mean nothing. */
bool position_forget_aside(struct tx *tx, void *arg, struct err *err);
