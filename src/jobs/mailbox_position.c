#include "mailbox_position.h"

#include "../domain/differences/differences.h"

#include <inttypes.h>

static const int64_t FIRST_PAUSE_MS = MINUTE_MS, LONGEST_PAUSE_MS = HOUR_MS;

static const struct field position_fields[] = {
    FIELD(position, uid_validity), FIELD(position, last_uid),    FIELD(position, first_uid),
    FIELD(position, compared_uid), FIELD(position, compared_at), { 0 },
};

static const struct field aside_fields[] = {
    FIELD(aside, uid), FIELD(aside, since), FIELD(aside, due_at), FIELD(aside, words), { 0 },
};

bool position_read(struct tx *tx, void *arg, struct err *err)
{
    struct position *position = arg;

    return db_find(
        tx, SQL_MAILBOX_FOLDER_GET,
        ARGS(arg_organisation(tx), arg_id(position->channel), arg_text(position->folder)),
        position_fields, position, &position->found, err);
}

/* Each time as long as it has waited already. */
static instant next_due(instant now, instant since)
{
    int64_t pause_ms = now.ms - since.ms;

    if (pause_ms < FIRST_PAUSE_MS)
        pause_ms = FIRST_PAUSE_MS;
    return instant_plus(now, pause_ms < LONGEST_PAUSE_MS ? pause_ms : LONGEST_PAUSE_MS);
}

static bool write_aside(struct tx *tx, const struct position *position, const struct aside *aside,
                        struct err *err)
{
    instant since = aside->since.ms > 0 ? aside->since : tx->now;

    if (aside->is_settled)
        return db_run(tx, SQL_MAILBOX_ASIDE_SETTLE,
                      ARGS(arg_organisation(tx), arg_id(position->channel),
                           arg_text(position->folder), arg_int(position->uid_validity),
                           arg_int(aside->uid)),
                      err);
    return db_run(tx, SQL_MAILBOX_ASIDE_SAVE,
                  ARGS(arg_organisation(tx), arg_id(position->channel), arg_text(position->folder),
                       arg_int(position->uid_validity), arg_int(aside->uid), arg_time(since),
                       arg_time(next_due(tx->now, since)), arg_text(aside->words)),
                  err);
}

static bool write_mail(struct tx *tx, const struct position *position,
                       const struct mailbox_mail *mail, struct err *err)
{
    envelope_id envelope = mail->became ? mail->became->envelope : (envelope_id){ 0 };
    bool is_missed = position->is_comparison && mail->became && mail->became->is_new;

    return db_run(tx, SQL_MAILBOX_MAIL_SAVE,
                  ARGS(arg_organisation(tx), arg_id(position->channel), arg_text(position->folder),
                       arg_int(position->uid_validity), arg_int(mail->uid), arg_id(envelope)),
                  err) &&
           (!is_missed ||
            difference_mended(tx, "mail_missed", arena_text(tx->mem, id_text("env", envelope.n).s),
                              arena_printf(tx->mem, "%s %" PRId64, position->folder, mail->uid),
                              err));
}

bool position_write(struct tx *tx, void *arg, struct err *err)
{
    const struct position *position = arg;

    for (size_t i = 0; i < position->aside_n; i++)
        if (!write_aside(tx, position, &position->aside[i], err))
            return false;
    for (size_t i = 0; i < position->mails_n; i++)
        if (!write_mail(tx, position, &position->mails[i], err))
            return false;
    return db_run(tx, SQL_MAILBOX_FOLDER_SAVE,
                  ARGS(arg_organisation(tx), arg_id(position->channel), arg_text(position->folder),
                       arg_int(position->uid_validity), arg_int(position->last_uid),
                       arg_int(position->first_uid > 0 ? position->first_uid : 1)),
                  err);
}

bool position_compared(struct tx *tx, void *arg, struct err *err)
{
    const struct position *position = arg;
    struct args place = ARGS(arg_organisation(tx), arg_id(position->channel),
                             arg_text(position->folder), arg_int(position->uid_validity));

    return db_run(tx, SQL_MAILBOX_FOLDER_COMPARED,
                  ARGS(place.v[0], place.v[1], place.v[2], place.v[3],
                       arg_int(position->compared_uid), arg_time(position->compared_at)),
                  err) &&
           db_run(tx, SQL_MAILBOX_MAIL_FORGET, place, err);
}

bool position_read_aside(struct tx *tx, void *arg, struct err *err)
{
    struct position *position = arg;

    return db_all(tx, SQL_MAILBOX_ASIDE_LIST,
                  ARGS(arg_organisation(tx), arg_id(position->channel), arg_text(position->folder),
                       arg_int(position->uid_validity)),
                  aside_fields, sizeof(struct aside), &position->waiting, err);
}

bool position_forget_aside(struct tx *tx, void *arg, struct err *err)
{
    const struct position *position = arg;

    return db_run(tx, SQL_MAILBOX_ASIDE_FORGET,
                  ARGS(arg_organisation(tx), arg_id(position->channel), arg_text(position->folder),
                       arg_int(position->uid_validity)),
                  err);
}
