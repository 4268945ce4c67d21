#include "mailbox_health.h"

#include "../base/log.h"
#include "../store/events.h"

#include <stdio.h>
#include <string.h>

enum { SAME_MS = 30 * 1000, PROGRESS_MS = 1000 };

void mailbox_health_begin(struct mailbox_health *health, const struct channel *row)
{
    snprintf(health->error, sizeof(health->error), "%s", row->last_error ? row->last_error : "");
    health->backlog = row->backlog;
}

struct note {
    const struct mailbox_health *health;
    const char *error;
    int64_t backlog;
    const char *event; /* NULL: it stays as it was */
};

static bool write_note(struct tx *tx, void *arg, struct err *err)
{
    const struct note *note = arg;
    channel_id id = note->health->channel;
    char about[ID_TEXT_MAX];

    id_write("chn", id.n, about);
    return channel_set_health(tx, id, note->error, note->backlog, err) &&
           (!note->event ||
            event_add(tx, &(struct event){ .kind = note->event, .about = about }, err));
}

static bool is_worth_it(const struct mailbox_health *health, bool is_other, int64_t backlog)
{
    int64_t age_ms = clock_monotonic_ms() - health->written_ms;

    if (is_other || health->written_ms == 0 || age_ms >= SAME_MS)
        return true;
    /* the end of a backlog is told at once, too */
    return backlog != health->backlog && (backlog == 0 || age_ms >= PROGRESS_MS);
}

void mailbox_health_note(struct mailbox_health *health, const char *error, int64_t backlog)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("health");
    struct scope scope = { .mem = mem, .organisation = health->organisation };
    bool was_good = health->error[0] == 0, is_good = !error;
    struct note note = { health, error, backlog, NULL };
    struct err err;

    if (!is_worth_it(health, strcmp(health->error, error ? error : "") != 0, backlog))
        return;
    if (was_good != is_good)
        note.event = is_good ? "channel.working" : "channel.failing";
    if (!store_write(health->store, &scope, write_note, &note, &err)) {
        LOG_WARN("mailbox.health", "channel=%s err=\"%s\"", id_text("chn", health->channel.n).s,
                 err.text);
        return;
    }
    snprintf(health->error, sizeof(health->error), "%s", error ? error : "");
    health->backlog = backlog;
    health->written_ms = clock_monotonic_ms();
}
