#include "search.h"

#include "api.h"
#include "somebody.h"
#include "test.h"

#include "../../base/buf.h"
#include "../../base/text.h"
#include "../../language/snippet.h"
#include "../../store/search.h"
#include "../cases/change.h"
#include "../cases/titles.h"
#include "../messages/messages.h"
#include "../people/people.h"

#include <stdlib.h>
#include <string.h>

#define SEARCH "/api/v1/search?q="

/* --- what is there to find ------------------------------------------------------------------- */

struct wanted {
    const char *subject, *text;
    struct casefile c;
    message_id message;
};

static bool add_message(struct tx *tx, void *arg, struct err *err)
{
    struct wanted *wanted = arg;
    struct message message = {
        .conversation_id = { 3 },
        .channel_id = { 2 },
        .person_id = { 1 },
        .subject = wanted->subject,
        .text = wanted->text,
        .parties = { "{}" },
    };

    wanted->c = (struct casefile){ .title = "A", .person_id = { 1 }, .channel_id = { 2 } };
    if (!case_open(tx, &wanted->c, err))
        return false;
    message.case_id = wanted->c.id;
    if (!message_add(tx, &message, message_words(tx->mem, wanted->subject, wanted->text), err))
        return false;
    wanted->message = message.id;
    return true;
}

struct somebody {
    const char *address, *name;
    person_id id;
};

static bool add_person(struct tx *tx, void *arg, struct err *err)
{
    struct somebody *somebody = arg;
    bool is_new;

    return person_by_address(tx, IDENTITY_EMAIL, somebody->address, somebody->name, BY_MESSAGE,
                             &somebody->id, &is_new, err);
}

/* Two messages, a person, and a third message, in this order. */
static bool fill(struct world *w)
{
    struct wanted messages[] = {
        { "Pakket kwijt", "Mijn pakketten zijn nergens te vinden." },
        { "Vraag",        "Waar blijft mijn factuur?"              },
        { "Nog een",      "Café Pakket is dicht."                  },
    };
    struct somebody somebody = { "pakket@example.org", "Jan de Vries" };

    return world_write(w, add_message, &messages[0]) && world_write(w, add_message, &messages[1]) &&
           world_write(w, add_person, &somebody) && world_write(w, add_message, &messages[2]);
}

struct asked {
    struct search_query query;
    struct list hits;
    const char *next;
};

static bool ask(struct tx *tx, void *arg, struct err *err)
{
    struct asked *asked = arg;

    return search_page(tx, &asked->query, &asked->hits, &asked->next, err);
}

/* Each hit's kind and snippet, with the marks as [ and ]. */
static const char *shown(struct arena *mem, const struct hit *hit)
{
    struct buf out = BUF(10000);
    const struct mark *mark = hit->marks.items;
    size_t at = 0;
    char *text;

    buf_printf(&out, "%c:", hit->kind[0]);
    for (size_t i = 0; i < hit->marks.n; i++, mark++) {
        buf_add(&out, hit->snippet + at, (size_t)mark->from - at);
        buf_char(&out, '[');
        buf_add(&out, hit->snippet + mark->from, (size_t)(mark->to - mark->from));
        buf_char(&out, ']');
        at = (size_t)mark->to;
    }
    buf_text(&out, hit->snippet + at);
    text = arena_text(mem, buf_str(&out));
    buf_free(&out);
    return text;
}

static const char *found(struct world *w, const char *q, enum search_kind kind, int64_t limit,
                         const char **cursor)
{
    struct asked asked = {
        .query = { .q = q, .kind = kind, .page = { cursor ? *cursor : NULL, limit } }
    };
    const char *all = "";

    if (!world_read(w, ask, &asked))
        return w->err.text;
    for (size_t i = 0; i < asked.hits.n; i++)
        all = arena_printf(w->mem, "%s%s%s", all, i > 0 ? "|" : "",
                           shown(w->mem, &((const struct hit *)asked.hits.items)[i]));
    if (cursor)
        *cursor = asked.next;
    return all;
}

/* --- hits ------------------------------------------------------------------------------------ */

