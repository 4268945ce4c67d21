/* timeline.c — everything a case has, by time: messages, notes, history. */
#include "cases.h"

#include "../../store/events.h"
#include "../files/files.h"
#include "../messages/messages.h"
#include "../understanding/judge.h"
#include "cluster.h"

#include <stdlib.h>
#include <string.h>

enum { EACH_MAX = 500 }; /* newest of each; older ones by asking for the message itself */

/* What only a message has: an event has no direction, not even "in". */
#define OF_MESSAGE .flags = OPTIONAL, .only_with = offsetof(struct timeline_item, message_id)

const struct field timeline_item_fields[] = {
    FIELD(timeline_item, kind, .flags = REQUIRED, .doc = "message, note, or the kind of an event"),
    FIELD(timeline_item, id, .flags = REQUIRED),
    FIELD(timeline_item, at, .flags = REQUIRED),
    FIELD(timeline_item, actor_kind, .names = actor_kind_names),
    FIELD(timeline_item, user_id, .flags = OPTIONAL),
    FIELD(timeline_item, person_id, .flags = OPTIONAL),
    FIELD(timeline_item, conversation_id, .flags = OPTIONAL),
    FIELD(timeline_item, channel_id, .flags = OPTIONAL),
    FIELD(timeline_item, direction, OF_MESSAGE, .names = direction_names),
    FIELD(timeline_item, state, OF_MESSAGE, .names = message_state_names),
    FIELD(timeline_item, state_words, .flags = OPTIONAL),
    FIELD(timeline_item, subject, .flags = OPTIONAL),
    FIELD(timeline_item, text, .flags = OPTIONAL),
    FIELD(timeline_item, fold_at, OF_MESSAGE),
    FIELD(timeline_item, has_html, OF_MESSAGE),
    FIELD(timeline_item, prefers_html, OF_MESSAGE,
          .doc = "The HTML shows what the text can't: pictures or tables"),
    FIELD(timeline_item, is_auto, OF_MESSAGE),
    FIELD(timeline_item, parties, .flags = OPTIONAL, .of = parties_fields),
    FIELD(timeline_item, understood, .flags = OPTIONAL, .of = judgement_fields,
          .doc = "What a customer's words say"),
    FIELD(timeline_item, files, .flags = OPTIONAL, .of = file_fields, .size = sizeof(struct file)),
    FIELD(timeline_item, about, .flags = OPTIONAL),
    FIELD(timeline_item, data, .flags = OPTIONAL, .doc = "What an event changed"),
    { 0 },
};

static const struct field row_fields[] = {
    FIELD(timeline_item, message_id),
    FIELD(timeline_item, note_id),
    FIELD(timeline_item, event_id),
    FIELD(timeline_item, kind),
    FIELD(timeline_item, at),
    FIELD(timeline_item, actor_kind, .names = actor_kind_names),
    FIELD(timeline_item, actor_id),
    FIELD(timeline_item, user_id),
    FIELD(timeline_item, person_id),
    FIELD(timeline_item, conversation_id),
    FIELD(timeline_item, channel_id),
    FIELD(timeline_item, direction, .names = direction_names),
    FIELD(timeline_item, state, .names = message_state_names),
    FIELD(timeline_item, state_words),
    FIELD(timeline_item, subject),
    FIELD(timeline_item, text),
    FIELD(timeline_item, fold_at),
    FIELD(timeline_item, has_html),
    FIELD(timeline_item, prefers_html),
    FIELD(timeline_item, is_auto),
    FIELD(timeline_item, parties),
    FIELD(timeline_item, understood),
    FIELD(timeline_item, about),
    FIELD(timeline_item, data),
    { 0 },
};

struct timeline {
    struct timeline_item *items;
    size_t n;
    bool complete;
};

static bool gather_part(struct tx *tx, enum sql part, case_id id, struct timeline *out,
                        struct err *err)
{
    struct timeline_item *items;
    struct list rows;

    if (!db_all(tx, part, ARGS(arg_organisation(tx), arg_id(id), arg_int(EACH_MAX)), row_fields,
                sizeof(struct timeline_item), &rows, err))
        return false;
    out->complete &= rows.n < EACH_MAX;
    if (rows.n == 0)
        return true;
    items = NEW_ARRAY(tx->mem, struct timeline_item, out->n + rows.n);
    if (out->n > 0)
        memcpy(items, out->items, out->n * sizeof(items[0]));
    memcpy(items + out->n, rows.items, rows.n * sizeof(items[0]));
    out->items = items;
    out->n += rows.n;
    return true;
}

