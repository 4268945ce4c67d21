#include "mailbox_compare.h"

#include "mailbox_batch.h"

enum { PIECES_MAX = 10 }; /* of MAILBOX_UIDS_MAX messages, before others have their turn */

static const int64_t COMPARE_MS = DAY_MS;

/* A piece of the folder, and which of it are accounted for. */
struct comparison {
    struct position position;
    int64_t first, last;
    struct list accounted; /* of struct accounted, ascending */
};

struct accounted {
    int64_t uid;
};

static const struct field accounted_fields[] = {
    FIELD(accounted, uid),
    { 0 },
};

static bool list_accounted(struct tx *tx, void *arg, struct err *err)
{
    struct comparison *c = arg;

    return db_all(tx, SQL_MAILBOX_MAIL_ACCOUNTED,
                  ARGS(arg_organisation(tx), arg_id(c->position.channel),
                       arg_text(c->position.folder), arg_int(c->position.uid_validity),
                       arg_int(c->first), arg_int(c->last)),
                  accounted_fields, sizeof(struct accounted), &c->accounted, err);
}

/* Both are ascending: takes from `uids` what is accounted for; returns how many are left. */
static size_t leave_missing(const struct list *accounted, uint32_t *uids, size_t n)
{
    const struct accounted *known = accounted->items;
    size_t at = 0, left = 0;

    for (size_t i = 0; i < n; i++) {
        while (at < accounted->n && known[at].uid < (int64_t)uids[i])
            at++;
        if (at == accounted->n || known[at].uid != (int64_t)uids[i])
            uids[left++] = uids[i];
    }
    return left;
}

static bool fetch_missing(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          const uint32_t *uids, size_t n, struct err *err)
{
    struct mailbox_batch batch = { .last = folder->last_uid, .is_comparison = true };

    for (size_t i = 0; i < n; i++) {
        if (!mailbox_batch_fetch(reader, folder, &batch, &(struct aside){ .uid = uids[i] }, err))
            return mailbox_batch_rescue(reader, folder, &batch);
        if (i + 1 < n && !mailbox_batch_is_full(&batch))
            continue;
        if (!mailbox_batch_store(reader, folder, &batch, err))
            return false;
        arena_reset(reader->mem);
        batch = (struct mailbox_batch){ .last = folder->last_uid, .is_comparison = true };
    }
    return true;
}

/* The next piece; *n is how many messages it had. */
static bool compare_piece(struct mailbox_reader *reader, struct mailbox_folder *folder,
                          struct position *position, size_t *n, struct err *err)
{
    struct scope scope = mailbox_scope(reader);
    struct comparison c = { .position = *position };
    uint32_t uids[MAILBOX_UIDS_MAX];
    int64_t from = position->compared_uid + 1;

    *n = 0;
    if (from < position->first_uid)
        from = position->first_uid;
    if (from > (int64_t)folder->last_uid)
        return true;
    if (!mailbox_next_uids(reader, (uint32_t)from, uids, n, err))
        return false;
    while (*n > 0 && uids[*n - 1] > folder->last_uid)
        --*n;
    if (*n == 0)
        return true;
    c.first = uids[0];
    c.last = uids[*n - 1];
    if (!store_read(reader->store, &scope, list_accounted, &c, err))
        return false;
    position->compared_uid = c.last;
    return fetch_missing(reader, folder, uids, leave_missing(&c.accounted, uids, *n), err);
}

static bool save(struct mailbox_reader *reader, struct position *position, struct err *err)
{
    struct scope scope = mailbox_scope(reader);
    bool saved = store_write(reader->store, &scope, position_compared, position, err);

    arena_reset(reader->mem);
    return saved;
}

bool mailbox_compare(struct mailbox_reader *reader, struct mailbox_folder *folder, bool *goes_on,
                     struct err *err)
{
    struct scope scope = mailbox_scope(reader);
    struct position position = mailbox_position(reader, folder, folder->last_uid);
    instant now = clock_now();
    size_t n = MAILBOX_UIDS_MAX;

    if (!store_read(reader->store, &scope, position_read, &position, err))
        return false;
    if (!position.found || position.uid_validity != (int64_t)folder->uidvalidity ||
        now.ms - position.compared_at.ms < COMPARE_MS)
        return true;
    for (int i = 0; i < PIECES_MAX && n == MAILBOX_UIDS_MAX; i++)
        if (!compare_piece(reader, folder, &position, &n, err))
            return false;
    if (n == MAILBOX_UIDS_MAX) {
        *goes_on = true;
    } else {
        position.compared_uid = 0;
        position.compared_at = now;
    }
    return save(reader, &position, err);
}
