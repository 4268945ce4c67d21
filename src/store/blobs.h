/* blobs.h — files and raw mails by the hash of their content.
 *
 * Small ones (<= BLOB_INLINE_MAX) are rows; larger ones are files data/blobs/ab/cdef…, durable
 * (file, then folder) before blob_put() returns, so that a row never points to nothing. A file
 * without a row is harmless and swept a day after it was put: by then its row is there, or never
 * comes. What is put again is written again, and so is young again; who sweeps looks at its age
 * once more while nobody can move a file in.
 */
#pragma once

#include "store.h"

enum { BLOB_INLINE_MAX = 16 * 1024 };

struct blob {
    struct bytes hash; /* HASH_LEN bytes */
    int64_t size;
    struct bytes data; /* of a small one; else NULL */
};

/* Outside a transaction: hashes, and makes a large one durable. */
MUST_CHECK bool blob_put(struct store *store, struct arena *mem, struct bytes content,
                         struct blob *out, struct err *err);
/* The one without bytes, which needn't be put anywhere. */
struct blob blob_of_nothing(struct arena *mem);
/* The same for a file that was written piece by piece; it is moved. */
MUST_CHECK bool blob_put_file(struct store *store, struct arena *mem, const char *path,
                              struct blob *out, struct err *err);
/* Inside the transaction: the row. Twice is once. */
MUST_CHECK bool blob_add(struct tx *tx, const struct blob *blob, struct err *err);
/* Inside the transaction: a row that referred to it is gone. When no other one does a day later,
 * it's swept (domain/files/sweep.h). */
MUST_CHECK bool blob_drop(struct tx *tx, struct bytes hash, struct err *err);
/* The whole content into tx->mem; ERR_NOT_FOUND without a row, ERR_INTERNAL when the file is
 * gone or another than its hash says. */
MUST_CHECK bool blob_get(struct tx *tx, struct bytes hash, struct bytes *out, struct err *err);
/* Its first bytes, at most max; nobody looks whether they are damaged. */
MUST_CHECK bool blob_start(struct tx *tx, struct bytes hash, size_t max, struct bytes *out,
                           struct err *err);
/* The path of a large one, for streaming. */
char *blob_path(const struct store *store, struct arena *mem, struct bytes hash);

/* --- sweeping (blobs_sweep.c) -------------------------------------------------------------- */

enum { BLOB_SWEEP_PARTS = 24 };

/* Leaves a file that is there without a row for one more day: who read the row before still finds
 * it. */
void blob_spare(const struct store *store, struct arena *mem, struct bytes hash);
/* Removes from one part of the blob folder what is older than a day and has no row. All parts, one
 * after the other, are the whole folder; safe beside everything else, on any node. */
MUST_CHECK bool blobs_sweep(struct store *store, int64_t part, struct err *err);
