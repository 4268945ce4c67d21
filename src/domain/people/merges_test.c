#include "merges.h"

#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/search.h"
#include "../cases/cases.h"
#include "../conversations/conversations.h"
#include "../promises/promises.h"
#include "api.h"
#include "consents.h"
#include "differs.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- against a slow model --------------------------------------------------------------------- */

enum { PEOPLE = 9, STEPS = 120, MERGES_MAX = STEPS, THINGS_MAX = PEOPLE + 4 * STEPS };

/* What the model knows: who points at whom, and what each has of its own, a line each. */
struct model {
    person_id people[PEOPLE];
    int into[PEOPLE]; /* -1: nobody */
    struct {
        int whose;
        char line[100];
    } things[THINGS_MAX];
    int things_n;
    struct {
        merge_id id;
        int loser;
        bool holds;
    } merges[MERGES_MAX];
    int merges_n;
};

static int root_of(const struct model *m, int i)
{
    while (m->into[i] >= 0)
        i = m->into[i];
    return i;
}

/* Letters only, so that it's one word. */
static const char *name_of(struct arena *mem, int i)
{
    return arena_printf(mem, "Naam%c", 'a' + i);
}

struct step {
    struct model *model;
    int a, b;
    struct person_merge merge;
    char lines[4][100]; /* of what a step made: outside of its transaction, which runs twice */
    int lines_n;
    const char *said; /* NULL: nothing wrong */
};

static bool add_people(struct tx *tx, void *arg, struct err *err)
{
    struct model *m = arg;
    bool is_new;

    for (int i = 0; i < PEOPLE; i++)
        if (!person_by_address(tx, IDENTITY_EMAIL, arena_printf(tx->mem, "p%d@example.org", i),
                               name_of(tx->mem, i), BY_MESSAGE, &m->people[i], &is_new, err))
            return false;
    return true;
}

static bool merge(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;

    return person_merge(tx, step->model->people[step->a], step->model->people[step->b], 0, NULL,
                        &step->merge, err);
}

static bool undo(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;

    return person_unmerge(tx, step->merge.id, err) && person_unmerge(tx, step->merge.id, err);
}

/* One line of what somebody has, as it is seen. */
static void line(char *out, const char *kind, int64_t id, const char *a, const char *b)
{
    snprintf(out, 100, "%s %lld %s %s", kind, (long long)id, a, b);
}

static bool add_first_addresses(struct tx *tx, void *arg, struct err *err)
{
    struct model *m = arg;

    m->things_n = 0;
    for (int i = 0; i < PEOPLE; i++) {
        const struct identity *first;
        struct person person;

        if (!person_get(tx, m->people[i], &person, err))
            return false;
        first = person.identities.items;
        m->things[m->things_n].whose = i;
        line(m->things[m->things_n++].line, "identity", first->id.n, first->value,
             identity_state_names[first->state]);
    }
    return true;
}

static bool open_case(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    struct casefile c = { .title = "Lek",
                          .channel_id = { 1 },
                          .person_id = step->model->people[step->a] };
    struct conversation talk = { .channel_id = { 1 }, .person_id = c.person_id, .subject = "" };
    struct promise_draft draft = { .words = "Wij bellen u", .due_at = { tx->now.ms + DAY_MS } };
    struct promise promise;

    if (!case_open(tx, &c, err))
        return false;
    talk.case_id = c.id;
    if (!conversation_add(tx, &talk, err) || !promise_add(tx, c.id, &draft, &promise, err))
        return false;
    step->lines_n = 3;
    line(step->lines[0], "case", c.id.n, c.reference, c.title);
    line(step->lines[1], "talk", talk.id.n, "", "");
    line(step->lines[2], "promise", promise.id.n, promise.words, "");
    return true;
}

static bool add_address(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    struct identity_draft draft = { .kind = IDENTITY_LOGIN,
                                    .value = arena_printf(tx->mem, "login%d", step->b) };
    struct identity identity;

    step->lines_n = 1;
    if (!identity_add(tx, step->model->people[step->a], &draft, BY_AGENT, &identity, err))
        return false;
    line(step->lines[0], "identity", identity.id.n, identity.value,
         identity_state_names[identity.state]);
    return true;
}

