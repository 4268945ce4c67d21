/* back_office.c — what other systems say of a repair or an invoice, over the API of records. */
#include "play_inside.h"

#include "../base/buf.h"
#include "../base/json.h"

static const struct {
    const char *type, *prefix;
    const char *statuses[3];
} dossiers[] = {
    [DOSSIER_REPAIR] = { "repair",  "R-", { "reported", "planned", "done" } },
    [DOSSIER_INVOICE] = { "invoice", "F-", { "open", "reminded", "paid" }    },
};

enum { STEPS_N = 3 };

bool back_office_step(struct play *play, struct story *story, bool *more, struct err *err)
{
    enum dossier dossier = story->need->dossier;
    CLEANUP(buf_free) struct buf json = BUF(16 * 1024);
    const char *path, *body;

    *more = false;
    if (dossier == NO_DOSSIER || !story->tenant->is_known || story->record_step == STEPS_N)
        return true;
    if (!story->record)
        story->record = arena_printf(play->mem, "%s%lld", dossiers[dossier].prefix,
                                     (long long)(play->records_from + ++play->records_n));
    buf_text(&json, "{\"title\":");
    json_write_text(&json, story_say(play->turn, story, story->tenant, story->need->subject));
    buf_printf(&json, ",\"status\":\"%s\",\"owner_kind\":\"external\",\"owner\":\"K%06lld\"}",
               dossiers[dossier].statuses[story->record_step], (long long)story->tenant->number);
    path = arena_printf(play->turn, "/api/v1/records/%s/%s", dossiers[dossier].type, story->record);
    *more = ++story->record_step < STEPS_N;
    return office_call(&play->office, play->turn, "PUT", path, NULL, buf_str(&json), &body, err);
}
