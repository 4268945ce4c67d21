/* imap_connection.h — commands out, replies in: what imap.c stands on, and only that.
 *
 * Errors and threads as in imap.h.
 */
#pragma once

#include "../base/arena.h"
#include "../base/buf.h"
#include "imap.h"
#include "imap_reply.h"
#include "mail_curl.h"

struct imap {
    struct arena *mem;     /* where this struct lives */
    struct arena *scratch; /* emptied at the begin of each command */
    struct mail_curl link;
    curl_socket_t socket;
    const atomic_bool *interrupted; /* by somebody who wants us to end; may be NULL */

    struct buf in;
    size_t reply_at; /* where in `in` the reply begins that is awaited */
    struct imap_scan scan;
    size_t reply_max; /* most bytes of one reply */
    bool keep;        /* replies stay in `in` until the next command */
    int64_t until_ms; /* when the command must be over, by the monotonic clock */
    char tag[12];
    unsigned commands_n;
    struct err broken; /* code ERR_NONE: the connection is good */

    uint32_t exists; /* messages in the folder, as told last */
    uint32_t hint;   /* where in the folder imap_uids() found its place last */
    bool has_news;
    bool is_expunged; /* the last command asked for a message that is gone (RFC 5530) */
    bool can_idle, can_list_roles;
};

/* Is told every reply but the command's end; false: it makes no sense. */
struct imap_listener {
    bool (*hear)(void *who, struct imap *im, const struct imap_reply *reply);
    void *who;
};

MUST_CHECK bool imap_connect(const struct mail_server *server, struct imap **out, struct err *err);

/* Sends a command (without tag and line end; a text of ours, so it can't be too long). */
MUST_CHECK bool imap_send_command(struct imap *im, const char *command, struct err *err);
MUST_CHECK bool imap_send(struct imap *im, struct bytes data, struct err *err);
/* Listens until the command's end; its NO or BAD is a failure, in the server's words. */
MUST_CHECK bool imap_finish(struct imap *im, const struct imap_listener *listener, struct err *err);
/* Both of them. */
MUST_CHECK bool imap_run(struct imap *im, const char *command, const struct imap_listener *listener,
                         struct err *err);

enum imap_heard { IMAP_HEARD, IMAP_QUIET, IMAP_WOKEN, IMAP_FAILED };
/* One reply, waiting for it until a moment of the monotonic clock or until wake_fd is readable.
 * QUIET and WOKEN lose nothing: the next call goes on. */
enum imap_heard imap_hear(struct imap *im, int64_t until_ms, int wake_fd, struct imap_reply *out,
                          struct err *err);
/* A wait for the next byte of the running command. */
int64_t imap_patience(const struct imap *im);
/* Sets err as the end of a command says; true for OK. */
bool imap_judge(const struct imap *im, const struct imap_reply *end, struct err *err);
/* The server talks nonsense: the connection is of no use any more. */
bool imap_is_broken(struct imap *im, const char *what, struct err *err);
