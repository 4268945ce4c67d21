#include "search.h"

#include "../base/buf.h"
#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <string.h>

enum { MAX = 100 };

struct entry {
    int64_t id;
    const char *words;
};

static bool add_all(struct tx *tx, void *arg, struct err *err)
{
    for (const struct entry *entry = arg; entry->id > 0; entry++)
        if (!search_add(tx, entry->id, entry->words, err))
            return false;
    return true;
}

static bool remove_one(struct tx *tx, void *arg, struct err *err)
{
    const struct entry *entry = arg;

    return search_remove(tx, entry->id, entry->words, err);
}

struct query {
    const char *words;
    bool is_prefix;
    int64_t before, max;
    struct buf *out; /* ids with blanks between */
};

static bool find(struct tx *tx, void *arg, struct err *err)
{
    const struct query *query = arg;
    struct list ids;

    bool is_prefix = query->is_prefix;

    if (!search_find(tx, query->words, &is_prefix, query->before, query->max, &ids, err))
        return false;
    buf_clear(query->out);
    for (size_t i = 0; i < ids.n; i++)
        buf_printf(query->out, i > 0 ? " %lld" : "%lld", (long long)((int64_t *)ids.items)[i]);
    return true;
}

static const char *found(struct world *w, const char *words, bool is_prefix, int64_t before,
                         int64_t max)
{
    CLEANUP(buf_free) struct buf out = BUF(100000);
    struct query query = { words, is_prefix, before, max, &out };

    if (!world_read(w, find, &query))
        return w->err.text;
    return arena_text(w->mem, buf_str(&out));
}

/* The same rows for both engines: whatever differs between them fails on one. */
static const struct entry entries[] = {
    { 10, "factur betal euro factur"                         },
    { 20, "factur nogmal"                                    },
    { 30, "pakket kwijt jan@example.org 12.50 2026-11-21"    },
    { 40, "factuurnummer F2026/0042 and or not near"         },
    { 50, "посылка потеряна 包裹"                            },
    { 60, ""                                                 },
    { 70, "'; DROP TABLE search; -- \" * : & | ! ( ) \\ <->" },
    { 80, "FACTUR groot"                                     },
    { 0,  NULL                                               },
};

static const struct {
    const char *words;
    bool is_prefix;
    const char *wanted;
} queries[] = {
    { "factur",             false, "80 20 10"    },
    { "factur euro",        false, "10"          },
    { "euro factur",        false, "10"          },
    { "factur pakket",      false, ""            },
    { "Factur",             false, "80 20 10"    },
    { "factu",              false, ""            },
    { "factu",              true,  "80 40 20 10" },
    { "nogmal factu",       true,  "20"          },
    { "fa",                 true,  ""            },
    { "jan@example.org",    false, "30"          },
    { "example",            false, "30"          },
    { "12.50",              false, "30"          },
    { "2026",               false, "30"          },
    { "f2026/0042",         false, "40"          },
    { "or",                 false, "40"          },
    { "NOT near",           false, "40"          },
    { "посылка",            false, "50"          },
    { "包裹",               false, "50"          },
    { "",                   false, ""            },
    { "  \t ",              true,  ""            },
    { "\"'*:&|!()\\<>-",    false, ""            },
    { "drop' & 'table",     false, "70"          },
    { "drop\" OR \"factur", false, ""            },
    { "words : factur",     false, ""            },
    { "factur*",            false, "80 20 10"    },
    { "factur:* | pakket",  false, ""            },
};

TEST(both_engines_find_the_same)
{
    WORLD(w);

    CHECK_OK(world_write(&w, add_all, (void *)entries), &w.err);
    for (size_t i = 0; i < COUNT(queries); i++)
        CHECK_TEXT(found(&w, queries[i].words, queries[i].is_prefix, 0, MAX), queries[i].wanted);
}

struct among {
    const char *words;
    bool is_prefix;
    int64_t ids[3];
    bool is_found;
};

static bool look_among(struct tx *tx, void *arg, struct err *err)
{
    struct among *among = arg;
    size_t n = 0;

    while (n < COUNT(among->ids) && among->ids[n] != 0)
        n++;
    return search_among(tx, among->words, among->is_prefix, among->ids, n, &among->is_found, err);
}

TEST(a_few_rows_are_asked_whether_they_have_the_words)
{
    static const struct {
        struct among among;
        bool is_found;
    } rows[] = {
        { { .words = "factur", .ids = { 10 } },                     true  },
        { { .words = "factur", .ids = { 30, 20, 70 } },             true  },
        { { .words = "factur", .ids = { 30, 70, 999 } },            false },
        { { .words = "factuur", .ids = { 40 } },                    false },
        { { .words = "factuur", .is_prefix = true, .ids = { 40 } }, true  },
        { { .words = "factur betal", .ids = { 20, 30 } },           false },
        { { .words = "factur betal", .ids = { 20, 10 } },           true  },
        { { .words = "", .ids = { 10 } },                           false },
        { { .words = "factur" },                                    false },
    };
    WORLD(w);

    CHECK_OK(world_write(&w, add_all, (void *)entries), &w.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct among among = rows[i].among;
        CHECK_OK(world_read(&w, look_among, &among), &w.err);
        CHECK(among.is_found == rows[i].is_found);
    }
    w.scope.organisation.n = id_new();
    struct among others = {
        .words = "factur", .ids = { 10, 20 }
    };
    CHECK_OK(world_read(&w, look_among, &others), &w.err);
    CHECK(!others.is_found);
}

