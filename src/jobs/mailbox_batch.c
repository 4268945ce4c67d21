#include "mailbox_batch.h"

#include "../base/text.h"
#include "../channel/email_parse.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    BATCH_BYTES_MAX = 8 << 20, /* of a batch; a larger mail makes one full by itself */
    TRIES_MAX = 3,             /* of a folder that changes while it is read */
    DROPS_MAX = 3,             /* of the connection at one message, before that is put aside */
    ASIDE_MAX = 100,           /* put aside in a folder: more is no matter of single messages */
};
/* How long a message is asked for that the server can't hand over. */
static const int64_t ASIDE_MS = DAY_MS;
/* Sent mails of before the channel are of no concern. The clocks of two servers may differ. */
static const int64_t SENT_SLACK_MS = DAY_MS;

struct scope mailbox_scope(const struct mailbox_reader *reader)
{
    return (struct scope){ .mem = reader->mem, .organisation = reader->organisation };
}

struct position mailbox_position(const struct mailbox_reader *reader,
                                 const struct mailbox_folder *folder, uint32_t last_uid)
{
    return (struct position){ .channel = reader->channel->id,
                              .folder = folder->name,
                              .uid_validity = folder->uidvalidity,
                              .last_uid = last_uid };
}

bool mailbox_position_save(struct mailbox_reader *reader, struct mailbox_folder *folder,
                           struct position position, struct err *err)
{
    struct scope scope = mailbox_scope(reader);

    if (!store_write(reader->store, &scope, position_write, &position, err))
        return false;
    folder->last_uid = (uint32_t)position.last_uid;
    return true;
}

bool mailbox_next_uids(struct mailbox_reader *reader, uint32_t from, uint32_t *uids, size_t *n,
                       struct err *err)
{
    for (int i = 0; i < TRIES_MAX; i++) {
        if (imap_uids(reader->im, from, MAILBOX_UIDS_MAX, uids, n, err))
            return true;
        if (!imap_is_open(reader->im) || err->code != ERR_BUSY)
            return false;
    }
    return false;
}

bool mailbox_batch_is_full(const struct mailbox_batch *batch)
{
    return batch->n == MAILBOX_BATCH_MAX || batch->mails_n == MAILBOX_BATCH_MAX ||
           batch->aside_n == MAILBOX_BATCH_MAX || batch->bytes >= BATCH_BYTES_MAX;
}

static void add_aside(struct mailbox_batch *batch, struct aside aside)
{
    batch->aside[batch->aside_n++] = aside;
}

static const char *refusal(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                           const struct imap_message *message)
{
    return arena_printf(reader->mem,
                        "larger than %d MB (%lld MB): only its header was fetched; the whole of "
                        "it stays unread in the folder %s",
                        EMAIL_RAW_MAX >> 20, (long long)(message->size >> 20), folder->name);
}

/* The server tells whole seconds. Their end is meant: what answers something that we wrote in the
 * same second stands behind it. */
static instant arrival_of(const struct imap_message *message)
{
    if (message->received_at.ms == 0)
        return (instant){ 0 };
    return instant_plus(message->received_at, SECOND_MS - 1);
}

/* `became` NULL: it isn't for us. */
static void add_mail(struct mailbox_batch *batch, uint32_t uid, const struct became *became)
{
    batch->mails[batch->mails_n++] = (struct mailbox_mail){ uid, became };
}

static void add(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                struct mailbox_batch *batch, const struct imap_message *message)
{
    size_t i = batch->n++;
    struct received *item = &batch->items[i];

    add_mail(batch, message->uid, &batch->became[i]);
    *item = (struct received){ .arrived_at = arrival_of(message),
                               .folder = folder->name,
                               .is_ours = folder->is_sent,
                               .became = &batch->became[i] };
    if (message->state == IMAP_MESSAGE_TOO_LARGE)
        item->refused = refusal(reader, folder, message);
    else if (!folder->is_sent)
        batch->seen[batch->seen_n++] = message->uid;
    /* What fills the batch by itself is stored before the connection is used again: no copy. */
    item->raw =
        message->raw.len > BATCH_BYTES_MAX ? message->raw : arena_bytes(reader->mem, message->raw);
    batch->bytes += message->raw.len;
}

/* One that the server never handed over is kept as a reason without content. */
static void add_lost(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                     struct mailbox_batch *batch, uint32_t uid, const char *words)
{
    size_t i = batch->n++;

    add_mail(batch, uid, &batch->became[i]);
    batch->items[i] = (struct received){
        .became = &batch->became[i],
        .external_id = arena_printf(reader->mem, "%" PRIu32 "/%" PRIu32 "/%s", folder->uidvalidity,
                                    uid, folder->name),
        .folder = folder->name,
        .raw = { (const uint8_t *)"", 0 },
        .is_ours = folder->is_sent,
        .refused =
            arena_printf(reader->mem, "the mail server can't hand it over from the folder %s: %s",
                         folder->name, words),
    };
}