static bool gather_events(struct tx *tx, case_id id, struct timeline *out, struct err *err)
{
    return gather_part(tx, SQL_TIMELINE_EVENTS, id, out, err) &&
           gather_part(tx, SQL_TIMELINE_EVENTS_PENDING, id, out, err);
}

/* All rows of all tables behind one another. What happened stays with the case that it happened to:
 * of those that were merged it is read, too. */
static bool gather(struct tx *tx, case_id id, struct timeline *out, struct err *err)
{
    const struct case_member *members;
    struct list list;

    *out = (struct timeline){ .complete = true };
    if (!gather_part(tx, SQL_TIMELINE_MESSAGES, id, out, err) ||
        !gather_part(tx, SQL_TIMELINE_NOTES, id, out, err) || !gather_events(tx, id, out, err) ||
        !case_members(tx, id, &list, err))
        return false;
    members = list.items;
    for (size_t i = 0; i < list.n; i++)
        if (!gather_events(tx, members[i].id, out, err))
            return false;
    return true;
}

/* What the message itself shows in the timeline needs no event beside it. */
static bool says_nothing_new(const struct timeline_item *item)
{
    static const char *const kinds[] = { "message.received", "message.queued", "note.added" };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (item->event_id.n != 0 && strcmp(item->kind, kinds[i]) == 0)
            return true;
    return false;
}

/* Makes one kind of item of three kinds of row. */
static void finish(struct arena *mem, struct timeline_item *item)
{
    if (item->message_id.n != 0) {
        item->kind = "message";
        item->id = arena_text(mem, id_text("msg", item->message_id.n).s);
        item->actor_kind = item->direction == DIRECTION_IN ? ACTOR_CUSTOMER
                           : item->user_id.n != 0          ? ACTOR_USER
                                                           : ACTOR_SYSTEM;
    } else if (item->note_id.n != 0) {
        item->kind = "note";
        item->id = arena_text(mem, id_text("not", item->note_id.n).s);
        item->actor_kind = ACTOR_USER;
    } else {
        item->id = arena_text(mem, id_text("evt", item->event_id.n).s);
        if (item->actor_kind == ACTOR_USER)
            item->user_id.n = item->actor_id;
    }
}

/* Of what is of the same moment: in which order. That the case goes on elsewhere stands before what
 * is said there. */
static int64_t order_of(const struct timeline_item *item)
{
    int64_t message;

    if (item->event_id.n != 0 && strcmp(item->kind, "case.channel_changed") == 0 && item->about &&
        id_read("msg", item->about, strlen(item->about), &message))
        return message - 1;
    return item->message_id.n + item->note_id.n + item->event_id.n;
}

static int by_time(const void *a, const void *b)
{
    const struct timeline_item *x = a, *y = b;
    int64_t x_id = order_of(x), y_id = order_of(y);

    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? -1 : 1;
    return x_id < y_id ? -1 : x_id > y_id;
}

static bool hangs_on(const struct file *file, message_id message, note_id note)
{
    return file->message_id.n == message.n && file->note_id.n == note.n;
}

/* They come sorted by what they hang on; each message or note gets its run of them. */
static void give_files(struct timeline *timeline, const struct list *files)
{
    struct file *all = files->items;

    for (size_t i = 0, run; i < files->n; i += run) {
        for (run = 1; i + run < files->n; run++)
            if (!hangs_on(&all[i + run], all[i].message_id, all[i].note_id))
                break;
        for (size_t k = 0; k < timeline->n; k++)
            if (hangs_on(&all[i], timeline->items[k].message_id, timeline->items[k].note_id))
                timeline->items[k].files = (struct list){ all + i, run };
    }
}

static bool add_files(struct tx *tx, case_id id, struct timeline *timeline, struct err *err)
{
    struct list of_messages, of_notes;

    if (!file_list_of_case(tx, id, &of_messages, err) ||
        !file_list_of_notes(tx, id, &of_notes, err))
        return false;
    give_files(timeline, &of_messages);
    give_files(timeline, &of_notes);
    return true;
}

bool case_timeline(struct tx *tx, case_id id, struct list *out, bool *complete, struct err *err)
{
    struct timeline timeline;
    size_t kept = 0;

    if (!gather(tx, id, &timeline, err) || !add_files(tx, id, &timeline, err))
        return false;
    for (size_t i = 0; i < timeline.n; i++)
        if (!says_nothing_new(&timeline.items[i]))
            timeline.items[kept++] = timeline.items[i];
    for (size_t i = 0; i < kept; i++)
        finish(tx->mem, &timeline.items[i]);
    qsort(timeline.items, kept, sizeof(timeline.items[0]), by_time);
    *out = (struct list){ timeline.items, kept };
    *complete = timeline.complete;
    return true;
}
