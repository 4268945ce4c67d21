/* mbox.h — the mails of an mbox file (RFC 4155, mboxrd quoting), one after the other.
 *
 * A mail begins behind a line "From …" with a time in it, at the start of the file or after an
 * empty line. Lines ">From ", ">>From " … lose one ">". Line ends stay as they are.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/err.h"

struct mbox;

/* Reads from an open file, of any size; the file stays the caller's. At most `max` bytes of a
 * mail are kept. mbox_end() it. */
struct mbox *mbox_new(int file, size_t max);
void mbox_end(struct mbox **mbox);

struct mbox_mail {
    struct bytes raw; /* until the next one */
    instant at;       /* in its line "From …"; {0} when nobody can read it */
    bool is_cut;      /* it was longer */
};

/* *found is false behind the last one. ERR_INVALID when the file begins otherwise. */
MUST_CHECK bool mbox_next(struct mbox *mbox, struct mbox_mail *out, bool *found, struct err *err);
/* Bytes of the file read so far. */
int64_t mbox_at(const struct mbox *mbox);
