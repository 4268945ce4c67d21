#include "labels.h"

#include "api.h"
#include "test.h"

#include "../../base/text.h"
#include "../../store/events.h"
#include "../cases/cases.h"

#include <string.h>

#define LABELS "/api/v1/labels"

/* --- through the API ------------------------------------------------------------------------- */

static const char *add_label(struct api *api, const char *name)
{
    const char *json = arena_printf(api->w->mem, "{\"name\":\"%s\"}", name);

    return api_call(api, POST, LABELS, json) == 201 ? api_text(api, "id") : NULL;
}

static bool open_case(struct tx *tx, void *arg, struct err *err)
{
    struct casefile *c = arg;

    *c = (struct casefile){ .title = "Where is it?", .person_id = { 1 }, .channel_id = { 1 } };
    return case_open(tx, c, err);
}

static const char *case_path(struct world *w, case_id id, const char *label)
{
    char text[ID_TEXT_MAX];

    id_write("cas", id.n, text);
    return arena_printf(w->mem, "/api/v1/cases/%s/labels/%s", text, label);
}

TEST(a_label_is_made_renamed_and_removed)
{
    WORLD(w);
    API(api, &w, &label_routes);
    const char *id, *path;

    api_as(&api, ROLE_AGENT);
    id = add_label(&api, "  late   parcel ");
    CHECK(id != NULL);
    CHECK_TEXT(api_text(&api, "name"), "late parcel");
    CHECK_TEXT(api_text(&api, "colour"), "grey");
    path = arena_printf(w.mem, LABELS "/%s", id);
    CHECK(api_call(&api, PATCH, path, "{\"colour\":\"#FFaa00\"}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "late parcel");
    CHECK_TEXT(api_text(&api, "colour"), "#ffaa00");
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"lost parcel\"}") == 200);
    CHECK_TEXT(api_text(&api, "colour"), "#ffaa00");
    CHECK(api_call(&api, GET, LABELS, NULL) == 200);
    CHECK(strstr(api.body, "lost parcel") && !strstr(api.body, "late parcel"));
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, DELETE, path, NULL) == 404);
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"x\"}") == 404);
    CHECK(api_call(&api, GET, LABELS, NULL) == 200);
    CHECK_TEXT(api.body, "{\"items\":[],\"next\":null}");
}

TEST(two_labels_never_have_the_same_name)
{
    WORLD(w);
    API(api, &w, &label_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    CHECK(add_label(&api, "urgent") != NULL);
    CHECK(add_label(&api, " urgent ") == NULL && api.status == 409);
    CHECK(add_label(&api, "URGENT") == NULL && api.status == 409);
    CHECK(add_label(&api, "\u00fcrg\u00e9nt") == NULL && api.status == 409);
    path = arena_printf(w.mem, LABELS "/%s", add_label(&api, "other"));
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"urgent\"}") == 409);
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"other\"}") == 200);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_AGENT);
    CHECK(add_label(&api, "urgent") != NULL);
}

TEST(a_label_has_a_name_and_a_colour_that_can_be_shown)
{
    static const struct {
        const char *json;
        int status;
    } rows[] = {
        { "{}",                                                                           422 },
        { "{\"name\":\"\"}",                                                              422 },
        { "{\"name\":\" \\n \"}",                                                         422 },
        { "{\"name\":null}",                                                              422 },
        { "{\"name\":\"a\",\"colour\":\"\"}",                                             422 },
        { "{\"name\":\"b\",\"colour\":\"#\"}",                                            422 },
        { "{\"name\":\"c\",\"colour\":\"#12345\"}",                                       422 },
        { "{\"name\":\"d\",\"colour\":\"#1234567\"}",                                     422 },
        { "{\"name\":\"e\",\"colour\":\"#12345g\"}",                                      422 },
        { "{\"name\":\"f\",\"colour\":\"mauve\"}",                                        422 },
        { "{\"name\":\"g\",\"colour\":\"#123456\"}",                                      201 },
        { "{\"name\":\"h\",\"colour\":\"Teal\"}",                                         201 },
        { "{\"name\":\"123456789012345678901234567890123456789012345678901234567890\"}",  201 },
        { "{\"name\":\"1234567890123456789012345678901234567890123456789012345678901\"}", 422 },
    };
    WORLD(w);
    API(api, &w, &label_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (api_call(&api, POST, LABELS, rows[i].json) != rows[i].status)
            test_fail(__FILE__, __LINE__, "%s: %d", rows[i].json, api.status);
}

TEST(labels_go_on_cases_and_off_again_for_who_may_write)
{
    WORLD(w);
    API(api, &w, &label_routes);
    struct casefile c;
    const char *label, *path;

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    api_as(&api, ROLE_AGENT);
    label = add_label(&api, "urgent");
    CHECK(label != NULL);
    path = case_path(&w, c.id, label);
    CHECK(api_call(&api, PUT, path, NULL) == 204);
    CHECK(api_call(&api, PUT, path, NULL) == 204);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, PUT, case_path(&w, c.id, "lab_0000000000001"), NULL) == 404);
    CHECK(api_call(&api, PUT, case_path(&w, (case_id){ 5 }, label), NULL) == 404);
    CHECK(api_call(&api, DELETE, case_path(&w, (case_id){ 5 }, label), NULL) == 404);
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, GET, LABELS, NULL) == 200);
    CHECK(api_call(&api, PUT, path, NULL) == 403);
    CHECK(api_call(&api, DELETE, path, NULL) == 403);
    CHECK(add_label(&api, "mine") == NULL && api.status == 403);
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, LABELS, NULL) == 401);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, PUT, path, NULL) == 404);
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, LABELS "/%s", label), NULL) == 404);
}

