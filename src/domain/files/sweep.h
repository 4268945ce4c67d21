/* sweep.h — files that nobody will ask for any more are forgotten, of all organisations.
 *
 * An upload that no message took within a day of its beginning goes; so does, a day after the last
 * row that referred to it, a content. The day between protects who has just read or put it. In
 * batches, each found by an index in a transaction of its own. For a job on any node, now and then;
 * what is left on the disk is blobs_sweep()'s.
 */
#pragma once

#include "../../store/store.h"

struct swept {
    int64_t files, contents; /* how many rows are gone */
};

MUST_CHECK bool files_sweep(struct store *store, struct swept *out, struct err *err);
