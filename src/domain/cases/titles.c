#include "titles.h"

#include "../../language/words.h"
#include "../../store/search.h"

enum { CATCH_UP_BATCH = 200 }; /* rows in one transaction */

struct title_row {
    organisation_id organisation_id;
    case_id case_id;
    const char *title;
    bool is_indexed;
};

static const struct field title_row_fields[] = {
    FIELD(title_row, organisation_id),
    FIELD(title_row, case_id),
    FIELD(title_row, title),
    FIELD(title_row, is_indexed),
    { 0 },
};

static char *title_words(struct arena *mem, const char *title)
{
    return words_of(mem, 'm', &title, 1);
}

static bool forget(struct tx *tx, case_id id, struct err *err)
{
    struct title_row row = { 0 };
    bool found;

    if (!db_find(tx, SQL_CASE_TITLE_GET, ARGS(arg_organisation(tx), arg_id(id)), title_row_fields,
                 &row, &found, err))
        return false;
    return !found || !row.is_indexed ||
           search_remove(tx, id.n, title_words(tx->mem, row.title), err);
}

bool case_title_index_anew(struct tx *tx, case_id id, const char *title, struct err *err)
{
    return db_run(tx, SQL_CASE_TITLE_SET, ARGS(arg_organisation(tx), arg_id(id), arg_text(title)),
                  err) &&
           search_add(tx, id.n, title_words(tx->mem, title), err);
}

bool case_title_index(struct tx *tx, case_id id, const char *title, struct err *err)
{
    return forget(tx, id, err) && case_title_index_anew(tx, id, title, err);
}

/* --- after an upgrade ------------------------------------------------------------------------ */

/* Some titles of one organisation. */
struct batch {
    struct title_row *rows;
    size_t n;
};

static bool read_some(struct tx *tx, void *out, struct err *err)
{
    return db_all(tx, SQL_CASE_TITLES_TO_INDEX, ARGS(arg_int(CATCH_UP_BATCH)), title_row_fields,
                  sizeof(struct title_row), out, err);
}

/* Somebody may have renamed one since it was read: case_title_index() looks again. */
static bool index_some(struct tx *tx, void *arg, struct err *err)
{
    const struct batch *batch = arg;
    struct title_row now;
    bool found;

    for (size_t i = 0; i < batch->n; i++) {
        case_id id = batch->rows[i].case_id;

        now = (struct title_row){ 0 };
        if (!db_find(tx, SQL_CASE_TITLE_GET, ARGS(arg_organisation(tx), arg_id(id)),
                     title_row_fields, &now, &found, err))
            return false;
        if (found && !now.is_indexed && !case_title_index_anew(tx, id, now.title, err))
            return false;
    }
    return true;
}

static bool index_by_organisation(struct store *store, const struct list *list, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("titles");
    struct scope scope = { .mem = mem };
    struct title_row *rows = list->items;

    for (size_t from = 0, to; from < list->n; from = to) {
        for (to = from + 1;
             to < list->n && rows[to].organisation_id.n == rows[from].organisation_id.n;)
            to++;
        struct batch batch = { rows + from, to - from };
        scope.organisation = rows[from].organisation_id;
        if (!store_write(store, &scope, index_some, &batch, err))
            return false;
    }
    return true;
}

bool case_titles_catch_up(struct store *store, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("titles");
    struct scope scope = { .mem = mem };
    struct list some = { .n = CATCH_UP_BATCH };

    while (some.n == CATCH_UP_BATCH) {
        if (!store_read(store, &scope, read_some, &some, err) ||
            !index_by_organisation(store, &some, err))
            return false;
        arena_reset(mem);
    }
    return true;
}
