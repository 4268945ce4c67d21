/* open.h — how every command but serve gets at the data: beside a running server, or without. */
#pragma once

#include "../store/store.h"
#include "options.h"

/* The two options that say where the data is, for a struct with `data` and `database`. */
#define PLACE_OPTIONS(s)                                                                           \
    OPTION(s, data, "DIR", .flags = REQUIRED, .doc = "the folder with everything"),                \
        OPTION(s, database, "URL", .doc = "a PostgreSQL database; without it, SQLite in DIR")

/* Opens a store that is there already; ERR_NOT_FOUND when there is none in the folder. This
 * process makes ids as a node of its own. `schema` as in struct store_settings. */
MUST_CHECK bool open_store(const char *data, const char *database, int schema, struct store **out,
                           struct err *err);
/* The same, and makes it when it is missing. */
MUST_CHECK bool make_store(const char *data, const char *database, struct store **out,
                           struct err *err);

/* Two machines with one PostgreSQL need the same key: a folder without it, beside a database
 * that is in use, gets none by accident. Call it with what key_is_there() said before opening. */
bool key_is_there(const char *data);
MUST_CHECK bool check_new_key(struct store *store, struct err *err);
