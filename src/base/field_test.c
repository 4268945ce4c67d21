#include "field.h"

#include "test.h"

#include <string.h>

struct sample {
    int64_t count;
    bool urgent;
    double weight;
    const char *title;
    instant opened_at;
    unsigned state;
    struct bytes raw;
    struct list labels;
    struct json_text settings;
    person_id person_id;
};

static const char *const states[] = { "new", "open", NULL };

static const struct field sample_fields[] = {
    FIELD(sample, count),
    FIELD(sample, urgent),
    FIELD(sample, weight),
    FIELD(sample, title),
    FIELD(sample, opened_at),
    FIELD(sample, state, .names = states),
    FIELD(sample, raw),
    FIELD(sample, labels),
    FIELD(sample, settings),
    FIELD(sample, person_id),
    { 0 },
};

enum { COUNT_FIELD, URGENT, WEIGHT, TITLE, OPENED_AT, STATE, RAW, LABELS, SETTINGS, PERSON };

TEST(the_type_of_a_member_picks_its_kind)
{
    static const enum kind kinds[] = {
        KIND_INT,  KIND_BOOL,  KIND_REAL, KIND_TEXT, KIND_TIME,
        KIND_ENUM, KIND_BYTES, KIND_LIST, KIND_JSON, KIND_ID_person
    };

    for (size_t i = 0; i < COUNT(kinds); i++)
        CHECK(sample_fields[i].kind == kinds[i]);
    CHECK_TEXT(kind_prefix(KIND_ID_organisation), "org");
    CHECK_TEXT(kind_prefix(KIND_ID_case), "cas");
    CHECK_TEXT(kind_prefix(KIND_ID_event), "evt");
    CHECK(kind_prefix(KIND_TEXT) == NULL && kind_prefix(KIND_ID_FIRST) == NULL);
    CHECK(kind_prefix(KIND_END) == NULL);
}

static bool store(int field, struct cell cell, struct sample *out, struct arena *mem)
{
    return field_from_cell(&sample_fields[field], &cell, out, mem);
}

static struct cell text(const char *s)
{
    struct bytes exact = test_exact(s, strlen(s));

    return (struct cell){ .kind = CELL_TEXT, .data = (const char *)exact.data, .len = exact.len };
}

static struct cell whole(int64_t n)
{
    return (struct cell){ .kind = CELL_INT, .i = n };
}

TEST(cells_of_both_engines_fill_a_row)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct sample row;

    for (int engine = 0; engine < 2; engine++) {
        memset(&row, 0xff, sizeof(row));
        CHECK(store(COUNT_FIELD, engine ? text("-7") : whole(-7), &row, mem));
        CHECK(store(URGENT, engine ? text("t") : whole(1), &row, mem));
        CHECK(store(WEIGHT, engine ? text("0.5") : (struct cell){ .kind = CELL_REAL, .real = .5 },
                    &row, mem));
        CHECK(store(TITLE, text("a title"), &row, mem));
        CHECK(store(OPENED_AT, engine ? text("1795253400000") : whole(1795253400000), &row, mem));
        CHECK(store(STATE, engine ? text("open") : whole(1), &row, mem));
        CHECK(store(PERSON, engine ? text("42") : whole(42), &row, mem));
        CHECK(store(SETTINGS, text("{}"), &row, mem));
        CHECK(row.count == -7 && row.urgent && row.opened_at.ms == 1795253400000);
        CHECK(row.weight > 0.49 && row.weight < 0.51);
        CHECK(row.state == 1 && row.person_id.n == 42);
        CHECK_TEXT(row.title, "a title");
        CHECK_TEXT(row.settings.s, "{}");
    }
    CHECK(store(RAW, (struct cell){ .kind = CELL_BYTES, .data = "\0x", .len = 2 }, &row, mem));
    CHECK(row.raw.len == 2 && memcmp(row.raw.data, "\0x", 2) == 0);
    CHECK(store(STATE, text("0"), &row, mem) && row.state == 0);
    CHECK(store(URGENT, text("f"), &row, mem) && !row.urgent);
    CHECK(store(WEIGHT, whole(3), &row, mem) && row.weight > 2.9 && row.weight < 3.1);
}

TEST(a_null_cell_means_none)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct sample row;

    memset(&row, 0xff, sizeof(row));
    for (size_t i = 0; sample_fields[i].name; i++) {
        CHECK(field_from_cell(&sample_fields[i], &(struct cell){ .kind = CELL_NULL }, &row, mem));
        CHECK(field_is_empty(&sample_fields[i], &row));
    }
    CHECK(row.count == 0 && !row.urgent && row.title == NULL && row.opened_at.ms == 0);
    CHECK(row.state == 0 && row.raw.data == NULL && row.raw.len == 0 && row.labels.n == 0);
    CHECK(row.settings.s == NULL && row.person_id.n == 0);
}

TEST(a_cell_of_another_type_is_refused)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct cell bytes = { .kind = CELL_BYTES, .data = "x", .len = 1 };
    const struct cell real = { .kind = CELL_REAL, .real = 1 };
    const struct {
        int field;
        struct cell cell;
    } rows[] = {
        { COUNT_FIELD, text("x")     },
        { COUNT_FIELD, text("")      },
        { COUNT_FIELD, real          },
        { URGENT,      whole(2)      },
        { URGENT,      text("true!") },
        { WEIGHT,      text("")      },
        { WEIGHT,      text("1,5")   },
        { WEIGHT,      bytes         },
        { TITLE,       whole(1)      },
        { TITLE,       bytes         },
        { OPENED_AT,   text("now")   },
        { STATE,       whole(2)      },
        { STATE,       whole(-1)     },
        { STATE,       text("done")  },
        { RAW,         text("x")     },
        { LABELS,      text("[]")    },
        { PERSON,      text("per_1") },
    };
    struct sample row = { 0 };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (store(rows[i].field, rows[i].cell, &row, mem))
            test_fail(__FILE__, __LINE__, "row %zu was stored", i);
}

TEST(an_enum_is_read_by_its_whole_name)
{
    unsigned value = 9;

    CHECK(enum_read(states, "open!", 4, &value) && value == 1);
    CHECK(!enum_read(states, "open!", 5, &value) && !enum_read(states, "ope", 3, &value));
    CHECK(!enum_read(states, "", 0, &value));
}

TEST(empty_is_what_has_nothing_in_it)
{
    struct sample row = {
        .title = "", .labels = { &row,                0 },
             .raw = { (const uint8_t *)"", 0 }
    };

    CHECK(field_is_empty(&sample_fields[TITLE], &row) &&
          field_is_empty(&sample_fields[LABELS], &row));
    CHECK(field_is_empty(&sample_fields[RAW], &row));
    row = (struct sample){
        .title = "x",
        .labels = { &row, 1 },
        .raw = { (const uint8_t *)"", 1 },
        .person_id = { 1 },
        .urgent = true
    };
    CHECK(!field_is_empty(&sample_fields[TITLE], &row));
    CHECK(!field_is_empty(&sample_fields[LABELS], &row));
    CHECK(!field_is_empty(&sample_fields[RAW], &row));
    CHECK(!field_is_empty(&sample_fields[PERSON], &row));
    CHECK(!field_is_empty(&sample_fields[URGENT], &row));
}
