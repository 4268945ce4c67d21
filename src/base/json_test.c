#include "json.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct attachment {
    const char *name;
    struct bytes data;
};

struct draft {
    const char *title;
    const char *from;
    int64_t count;
    double weight;
    bool urgent;
    instant due_at;
    unsigned state;
    case_id case_id;
    struct list labels;
    struct list files;
    struct json_text settings;
    const char *password;
    int64_t version;
};

static const char *const states[] = { "new", "open", "waiting", "done", NULL };

static const struct field attachment_fields[] = {
    FIELD(attachment, name, .flags = REQUIRED, .min = 1, .max = 20),
    FIELD(attachment, data, .max = 100),
    { 0 },
};

static const struct field draft_fields[] = {
    FIELD(draft, title, .flags = REQUIRED, .min = 2, .max = 10),
    FIELD(draft, from, .flags = EMAIL | OPTIONAL),
    FIELD(draft, count, .min = -5, .max = 5),
    FIELD(draft, weight, .max = 1),
    FIELD(draft, urgent),
    FIELD(draft, due_at),
    FIELD(draft, state, .names = states),
    FIELD(draft, case_id),
    FIELD(draft, labels, .max = 3),
    FIELD(draft, files, .of = attachment_fields, .size = sizeof(struct attachment)),
    FIELD(draft, settings, .max = 40),
    FIELD(draft, password, .flags = SECRET),
    FIELD(draft, version, .flags = OUT_ONLY),
    { 0 },
};

static bool read_draft(struct arena *mem, const char *json, struct draft *out, struct err *err)
{
    return json_read(mem, test_exact(json, strlen(json)), draft_fields, out, err);
}

TEST(what_was_stored_is_not_asked_again_what_it_looks_like)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct draft draft = { 0 };
    const char *json = "{\"title\":\"abc\",\"from\":\"nobody\"}";
    struct err err;

    CHECK(!read_draft(mem, json, &draft, &err));
    CHECK_OK(json_read_stored(mem, json, draft_fields, &draft, &err), &err);
    CHECK_TEXT(draft.from, "nobody");
}

struct worded {
    const char *word;
};

TEST(a_text_that_only_takes_a_few_words_takes_no_other)
{
    static const struct field fields[] = {
        FIELD(worded, word, .min = 1, .names = states),
        { 0 },
    };
    static const char *const bad[] = { "\"closed\"", "\"\"", "\"NEW\"", "null", "1" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct worded out = { 0 };
    struct err err;

    for (size_t i = 0; i < COUNT(bad); i++) {
        const char *json = arena_printf(mem, "{\"word\":%s}", bad[i]);

        if (json_read(mem, test_exact(json, strlen(json)), fields, &out, &err) || out.word)
            test_fail(__FILE__, __LINE__, "%s is taken", json);
    }
    CHECK_OK(json_read(mem, test_exact("{\"word\":\"open\"}", 15), fields, &out, &err), &err);
    CHECK_TEXT(out.word, "open");
}

TEST(a_body_fills_the_struct)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct draft draft = { 0 };
    struct err err;

    CHECK_OK(read_draft(mem,
                        "{\"title\":\"caf\\u00e9\",\"from\":\"a.b@example.org\",\"count\":-5,"
                        "\"weight\":1,\"urgent\":true,\"due_at\":\"2026-11-21T10:30:00+01:00\","
                        "\"state\":\"waiting\",\"case_id\":\"cas_0000000000010\","
                        "\"labels\":[\"a\",\"b\"],\"files\":[{\"name\":\"x\",\"data\":\"AP8=\"},"
                        "{\"name\":\"y\"}],\"settings\":{ \"a\" : [1, null] },"
                        "\"password\":\"secret\"}",
                        &draft, &err),
             &err);
    const struct attachment *files = draft.files.items;
    const char *const *labels = draft.labels.items;

    CHECK_TEXT(draft.title, "café");
    CHECK_TEXT(draft.from, "a.b@example.org");
    CHECK(draft.count == -5 && draft.weight > 0.9 && draft.urgent && draft.state == 2);
    CHECK(draft.due_at.ms == 1795253400000 && draft.case_id.n == 32);
    CHECK(draft.labels.n == 2 && draft.files.n == 2);
    CHECK_TEXT(labels[1], "b");
    CHECK_TEXT(files[0].name, "x");
    CHECK(files[0].data.len == 2 && memcmp(files[0].data.data, "\0\xff", 2) == 0);
    CHECK(files[1].data.data == NULL);
    CHECK_TEXT(draft.settings.s, "{\"a\":[1,null]}");
    CHECK_TEXT(draft.password, "secret");
}