TEST(messages_and_people_are_found_together_newest_first_with_the_words_marked)
{
    WORLD(w);

    CHECK_OK(fill(&w), &w.err);
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 0, NULL),
               "m:Café [Pakket] is dicht."
               "|p:Jan de Vries [pakket]@example.org"
               "|m:Mijn [pakketten] zijn nergens te vinden.");
    CHECK_TEXT(found(&w, "PAKKET", SEARCH_MESSAGES, 0, NULL),
               "m:Café [Pakket] is dicht.|m:Mijn [pakketten] zijn nergens te vinden.");
    CHECK_TEXT(found(&w, "pakket", SEARCH_PEOPLE, 0, NULL), "p:Jan de Vries [pakket]@example.org");
    CHECK_TEXT(found(&w, "cafe dicht", SEARCH_ALL, 0, NULL), "m:[Café] Pakket is [dicht].");
    CHECK_TEXT(found(&w, "vra", SEARCH_ALL, 0, NULL), "m:Waar blijft mijn factuur?");
    CHECK_TEXT(found(&w, "factu", SEARCH_ALL, 0, NULL), "m:Waar blijft mijn [factuur]?");
    CHECK_TEXT(found(&w, "nothing", SEARCH_ALL, 0, NULL), "");
    CHECK_TEXT(found(&w, "?!", SEARCH_ALL, 0, NULL), "");
}

TEST(hits_come_page_by_page_without_a_gap)
{
    WORLD(w);
    const char *cursor = NULL;

    CHECK_OK(fill(&w), &w.err);
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 2, &cursor),
               "m:Café [Pakket] is dicht.|p:Jan de Vries [pakket]@example.org");
    CHECK(cursor != NULL);
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 2, &cursor),
               "m:Mijn [pakketten] zijn nergens te vinden.");
    CHECK(cursor == NULL);
}

TEST(what_was_found_by_its_beginning_goes_on_by_it_on_the_next_page)
{
    WORLD(w);
    const char *cursor = NULL;

    CHECK_OK(fill(&w), &w.err);
    CHECK_TEXT(found(&w, "pak", SEARCH_ALL, 2, &cursor),
               "m:Café [Pakket] is dicht.|p:Jan de Vries [pakket]@example.org");
    CHECK_TEXT(found(&w, "pak", SEARCH_ALL, 2, &cursor),
               "m:Mijn [pakketten] zijn nergens te vinden.");
}

enum { MANY = 75 };

static bool add_many(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    for (int i = 0; i < MANY; i++) {
        struct message message = {
            .conversation_id = { 3 },
            .case_id = { 4 },
            .channel_id = { 2 },
            .subject = "",
            .text = arena_printf(tx->mem, "number %d", i),
            .parties = { "{}" },
        };
        if (!message_add(tx, &message, message_words(tx->mem, "", message.text), err))
            return false;
    }
    return true;
}

TEST(a_page_of_many_hits_has_each_in_its_place)
{
    WORLD(w);
    struct asked asked = {
        .query = { .q = "number", .page = { .limit = MANY } }
    };
    const struct hit *hit;

    CHECK_OK(world_write(&w, add_many, NULL), &w.err);
    CHECK_OK(world_read(&w, ask, &asked), &w.err);
    CHECK(asked.hits.n == MANY);
    hit = asked.hits.items;
    for (int i = 0; i < MANY; i++)
        CHECK_TEXT(hit[i].snippet, arena_printf(w.mem, "number %d", MANY - 1 - i));
}

TEST(another_organisation_finds_nothing_of_ours)
{
    WORLD(w);

    CHECK_OK(fill(&w), &w.err);
    w.scope.organisation.n = id_new();
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 0, NULL), "");
}

/* --- filters --------------------------------------------------------------------------------- */

enum { DAY = 24 * 60 * 60 * 1000 };

/* One of four messages that say "gas", each in a case of its own; all differ. */
struct gas {
    int64_t channel, person, team, assignee, label;
    enum direction direction;
    enum case_status status;
    int64_t at;
    const char *name; /* what it is told apart by */
};

