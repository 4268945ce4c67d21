#include "notes.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../alerts/alerts.h"
#include "../cases/cases.h"
#include "../files/files.h"

#include <string.h>

const struct field note_fields[] = {
    FIELD(note, id, .flags = REQUIRED),
    FIELD(note, case_id, .flags = REQUIRED),
    FIELD(note, user_id, .doc = "Who wrote it"),
    FIELD(note, text, .flags = REQUIRED),
    FIELD(note, files, .of = file_fields, .size = sizeof(struct file)),
    FIELD(note, at, .flags = REQUIRED),
    { 0 },
};

const struct field note_draft_fields[] = {
    FIELD(note_draft, text, .flags = REQUIRED, .min = 1, .max = NOTE_TEXT_MAX),
    FIELD(note_draft, files, .max = 50, .doc = "Ids of files that were uploaded before"),
    { 0 },
};

static bool check_text(const char *text, struct err *err)
{
    if (text_is_blank(text))
        return err_field(err, "text", "has nothing in it");
    return strlen(text) <= NOTE_TEXT_MAX ||
           err_field(err, "text", "is longer than %d bytes", NOTE_TEXT_MAX);
}

bool note_check(struct tx *tx, const struct note_draft *draft, struct err *err)
{
    struct list files;

    return check_text(draft->text, err) && files_read(tx, &draft->files, &files, err);
}

/* What hangs on them, oldest note first, as the files are. */
static bool add_files(struct tx *tx, case_id id, struct list *notes, struct err *err)
{
    struct note *all = notes->items;
    struct list files;
    struct file *file;
    size_t k = 0;

    if (!file_list_of_notes(tx, id, 0, INT64_MAX, &files, err))
        return false;
    file = files.items;
    for (size_t i = 0; i < notes->n; i++) {
        while (k < files.n && file[k].note_id.n < all[i].id.n)
            k++;
        all[i].files = (struct list){ file ? file + k : NULL, 0 };
        for (; k < files.n && file[k].note_id.n == all[i].id.n; k++)
            all[i].files.n++;
    }
    return true;
}

bool note_add(struct tx *tx, case_id id, const struct note_draft *draft, struct note *out,
              struct err *err)
{
    struct list files, one = { out, 1 };
    bool by_user = tx->actor.kind == ACTOR_USER || tx->actor.kind == ACTOR_INTEGRATION;
    char about[ID_TEXT_MAX];
    struct casefile c;

    if (!check_text(draft->text, err) || !files_read(tx, &draft->files, &files, err) ||
        !case_hold(tx, id, err) || !case_get(tx, id, &c, err))
        return false;
    id = c.id;
    *out = (struct note){
        .id = { id_new() },
        .case_id = id,
        .user_id = { by_user ? tx->actor.id : 0 },
        .text = draft->text,
        .at = tx->now,
    };
    id_write("not", out->id.n, about);
    return db_run(tx, SQL_NOTE_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_id(id), arg_id(out->user_id),
                       arg_text(out->text), arg_time(out->at)),
                  err) &&
           files_attach(tx, &files, (message_id){ 0 }, out->id, err) &&
           (files.n == 0 || add_files(tx, id, &one, err)) &&
           event_add(tx, &(struct event){ .kind = "note.added", .case_id = id, .about = about },
                     err) &&
           alert_add_mentioned(tx, out->text, id, err);
}

bool note_list_of_case(struct tx *tx, case_id id, note_id after, int64_t max, struct list *out,
                       struct err *err)
{
    return db_all(tx, SQL_NOTE_LIST_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(after.n), arg_int(max)),
                  note_fields, sizeof(struct note), out, err) &&
           add_files(tx, id, out, err);
}