TEST(each_wrong_member_is_named_with_what_would_help)
{
    static const struct {
        const char *json, *pointer, *detail;
    } rows[] = {
        { "{}",                                                                               "/title",        "is missing"                              },
        { "{\"title\":null}",                                                                 "/title",        "must not be null"                        },
        { "{\"title\":7}",                                                                    "/title",        "must be a text"                          },
        { "{\"title\":\"\"}",                                                                 "/title",        "must not be empty"                       },
        { "{\"title\":\"x\"}",                                                                "/title",        "is shorter than 2 bytes"                 },
        { "{\"title\":\"12345678901\"}",                                                      "/title",        "is longer than 10 bytes"                 },
        { "{\"title\":\"ok\",\"count\":\"5\"}",                                               "/count",        "must be a whole number"                  },
        { "{\"title\":\"ok\",\"count\":1.0}",                                                 "/count",        "must be a whole number"                  },
        { "{\"title\":\"ok\",\"count\":null}",                                                "/count",        "must be a whole number"                  },
        { "{\"title\":\"ok\",\"count\":-6}",                                                  "/count",        "must be at least -5"                     },
        { "{\"title\":\"ok\",\"count\":6}",                                                   "/count",        "must be at most 5"                       },
        { "{\"title\":\"ok\",\"weight\":1.01}",                                               "/weight",       "must be at most 1"                       },
        { "{\"title\":\"ok\",\"weight\":-0.1}",                                               "/weight",       "must be at least 0"                      },
        { "{\"title\":\"ok\",\"weight\":true}",                                               "/weight",       "must be a number"                        },
        { "{\"title\":\"ok\",\"urgent\":1}",                                                  "/urgent",       "must be true or false"                   },
        { "{\"title\":\"ok\",\"due_at\":\"tomorrow\"}",                                       "/due_at",
         "must be a moment like 2026-11-21T09:30:00Z"                                                                                                    },
        { "{\"title\":\"ok\",\"state\":\"gone\"}",                                            "/state",
         "must be one of new, open, waiting, done"                                                                                                       },
        { "{\"title\":\"ok\",\"state\":1}",                                                   "/state",        "must be one of new, open, waiting, done" },
        { "{\"title\":\"ok\",\"case_id\":\"msg_0000000000010\"}",                             "/case_id",
         "must be an id like cas_01hzx3k9t4m0q"                                                                                                          },
        { "{\"title\":\"ok\",\"case_id\":5}",                                                 "/case_id",      "must be an id like cas_01hzx3k9t4m0q"    },
        { "{\"title\":\"ok\",\"labels\":\"a\"}",                                              "/labels",       "must be a list"                          },
        { "{\"title\":\"ok\",\"labels\":[\"a\",\"b\",\"c\",\"d\"]}",                          "/labels",
         "has more than 3 items"                                                                                                                         },
        { "{\"title\":\"ok\",\"labels\":[\"a\",2]}",                                          "/labels/1",     "must be a text"                          },
        { "{\"title\":\"ok\",\"files\":[{\"name\":\"a\"},{}]}",                               "/files/1/name", "is missing"                              },
        { "{\"title\":\"ok\",\"files\":[7]}",                                                 "/files/0",      "must be an object"                       },
        { "{\"title\":\"ok\",\"files\":[{\"name\":\"a\",\"data\":\"*\"}]}",                   "/files/0/data",
         "must be base64"                                                                                                                                },
        { "{\"title\":\"ok\",\"files\":[{\"name\":\"a\",\"size\":1}]}",                       "/files/0/size",
         "isn't a field here; known are name, data"                                                                                                      },
        { "{\"title\":\"ok\",\"settings\":{\"a\":\"a long text of more than forty bytes\"}}",
         "/settings",                                                                                          "is longer than 40 bytes"                 },
        { "{\"title\":\"ok\",\"settings\":[1]}",                                              "/settings",     "must be an object"                       },
        { "{\"title\":\"ok\",\"version\":1}",                                                 "/version",      "can't be set"                            },
        { "{\"title\":\"ok\",\"a/b~c\":1}",                                                   "/a~1b~0c",
         "isn't a field here; known are title, from, count, weight, urgent, due_at, state, "
          "case_id, labels, files, settings, password"                                                                                                   },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct draft draft = { 0 };
        struct err err;

        CHECK(!read_draft(mem, rows[i].json, &draft, &err));
        CHECK(err.code == ERR_INVALID && err.fields_n == 1);
        CHECK_TEXT(err.fields[0].pointer, rows[i].pointer);
        CHECK_TEXT(err.fields[0].detail, rows[i].detail);
    }
}

