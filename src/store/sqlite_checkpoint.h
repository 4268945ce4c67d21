/* sqlite_checkpoint.h — brings the log (WAL) of SQLite back into the database, beside the writer.
 *
 * By itself SQLite lets the writer do it, after a commit, while all others wait. A second thread
 * alone never catches up: something new is always there, so the log grows without end. Here the
 * thread moves what there is, then what came meanwhile; what came since then is little, the
 * writer moves it after its next commit, and with nothing left its log begins anew.
 *
 * SQLite before 3.51.3 may lose commits when the log begins anew at the very moment a pass begins
 * (https://sqlite.org/wal.html#walresetbug). It can't while something in it isn't moved yet, and
 * only then the thread begins one.
 */
#pragma once

#include <sqlite3.h>
#include <stdint.h>

struct checkpointer;

/* Watches the commits of `writer`, a connection to the database at `path`; its log is brought back
 * when it holds so many pages. NULL: there is no thread to be had, and nothing changes. */
struct checkpointer *checkpointer_start(sqlite3 *writer, const char *path, int pages);
/* What was done so far. */
struct checkpoint_counts {
    int64_t passes;     /* the thread's */
    int64_t pauses;     /* within them, until what was moved was on the disk */
    int64_t moves;      /* the writer's, of what the thread left */
    int64_t begun_anew; /* how often the log did */
};
struct checkpoint_counts checkpointer_counts(struct checkpointer *checkpointer);
/* Waits until the thread has nothing to do. On the writer's thread. */
void checkpointer_wait(struct checkpointer *checkpointer);
/* Before the writer is closed. NULL is fine. */
void checkpointer_stop(struct checkpointer *checkpointer);
