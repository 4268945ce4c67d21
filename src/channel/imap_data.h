/* imap_data.h — what stands in an IMAP server's FETCH and LIST replies.
 *
 * Pure, as imap_reply.h: bytes are borrowed from the reply, texts live in `mem`.
 */
#pragma once

#include "../base/clock.h"
#include "imap_reply.h"

enum imap_flags {
    IMAP_SEEN = 1 << 0,
    IMAP_ANSWERED = 1 << 1,
    IMAP_FLAGGED = 1 << 2,
    IMAP_DELETED = 1 << 3,
    IMAP_DRAFT = 1 << 4,
};

struct imap_fetched {
    uint32_t uid; /* 0: not told */
    unsigned flags;
    instant received_at; /* INTERNALDATE; {0} when not told */
    int64_t size;        /* RFC822.SIZE; -1 when not told */
    bool has_body;
    struct bytes body; /* of BODY[…] */
};

/* Reads * n FETCH (…); false when it is another reply or broken. */
bool imap_fetch_read(const struct imap_reply *reply, struct imap_fetched *out);

/* What a folder is for (RFC 6154). */
enum imap_role {
    IMAP_NO_ROLE,
    IMAP_INBOX,
    IMAP_SENT,
    IMAP_DRAFTS,
    IMAP_TRASH,
    IMAP_JUNK,
    IMAP_ARCHIVE,
    IMAP_ALL,
};

struct imap_listed {
    const char *name; /* UTF-8 */
    enum imap_role role;
    bool can_select;
};

/* Reads * LIST (…) "/" name; false when it is another reply or broken. */
bool imap_list_read(struct arena *mem, const struct imap_reply *reply, struct imap_listed *out);
