#include "search.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "../../store/search.h"
#include "../cases/titles.h"
#include "../messages/messages.h"
#include "../people/people.h"

enum { REBUILD_BATCH = 200 }; /* rows in one transaction */

/* How far one kind of row of one organisation is. */
struct rebuild {
    int64_t after, next;
    size_t n;
};

static bool empty(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    /* The index of SQLite has no rows to delete, it has a word for it. */
    if (text_equal(db_engine(tx), "sqlite"))
        return db_script(tx, "INSERT INTO search (search) VALUES ('delete-all')", err);
    return db_script(tx, "TRUNCATE search", err);
}

static bool add_messages(struct tx *tx, void *arg, struct err *err)
{
    static const struct field fields[] = {
        FIELD(message, id),
        FIELD(message, subject),
        FIELD(message, text),
        { 0 },
    };
    struct rebuild *rebuild = arg;
    const struct message *message;
    struct list rows;

    if (!db_all(tx, SQL_SEARCH_REBUILD_MESSAGES,
                ARGS(arg_organisation(tx), arg_int(rebuild->after), arg_int(REBUILD_BATCH)), fields,
                sizeof(struct message), &rows, err))
        return false;
    rebuild->n = rows.n;
    message = rows.items;
    for (size_t i = 0; i < rows.n; i++, message++) {
        rebuild->next = message->id.n;
        if (!search_add(tx, message->id.n, message_words(tx->mem, message->subject, message->text),
                        err))
            return false;
    }
    return true;
}

static bool add_people(struct tx *tx, void *arg, struct err *err)
{
    static const struct field fields[] = {
        FIELD(person, id),
        FIELD(person, name),
        { 0 },
    };
    struct rebuild *rebuild = arg;
    const struct person *person;
    struct list rows;

    if (!db_all(tx, SQL_SEARCH_REBUILD_PEOPLE,
                ARGS(arg_organisation(tx), arg_int(rebuild->after), arg_int(REBUILD_BATCH)), fields,
                sizeof(struct person), &rows, err))
        return false;
    rebuild->n = rows.n;
    person = rows.items;
    for (size_t i = 0; i < rows.n; i++, person++) {
        rebuild->next = person->id.n;
        if (!person_index(tx, person->id, err))
            return false;
    }
    return true;
}

struct title {
    case_id case_id;
    const char *title;
};

static bool add_titles(struct tx *tx, void *arg, struct err *err)
{
    static const struct field fields[] = {
        FIELD(title, case_id),
        FIELD(title, title),
        { 0 },
    };
    struct rebuild *rebuild = arg;
    const struct title *title;
    struct list rows;

    if (!db_all(tx, SQL_SEARCH_REBUILD_TITLES,
                ARGS(arg_organisation(tx), arg_int(rebuild->after), arg_int(REBUILD_BATCH)), fields,
                sizeof(struct title), &rows, err))
        return false;
    rebuild->n = rows.n;
    title = rows.items;
    for (size_t i = 0; i < rows.n; i++, title++) {
        rebuild->next = title->case_id.n;
        if (!case_title_index_anew(tx, title->case_id, title->title, err))
            return false;
    }
    return true;
}

/* All rows of one kind of one organisation, a batch a transaction. */
static bool add_all(struct store *store, organisation_id organisation, store_fn *fn,
                    struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("rebuild");
    struct scope scope = { .mem = mem, .organisation = organisation };
    struct rebuild rebuild = { .n = REBUILD_BATCH };

    while (rebuild.n == REBUILD_BATCH) {
        if (!store_write(store, &scope, fn, &rebuild, err))
            return false;
        rebuild.after = rebuild.next;
        arena_reset(mem);
    }
    return true;
}

static bool list_organisations(struct tx *tx, void *out, struct err *err)
{
    return organisation_list(tx, out, err);
}

bool search_rebuild(struct store *store, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("organisations");
    struct scope scope = { .mem = mem };
    const struct organisation *organisation;
    struct list all;

    if (!store_write(store, &scope, empty, NULL, err) ||
        !store_read(store, &scope, list_organisations, &all, err))
        return false;
    organisation = all.items;
    for (size_t i = 0; i < all.n; i++)
        if (!add_all(store, organisation[i].id, add_messages, err) ||
            !add_all(store, organisation[i].id, add_titles, err) ||
            !add_all(store, organisation[i].id, add_people, err))
            return false;
    return true;
}
