/* imap.h — a mailbox at another server, read over one connection (RFC 3501, IDLE: RFC 2177).
 *
 * Blocking; a connection belongs to one thread at a time. Every wait is bounded: 30 s to
 * connect, 60 s without a byte, 15 minutes a command. Failures are ERR_UPSTREAM for what doesn't
 * get better by itself (wrong password, certificate, unknown folder: in the server's words) and
 * ERR_BUSY for what may (network, a server that goes away). After a failure of the connection
 * every other call fails the same way: close it and open another. Folder names are UTF-8.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"
#include "../base/field.h"
#include "imap_data.h"
#include "mail_server.h"

struct imap;

/* Connects, checks the certificate and logs in. */
MUST_CHECK bool imap_open(const struct mail_server *server, struct imap **out, struct err *err);
/* Logs out, without waiting for an answer. For CLEANUP; a NULL inside is fine. */
void imap_close(struct imap **im);

/* False after a failure of the connection. A failure that leaves it open was about what was
 * asked only: that folder, that message. */
bool imap_is_open(const struct imap *im);

/* All folders, as a list of struct imap_listed in mem; at most 10,000. */
MUST_CHECK bool imap_folders(struct imap *im, struct arena *mem, struct list *out, struct err *err);

struct imap_folder {
    uint32_t uidvalidity; /* another than last time: all UIDs known before mean nothing now */
    uint32_t uidnext;     /* 0 when the server doesn't tell */
    uint32_t exists;      /* messages in it */
};

/* Opens a folder; everything below is about it. */
MUST_CHECK bool imap_select(struct imap *im, const char *folder, struct imap_folder *out,
                            struct err *err);

enum { IMAP_BATCH_MAX = 1000 };
/* The first UIDs that are >= from, ascending, at most `max` (<= IMAP_BATCH_MAX). Fewer than `max`
 * means that there are no more: call it until then, and news since counts as seen. Costs the
 * same memory in any folder. */
MUST_CHECK bool imap_uids(struct imap *im, uint32_t from, size_t max, uint32_t *out, size_t *n,
                          struct err *err);

struct imap_message {
    enum {
        IMAP_MESSAGE_WHOLE,
        IMAP_MESSAGE_TOO_LARGE, /* raw holds its header only */
        IMAP_MESSAGE_GONE,      /* somebody removed it meanwhile */
    } state;
    uint32_t uid;
    unsigned flags; /* enum imap_flags */
    instant received_at;
    int64_t size;     /* as the server says; some are not exact */
    struct bytes raw; /* borrowed until the next call with this connection */
};

/* Reads one message of at most `max` bytes; doesn't mark it as seen. */
MUST_CHECK bool imap_fetch(struct imap *im, uint32_t uid, size_t max, struct imap_message *out,
                           struct err *err);
MUST_CHECK bool imap_mark_seen(struct imap *im, const uint32_t *uids, size_t n, struct err *err);
/* Puts a message (RFC 5322, CRLF) into a folder, marked as seen. */
MUST_CHECK bool imap_append(struct imap *im, const char *folder, struct bytes raw, struct err *err);

struct imap_wait {
    bool has_news; /* there are messages since imap_uids() looked last */
    bool can_idle; /* false: the server doesn't know IDLE, and this returned at once; wait a
                      while and ask with imap_noop() */
};

/* Waits for news, at most max_ms (28 minutes are the limit), or until wake_fd is readable (-1:
 * none; nothing is read from it). That it returns true also says that the connection lives. */
MUST_CHECK bool imap_idle(struct imap *im, int64_t max_ms, int wake_fd, struct imap_wait *out,
                          struct err *err);
MUST_CHECK bool imap_noop(struct imap *im, bool *has_news, struct err *err);
