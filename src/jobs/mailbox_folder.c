#include "mailbox_folder.h"

#include "../base/text.h"
#include "../channel/email_parse.h"
#include "../pipeline/pipeline.h"
#include "mailbox_position.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    BATCH_MAX = 50,            /* mails in one transaction */
    BATCH_BYTES_MAX = 8 << 20, /* of them; a larger mail makes a batch full by itself */
    UIDS_MAX = 500,            /* asked for at once */
    TRIES_MAX = 3,             /* of a folder that changes while it is read */
    DROPS_MAX = 3,             /* of the connection at one message, before that is put aside */
    ASIDE_MAX = 100,           /* put aside in a folder: more is no matter of single messages */
};
/* How long a message is asked for that the server can't hand over. */
static const int64_t ASIDE_MS = DAY_MS;
/* Sent mails of before the channel are of no concern. The clocks of two servers may differ. */
static const int64_t SENT_SLACK_MS = DAY_MS;

/* --- how far a folder was read -------------------------------------------------------------- */

static struct scope scope_of(const struct mailbox_reader *reader)
{
    return (struct scope){ .mem = reader->mem, .organisation = reader->organisation };
}

static struct position position_of(const struct mailbox_reader *reader,
                                   const struct mailbox_folder *folder, uint32_t last_uid)
{
    return (struct position){ .channel = reader->channel->id,
                              .folder = folder->name,
                              .uid_validity = folder->uidvalidity,
                              .last_uid = last_uid };
}

static bool save_position(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          struct position position, struct err *err)
{
    struct scope scope = scope_of(reader);

    if (!store_write(reader->store, &scope, position_write, &position, err))
        return false;
    folder->last_uid = (uint32_t)position.last_uid;
    return true;
}

/* A message may vanish between two questions about its place: then ask again. */
static bool next_uids(struct mailbox_reader *reader, uint32_t from, uint32_t *uids, size_t *n,
                      struct err *err)
{
    for (int i = 0; i < TRIES_MAX; i++) {
        if (imap_uids(reader->im, from, UIDS_MAX, uids, n, err))
            return true;
        if (!imap_is_open(reader->im) || err->code != ERR_BUSY)
            return false;
    }
    return false;
}

/* The newest message's UID; 0 in an empty folder. */
static bool find_newest(struct mailbox_reader *reader, const struct imap_folder *opened,
                        uint32_t *out, struct err *err)
{
    uint32_t *uids = NEW_ARRAY(reader->mem, uint32_t, UIDS_MAX);
    size_t n = UIDS_MAX;

    *out = opened->uidnext > 0 ? opened->uidnext - 1 : 0;
    if (opened->uidnext > 0 || opened->exists == 0)
        return true;
    while (n == UIDS_MAX) {
        if (!next_uids(reader, *out + 1, uids, &n, err))
            return false;
        if (n > 0)
            *out = uids[n - 1];
    }
    return true;
}

/* At most: UIDs have gaps. */
static int64_t count_left(const struct imap_folder *opened, uint32_t last_uid)
{
    if (opened->uidnext == 0 || (int64_t)opened->uidnext - 1 - last_uid > opened->exists)
        return opened->exists;
    return opened->uidnext > last_uid ? (int64_t)opened->uidnext - 1 - last_uid : 0;
}

static bool forget_aside(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                         struct err *err)
{
    struct scope scope = scope_of(reader);
    struct position position = position_of(reader, folder, 0);

    return store_write(reader->store, &scope, position_forget_aside, &position, err);
}

static bool find_position(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          const struct imap_folder *opened, struct err *err)
{
    struct scope scope = scope_of(reader);
    struct position position = position_of(reader, folder, 0);
    uint32_t newest;

    if (!store_read(reader->store, &scope, position_read, &position, err))
        return false;
    folder->uidvalidity = opened->uidvalidity;
    folder->last_uid = 0;
    if (position.found && position.uid_validity == opened->uidvalidity)
        folder->last_uid = (uint32_t)position.last_uid;
    else if (!position.found && folder->is_sent)
        return find_newest(reader, opened, &newest, err) &&
               save_position(reader, folder, position_of(reader, folder, newest), err);
    else if (position.found)
        return forget_aside(reader, folder, err);
    return true;
}

bool mailbox_folder_open(struct mailbox_reader *reader, struct mailbox_folder *folder,
                         struct err *err)
{
    struct imap_folder opened;

    if (!imap_select(reader->im, folder->name, &opened, err) ||
        !find_position(reader, folder, &opened, err))
        return false;
    reader->left = count_left(&opened, folder->last_uid);
    arena_reset(reader->mem);
    return true;
}

/* --- a batch -------------------------------------------------------------------------------- */

struct batch {
    struct received items[BATCH_MAX];
    uint32_t seen[BATCH_MAX]; /* to be marked when all are stored */
    struct aside aside[BATCH_MAX];
    size_t n, seen_n, bytes, aside_n;
    uint32_t last; /* UID of the last message that was looked at */
};

static bool is_full(const struct batch *batch)
{
    return batch->n == BATCH_MAX || batch->aside_n == BATCH_MAX || batch->bytes >= BATCH_BYTES_MAX;
}

static void add_aside(struct batch *batch, struct aside aside)
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

