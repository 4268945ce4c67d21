#include "people.h"

#include "../../auth/organisations.h"
#include "../cases/cases.h"
#include "api.h"
#include "differs.h"
#include "test.h"

#include <string.h>

enum { MANY = 5 };

struct adding {
    const char *address, *name;
    person_id id;
};

static bool add_person(struct tx *tx, void *arg, struct err *err)
{
    struct adding *adding = arg;
    bool is_new;

    return person_by_address(tx, IDENTITY_EMAIL, adding->address, adding->name, BY_MESSAGE,
                             &adding->id, &is_new, err);
}

struct finding {
    const char *address;
    person_id id;
    bool is_new;
};

static bool find_phone(struct tx *tx, void *arg, struct err *err)
{
    struct finding *finding = arg;

    return person_by_address(tx, IDENTITY_PHONE, finding->address, "", BY_MESSAGE, &finding->id,
                             &finding->is_new, err);
}

static bool move_to_belgium(struct tx *tx, void *arg, struct err *err)
{
    struct organisation organisation;

    (void)arg;
    if (!organisation_get(tx, &organisation, err))
        return false;
    organisation.time_zone = "Europe/Brussels";
    return organisation_change(tx, &organisation, organisation.version, err);
}

TEST(a_telephone_number_is_one_persons_however_it_is_written)
{
    static const char *const dutch[] = { "0612345678", "+31 6 1234 5678", "0031612345678",
                                         "31612345678" };
    static const char *const belgian[] = { "0475 12 34 56", "+32475123456" };
    WORLD(w);
    struct finding first = { "06-12345678" }, other = { "1008" };

    CHECK_OK(world_write(&w, find_phone, &first) && first.is_new, &w.err);
    for (size_t i = 0; i < COUNT(dutch); i++) {
        struct finding again = { dutch[i] };
        CHECK_OK(world_write(&w, find_phone, &again), &w.err);
        CHECK(!again.is_new && again.id.n == first.id.n);
    }
    CHECK_OK(world_write(&w, find_phone, &other) && other.is_new, &w.err);
    CHECK_OK(world_write(&w, move_to_belgium, NULL), &w.err);
    first.address = belgian[0];
    CHECK_OK(world_write(&w, find_phone, &first) && first.is_new, &w.err);
    other.address = belgian[1];
    CHECK_OK(world_write(&w, find_phone, &other), &w.err);
    CHECK(!other.is_new && other.id.n == first.id.n);
}

static const char *path_of(struct world *w, person_id id)
{
    char text[ID_TEXT_MAX];

    id_write("per", id.n, text);
    return arena_printf(w->mem, "/api/v1/people/%s", text);
}

TEST(a_person_is_read_with_all_addresses)
{
    WORLD(w);
    API(api, &w, &person_routes);
    struct adding jan = { "Jan@example.org", "Jan Jansen" };

    CHECK_OK(world_write(&w, add_person, &jan), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, path_of(&w, jan.id), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Jan Jansen");
    CHECK(strstr(api.body, "\"value\":\"jan@example.org\""));
    CHECK_TEXT(api_header(&api, "ETag"), "\"1\"");
    CHECK(api_call(&api, GET, path_of(&w, (person_id){ 77 }), NULL) == 404);
}

TEST(people_are_listed_or_searched_page_by_page)
{
    WORLD(w);
    API(api, &w, &person_routes);
    struct adding other = { "piet@example.org", "Piet" };

    for (int i = 0; i < MANY; i++) {
        struct adding jan = { arena_printf(w.mem, "jan%d@example.org", i), "Jan Jansen" };
        CHECK_OK(world_write(&w, add_person, &jan), &w.err);
    }
    CHECK_OK(world_write(&w, add_person, &other), &w.err);
    api_as(&api, ROLE_AGENT);
    for (int limit = 1; limit <= MANY + 2; limit++) {
        CHECK(api_count_pages(&api, "/api/v1/people", "per", limit) == MANY + 1);
        CHECK(api_count_pages(&api, "/api/v1/people?q=jansen", "per", limit) == MANY);
    }
    CHECK(api_count_pages(&api, "/api/v1/people?q=nobody", "per", 2) == 0);
    CHECK(api_call(&api, GET, "/api/v1/people?cursor=x", NULL) == 422);
}

TEST(a_person_has_a_name_of_one_line_and_a_language_that_can_be_one)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"name\":\" \\n\"}",      "what the person is called" },
        { "{\"language\":\"n1\"}",    "a code like nl"            },
        { "{\"language\":\"n\"}",     "a code like nl"            },
        { "{\"language\":\"dutch\"}", "longer than 3"             },
    };
    WORLD(w);
    API(api, &w, &person_routes);
    struct adding jan = { "jan@example.org", "Jan" };

    CHECK_OK(world_write(&w, add_person, &jan), &w.err);
    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        api.header = "If-Match: *";
        CHECK(api_call(&api, PATCH, path_of(&w, jan.id), rows[i].json) == 422);
        CHECK(strstr(api.body, rows[i].words));
    }
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&w, jan.id),
                   "{\"name\":\" Jan\\nJansen \",\"language\":\"fr\"}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "Jan Jansen");
    CHECK_TEXT(api_text(&api, "language"), "fr");
    api.header = "If-Match: \"2\"";
    CHECK(api_call(&api, PATCH, path_of(&w, jan.id), "{\"language\":\"\"}") == 200);
}