static bool add_consent(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    struct consent consent = { .purpose = "onderzoek",
                               .state = step->b % 2 ? CONSENT_GIVEN : CONSENT_WITHDRAWN };

    step->lines_n = 1;
    if (!consent_add(tx, step->model->people[step->a], &consent, err))
        return false;
    line(step->lines[0], "consent", consent.id.n, consent.purpose,
         consent_state_names[consent.state]);
    return true;
}

static bool finds_only(struct tx *tx, const char *word, person_id wanted, bool *out,
                       struct err *err)
{
    bool is_prefix = false;
    const char *texts[] = { word };
    struct list ids;

    if (!search_find(tx, words_of(tx->mem, 'p', texts, 1), &is_prefix, 0, 10, &ids, err))
        return false;
    *out = ids.n == 1 && ((const int64_t *)ids.items)[0] == wanted.n;
    return true;
}

/* --- what is seen of somebody ---- */

enum { SEEN_MAX = THINGS_MAX };

struct seen {
    char lines[SEEN_MAX][100];
    int n;
};

static void see(struct seen *seen, const char *kind, int64_t id, const char *a, const char *b)
{
    if (seen->n < SEEN_MAX)
        line(seen->lines[seen->n++], kind, id, a, b);
}

static bool see_cases(struct tx *tx, person_id id, struct seen *seen, struct err *err)
{
    struct case_query query = { .person = id, .status = FILTER_ALL, .page = { .limit = PAGE_MAX } };
    const struct casefile *cases;
    struct list list, promises;
    const char *next;

    if (!case_list(tx, &query, &list, &next, err))
        return false;
    cases = list.items;
    for (size_t i = 0; i < list.n; i++) {
        see(seen, "case", cases[i].id.n, cases[i].reference, cases[i].title);
        if (!promise_list_of_case(tx, cases[i].id, &promises, err))
            return false;
        for (size_t k = 0; k < promises.n; k++)
            see(seen, "promise", ((const struct promise *)promises.items)[k].id.n,
                ((const struct promise *)promises.items)[k].words, "");
    }
    return true;
}

static bool see_all(struct tx *tx, const struct person *person, struct seen *seen, struct err *err)
{
    const struct identity *own = person->identities.items;
    const struct consent *consents;
    struct list talks, said;

    seen->n = 0;
    for (size_t i = 0; i < person->identities.n; i++)
        see(seen, "identity", own[i].id.n, own[i].value, identity_state_names[own[i].state]);
    if (!see_cases(tx, person->id, seen, err) ||
        !db_all(tx, SQL_CONVERSATION_LIST_OF_PERSON,
                ARGS(arg_organisation(tx), arg_id(person->id), arg_int(INT64_MAX), arg_int(500)),
                conversation_fields, sizeof(struct conversation), &talks, err) ||
        !consent_list(tx, person->id, &said, err))
        return false;
    for (size_t i = 0; i < talks.n; i++)
        see(seen, "talk", ((const struct conversation *)talks.items)[i].id.n, "", "");
    consents = said.items;
    for (size_t i = 0; i < said.n; i++)
        see(seen, "consent", consents[i].id.n, consents[i].purpose,
            consent_state_names[consents[i].state]);
    return true;
}