TEST(all_wrong_members_are_told_at_once)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct draft draft = { 0 };
    struct err err;

    CHECK(
        !read_draft(mem, "{\"count\":9,\"files\":[{\"name\":1},{\"x\":2}],\"y\":3}", &draft, &err));
    CHECK(err.fields_n == 6);
    CHECK_TEXT(err.fields[0].pointer, "/title");
    CHECK_TEXT(err.fields[1].pointer, "/count");
    CHECK_TEXT(err.fields[2].pointer, "/files/0/name");
    CHECK_TEXT(err.fields[3].pointer, "/files/1/name");
    CHECK_TEXT(err.fields[4].pointer, "/files/1/x");
    CHECK_TEXT(err.fields[5].pointer, "/y");
    CHECK_TEXT(err.text, "title is missing");
    CHECK(!read_draft(mem, "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1}",
                      &draft, &err));
    CHECK(err.fields_n == ERR_FIELDS_MAX);
}

TEST(what_is_no_json_object_is_malformed)
{
    static const char *const rows[] = {
        "",
        " ",
        "{",
        "{}{}",
        "[]",
        "\"text\"",
        "null",
        "{\"title\":\"ok\",}",
        "{'title':1}",
        "{\"title\":\"a\\u0000b\"}",
        "{\"title\":\"\xff\"}",
        "{\"title\":\"\\ud800\"}",
        "{\"title\":\"ok\",\"title\":\"ok\"}",
        "{\"count\":99999999999999999999}",
        "{\"weight\":1e999}",
        "{\"weight\":NaN}",
        "{\"a\\u0000\":1}",
        "\xef\xbb\xbf{}",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct draft draft = { 0 };
        struct err err;

        if (read_draft(mem, rows[i], &draft, &err) || err.code != ERR_MALFORMED)
            test_fail(__FILE__, __LINE__, "%s: code %d %s", rows[i], (int)err.code, err.text);
    }
}

/* {"settings": with n lists in one another. */
static const char *nested(struct arena *mem, int n)
{
    char *brackets = arena_alloc(mem, (size_t)n + 1), *ends = arena_alloc(mem, (size_t)n + 1);

    memset(brackets, '[', (size_t)n);
    memset(ends, ']', (size_t)n);
    return arena_printf(mem, "{\"title\":\"ok\",\"settings\":%s%s}", brackets, ends);
}

TEST(nesting_has_a_limit_that_brackets_in_texts_do_not_count_for)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct draft draft = { 0 };
    struct err err;

    CHECK(read_draft(mem,
                     "{\"title\":\"ok\",\"password\":\"[[[[[[[[[[[[\\\"[[[[[[[[[[[[[[[[[[[[[[[\"}",
                     &draft, &err));
    CHECK(!read_draft(mem, nested(mem, 32), &draft, &err));
    CHECK(err.code == ERR_MALFORMED);
    CHECK(!read_draft(mem, nested(mem, 31), &draft, &err));
    CHECK(err.code == ERR_INVALID); /* only longer than 40 bytes */
    CHECK(!read_draft(mem, nested(mem, 1000000), &draft, &err));
    CHECK(err.code == ERR_MALFORMED);
}

TEST(missing_members_stay_as_they_were_and_null_clears)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct draft draft = { .from = "old", .count = 3, .case_id = { 5 }, .urgent = true };
    static const char json[] = "{\"title\":\"new\",\"case_id\":null}";
    uint64_t named;
    struct err err;

    CHECK_OK(
        json_read_named(mem, test_exact(json, strlen(json)), draft_fields, &draft, &named, &err),
        &err);
    CHECK(named == (1 << 0 | 1 << 7));
    CHECK_TEXT(draft.from, "old");
    CHECK(draft.count == 3 && draft.urgent && draft.case_id.n == 0);
}