TEST(people_are_for_who_may_see_them_in_their_organisation)
{
    WORLD(w);
    API(api, &w, &person_routes);
    struct adding jan = { "jan@example.org", "Jan" };

    CHECK_OK(world_write(&w, add_person, &jan), &w.err);
    api_as_token(&api, ROLE_ADMIN, "case:read");
    CHECK(api_call(&api, GET, "/api/v1/people", NULL) == 403);
    CHECK(api_call(&api, GET, path_of(&w, jan.id), NULL) == 403);
    api_as(&api, ROLE_EXPERT);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path_of(&w, jan.id), "{\"name\":\"Joris\"}") == 403);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, path_of(&w, jan.id), NULL) == 404);
    CHECK(api_count_pages(&api, "/api/v1/people", "per", 2) == 0);
    CHECK(api_count_pages(&api, "/api/v1/people?q=jan", "per", 2) == 0);
}

/* --- two at once ---------------------------------------------------------------------------- */

struct crossing {
    struct world *w;
    person_id person;
    store_fn *other; /* what another does, once, while the first is at it */
    const char *wrong;
};

static bool cross(struct crossing *crossing, struct err *err)
{
    store_fn *other = crossing->other;

    crossing->other = NULL;
    return !other || world_write(crossing->w, other, crossing) ||
           err_set(err, ERR_INTERNAL, "%s", crossing->w->err.text);
}

static bool open_crossed(struct tx *tx, void *arg, struct err *err)
{
    struct crossing *crossing = arg;
    struct person person;
    struct casefile c = { .title = "Lek", .channel_id = { 1 }, .person_id = crossing->person };

    return person_get(tx, crossing->person, &person, err) && cross(crossing, err) &&
           case_open(tx, &c, err);
}

static bool rename_crossed(struct tx *tx, void *arg, struct err *err)
{
    struct crossing *crossing = arg;
    struct person person;
    int64_t changed;

    return person_get(tx, crossing->person, &person, err) && cross(crossing, err) &&
           db_change(tx, SQL_PERSON_CHANGE,
                     ARGS(arg_organisation(tx), arg_id(person.id), arg_int(person.version),
                          arg_text(arena_printf(tx->mem, "%s!", person.name)),
                          arg_text(person.language), arg_time(tx->now)),
                     &changed, err) &&
           db_run(tx, SQL_PERSON_NAME_IN_CASES,
                  ARGS(arg_organisation(tx), arg_id(person.id),
                       arg_text(arena_printf(tx->mem, "%s!", person.name))),
                  err);
}

static bool count_wrong(struct tx *tx, void *arg, struct err *err)
{
    return find_difference(tx, "case_with_other_name ", &((struct crossing *)arg)->wrong, err);
}

TEST(a_case_that_is_opened_while_its_person_gets_another_name_shows_that_name)
{
    WORLD(w);
    struct adding jan = { "jan@example.org", "Jan" };
    struct {
        store_fn *first, *other;
    } rows[] = {
        { open_crossed,   rename_crossed },
        { rename_crossed, open_crossed   },
    };

    if (!world_is_postgres(&w)) {
        test_skip("is about PostgreSQL: SQLite writes one after another");
        return;
    }
    w.settings.twice = false;
    CHECK_OK(world_reopen(&w), &w.err);
    CHECK_OK(world_write(&w, add_person, &jan), &w.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct crossing crossing = { .w = &w, .person = jan.id, .other = rows[i].other };

        CHECK_OK(world_write(&w, rows[i].first, &crossing), &w.err);
        CHECK_OK(world_read(&w, count_wrong, &crossing), &w.err);
        CHECK(!crossing.wrong);
    }
}