static int by_line(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* What all of one face have together. */
static void expect(const struct model *m, int root, struct seen *out)
{
    out->n = 0;
    for (int i = 0; i < m->things_n; i++)
        if (root_of(m, m->things[i].whose) == root)
            memcpy(out->lines[out->n++], m->things[i].line, sizeof(out->lines[0]));
}

/* The first line that only one of them has, or NULL. */
static const char *differs(struct seen *a, struct seen *b)
{
    qsort(a->lines, (size_t)a->n, sizeof(a->lines[0]), by_line);
    qsort(b->lines, (size_t)b->n, sizeof(b->lines[0]), by_line);
    for (int i = 0; i < a->n || i < b->n; i++)
        if (i >= a->n || i >= b->n || strcmp(a->lines[i], b->lines[i]) != 0)
            return i < a->n ? a->lines[i] : b->lines[i];
    return NULL;
}

/* By every address of his own the face is found, and nobody else. */
static bool finds_by_addresses(struct tx *tx, const struct model *m, int root, bool *out,
                               struct err *err)
{
    *out = true;
    for (int i = 0; i < m->things_n && *out; i++) {
        const char *login = strstr(m->things[i].line, "login");

        if (login && root_of(m, m->things[i].whose) == root &&
            !finds_only(tx, arena_text_n(tx->mem, login, strcspn(login, " ")), m->people[root], out,
                        err))
            return false;
    }
    return true;
}

/* Is everybody seen as the model says, with all that is his? */
static bool compare(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    const struct model *m = step->model;
    struct seen *seen = NEW(tx->mem, struct seen), *wanted = NEW(tx->mem, struct seen);

    if (!find_difference(tx, "case_with_other_name person_with_other_face ", &step->said, err))
        return false;
    for (int i = 0; i < PEOPLE && !step->said; i++) {
        int root = root_of(m, i), members = 0;
        struct person person;
        bool by_name, by_address;

        for (int k = 0; k < PEOPLE; k++)
            members += root_of(m, k) == root;
        if (!person_get(tx, m->people[i], &person, err) ||
            !finds_only(tx, name_of(tx->mem, i), m->people[root], &by_name, err) ||
            !finds_by_addresses(tx, m, root, &by_address, err) || !see_all(tx, &person, seen, err))
            return false;
        expect(m, root, wanted);
        step->said = differs(seen, wanted);
        if (person.id.n != m->people[root].n || !text_equal(person.name, name_of(tx->mem, root)))
            step->said = "face";
        if (person.members.n != (size_t)members - 1)
            step->said = "members";
        if (!by_name || !by_address)
            step->said = "search";
    }
    return true;
}

static bool agrees(struct world *w, struct model *m)
{
    struct step step = { .model = m };

    if (!world_read(w, compare, &step)) {
        test_fail(__FILE__, __LINE__, "%s", w->err.text);
        return false;
    }
    if (step.said)
        test_fail(__FILE__, __LINE__, "not as the model says: %s", step.said);
    return !step.said;
}

static bool do_merge(struct world *w, struct model *m, int a, int b)
{
    struct step step = { .model = m, .a = a, .b = b };
    int x = root_of(m, a), y = root_of(m, b);

    if (x == y)
        return !world_write(w, merge, &step) && w->err.code == ERR_CONFLICT;
    if (!world_write(w, merge, &step))
        return false;
    m->into[y] = x;
    m->merges[m->merges_n].id = step.merge.id;
    m->merges[m->merges_n].loser = y;
    m->merges[m->merges_n++].holds = true;
    return true;
}

static bool do_undo(struct world *w, struct model *m, int which)
{
    struct step step = { .model = m, .merge.id = m->merges[which].id };

    if (m->merges[which].holds)
        m->into[m->merges[which].loser] = -1;
    m->merges[which].holds = false;
    return world_write(w, undo, &step);
}

static bool keep(struct model *m, int whose, const struct step *step)
{
    for (int i = 0; i < step->lines_n; i++) {
        m->things[m->things_n].whose = whose;
        memcpy(m->things[m->things_n++].line, step->lines[i], sizeof(step->lines[0]));
    }
    return true;
}

static bool do_step(struct world *w, struct model *m, unsigned *seed, int n)
{
    int a = rand_r(seed) % PEOPLE, b = rand_r(seed) % PEOPLE, what = rand_r(seed) % 8;
    struct step step = { .model = m, .a = a, .b = n };

    if (what < 4)
        return do_merge(w, m, a, b);
    if (what < 6)
        return m->merges_n == 0 || do_undo(w, m, rand_r(seed) % m->merges_n);
    return world_write(w,
                       what == 6    ? open_case
                       : n % 2 == 0 ? add_address
                                    : add_consent,
                       &step) &&
           keep(m, a, &step);
}

TEST(people_who_are_merged_and_parted_at_random_are_as_a_slow_model_says)
{
    for (unsigned round = 1; round <= 3; round++) {
        WORLD(w);
        struct model *model = NEW(w.mem, struct model);
        unsigned seed = round;

        for (int i = 0; i < PEOPLE; i++)
            model->into[i] = -1;
        CHECK_OK(world_write(&w, add_people, model), &w.err);
        CHECK_OK(world_read(&w, add_first_addresses, model), &w.err);
        for (int n = 0; n < STEPS; n++) {
            CHECK_OK(do_step(&w, model, &seed, n), &w.err);
            if (n % 4 == 0)
                CHECK(agrees(&w, model));
        }
        /* All of it undone, newest or oldest first: everybody is himself, with what is his. */
        for (int k = 0; k < model->merges_n; k++)
            CHECK_OK(do_undo(&w, model, round % 2 ? k : model->merges_n - 1 - k), &w.err);
        for (int i = 0; i < PEOPLE; i++)
            CHECK(root_of(model, i) == i);
        CHECK(agrees(&w, model));
    }
}

/* --- the API ---------------------------------------------------------------------------------- */

static const char *path_of(struct world *w, person_id id, const char *rest)
{
    return arena_printf(w->mem, "/api/v1/people/%s%s", id_text("per", id.n).s, rest);
}

static int ask_merge(struct api *api, person_id winner, person_id loser)
{
    return api_call(api, POST, path_of(api->w, winner, "/merges"),
                    arena_printf(api->w->mem, "{\"person_id\":\"%s\"}", id_text("per", loser.n).s));
}

TEST(a_merge_is_seen_on_the_face_with_who_did_it_and_undone_by_its_id)
{
    WORLD(w);
    API(api, &w, &person_routes, &merge_routes);
    struct model m = { .merges_n = 0 };
    const char *merge, *path;

    CHECK_OK(world_write(&w, add_people, &m), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(ask_merge(&api, m.people[0], m.people[1]) == 201);
    merge = api_text(&api, "id");
    CHECK(ask_merge(&api, m.people[1], m.people[0]) == 409);
    CHECK(ask_merge(&api, m.people[1], (person_id){ 77 }) == 404);
    CHECK(api_call(&api, GET, path_of(&w, m.people[1], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Naama");
    CHECK(strstr(api.body, merge) && strstr(api.body, "\"user_id\":\"usr_"));
    CHECK(api_count_pages(&api, "/api/v1/people", "per", 5) == PEOPLE - 1);
    CHECK(api_call(&api, GET, path_of(&w, m.people[0], "/merges"), NULL) == 200);
    CHECK(api_count(&api, "mrg") == 1);

    path = arena_printf(w.mem, "/merges/%s", merge);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[2], path), NULL) == 404);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[0], path), NULL) == 204);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[0], path), NULL) == 204);
    CHECK(api_call(&api, GET, path_of(&w, m.people[1], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Naamb");
    CHECK(api_call(&api, GET, path_of(&w, m.people[0], "/merges"), NULL) == 200);
    CHECK(strstr(api.body, "\"undone_by\":\"usr_"));
    api_as(&api, ROLE_EXPERT);
    CHECK(ask_merge(&api, m.people[0], m.people[1]) == 403);
}

TEST(a_name_that_is_changed_is_the_faces_and_the_others_keep_theirs)
{
    WORLD(w);
    API(api, &w, &person_routes, &merge_routes);
    struct model m = { .merges_n = 0 };
    const char *merge;

    CHECK_OK(world_write(&w, add_people, &m), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(ask_merge(&api, m.people[0], m.people[1]) == 201);
    merge = arena_printf(w.mem, "/merges/%s", api_text(&api, "id"));
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, path_of(&w, m.people[1], ""), "{\"name\":\"Ada\"}") == 200);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[0], merge), NULL) == 204);
    CHECK(api_call(&api, GET, path_of(&w, m.people[0], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Ada");
    CHECK(api_call(&api, GET, path_of(&w, m.people[1], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Naamb");
}
