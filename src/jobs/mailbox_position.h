/* mailbox_position.h — what the database knows of a folder: how far it was read, and which
 * messages before that the server couldn't hand over.
 *
 * Those are put aside, so that everything behind them goes on, and asked for again, later and
 * later: most servers get well. Their numbers mean something only with the folder's uid_validity.
 * All functions work inside the caller's transaction.
 */
#pragma once

#include "../store/store.h"

struct aside {
    int64_t uid;
    instant since; /* when it was asked for first; none: now */
    instant due_at;
    const char *words; /* why */
    bool is_settled;   /* it came, or is gone, or was given up: nothing more to ask */
};

struct position {
    channel_id channel;
    const char *folder;
    int64_t uid_validity, last_uid;
    bool found;
    const struct aside *aside; /* what changed of it; borrowed */
    size_t aside_n;
    struct list waiting; /* all of it, as the table has it: struct aside */
};

/* Closures with a struct position. */
bool position_read(struct tx *tx, void *arg, struct err *err);  /* found, uid_validity, last_uid */
bool position_write(struct tx *tx, void *arg, struct err *err); /* with `aside` */
/* waiting, the longest due first. */
bool position_read_aside(struct tx *tx, void *arg, struct err *err);
/* The folder's UIDs are new: those of before mean nothing. */
bool position_forget_aside(struct tx *tx, void *arg, struct err *err);