void mailbox_complain_of(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                         const char *words)
{
    mailbox_complain(reader, arena_printf(reader->mem,
                                          "a message in the folder %s can't be fetched at the "
                                          "moment: %s",
                                          folder->name, words));
}

/* A connection that broke without a word says nothing about the message, unless it breaks at the
 * same one again and again: a server may fall over it. */
static bool is_its_doing(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                         uint32_t uid, const struct err *err)
{
    struct mailbox_drop *drop = reader->drop,
                        here = { .uidvalidity = folder->uidvalidity, .uid = uid };

    if (err->code == ERR_UPSTREAM)
        return true;
    if (imap_is_open(reader->im))
        return false;
    snprintf(here.folder, sizeof(here.folder), "%s", folder->name);
    if (drop->uid != here.uid || drop->uidvalidity != here.uidvalidity ||
        !text_equal(drop->folder, here.folder))
        *drop = here;
    if (++drop->n < DROPS_MAX)
        return false;
    *drop = (struct mailbox_drop){ 0 };
    return true;
}

/* A connection that the message broke is made again, and goes on behind it. */
static bool put_aside(struct mailbox_reader *reader, struct mailbox_folder *folder,
                      struct mailbox_batch *batch, const struct aside *asked, const struct err *err)
{
    bool is_new = asked->since.ms == 0;
    struct aside aside = *asked;

    if (!is_its_doing(reader, folder, (uint32_t)asked->uid, err) ||
        (is_new && folder->aside_n >= ASIDE_MAX))
        return false;
    aside.words = arena_text(reader->mem, err->text);
    aside.is_settled = !is_new && clock_now().ms - aside.since.ms >= ASIDE_MS;
    if (aside.is_settled)
        add_lost(reader, folder, batch, (uint32_t)aside.uid, aside.words);
    else
        mailbox_complain_of(reader, folder, aside.words);
    add_aside(batch, aside);
    folder->aside_n += is_new;
    return true;
}

static bool is_old(const struct mailbox_reader *reader, const struct imap_message *message)
{
    return message->received_at.ms != 0 &&
           message->received_at.ms < reader->channel->created_at.ms - SENT_SLACK_MS;
}

bool mailbox_batch_fetch(struct mailbox_reader *reader, struct mailbox_folder *folder,
                         struct mailbox_batch *batch, const struct aside *asked, struct err *err)
{
    uint32_t uid = (uint32_t)asked->uid;
    struct imap_message message;
    bool came = imap_fetch(reader->im, uid, EMAIL_RAW_MAX, &message, err);

    if (!came && !put_aside(reader, folder, batch, asked, err))
        return false;
    if (uid > batch->last)
        batch->last = uid;
    if (!came)
        return imap_is_open(reader->im);
    if (folder->is_sent && is_old(reader, &message))
        add_mail(batch, uid, NULL);
    else if (message.state != IMAP_MESSAGE_GONE)
        add(reader, folder, batch, &message);
    if (asked->since.ms > 0)
        add_aside(batch, (struct aside){ .uid = uid, .is_settled = true });
    return true;
}

static bool mark_seen(struct mailbox_reader *reader, const struct mailbox_batch *batch,
                      struct err *err)
{
    if (batch->seen_n == 0 || imap_mark_seen(reader->im, batch->seen, batch->seen_n, err))
        return true;
    if (!imap_is_open(reader->im))
        return false;
    /* A mailbox that we may only read can still be read. */
    mailbox_complain(reader, err->text);
    return true;
}

bool mailbox_batch_store(struct mailbox_reader *reader, struct mailbox_folder *folder,
                         struct mailbox_batch *batch, struct err *err)
{
    struct scope scope = mailbox_scope(reader);
    struct position position = mailbox_position(reader, folder, batch->last);
    size_t new_n;

    if (batch->last == folder->last_uid && batch->mails_n == 0 && batch->aside_n == 0)
        return true;
    position.aside = batch->aside;
    position.aside_n = batch->aside_n;
    position.mails = batch->mails;
    position.mails_n = batch->mails_n;
    position.is_comparison = batch->is_comparison;
    if (batch->n == 0)
        return mailbox_position_save(reader, folder, position, err);
    if (!pipeline_receive(reader->store, &scope, reader->channel->id, batch->items, batch->n,
                          position_write, &position, &new_n, err))
        return false;
    folder->last_uid = batch->last;
    if (!mark_seen(reader, batch, err))
        return false;
    mailbox_health_note(reader->health, reader->complaint[0] ? reader->complaint : NULL,
                        reader->left);
    return true;
}

bool mailbox_batch_rescue(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          struct mailbox_batch *batch)
{
    struct err ignored;

    (void)!mailbox_batch_store(reader, folder, batch, &ignored);
    return false;
}