TEST(hits_come_newest_first_and_page_by_page)
{
    WORLD(w);

    CHECK_OK(world_write(&w, add_all, (void *)entries), &w.err);
    CHECK_TEXT(found(&w, "factur", false, 0, 2), "80 20");
    CHECK_TEXT(found(&w, "factur", false, 20, 2), "10");
    CHECK_TEXT(found(&w, "factur", false, 10, 2), "");
}

TEST(whole_words_that_fill_the_first_page_are_not_taken_as_beginnings)
{
    static const struct entry few[] = {
        { 10, "huur"      },
        { 20, "huurprijs" },
        { 30, "huur laat" },
        { 0,  NULL        },
    };
    WORLD(w);

    CHECK_OK(world_write(&w, add_all, (void *)few), &w.err);
    CHECK_TEXT(found(&w, "huur", true, 0, MAX), "30 20 10");
    CHECK_TEXT(found(&w, "huur", true, 0, 3), "30 20 10");
    CHECK_TEXT(found(&w, "huur", true, 0, 2), "30 10");
    CHECK_TEXT(found(&w, "huur", true, 30, 2), "20 10");
    CHECK_TEXT(found(&w, "huur", false, 30, 2), "10");
}

TEST(what_is_taken_out_is_not_found_any_more_and_the_rest_is)
{
    WORLD(w);

    CHECK_OK(world_write(&w, add_all, (void *)entries), &w.err);
    CHECK_OK(world_write(&w, remove_one, (void *)&entries[0]), &w.err);
    CHECK_TEXT(found(&w, "factur", false, 0, MAX), "80 20");
    CHECK_TEXT(found(&w, "euro", false, 0, MAX), "");
    CHECK_OK(world_write(&w, add_all, (struct entry[]){ entries[0], { 0 } }), &w.err);
    CHECK_TEXT(found(&w, "euro", false, 0, MAX), "10");
}

TEST(nobody_finds_what_another_organisation_wrote)
{
    WORLD(w);
    organisation_id first = w.scope.organisation;

    CHECK_OK(world_write(&w, add_all, (void *)entries), &w.err);
    w.scope.organisation.n = id_new();
    CHECK_TEXT(found(&w, "factur", false, 0, MAX), "");
    CHECK_TEXT(found(&w, "factu", true, 0, MAX), "");
    CHECK_OK(world_write(&w, add_all,
                         (struct entry[]){
                             { 90, "factur" },
                             { 0 }
    }),
             &w.err);
    CHECK_TEXT(found(&w, "factur", false, 0, MAX), "90");
    w.scope.organisation = first;
    CHECK_TEXT(found(&w, "factur", false, 0, MAX), "80 20 10");
}

TEST(words_and_texts_of_any_length_are_indexed_as_far_as_they_go)
{
    WORLD(w);
    CLEANUP(buf_free) struct buf word = BUF(20000), text = BUF(4000000);

    for (int i = 0; i < 10000; i++)
        buf_char(&word, 'x');
    buf_text(&text, "first ");
    for (int i = 0; i < 200000; i++)
        buf_printf(&text, "word%d ", i);
    CHECK_OK(world_write(&w, add_all,
                         (struct entry[]){
                             { 1, buf_str(&word) },
                             { 2, buf_str(&text) },
                             { 0 }
    }),
             &w.err);
    CHECK_TEXT(found(&w, buf_str(&word), false, 0, MAX), "1");
    CHECK_TEXT(found(&w, "first", false, 0, MAX), "2");
    CHECK_TEXT(found(&w, buf_str(&text), false, 0, MAX), "2");
    CHECK_OK(world_write(&w, remove_one, &(struct entry){ 2, buf_str(&text) }), &w.err);
    CHECK_TEXT(found(&w, "first", false, 0, MAX), "");
}

/* --- PostgreSQL takes three ways ----------------------------------------------------------- */

enum { ROWS = 15000, RARE_EACH = 5000, OLD = 12000 };

static bool add_thousands(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    for (int64_t id = 1; id <= ROWS; id++) {
        const char *words = arena_printf(tx->mem, "all%s%s", id % RARE_EACH == 0 ? " rare" : "",
                                         id <= OLD ? " old" : "");
        if (!search_add(tx, id, words, err))
            return false;
    }
    return true;
}

/* Many newer ones, none of them old. */
static bool add_newer(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return text_equal(db_engine(tx), "sqlite") ||
           db_script(tx,
                     "INSERT INTO search (organisation_id, id, words) "
                     "SELECT organisation_id, 15000 + n, words "
                     "FROM search, generate_series(1, 55000) AS n WHERE id = 14999",
                     err);
}

/* "old" has more hits than are sorted at first, and none among the newest. */
TEST(frequent_rare_and_old_words_are_all_found_newest_first)
{
    WORLD(w);

    w.settings.twice = false;
    CHECK_OK(world_reopen(&w), &w.err);
    CHECK_OK(world_write(&w, add_thousands, NULL), &w.err);
    CHECK_TEXT(found(&w, "all", false, 0, 3), "15000 14999 14998");
    CHECK_TEXT(found(&w, "rare", false, 0, MAX), "15000 10000 5000");
    CHECK_TEXT(found(&w, "rare old", false, 0, MAX), "10000 5000");
    CHECK_TEXT(found(&w, "old", false, 0, 3), "12000 11999 11998");
    CHECK_TEXT(found(&w, "old", false, 11999, 2), "11998 11997");
    CHECK_TEXT(found(&w, "all", false, 3, MAX), "2 1");
    CHECK_OK(world_write(&w, add_newer, NULL), &w.err);
    CHECK_TEXT(found(&w, "old", false, 0, 3), "12000 11999 11998");
}