/* --- many cases ------------------------------------------------------------------------------ */

enum { CASES = 70 };

/* Case i has label j when i % (j + 2) == 0. */
struct many {
    struct label labels[3];
    case_id cases[CASES];
    struct list lists[CASES];
    struct list of_one, events;
    int64_t changes;
};

static bool make_many(struct tx *tx, void *arg, struct err *err)
{
    static const char *const names[] = { "second", "third", "fourth" };
    struct many *many = arg;

    for (size_t j = 0; j < COUNT(names); j++)
        if (!label_add(tx, &(struct label_draft){ .name = names[j] }, &many->labels[j], err))
            return false;
    for (size_t i = 0; i < CASES; i++) {
        struct casefile c = { .title = "A", .person_id = { 1 }, .channel_id = { 2 } };
        if (!case_open(tx, &c, err))
            return false;
        many->cases[i] = c.id;
        for (size_t j = 0; j < COUNT(names); j++)
            if (i % (j + 2) == 0 && !db_run(tx, SQL_LABEL_PUT_ON,
                                            ARGS(arg_organisation(tx), arg_id(many->labels[j].id),
                                                 arg_id(many->cases[i])),
                                            err))
                return false;
    }
    return true;
}

static bool list_many(struct tx *tx, void *arg, struct err *err)
{
    struct many *many = arg;

    return label_list_of_cases(tx, many->cases, CASES, many->lists, err) &&
           label_list_of_case(tx, many->cases[12], &many->of_one, err);
}

static const char *names_of(struct arena *mem, const struct list *labels)
{
    const struct label *label = labels->items;
    const char *names = "";

    for (size_t i = 0; i < labels->n; i++, label++)
        names = arena_printf(mem, "%s%s%s", names, i > 0 ? " " : "", label->name);
    return names;
}

TEST(a_page_of_cases_gets_each_its_own_labels_by_name)
{
    WORLD(w);
    struct many *many = NEW(w.mem, struct many);

    CHECK_OK(world_write(&w, make_many, many), &w.err);
    CHECK_OK(world_read(&w, list_many, many), &w.err);
    CHECK_TEXT(names_of(w.mem, &many->lists[0]), "fourth second third");
    CHECK_TEXT(names_of(w.mem, &many->lists[1]), "");
    CHECK_TEXT(names_of(w.mem, &many->lists[31]), "");
    CHECK_TEXT(names_of(w.mem, &many->lists[32]), "fourth second");
    CHECK_TEXT(names_of(w.mem, &many->lists[33]), "third");
    CHECK_TEXT(names_of(w.mem, &many->lists[66]), "second third");
    CHECK_TEXT(names_of(w.mem, &many->lists[69]), "third");
    CHECK_TEXT(names_of(w.mem, &many->of_one), "fourth second third");
}

static bool remove_third(struct tx *tx, void *arg, struct err *err)
{
    const struct many *many = arg;

    return label_remove(tx, many->labels[1].id, err);
}

TEST(a_removed_label_is_on_no_case_any_more)
{
    WORLD(w);
    struct many *many = NEW(w.mem, struct many);

    CHECK_OK(world_write(&w, make_many, many), &w.err);
    CHECK_OK(world_write(&w, remove_third, many), &w.err);
    CHECK_OK(world_read(&w, list_many, many), &w.err);
    CHECK_TEXT(names_of(w.mem, &many->lists[0]), "fourth second");
    CHECK_TEXT(names_of(w.mem, &many->lists[33]), "");
    CHECK_TEXT(names_of(w.mem, &many->of_one), "fourth second");
}

/* --- history --------------------------------------------------------------------------------- */

