/* deliver.c — a mail on standard input, as an MTA hands it over by pipe. */
#include "commands.h"

#include "../base/buf.h"
#include "../base/disk.h"
#include "../channel/email_parse.h"
#include "../pipeline/pipeline.h"
#include "mail_channel.h"
#include "open.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* Of sysexits.h: the MTA keeps the mail and tries again. */
enum { TRY_AGAIN = 75, PIECE = 64 * 1024 };

struct deliver_options {
    const char *data, *database;
    channel_id channel;
};

static void free_buf(struct buf *b)
{
    buf_free(b);
}

static bool read_mail(struct buf *mail, struct err *err)
{
    char piece[PIECE];
    int64_t n;

    while ((n = read_some(STDIN_FILENO, piece, sizeof(piece))) > 0 && !mail->full)
        buf_add(mail, piece, (size_t)n);
    if (n < 0)
        return disk_failed(err, "read", "standard input", errno);
    if (mail->full)
        return err_set(err, ERR_TOO_LARGE, "the mail is larger than %d MB", EMAIL_RAW_MAX >> 20);
    return mail->len > 0 || err_set(err, ERR_INVALID, "there is no mail on standard input");
}

static bool deliver(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(free_buf) struct buf mail = BUF(EMAIL_RAW_MAX);
    const struct deliver_options *options = arg;
    struct scope scope = { .mem = mem };
    struct received received = { 0 };
    size_t new_n;
    bool is_on;

    if (!read_mail(&mail, err) ||
        !open_store(options->data, options->database, SCHEMA_AS_IS, &store, err) ||
        !mail_channel(store, options->channel, &scope, &is_on, err))
        return false;
    if (!is_on)
        return err_set(err, ERR_INVALID, "the channel is switched off: it takes no mail");
    received.raw = (struct bytes){ (const uint8_t *)mail.data, mail.len };
    return pipeline_receive(store, &scope, options->channel, &received, 1, NULL, NULL, &new_n, err);
}

static const struct option options[] = {
    PLACE_OPTIONS(deliver_options),
    OPTION(deliver_options, channel, "ID", .flags = REQUIRED, .doc = "the channel it came by"),
};

const struct command deliver_command = {
    "deliver",
    deliver,
    "Takes a mail from standard input",
    OPTIONS(options, deliver_options),
    NULL,
    "For an MTA's pipe transport. The same mail twice is once.\n\n"
    "Exit codes, as an MTA reads them:\n"
    "  0   the mail is on disk\n"
    "  1   never, the MTA sends it back: it is empty or larger than 50 MB, or the channel isn't\n"
    "      there, isn't for mail or is switched off\n"
    "  2   never: the command line is wrong\n"
    "  75  not now: no data folder, no database, no room; the MTA tries again\n",
    TRY_AGAIN
};
