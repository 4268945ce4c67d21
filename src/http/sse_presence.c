#include "sse_presence.h"

#include "../base/field.h"

enum { LOOK_BACK_MS = 60 * 1000 };

static const struct field presence_news_fields[] = {
    FIELD(presence_news, organisation),
    FIELD(presence_news, change),
    { 0 },
};

static bool read_news(struct tx *tx, void *out, struct err *err)
{
    return db_all(tx, SQL_PRESENCE_NEWS, ARGS(arg_int(id_at(tx->now.ms - LOOK_BACK_MS))),
                  presence_news_fields, sizeof(struct presence_news), out, err);
}

bool presence_news_read(struct store *store, struct arena *mem, struct list *out, struct err *err)
{
    struct scope scope = { .mem = mem };

    return store_read(store, &scope, read_news, out, err);
}