static void add(struct mailbox_reader *reader, const struct mailbox_folder *folder,
                struct batch *batch, const struct imap_message *message)
{
    struct received *item = &batch->items[batch->n++];

    *item = (struct received){ .arrived_at = arrival_of(message),
                               .folder = folder->name,
                               .is_ours = folder->is_sent };
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
                     struct batch *batch, uint32_t uid, const char *words)
{
    batch->items[batch->n++] = (struct received){
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

static void complain_of(struct mailbox_reader *reader, const struct mailbox_folder *folder,
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
                      struct batch *batch, const struct aside *asked, const struct err *err)
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
        complain_of(reader, folder, aside.words);
    add_aside(batch, aside);
    folder->aside_n += is_new;
    return true;
}

static bool is_old(const struct mailbox_reader *reader, const struct imap_message *message)
{
    return message->received_at.ms != 0 &&
           message->received_at.ms < reader->channel->created_at.ms - SENT_SLACK_MS;
}

/* Asks for a new message, or again for one that was put aside. */
static bool fetch(struct mailbox_reader *reader, struct mailbox_folder *folder, struct batch *batch,
                  const struct aside *asked, struct err *err)
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
    if (message.state != IMAP_MESSAGE_GONE && !(folder->is_sent && is_old(reader, &message)))
        add(reader, folder, batch, &message);
    if (asked->since.ms > 0)
        add_aside(batch, (struct aside){ .uid = uid, .is_settled = true });
    return true;
}

static bool mark_seen(struct mailbox_reader *reader, const struct batch *batch, struct err *err)
{
    if (batch->seen_n == 0 || imap_mark_seen(reader->im, batch->seen, batch->seen_n, err))
        return true;
    if (!imap_is_open(reader->im))
        return false;
    /* A mailbox that we may only read can still be read. */
    mailbox_complain(reader, err->text);
    return true;
}

static bool store_batch(struct mailbox_reader *reader, struct mailbox_folder *folder,
                        struct batch *batch, struct err *err)
{
    struct scope scope = scope_of(reader);
    struct position position = position_of(reader, folder, batch->last);
    size_t new_n;

    if (batch->last == folder->last_uid && batch->n == 0 && batch->aside_n == 0)
        return true;
    position.aside = batch->aside;
    position.aside_n = batch->aside_n;
    if (batch->n == 0)
        return save_position(reader, folder, position, err);
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

/* --- reading -------------------------------------------------------------------------------- */

/* What was fetched before it went wrong is stored: it needn't be fetched again. */
static bool rescue(struct mailbox_reader *reader, struct mailbox_folder *folder,
                   struct batch *batch)
{
    struct err ignored;

    (void)!store_batch(reader, folder, batch, &ignored);
    return false;
}

static bool read_uids(struct mailbox_reader *reader, struct mailbox_folder *folder,
                      const uint32_t *uids, size_t n, struct err *err)
{
    struct batch batch = { .last = folder->last_uid };

    for (size_t i = 0; i < n; i++) {
        if (!fetch(reader, folder, &batch, &(struct aside){ .uid = uids[i] }, err))
            return rescue(reader, folder, &batch);
        if (reader->left > 0)
            reader->left--;
        if (i + 1 < n && !is_full(&batch))
            continue;
        if (!store_batch(reader, folder, &batch, err))
            return false;
        arena_reset(reader->mem);
        batch = (struct batch){ .last = folder->last_uid };
    }
    return true;
}

/* Those whose time has come; what doesn't fit into a batch comes next time. */
static bool read_aside(struct mailbox_reader *reader, struct mailbox_folder *folder,
                       struct err *err)
{
    struct scope scope = scope_of(reader);
    struct position position = position_of(reader, folder, 0);
    struct batch batch = { .last = folder->last_uid };

    if (!store_read(reader->store, &scope, position_read_aside, &position, err))
        return false;
    folder->aside_n = position.waiting.n;
    for (size_t i = 0; i < position.waiting.n && !is_full(&batch); i++) {
        const struct aside *aside = &((const struct aside *)position.waiting.items)[i];

        if (aside->due_at.ms > clock_now().ms)
            complain_of(reader, folder, aside->words);
        else if (!fetch(reader, folder, &batch, aside, err))
            return rescue(reader, folder, &batch);
    }
    if (!store_batch(reader, folder, &batch, err))
        return false;
    arena_reset(reader->mem);
    return true;
}

bool mailbox_folder_read(struct mailbox_reader *reader, struct mailbox_folder *folder,
                         struct err *err)
{
    uint32_t uids[UIDS_MAX];
    size_t n = UIDS_MAX;

    if (!read_aside(reader, folder, err))
        return false;
    while (n == UIDS_MAX && folder->last_uid < UINT32_MAX) {
        if (!next_uids(reader, folder->last_uid + 1, uids, &n, err))
            return false;
        if (n < UIDS_MAX || reader->left < (int64_t)n)
            reader->left = (int64_t)n;
        if (n > 0 && !read_uids(reader, folder, uids, n, err))
            return false;
    }
    return true;
}

void mailbox_complain(struct mailbox_reader *reader, const char *words)
{
    if (!reader->complaint[0])
        snprintf(reader->complaint, sizeof(reader->complaint), "%s", words);
}