TEST(only_what_looks_like_an_address_passes_as_one)
{
    static const struct {
        const char *text;
        bool ok;
    } rows[] = {
        { "a@b",                        true  },
        { "jan.de-vries+x@example.org", true  },
        { "é@exämple.org",              true  },
        { "",                           true  },
        { "a",                          false },
        { "@b",                         false },
        { "a@",                         false },
        { "a@b@c",                      false },
        { "a b@c",                      false },
        { "a@b c",                      false },
        { "a@b\\nc",                    false },
        { "<a@b>",                      false },
        { "a@b..c",                     false },
        { "a@.b",                       false },
        { "a@b.",                       false },
        { "a@-b",                       false },
        { "a,b@c",                      false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct draft draft = { 0 };
        struct err err;
        const char *json = arena_printf(mem, "{\"title\":\"ok\",\"from\":\"%s\"}", rows[i].text);

        if (read_draft(mem, json, &draft, &err) != rows[i].ok)
            test_fail(__FILE__, __LINE__, "%s", rows[i].text);
    }
}

TEST(a_struct_is_written_as_its_table_says)
{
    CLEANUP(buf_free) struct buf out = BUF(10000);
    struct attachment files[] = {
        { "a", { (const uint8_t *)"\0\xff", 2 } },
        { "b", { NULL, 0 }                      }
    };
    const char *labels[] = { "x", "y\"z" };
    struct draft draft = {
        .title = "t",
        .count = -3,
        .weight = 0.1,
        .due_at = { 1795253400000 },
        .state = 3,
        .case_id = { 32 },
        .labels = { labels, 2 },
        .files = { files, 2 },
        .settings = { "{\"a\":1}" },
        .password = "secret",
        .version = 9,
    };

    json_write(&out, draft_fields, &draft);
    CHECK_TEXT(buf_str(&out),
               "{\"title\":\"t\",\"count\":-3,\"weight\":0.1,\"urgent\":false,"
               "\"due_at\":\"2026-11-21T09:30:00.000Z\",\"state\":\"done\","
               "\"case_id\":\"cas_0000000000010\",\"labels\":[\"x\",\"y\\\"z\"],"
               "\"files\":[{\"name\":\"a\",\"data\":\"AP8=\"},{\"name\":\"b\",\"data\":null}],"
               "\"settings\":{\"a\":1},\"version\":9}");
    buf_clear(&out);
    json_write(&out, draft_fields, &(struct draft){ .weight = NAN });
    CHECK_TEXT(buf_str(&out),
               "{\"title\":null,\"count\":0,\"weight\":null,\"urgent\":false,\"due_at\":null,"
               "\"state\":\"new\",\"case_id\":null,\"labels\":[],\"files\":[],\"settings\":null,"
               "\"version\":0}");
    buf_clear(&out);
    json_write_list(&out, attachment_fields, sizeof(files[0]), files, 0);
    CHECK_TEXT(buf_str(&out), "[]");
}

TEST(texts_are_escaped)
{
    CLEANUP(buf_free) struct buf out = BUF(1000);

    json_write_text(&out, "a\"b\\c\n\r\t\b\f\x01\x1f/é\x7f");
    json_write_text(&out, NULL);
    json_write_text_n(&out, "xyz", 2);
    CHECK_TEXT(buf_str(&out), "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u001f/é\x7f\"null\"xy\"");
}

TEST(numbers_are_written_short_and_exact)
{
    static const double rows[] = { 0.1, 1e300, -2.5, 1.0 / 3, 5e-324, 123456789012345680.0 };
    static const struct field fields[] = { FIELD(draft, weight), { 0 } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(buf_free) struct buf out = BUF(100);
        double again;

        json_write(&out, fields, &(struct draft){ .weight = rows[i] });
        again = strtod(out.data + strlen("{\"weight\":"), NULL);
        CHECK(memcmp(&again, &rows[i], sizeof(again)) == 0);
    }
}

TEST(minus_zero_is_written_as_zero)
{
    CLEANUP(buf_free) struct buf out = BUF(100);
    static const struct field fields[] = { FIELD(draft, weight), { 0 } };

    json_write(&out, fields, &(struct draft){ .weight = -0.0 });
    CHECK_TEXT(buf_str(&out), "{\"weight\":0}");
}

TEST(a_plain_value_in_json_is_read_as_people_write_it)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const char json[] = "{\"a\":\"mail\",\"b\":12.5,\"c\":true,\"d\":null,\"e\":[1]}";

    CHECK_TEXT(json_plain_at(mem, json, "a"), "mail");
    CHECK_TEXT(json_plain_at(mem, json, "b"), "12.5");
    CHECK_TEXT(json_plain_at(mem, json, "c"), "true");
    CHECK(!json_plain_at(mem, json, "d") && !json_plain_at(mem, json, "e"));
    CHECK(!json_plain_at(mem, "{", "a") && !json_plain_at(mem, NULL, "a"));
}

TEST(an_odd_look_into_json_finds_texts_only)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const char json[] = "{\"host\":\"mail\",\"port\":5,\"none\":null}";

    CHECK_TEXT(json_text_at(mem, json, "host"), "mail");
    CHECK(!json_text_at(mem, json, "port") && !json_text_at(mem, json, "none"));
    CHECK(!json_text_at(mem, json, "other") && !json_text_at(mem, NULL, "host"));
    CHECK(!json_text_at(mem, "{", "host") && !json_text_at(mem, "[1]", "host"));
}
