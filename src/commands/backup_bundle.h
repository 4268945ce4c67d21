/* backup_bundle.h — the file of a backup: members with a name and bytes, sealed at its end.
 *
 * It is a tar compressed with zstd, so that `tar --zstd -x` opens it without Gestand. The seal
 * behind it is the hash of all bytes before, in a frame that zstd skips: one changed bit
 * anywhere is noticed before anything is read. Members are written and read in order.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"

struct bundle_out;

/* Begins to write path.part, mode 0600; lives in mem. */
MUST_CHECK bool bundle_make(struct arena *mem, const char *path, struct bundle_out **out,
                            struct err *err);
/* The next member, of exactly `size` bytes, given with as many calls as one likes. */
MUST_CHECK bool bundle_member(struct bundle_out *out, const char *name, int64_t size,
                              struct err *err);
MUST_CHECK bool bundle_add(struct bundle_out *out, struct bytes data, struct err *err);
/* Seals it, makes it durable and gives it its name. */
MUST_CHECK bool bundle_finish(struct bundle_out *out, struct err *err);
/* Closes it; removes what isn't finished. */
void bundle_make_end(struct bundle_out **out);

struct bundle_in;

struct bundle_entry {
    const char *name; /* until the next one */
    int64_t size;
};

/* Checks the seal, then stands before the first member; ERR_CONFLICT when the file is damaged
 * or none of ours. Lives in mem. */
MUST_CHECK bool bundle_open(struct arena *mem, const char *path, struct bundle_in **out,
                            struct err *err);
/* *found is false behind the last one. */
MUST_CHECK bool bundle_next(struct bundle_in *in, struct bundle_entry *entry, bool *found,
                            struct err *err);
/* Exactly `len` bytes of the member. */
MUST_CHECK bool bundle_read(struct bundle_in *in, void *out, size_t len, struct err *err);
void bundle_open_end(struct bundle_in **in);
