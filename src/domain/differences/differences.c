#include "differences.h"

#include "../../auth/organisations.h"
#include "../../store/events.h"
#include "../../store/jobs.h"

static const int64_t REMEMBERED_MS = 90 * DAY_MS; /* what is gone, and who looked */

const struct field difference_fields[] = {
    FIELD(difference, id, .flags = REQUIRED),
    FIELD(difference, kind, .flags = REQUIRED),
    FIELD(difference, about, .flags = REQUIRED, .doc = "The item, by its id"),
    FIELD(difference, detail, .doc = "What else it takes to find it: a folder and a number in it"),
    FIELD(difference, words, .flags = REQUIRED,
          .doc = "What is wrong with it, and what can be done"),
    FIELD(difference, found_at, .flags = REQUIRED),
    FIELD(difference, seen_at, .flags = REQUIRED, .doc = "When it was still so"),
    FIELD(difference, gone_at, .doc = "Since when it isn't so any more; null while it is"),
    { 0 },
};

const struct field reconciliation_fields[] = {
    FIELD(reconciliation, id, .flags = REQUIRED),
    FIELD(reconciliation, began_at, .flags = REQUIRED),
    FIELD(reconciliation, ended_at, .doc = "Null while it is under way"),
    FIELD(reconciliation, at_part, .flags = SECRET),
    FIELD(reconciliation, at_id, .flags = SECRET),
    FIELD(reconciliation, looked_n, .doc = "Items that were looked at"),
    FIELD(reconciliation, found_n, .doc = "Differences that were found; 1,000 of them get a name"),
    { 0 },
};

/* --- one run -------------------------------------------------------------------------------- */

bool reconciliation_begin(struct tx *tx, struct reconciliation *out, bool *is_new, struct err *err)
{
    bool found;

    *out = (struct reconciliation){ 0 };
    if (!db_find(tx, SQL_RECONCILIATION_NEWEST, ARGS(arg_organisation(tx)), reconciliation_fields,
                 out, &found, err))
        return false;
    *is_new = !found || out->ended_at.ms > 0;
    if (!*is_new)
        return true;
    *out = (struct reconciliation){ .id = { id_new() }, .began_at = tx->now };
    return db_run(tx, SQL_RECONCILIATION_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_time(out->began_at)), err) &&
           job_ask(tx, "reconcile", out->id.n, err);
}

/* What was made today has nothing behind it that could have gone wrong unseen. */
static bool is_due(struct tx *tx, const struct organisation *organisation, instant before,
                   bool *out, struct err *err)
{
    struct reconciliation last = { 0 };
    bool found;

    if (!db_find(tx, SQL_RECONCILIATION_NEWEST, ARGS(arg_organisation(tx)), reconciliation_fields,
                 &last, &found, err))
        return false;
    *out = (found ? last.began_at.ms : organisation->created_at.ms) < before.ms;
    return true;
}

bool reconciliation_begin_due(struct tx *tx, instant before, struct err *err)
{
    organisation_id own = tx->organisation;
    struct reconciliation begun;
    struct list all;
    bool due, is_new;

    if (!organisation_list(tx, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct organisation *organisation = &((const struct organisation *)all.items)[i];

        tx->organisation = organisation->id;
        if (!is_due(tx, organisation, before, &due, err) ||
            (due && !reconciliation_begin(tx, &begun, &is_new, err)))
            return false;
    }
    tx->organisation = own;
    return true;
}

bool reconciliation_get(struct tx *tx, reconciliation_id id, struct reconciliation *out,
                        struct err *err)
{
    *out = (struct reconciliation){ 0 };
    return db_one(tx, SQL_RECONCILIATION_GET, ARGS(arg_organisation(tx), arg_id(id)),
                  reconciliation_fields, out, err);
}

bool reconciliation_save(struct tx *tx, const struct reconciliation *at, struct err *err)
{
    return db_run(tx, SQL_RECONCILIATION_SAVE,
                  ARGS(arg_organisation(tx), arg_id(at->id), arg_int(at->at_part),
                       arg_int(at->at_id), arg_int(at->looked_n), arg_int(at->found_n)),
                  err);
}

bool reconciliation_end(struct tx *tx, const struct reconciliation *at, struct err *err)
{
    instant long_ago = instant_plus(tx->now, -REMEMBERED_MS);

    /* One that couldn't name all doesn't know which are gone. */
    if (at->found_n <= DIFFERENCES_MAX &&
        !db_run(tx, SQL_DIFFERENCE_LEAVE,
                ARGS(arg_organisation(tx), arg_time(at->began_at), arg_time(tx->now)), err))
        return false;
    return db_run(tx, SQL_DIFFERENCE_FORGET, ARGS(arg_organisation(tx), arg_time(long_ago)), err) &&
           db_run(tx, SQL_RECONCILIATION_FORGET,
                  ARGS(arg_organisation(tx), arg_int(id_at(long_ago.ms))), err) &&
           db_run(tx, SQL_RECONCILIATION_END,
                  ARGS(arg_organisation(tx), arg_id(at->id), arg_time(tx->now)), err);
}

/* --- differences ---------------------------------------------------------------------------- */

static bool note(struct tx *tx, const char *kind, const char *about, const char *detail,
                 instant gone_at, struct err *err)
{
    struct difference row = { 0 };

    if (!db_one(tx, SQL_DIFFERENCE_SEE,
                ARGS(arg_organisation(tx), arg_int(id_new()), arg_text(kind), arg_text(about),
                     arg_text(detail), arg_time(tx->now), arg_time(gone_at)),
                difference_fields, &row, err))
        return false;
    if (row.found_at.ms != row.seen_at.ms) /* it was known */
        return true;
    return event_add(tx,
                     &(struct event){
                         .kind = "difference.found",
                         .about = about,
                         .data = { arena_printf(tx->mem, "{\"difference\":\"%s\",\"kind\":\"%s\"}",
                                                id_text("dif", row.id.n).s, kind) },
                     },
                     err);
}

bool difference_see(struct tx *tx, const char *kind, const char *about, const char *detail,
                    struct err *err)
{
    return note(tx, kind, about, detail, (instant){ 0 }, err);
}

bool difference_mended(struct tx *tx, const char *kind, const char *about, const char *detail,
                       struct err *err)
{
    return note(tx, kind, about, detail, tx->now, err);
}
