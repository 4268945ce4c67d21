/* timeline.c — everything a case has, by time: messages, notes, history. */
#include "cases.h"

#include "../../store/events.h"
#include "../files/files.h"
#include "../messages/messages.h"
#include "../understanding/judge.h"
#include "cluster.h"

#include <stdlib.h>
#include <string.h>

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

/* As far as they were gathered, in no order. */
struct timeline {
    struct timeline_item *items;
    size_t n;
};

/* The statements of one direction. */
static const struct walk {
    enum sql messages, notes, events, pending;
} walks[] = {
    [TIMELINE_BEFORE] = { SQL_TIMELINE_MESSAGES,       SQL_TIMELINE_NOTES,       SQL_TIMELINE_EVENTS,
                         SQL_TIMELINE_EVENTS_PENDING                                                                                    },
    [TIMELINE_AFTER] = { SQL_TIMELINE_MESSAGES_AFTER, SQL_TIMELINE_NOTES_AFTER,
                         SQL_TIMELINE_EVENTS_AFTER,                                                   SQL_TIMELINE_EVENTS_PENDING_AFTER },
};

/* One more than is wanted of each: so it's known whether there is more. */
static bool gather_part(struct tx *tx, enum sql part, case_id id,
                        const struct timeline_part *wanted, struct timeline *out, struct err *err)
{
    struct timeline_item *items;
    struct list rows;

    if (!db_all(tx, part,
                ARGS(arg_organisation(tx), arg_id(id), arg_int(wanted->from),
                     arg_int(wanted->limit + 1)),
                row_fields, sizeof(struct timeline_item), &rows, err))
        return false;
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

static bool gather_events(struct tx *tx, case_id id, const struct timeline_part *wanted,
                          struct timeline *out, struct err *err)
{
    const struct walk *walk = &walks[wanted->way];

    return gather_part(tx, walk->events, id, wanted, out, err) &&
           gather_part(tx, walk->pending, id, wanted, out, err);
}

/* Rows of all tables behind one another. What happened stays with the case that it happened to: of
 * those that were merged it is read, too. */
static bool gather(struct tx *tx, case_id id, const struct timeline_part *wanted,
                   struct timeline *out, struct err *err)
{
    const struct walk *walk = &walks[wanted->way];
    const struct case_member *members;
    struct list list;

    *out = (struct timeline){ 0 };
    if (!gather_part(tx, walk->messages, id, wanted, out, err) ||
        !gather_part(tx, walk->notes, id, wanted, out, err))
        return false;
    if (wanted->said)
        return true;
    if (!gather_events(tx, id, wanted, out, err) || !case_members(tx, id, &list, err))
        return false;
    members = list.items;
    for (size_t i = 0; i < list.n; i++)
        if (!gather_events(tx, members[i].id, wanted, out, err))
            return false;
    return true;
}

static int64_t number_of(const struct timeline_item *item)
{
    return item->message_id.n + item->note_id.n + item->event_id.n;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = number_of(a), y = number_of(b);

    return x < y ? -1 : x > y;
}

/* Keeps those that are nearest to where it begins; is there more behind them? */
static bool cut(struct timeline *timeline, const struct timeline_part *wanted)
{
    size_t limit = (size_t)wanted->limit;

    if (timeline->n > 1)
        qsort(timeline->items, timeline->n, sizeof(timeline->items[0]), by_number);
    if (timeline->n <= limit)
        return false;
    if (wanted->way == TIMELINE_BEFORE)
        timeline->items += timeline->n - limit;
    timeline->n = limit;
    return true;
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
    return number_of(item);
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

/* They are sorted by number. */
static bool add_files(struct tx *tx, case_id id, struct timeline *timeline, struct err *err)
{
    struct list of_messages, of_notes;
    int64_t first, last;

    if (timeline->n == 0)
        return true;
    first = number_of(&timeline->items[0]);
    last = number_of(&timeline->items[timeline->n - 1]);
    if (!file_list_of_case(tx, id, first, last, &of_messages, err) ||
        !file_list_of_notes(tx, id, first, last, &of_notes, err))
        return false;
    give_files(timeline, &of_messages);
    give_files(timeline, &of_notes);
    return true;
}

bool case_timeline(struct tx *tx, case_id id, const struct timeline_part *wanted, struct list *out,
                   bool *has_more, struct err *err)
{
    struct timeline timeline;

    if (!gather(tx, id, wanted, &timeline, err))
        return false;
    *has_more = cut(&timeline, wanted);
    if (!add_files(tx, id, &timeline, err))
        return false;
    for (size_t i = 0; i < timeline.n; i++)
        finish(tx->mem, &timeline.items[i]);
    if (timeline.n > 1)
        qsort(timeline.items, timeline.n, sizeof(timeline.items[0]), by_time);
    *out = (struct list){ timeline.items, timeline.n };
    return true;
}

/* Both halves behind one another: one ends where the other begins. */
bool case_timeline_around(struct tx *tx, case_id id, const struct timeline_part *wanted,
                          struct timeline_page *out, struct err *err)
{
    const int64_t at = wanted->from, half = wanted->limit / 2 + 1;
    const struct timeline_part before = { TIMELINE_BEFORE, at < INT64_MAX ? at + 1 : at, half,
                                          wanted->said },
                               after = { TIMELINE_AFTER, at, half, wanted->said };
    struct timeline_item *all;
    struct list older, newer;

    if (!case_timeline(tx, id, &before, &older, &out->has_older, err) ||
        !case_timeline(tx, id, &after, &newer, &out->has_newer, err))
        return false;
    all = NEW_ARRAY(tx->mem, struct timeline_item, older.n + newer.n + 1);
    if (older.n > 0)
        memcpy(all, older.items, older.n * sizeof(all[0]));
    if (newer.n > 0)
        memcpy(all + older.n, newer.items, newer.n * sizeof(all[0]));
    qsort(all, older.n + newer.n, sizeof(all[0]), by_time);
    out->items = (struct list){ all, older.n + newer.n };
    return true;
}
