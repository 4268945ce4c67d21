#include "notes.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../alerts/alerts.h"
#include "../cases/cases.h"

#include <string.h>

const struct field note_fields[] = {
    FIELD(note, id, .flags = REQUIRED),          FIELD(note, case_id, .flags = REQUIRED),
    FIELD(note, user_id, .doc = "Who wrote it"), FIELD(note, text, .flags = REQUIRED),
    FIELD(note, at, .flags = REQUIRED),          { 0 },
};

static bool check_text(const char *text, struct err *err)
{
    if (text_is_blank(text))
        return err_field(err, "text", "has nothing in it");
    return strlen(text) <= NOTE_TEXT_MAX ||
           err_field(err, "text", "is longer than %d bytes", NOTE_TEXT_MAX);
}

bool note_add(struct tx *tx, case_id id, const char *text, struct note *out, struct err *err)
{
    bool by_user = tx->actor.kind == ACTOR_USER || tx->actor.kind == ACTOR_INTEGRATION;
    char about[ID_TEXT_MAX];
    struct casefile c;

    if (!check_text(text, err) || !case_hold(tx, id, err) || !case_get(tx, id, &c, err))
        return false;
    id = c.id;
    *out = (struct note){
        .id = { id_new() },
        .case_id = id,
        .user_id = { by_user ? tx->actor.id : 0 },
        .text = text,
        .at = tx->now,
    };
    id_write("not", out->id.n, about);
    return db_run(tx, SQL_NOTE_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_id(id), arg_id(out->user_id),
                       arg_text(text), arg_time(out->at)),
                  err) &&
           event_add(tx, &(struct event){ .kind = "note.added", .case_id = id, .about = about },
                     err) &&
           alert_add_mentioned(tx, text, id, err);
}

bool note_list_of_case(struct tx *tx, case_id id, note_id after, int64_t max, struct list *out,
                       struct err *err)
{
    return db_all(tx, SQL_NOTE_LIST_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(after.n), arg_int(max)),
                  note_fields, sizeof(struct note), out, err);
}
