/* import_mbox.c — the mails of an mbox file into a channel; again is fine. */
#include "commands.h"

#include "../base/disk.h"
#include "../channel/email_parse.h"
#include "../pipeline/pipeline.h"
#include "mail_channel.h"
#include "mbox.h"
#include "open.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What goes into one transaction. */
enum { BATCH_N = 100, BATCH_BYTES = 8 << 20 };

struct import_options {
    const char *data, *database, *file;
    channel_id channel;
};

struct importing {
    const struct import_options *options;
    struct store *store;
    struct arena *mem; /* of one batch */
    organisation_id organisation;
    struct mbox *mbox;
    struct progress progress;
    struct received batch[BATCH_N];
    size_t n, bytes;
    int64_t mails_n, new_n, cut_n;
};

static void end_import(struct importing *i)
{
    progress_end(&i->progress);
    mbox_end(&i->mbox);
    arena_freep(&i->mem);
}

static bool flush(struct importing *i, struct err *err)
{
    struct scope scope = { .mem = i->mem, .organisation = i->organisation };
    size_t new_n = 0;

    if (i->n > 0 && !pipeline_receive(i->store, &scope, i->options->channel, i->batch, i->n, NULL,
                                      NULL, &new_n, err))
        return false;
    i->new_n += (int64_t)new_n;
    i->n = i->bytes = 0;
    arena_reset(i->mem);
    progress_add(&i->progress, mbox_at(i->mbox) / 1024 - i->progress.done);
    return true;
}

/* When it arrived at the mailbox that was kept in the file; else when its writer says. */
static instant arrived_at(const struct mbox_mail *mail)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("header");

    return mail->at.ms > 0 ? mail->at : email_sent_at(mem, mail->raw);
}

static const char *refusal(const struct importing *i)
{
    const char *slash = strrchr(i->options->file, '/');

    return arena_printf(i->mem,
                        "larger than %d MB: only its beginning was taken; the whole of it is in "
                        "the imported file %s",
                        EMAIL_RAW_MAX >> 20, slash ? slash + 1 : i->options->file);
}

static bool add(struct importing *i, const struct mbox_mail *mail, struct err *err)
{
    i->batch[i->n++] = (struct received){
        .raw = arena_bytes(i->mem, mail->raw),
        .arrived_at = arrived_at(mail),
        .refused = mail->is_cut ? refusal(i) : NULL,
    };
    i->bytes += mail->raw.len;
    i->mails_n++;
    i->cut_n += mail->is_cut;
    return (i->n < BATCH_N && i->bytes < BATCH_BYTES) || flush(i, err);
}

static bool import_all(struct importing *i, struct err *err)
{
    struct mbox_mail mail;
    bool found = true;

    while (found) {
        if (!mbox_next(i->mbox, &mail, &found, err))
            return err_prefix(err, "%s: ", i->options->file);
        if (found && mail.raw.len > 0 && !add(i, &mail, err))
            return false;
    }
    return flush(i, err);
}

static bool import_mbox(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    const struct import_options *options = arg;
    CLEANUP(close_file) int file = open(options->file, O_RDONLY | O_CLOEXEC);
    CLEANUP(end_import) struct importing i = { .options = options };
    struct scope scope = { .mem = mem };
    struct stat st = { 0 };
    bool is_on; /* an old archive may go into a channel that is no longer used */

    if (file < 0 || fstat(file, &st) != 0)
        return err_set(err, ERR_NOT_FOUND, "%s can't be read: %s", options->file, strerror(errno));
    if (!open_store(options->data, options->database, 0, &store, err) ||
        !mail_channel(store, options->channel, &scope, &is_on, err))
        return false;
    i.store = store;
    i.organisation = scope.organisation;
    i.mem = arena_new("import");
    i.mbox = mbox_new(file, EMAIL_RAW_MAX);
    i.progress = progress_start("kB");
    i.progress.total = st.st_size / 1024;
    if (!import_all(&i, err))
        return false;
    progress_end(&i.progress);
    printf("imported %lld mails, %lld were there already\n", (long long)i.new_n,
           (long long)(i.mails_n - i.new_n));
    if (i.cut_n > 0)
        printf("%lld are larger than %d MB: of those only the beginning was taken, and none "
               "becomes a case; they stand in what is not understood\n",
               (long long)i.cut_n, EMAIL_RAW_MAX >> 20);
    return true;
}

static const struct option options[] = {
    PLACE_OPTIONS(import_options),
    OPTION(import_options, channel, "ID", .flags = REQUIRED, .doc = "the channel they came by"),
    OPERAND(import_options, file, "FILE", .doc = "an mbox file of any size"),
};

const struct command import_mbox_command = {
    "import mbox",
    import_mbox,
    "Takes all mails of an mbox file",
    OPTIONS(options, import_options),
    NULL,
    "A mail that is there already is not taken again: an import that was cut short is simply "
    "repeated.\nA running server makes the cases; without one, the next one does.\n",
    0
};