static const struct gas gases[] = {
    { 1, 11, 0,  0,  0,  DIRECTION_IN,  CASE_NEW,     1 * (int64_t)DAY, "a" },
    { 1, 12, 21, 0,  41, DIRECTION_IN,  CASE_OPEN,    2 * (int64_t)DAY, "b" },
    { 2, 11, 22, 31, 0,  DIRECTION_OUT, CASE_WAITING, 3 * (int64_t)DAY, "c" },
    { 2, 13, 0,  32, 41, DIRECTION_IN,  CASE_DONE,    4 * (int64_t)DAY, "d" },
};

static bool add_gas(struct tx *tx, void *arg, struct err *err)
{
    const struct gas *gas = arg;
    struct casefile c = { .title = "A",
                          .person_id = { gas->person },
                          .channel_id = { gas->channel },
                          .team_id = { gas->team } };
    struct message message = { .conversation_id = { 3 },
                               .channel_id = { gas->channel },
                               .direction = gas->direction,
                               .subject = "",
                               .text = arena_printf(tx->mem, "gas %s", gas->name),
                               .parties = { "{}" },
                               .at = { gas->at } };

    if (!somebody(tx, gas->person, err) || !case_open(tx, &c, err))
        return false;
    c.assignee_id = (user_id){ gas->assignee };
    c.status = gas->status;
    c.is_active = gas->status != CASE_DONE;
    message.case_id = c.id;
    return case_save(tx, &c, err) &&
           message_add(tx, &message, message_words(tx->mem, "", message.text), err) &&
           (gas->label == 0 ||
            db_run(tx, SQL_LABEL_PUT_ON,
                   ARGS(arg_organisation(tx), arg_int(gas->label), arg_id(c.id)), err));
}

static const char *names_of(struct arena *mem, const struct list *hits)
{
    const char *names = "";

    for (size_t i = 0; i < hits->n; i++)
        names = arena_printf(mem, "%s%s", names, ((const struct hit *)hits->items)[i].snippet + 4);
    return names;
}

TEST(each_filter_leaves_out_the_messages_that_are_not_wanted)
{
    static const struct {
        struct search_query query;
        const char *names;
    } rows[] = {
        { { .channel = { 1 } },                                                 "ba"  },
        { { .direction = 2 },                                                   "c"   },
        { { .person = { 11 } },                                                 "ca"  },
        { { .since = { 2 * (int64_t)DAY } },                                    "dcb" },
        { { .until = { 2 * (int64_t)DAY } },                                    "a"   },
        { { .since = { 2 * (int64_t)DAY }, .until = { 2 * (int64_t)DAY + 1 } }, "b"   },
        { { .status = 1 },                                                      "cba" },
        { { .status = 3 },                                                      "b"   },
        { { .status = 5 },                                                      "d"   },
        { { .team = "none" },                                                   "da"  },
        { { .assignee = "none" },                                               "ba"  },
        { { .label = { 41 } },                                                  "db"  },
        { { .label = { 41 }, .channel = { 2 } },                                "d"   },
        { { .person = { 99 } },                                                 ""    },
    };
    WORLD(w);

    for (size_t i = 0; i < COUNT(gases); i++)
        CHECK_OK(world_write(&w, add_gas, (void *)(intptr_t)&gases[i]), &w.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct asked asked = { .query = rows[i].query };
        asked.query.q = "gas";
        CHECK_OK(world_read(&w, ask, &asked), &w.err);
        CHECK_TEXT(names_of(w.mem, &asked.hits), rows[i].names);
        CHECK(asked.next == NULL);
    }
    struct asked of_team = {
        .query = { .q = "gas", .team = id_text("tem", 22).s }
    };
    struct asked of_user = {
        .query = { .q = "gas", .assignee = id_text("usr", 32).s }
    };
    CHECK_OK(world_read(&w, ask, &of_team) && world_read(&w, ask, &of_user), &w.err);
    CHECK_TEXT(names_of(w.mem, &of_team.hits), "c");
    CHECK_TEXT(names_of(w.mem, &of_user.hits), "d");
}

