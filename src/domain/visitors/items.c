/* items.c — what a visitor sees: his messages and our answers. */
#include "visitors.h"

#include "../../base/text.h"
#include "../presence/presence.h"

#include <string.h>

static const struct field chat_file_fields[] = {
    FIELD(chat_file, id, .flags = REQUIRED),
    FIELD(chat_file, message_id, .flags = SECRET),
    FIELD(chat_file, name, .flags = REQUIRED),
    FIELD(chat_file, type, .flags = REQUIRED),
    FIELD(chat_file, size),
    { 0 },
};

const struct field chat_item_fields[] = {
    FIELD(chat_item, position, .flags = REQUIRED),
    FIELD(chat_item, message_id, .flags = REQUIRED),
    FIELD(chat_item, id, .doc = "The widget's own, of what it sent"),
    FIELD(chat_item, external_id, .flags = SECRET),
    FIELD(chat_item, direction, .names = direction_names),
    FIELD(chat_item, state, .names = message_state_names),
    FIELD(chat_item, text, .flags = REQUIRED),
    FIELD(chat_item, author, .doc = "The first name of the colleague who wrote it"),
    FIELD(chat_item, at, .flags = REQUIRED),
    FIELD(chat_item, files, .of = chat_file_fields, .size = sizeof(struct chat_file)),
    { 0 },
};

static const char *first_word(struct arena *mem, const char *name)
{
    return name ? arena_text_n(mem, name, strcspn(name, " @")) : NULL;
}

/* What is stored is more than the visitor is to see of it. */
static void dress(struct arena *mem, struct chat_item *item, const struct list *files)
{
    const struct chat_file *all = files->items;
    struct chat_file *own = NEW_ARRAY(mem, struct chat_file, files->n);
    const char *dot = item->external_id ? strchr(item->external_id, '.') : NULL;

    item->author = item->direction == DIRECTION_OUT ? first_word(mem, item->author) : NULL;
    if (item->direction == DIRECTION_IN && dot && text_starts(item->external_id, "vis_"))
        item->id = dot + 1;
    for (size_t i = 0; i < files->n; i++)
        if (all[i].message_id.n == item->message_id.n)
            own[item->files.n++] = all[i];
    item->files.items = own;
}

/* What was dropped or failed isn't said. */
static bool is_shown(const struct chat_item *item)
{
    return item->state == MESSAGE_RECEIVED ||
           (item->state >= MESSAGE_SENT && item->state <= MESSAGE_READ);
}

bool chat_items_after(struct tx *tx, const struct visitor *visitor, int64_t position,
                      struct list *out, struct err *err)
{
    struct chat_item *items;
    struct list files;
    size_t n = 0;

    if (!db_all(tx, SQL_CHAT_ITEMS_AFTER,
                ARGS(arg_organisation(tx), arg_id(visitor->id), arg_int(position),
                     arg_int(CHAT_ITEMS_MAX)),
                chat_item_fields, sizeof(struct chat_item), out, err))
        return false;
    items = out->items;
    if (out->n == 0)
        return true;
    if (!db_all(tx, SQL_CHAT_FILES_AFTER,
                ARGS(arg_organisation(tx), arg_id(visitor->id), arg_int(position),
                     arg_int(items[out->n - 1].position)),
                chat_file_fields, sizeof(struct chat_file), &files, err))
        return false;
    for (size_t i = 0; i < out->n; i++) {
        if (!is_shown(&items[i]))
            continue;
        dress(tx->mem, &items[i], &files);
        items[n++] = items[i];
    }
    out->n = n;
    return true;
}

bool chat_items_newest(struct tx *tx, const struct visitor *visitor, struct list *out,
                       struct err *err)
{
    return chat_items_after(tx, visitor, visitor->newest - CHAT_ITEMS_MAX, out, err);
}

bool chat_item_has_file(struct tx *tx, const struct visitor *visitor, message_id message, bool *out,
                        struct err *err)
{
    int64_t n;

    *out = false;
    if (message.n == 0 ||
        !db_number(tx, SQL_CHAT_ITEM_OF_VISITOR,
                   ARGS(arg_organisation(tx), arg_id(message), arg_id(visitor->id)), &n, err))
        return message.n == 0;
    *out = n > 0;
    return true;
}

bool chat_items_sent(struct tx *tx, const struct visitor *visitor, int64_t from, int64_t to,
                     struct list *out, struct err *err)
{
    *out = (struct list){ 0 };
    return to <= from ||
           db_all(tx, SQL_CHAT_ITEMS_SENT,
                  ARGS(arg_organisation(tx), arg_id(visitor->id), arg_int(from), arg_int(to)),
                  message_fields, sizeof(struct message), out, err);
}

bool chat_item_position(struct tx *tx, message_id message, int64_t *out, struct err *err)
{
    return db_number(tx, SQL_CHAT_ITEM_POSITION, ARGS(arg_organisation(tx), arg_id(message)), out,
                     err);
}

bool chat_is_seen(struct tx *tx, const struct visitor *visitor, bool *out, struct err *err)
{
    int64_t n = 0;

    if (visitor->conversation_id.n != 0 &&
        !db_number(tx, SQL_CHAT_SEEN, ARGS(arg_organisation(tx), arg_id(visitor->conversation_id)),
                   &n, err))
        return false;
    *out = n > 0;
    return true;
}

bool chat_colleague_find(struct tx *tx, const struct visitor *visitor, struct chat_colleague *out,
                         struct err *err)
{
    static const struct field fields[] = {
        FIELD(chat_colleague, name),
        FIELD(chat_colleague, state, .names = presence_state_names),
        { 0 },
    };
    bool found;

    *out = (struct chat_colleague){ 0 };
    if (visitor->conversation_id.n == 0)
        return true;
    if (!db_find(tx, SQL_CHAT_COLLEAGUE,
                 ARGS(arg_organisation(tx), arg_id(visitor->conversation_id), arg_time(tx->now)),
                 fields, out, &found, err))
        return false;
    out->name = first_word(tx->mem, out->name);
    return true;
}
