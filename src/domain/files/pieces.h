/* pieces.h — what has arrived of an upload: a file data/uploads/fil_… until it is whole.
 *
 * Outside transactions. The row says how many bytes count; the file has at least as many, since
 * every piece is synced before the row is changed, and what is over is cut off before the next
 * piece. One request at a time has the pieces of an upload, the others wait in pieces_open().
 */
#pragma once

#include "../../store/blobs.h"

struct pieces {
    const struct store *store;
    const char *folder, *path;
    int fd;
};

#define PIECES_NONE { .fd = -1 }

/* Makes the file when there is none, and waits until nobody else has it. */
MUST_CHECK bool pieces_open(struct store *store, struct arena *mem, file_id id, struct pieces *out,
                            struct err *err);
/* For CLEANUP. */
void pieces_close(struct pieces *pieces);
/* Puts a piece behind the first `at` bytes, durable before return. ERR_GONE when they aren't all
 * there any more. */
MUST_CHECK bool pieces_add(struct pieces *pieces, int64_t at, struct bytes piece, struct err *err);
/* Makes a blob of them all. They stay until pieces_remove(): were the process to end before the
 * row knows of the blob, the last piece would only have to come again. */
MUST_CHECK bool pieces_to_blob(struct pieces *pieces, struct store *store, struct arena *mem,
                               struct blob *out, struct err *err);
void pieces_remove(const struct store *store, struct arena *mem, file_id id);
/* Removes what has lain there for more than a day. */
MUST_CHECK bool pieces_sweep(const struct store *store, struct arena *mem, struct err *err);