TEST(filtered_hits_come_page_by_page_without_a_gap)
{
    WORLD(w);
    struct asked asked = {
        .query = { .q = "gas", .person = { 11 }, .page = { NULL, 1 } }
    };
    const char *names = "";

    for (size_t i = 0; i < COUNT(gases); i++)
        CHECK_OK(world_write(&w, add_gas, (void *)(intptr_t)&gases[i]), &w.err);
    do {
        CHECK_OK(world_read(&w, ask, &asked), &w.err);
        CHECK(asked.hits.n <= 1);
        names = arena_printf(w.mem, "%s%s", names, names_of(w.mem, &asked.hits));
        asked.query.page.cursor = asked.next;
    } while (asked.next);
    CHECK_TEXT(names, "ca");
}

static bool add_thousands(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    for (int i = 0; i < SEARCH_SCANNED_MAX + 100; i++) {
        struct message message = { .conversation_id = { 3 },
                                   .case_id = { 4 },
                                   .channel_id = { 2 },
                                   .subject = "",
                                   .text = "gas",
                                   .parties = { "{}" } };
        if (!message_add(tx, &message, message_words(tx->mem, "", message.text), err))
            return false;
    }
    return true;
}

TEST(a_filter_that_few_of_many_hits_pass_takes_several_pages_and_finds_them)
{
    WORLD(w);
    struct asked asked = {
        .query = { .q = "gas", .person = { 11 } }
    };

    CHECK_OK(world_write(&w, add_gas, (void *)(intptr_t)&gases[0]), &w.err);
    CHECK_OK(world_write(&w, add_thousands, NULL), &w.err);
    CHECK_OK(world_read(&w, ask, &asked), &w.err);
    CHECK(asked.hits.n == 0 && asked.next != NULL);
    asked.query.page.cursor = asked.next;
    CHECK_OK(world_read(&w, ask, &asked), &w.err);
    CHECK_TEXT(names_of(w.mem, &asked.hits), "a");
    CHECK(asked.next == NULL);
}

TEST(a_hit_says_whose_case_it_is_and_its_reference)
{
    WORLD(w);
    API(api, &w, &search_routes);
    struct wanted wanted = { .subject = "Pakket", .text = "Waar is het?" };

    CHECK_OK(world_write(&w, add_message, &wanted), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, SEARCH "pakket&direction=in&status=active", NULL) == 200);
    CHECK(strstr(api.body, arena_printf(w.mem, "\"reference\":\"%s\"", wanted.c.reference)));
    CHECK(strstr(api.body, "\"channel_id\":\"") && strstr(api.body, "\"person_id\":\""));
    CHECK(api_call(&api, GET, SEARCH "x&kind=person&direction=in", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x&team=nobody", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x&assignee=nobody", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x&since=yesterday", NULL) == 422);
}

/* --- through the API ------------------------------------------------------------------------- */

TEST(the_search_wants_a_word_and_somebody_who_may_read)
{
    WORLD(w);
    API(api, &w, &search_routes);

    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, GET, "/api/v1/search", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "%20%09", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x&kind=case", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x&limit=201", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x&cursor=%27", NULL) == 422);
    CHECK(api_call(&api, GET, SEARCH "x", NULL) == 200);
    CHECK_TEXT(api.body, "{\"items\":[],\"next\":null}");
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, SEARCH "x", NULL) == 401);
}

TEST(people_are_only_found_by_who_may_read_them)
{
    WORLD(w);
    API(api, &w, &search_routes);

    CHECK_OK(fill(&w), &w.err);
    api_as_token(&api, ROLE_AGENT, "case:read");
    CHECK(api_call(&api, GET, SEARCH "pakket", NULL) == 200);
    CHECK(strstr(api.body, "pakketten") && !strstr(api.body, "Jan"));
    CHECK(api_call(&api, GET, SEARCH "pakket&kind=person", NULL) == 403);
    api_as_token(&api, ROLE_AGENT, "case:read person:read");
    CHECK(api_call(&api, GET, SEARCH "pakket&kind=person", NULL) == 200);
    CHECK(!strstr(api.body, "pakketten") && strstr(api.body, "Jan"));
}