static bool put_on_and_take_off(struct tx *tx, void *arg, struct err *err)
{
    struct many *many = arg;
    struct casefile c;

    if (!label_add(tx, &(struct label_draft){ .name = "urgent" }, &many->labels[0], err) ||
        !open_case(tx, &c, err))
        return false;
    many->cases[0] = c.id;
    return label_put_on(tx, many->labels[0].id, c.id, err) &&
           label_put_on(tx, many->labels[0].id, c.id, err) &&
           label_take_off(tx, many->labels[0].id, c.id, err) &&
           label_take_off(tx, many->labels[0].id, c.id, err);
}

static bool seal(struct tx *tx, void *arg, struct err *err)
{
    struct sealing sealing = { .max = 100 };

    (void)arg;
    return events_seal(tx, &sealing, err);
}

static bool list_events(struct tx *tx, void *arg, struct err *err)
{
    return events_after(tx, 0, 100, arg, err);
}

TEST(history_tells_once_of_a_label_put_on_or_taken_off)
{
    WORLD(w);
    struct many *many = NEW(w.mem, struct many);
    const struct event *event;
    char label[ID_TEXT_MAX];
    const char *kinds = "";
    struct list events;

    CHECK_OK(world_write(&w, put_on_and_take_off, many), &w.err);
    CHECK_OK(world_write(&w, seal, NULL), &w.err);
    CHECK_OK(world_read(&w, list_events, &events), &w.err);
    id_write("lab", many->labels[0].id.n, label);
    event = events.items;
    for (size_t i = 0; i < events.n; i++, event++) {
        if (!strstr(event->kind, "labelled"))
            continue;
        kinds = arena_printf(w.mem, "%s %s", kinds, event->kind);
        CHECK(event->case_id.n == many->cases[0].n);
        CHECK_TEXT(event->data.s, arena_printf(w.mem, "{\"label\":\"%s\"}", label));
    }
    CHECK_TEXT(kinds, " case.labelled case.unlabelled");
}

/* --- two at once ----------------------------------------------------------------------------- */

struct crossing {
    struct world *w;
    label_id label;
    case_id id;
    bool is_crossed;
    int64_t labels_n, apart_n;
};

static bool make_crossing(struct tx *tx, void *arg, struct err *err)
{
    struct crossing *crossing = arg;
    struct label label;
    struct casefile c;

    if (!label_add(tx, &(struct label_draft){ .name = "urgent" }, &label, err) ||
        !open_case(tx, &c, err))
        return false;
    crossing->label = label.id;
    crossing->id = c.id;
    return true;
}

static bool put_on(struct tx *tx, void *arg, struct err *err)
{
    const struct crossing *crossing = arg;

    return label_put_on(tx, crossing->label, crossing->id, err);
}

/* Once, after the case was read, another puts the label on. */
static bool finish_crossed(struct tx *tx, void *arg, struct err *err)
{
    struct crossing *crossing = arg;
    struct casefile c;

    if (!case_get(tx, crossing->id, &c, err))
        return false;
    if (!crossing->is_crossed) {
        crossing->is_crossed = true;
        if (!world_write(crossing->w, put_on, crossing))
            return err_set(err, ERR_INTERNAL, "%s", crossing->w->err.text);
    }
    c.status = CASE_DONE;
    c.is_active = false;
    return case_save(tx, &c, err);
}

static bool compare(struct tx *tx, void *arg, struct err *err)
{
    struct crossing *crossing = arg;

    return db_number(tx,
                     sql_composed("SELECT count(*) FROM case_labels WHERE organisation_id = $1"),
                     ARGS(arg_organisation(tx)), &crossing->labels_n, err) &&
           db_number(tx,
                     sql_composed("SELECT count(*) FROM case_labels l JOIN cases c ON "
                                  "c.organisation_id = l.organisation_id AND c.id = l.case_id "
                                  "WHERE c.organisation_id = $1 AND (c.is_active <> l.is_active OR "
                                  "c.waiting_order <> l.waiting_order)"),
                     ARGS(arg_organisation(tx)), &crossing->apart_n, err);
}

TEST(a_label_that_is_put_on_while_its_case_is_changed_follows_it)
{
    WORLD(w);
    struct crossing crossing = { .w = &w };

    if (!world_is_postgres(&w)) {
        test_skip("is about PostgreSQL: SQLite writes one after another");
        return;
    }
    w.settings.twice = false;
    CHECK_OK(world_reopen(&w), &w.err);
    CHECK_OK(world_write(&w, make_crossing, &crossing), &w.err);
    CHECK_OK(store_write(w.store,
                         &(struct scope){ .mem = w.mem, .organisation = w.scope.organisation },
                         finish_crossed, &crossing, &w.err),
             &w.err);
    CHECK_OK(world_read(&w, compare, &crossing), &w.err);
    CHECK(crossing.labels_n == 1);
    CHECK(crossing.apart_n == 0);
}
