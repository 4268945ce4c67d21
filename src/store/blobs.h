/* blobs.h — files and raw mails by the hash of their content.
 *
 * Small ones (<= BLOB_INLINE_MAX) are rows; larger ones are files data/blobs/ab/cdef…, durable
 * (file, then folder) before blob_put() returns, so that a row never points to nothing. A file
 * without a row is harmless and swept later.
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
/* The same for a file that was written piece by piece; it is moved. */
MUST_CHECK bool blob_put_file(struct store *store, struct arena *mem, const char *path,
                              struct blob *out, struct err *err);
/* Inside the transaction: the row. Twice is once. */
MUST_CHECK bool blob_add(struct tx *tx, const struct blob *blob, struct err *err);
/* The whole content into tx->mem; ERR_NOT_FOUND without a row, ERR_INTERNAL when the file is
 * gone or another than its hash says. */
MUST_CHECK bool blob_get(struct tx *tx, struct bytes hash, struct bytes *out, struct err *err);
/* The path of a large one, for streaming. */
char *blob_path(const struct store *store, struct arena *mem, struct bytes hash);