TEST(a_case_is_found_by_its_reference_or_id_on_the_first_page_only)
{
    WORLD(w);
    API(api, &w, &search_routes);
    struct wanted wanted = { "x", "y" };
    char id[ID_TEXT_MAX];
    const char *reference;

    CHECK_OK(world_write(&w, add_message, &wanted), &w.err);
    id_write("cas", wanted.c.id.n, id);
    reference = arena_printf(w.mem, "\"reference\":\"%s\"", wanted.c.reference);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, arena_printf(w.mem, SEARCH "%%20%s", id), NULL) == 200);
    CHECK(text_starts(api.body, "{\"case\":{") && strstr(api.body, reference));
    CHECK(api_call(&api, GET,
                   arena_printf(w.mem, SEARCH "%s%%20", text_lower(w.mem, wanted.c.reference)),
                   NULL) == 200);
    CHECK(text_starts(api.body, "{\"case\":{") && strstr(api.body, reference));
    CHECK(api_call(&api, GET, arena_printf(w.mem, SEARCH "%s&cursor=5.0", id), NULL) == 200);
    CHECK(!strstr(api.body, "\"case\""));
    CHECK(api_call(&api, GET, SEARCH "cas_0000000000001", NULL) == 200);
    CHECK_TEXT(api.body, "{\"items\":[],\"next\":null}");
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, arena_printf(w.mem, SEARCH "%s", id), NULL) == 200);
    CHECK_TEXT(api.body, "{\"items\":[],\"next\":null}");
}

/* --- titles ---------------------------------------------------------------------------------- */

static bool rename_case(struct tx *tx, void *arg, struct err *err)
{
    const struct wanted *wanted = arg;
    struct case_change change = { .title = wanted->subject, .has_title = true };
    struct casefile c;

    return case_get(tx, wanted->c.id, &c, err) && case_change(tx, &change, &c, err);
}

/* A case with a message of other words. */
static bool add_named(struct world *w, struct wanted *wanted, const char *title)
{
    if (!world_write(w, add_message, wanted))
        return false;
    wanted->subject = title;
    return world_write(w, rename_case, wanted);
}

TEST(a_case_is_found_by_the_title_it_has_and_not_by_the_one_it_had)
{
    WORLD(w);
    struct wanted wanted = { "Vraag", "Waar blijft het?" };

    CHECK_OK(add_named(&w, &wanted, "Lekkage in de Dorpsstraat"), &w.err);
    CHECK_TEXT(found(&w, "LEKKAGE dorps", SEARCH_ALL, 0, NULL), "c:");
    CHECK_TEXT(found(&w, "lekkage", SEARCH_MESSAGES, 0, NULL), "");
    CHECK_TEXT(found(&w, "lekkage", SEARCH_PEOPLE, 0, NULL), "");
    wanted.subject = "Dak stuk";
    CHECK_OK(world_write(&w, rename_case, &wanted), &w.err);
    CHECK_TEXT(found(&w, "lekkage", SEARCH_ALL, 0, NULL), "");
    CHECK_TEXT(found(&w, "dak", SEARCH_ALL, 0, NULL), "c:");
    CHECK_TEXT(found(&w, "vraag", SEARCH_ALL, 0, NULL), "m:Waar blijft het?");
    w.scope.organisation.n = id_new();
    CHECK_TEXT(found(&w, "dak", SEARCH_ALL, 0, NULL), "");
}

TEST(a_title_is_shown_as_its_case_and_filtered_as_one)
{
    WORLD(w);
    API(api, &w, &search_routes);
    struct wanted wanted = { "Vraag", "Waar blijft het?" };

    CHECK_OK(add_named(&w, &wanted, "Lekkage"), &w.err);
    api_as_token(&api, ROLE_AGENT, "case:read");
    CHECK(api_call(&api, GET, SEARCH "lekkage&status=active", NULL) == 200);
    CHECK(strstr(api.body, arena_printf(w.mem, "\"reference\":\"%s\"", wanted.c.reference)) &&
          strstr(api.body, "\"kind\":\"case\"") && strstr(api.body, "\"subject\":\"Lekkage\"") &&
          !strstr(api.body, "message_id"));
    CHECK(api_call(&api, GET, SEARCH "lekkage", NULL) == 200 && strstr(api.body, "Lekkage"));
    for (size_t i = 0; i < 3; i++) {
        static const char *const others[] = { "status=done", "direction=in", "assignee=me" };
        CHECK(api_call(&api, GET, arena_printf(w.mem, SEARCH "lekkage&%s", others[i]), NULL) ==
              200);
        CHECK_TEXT(api.body, "{\"items\":[],\"next\":null}");
    }
}

