#include "mailbox_folder.h"

#include "mailbox_batch.h"

#include <stdio.h>

/* --- how far a folder was read -------------------------------------------------------------- */

/* The newest message's UID; 0 in an empty folder. */
static bool find_newest(struct mailbox_reader *reader, const struct imap_folder *opened,
                        uint32_t *out, struct err *err)
{
    uint32_t *uids = NEW_ARRAY(reader->mem, uint32_t, MAILBOX_UIDS_MAX);
    size_t n = MAILBOX_UIDS_MAX;

    *out = opened->uidnext > 0 ? opened->uidnext - 1 : 0;
    if (opened->uidnext > 0 || opened->exists == 0)
        return true;
    while (n == MAILBOX_UIDS_MAX) {
        if (!mailbox_next_uids(reader, *out + 1, uids, &n, err))
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
    struct scope scope = mailbox_scope(reader);
    struct position position = mailbox_position(reader, folder, 0);

    return store_write(reader->store, &scope, position_forget_aside, &position, err);
}

static bool begin_behind(struct mailbox_reader *reader, struct mailbox_folder *folder,
                         uint32_t newest, struct err *err)
{
    struct position position = mailbox_position(reader, folder, newest);

    position.first_uid = (int64_t)newest + 1;
    return mailbox_position_save(reader, folder, position, err);
}

static bool find_position(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          const struct imap_folder *opened, struct err *err)
{
    struct scope scope = mailbox_scope(reader);
    struct position position = mailbox_position(reader, folder, 0);
    uint32_t newest;

    if (!store_read(reader->store, &scope, position_read, &position, err))
        return false;
    folder->uidvalidity = opened->uidvalidity;
    folder->last_uid = 0;
    if (position.found && position.uid_validity == opened->uidvalidity)
        folder->last_uid = (uint32_t)position.last_uid;
    else if (!position.found && folder->is_sent)
        return find_newest(reader, opened, &newest, err) &&
               begin_behind(reader, folder, newest, err);
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

/* --- reading -------------------------------------------------------------------------------- */

static bool read_uids(struct mailbox_reader *reader, struct mailbox_folder *folder,
                      const uint32_t *uids, size_t n, struct err *err)
{
    struct mailbox_batch batch = { .last = folder->last_uid };

    for (size_t i = 0; i < n; i++) {
        if (!mailbox_batch_fetch(reader, folder, &batch, &(struct aside){ .uid = uids[i] }, err))
            return mailbox_batch_rescue(reader, folder, &batch);
        if (reader->left > 0)
            reader->left--;
        if (i + 1 < n && !mailbox_batch_is_full(&batch))
            continue;
        if (!mailbox_batch_store(reader, folder, &batch, err))
            return false;
        arena_reset(reader->mem);
        batch = (struct mailbox_batch){ .last = folder->last_uid };
    }
    return true;
}

/* Those whose time has come; what doesn't fit into a batch comes next time. */
static bool read_aside(struct mailbox_reader *reader, struct mailbox_folder *folder,
                       struct err *err)
{
    struct scope scope = mailbox_scope(reader);
    struct position position = mailbox_position(reader, folder, 0);
    struct mailbox_batch batch = { .last = folder->last_uid };

    if (!store_read(reader->store, &scope, position_read_aside, &position, err))
        return false;
    folder->aside_n = position.waiting.n;
    for (size_t i = 0; i < position.waiting.n && !mailbox_batch_is_full(&batch); i++) {
        const struct aside *aside = &((const struct aside *)position.waiting.items)[i];

        if (aside->due_at.ms > clock_now().ms)
            mailbox_complain_of(reader, folder, aside->words);
        else if (!mailbox_batch_fetch(reader, folder, &batch, aside, err))
            return mailbox_batch_rescue(reader, folder, &batch);
    }
    if (!mailbox_batch_store(reader, folder, &batch, err))
        return false;
    arena_reset(reader->mem);
    return true;
}

bool mailbox_folder_read(struct mailbox_reader *reader, struct mailbox_folder *folder,
                         struct err *err)
{
    uint32_t uids[MAILBOX_UIDS_MAX];
    size_t n = MAILBOX_UIDS_MAX;

    if (!read_aside(reader, folder, err))
        return false;
    while (n == MAILBOX_UIDS_MAX && folder->last_uid < UINT32_MAX) {
        if (!mailbox_next_uids(reader, folder->last_uid + 1, uids, &n, err))
            return false;
        if (n < MAILBOX_UIDS_MAX || reader->left < (int64_t)n)
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