static bool age_title(struct tx *tx, void *arg, struct err *err)
{
    const struct wanted *wanted = arg;

    return db_run(tx, sql_composed("INSERT INTO case_titles VALUES ($1, $2, 'Lekkage', FALSE)"),
                  ARGS(arg_organisation(tx), arg_id(wanted->c.id)), err);
}

TEST(titles_that_an_older_program_left_are_found_once_housekeeping_came_by)
{
    WORLD(w);
    struct wanted wanted = { "Vraag", "Waar blijft het?" };

    CHECK_OK(world_write(&w, add_message, &wanted), &w.err);
    w.settings.twice = false;
    CHECK_OK(world_reopen(&w), &w.err);
    CHECK_OK(world_write(&w, age_title, &wanted), &w.err);
    CHECK_TEXT(found(&w, "lekkage", SEARCH_ALL, 0, NULL), "");
    for (int i = 0; i < 2; i++)
        CHECK_OK(case_titles_catch_up(w.store, &w.err), &w.err);
    CHECK_TEXT(found(&w, "lekkage", SEARCH_ALL, 0, NULL), "c:");
    wanted.subject = "Dak stuk";
    CHECK_OK(world_write(&w, rename_case, &wanted), &w.err);
    CHECK_TEXT(found(&w, "lekkage", SEARCH_ALL, 0, NULL), "");
}

TEST(a_title_that_was_not_indexed_yet_is_changed_without_harm_to_the_others)
{
    WORLD(w);
    struct wanted wanted = { "Vraag", "Waar blijft het?" }, other = { "Vraag", "Waar?" };

    CHECK_OK(add_named(&w, &other, "Lekkage"), &w.err);
    CHECK_OK(world_write(&w, add_message, &wanted), &w.err);
    w.settings.twice = false;
    CHECK_OK(world_reopen(&w), &w.err);
    CHECK_OK(world_write(&w, age_title, &wanted), &w.err);
    wanted.subject = "Dak stuk";
    CHECK_OK(world_write(&w, rename_case, &wanted), &w.err);
    CHECK_OK(case_titles_catch_up(w.store, &w.err), &w.err);
    CHECK_TEXT(found(&w, "dak", SEARCH_ALL, 0, NULL), "c:");
    CHECK_TEXT(found(&w, "lekkage", SEARCH_ALL, 0, NULL), "c:");
}

/* --- making the index anew ------------------------------------------------------------------- */

static bool add_nonsense(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return search_add(tx, 12345, "mpakket", err);
}

TEST(a_rebuilt_index_finds_what_is_there_and_only_that)
{
    WORLD(w);
    struct wanted wanted = { "Retour", "Waar?" };
    const char *before;

    CHECK_OK(fill(&w), &w.err);
    CHECK_OK(world_write(&w, add_many, NULL), &w.err);
    CHECK_OK(add_named(&w, &wanted, "Pakket terug"), &w.err);
    before = found(&w, "pakket", SEARCH_ALL, 4, NULL);
    CHECK_OK(world_write(&w, add_nonsense, NULL), &w.err);
    CHECK_OK(search_rebuild(w.store, &w.err), &w.err);
    CHECK(text_starts(before, "c:|m:"));
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 4, NULL), before);
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 200, NULL), before);
    CHECK_TEXT(found(&w, "number 74", SEARCH_ALL, 0, NULL), "m:[number] [74]");
    CHECK_OK(search_rebuild(w.store, &w.err), &w.err);
    CHECK_TEXT(found(&w, "pakket", SEARCH_ALL, 200, NULL), before);
}
